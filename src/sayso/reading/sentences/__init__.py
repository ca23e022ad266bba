"""One sentence as the rules see it: its words, verbs, groups of people and quotations, and whether it happened."""
