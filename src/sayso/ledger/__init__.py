"""The ledger: reports, readings, and what is made of them, durable and append-only; nothing is lost, nothing twice."""

from sayso.ledger.opening import create, find_ledger, open_ledger
from sayso.ledger.store import Ledger

__all__ = ["Ledger", "create", "find_ledger", "open_ledger"]
