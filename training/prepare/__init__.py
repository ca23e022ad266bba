"""Corpora → one common form: one reader per corpus, `python -m training.prepare` writes them all."""
