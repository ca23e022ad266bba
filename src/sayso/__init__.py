"""sayso reads reports of security incidents and keeps a ledger in which no value stands without a sayer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.adding import add_sources as add
    from sayso.ledger import Ledger
    from sayso.ledger import find_ledger as open  # noqa: A004 - `sayso.open(path)`, as one opens a file
    from sayso.pipeline import read
    from sayso.records import Claim, Event, Incident, Reading, Report, Span, Statement

__version__ = "0.1.0"
__all__ = ["Claim", "Event", "Incident", "Ledger", "Reading", "Report", "Span", "Statement", "add", "open", "read"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: ``import sayso`` stays cheap."""
    if name not in __all__:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    if name == "read":
        from sayso.pipeline import read as found

        return found
    if name == "add":
        from sayso.adding import add_sources

        return add_sources
    if name in {"Ledger", "open"}:
        from sayso import ledger

        return ledger.Ledger if name == "Ledger" else ledger.find_ledger
    from sayso import records

    return getattr(records, name)
