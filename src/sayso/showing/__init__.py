"""How records are put into words and rows, alike for the terminal and the desk; nothing here decides anything."""
