"""Asking the ledger: which incidents, what is said of each, by whom, why it is shown so, and how it came to be."""
