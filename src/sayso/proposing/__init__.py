"""The optional language model: it may propose claims for a person to judge, and nothing else (GUARANTEES G21).

What it answers is data. Each proposal must fit the schema, and its words, those of its value, of its holder and of its
hedge must stand verbatim in the text; the value is then read from these words by our own parsers. Proposals are kept
apart from the claims of the ledger, with the method they came by.
"""
