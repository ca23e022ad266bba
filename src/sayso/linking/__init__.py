"""Accounts of many reports → incidents, origins and findings (DESIGN §5): pairs, a table of scores, clusters."""
