"""How long exports take and how much memory, as a ledger grows (``python -m evaluation.exports``)."""
