"""Where: names of places, resolved with all the others of their report."""
