"""Who did it, and whom or what it hit."""
