"""Linking more accounts than one process can hold: the groups that ``sayso.linking.link`` makes, made in pieces."""
