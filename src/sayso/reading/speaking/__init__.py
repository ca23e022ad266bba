"""Who speaks: a source as written, taken apart, and led back to one canonical actor of the report."""
