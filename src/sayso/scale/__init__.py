"""Beyond one machine: captures parsed and read on a Ray cluster, and only linked and stored where the ledger is.

Needs ``pip install 'sayso[ray]'``. Nothing but ``cluster`` imports Ray.
"""
