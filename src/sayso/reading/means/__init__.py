"""With what it was done: weapons, and how they reached their target."""
