"""A brief for people: what is said, by whom, how sure, what is disputed, what nobody says, with the exact words."""
