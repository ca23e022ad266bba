"""sayso reads reports of security incidents and keeps a ledger in which no value stands without a sayer."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sayso.adding import add_sources as add
    from sayso.intake import Given, read_source, report_of_text
    from sayso.ledger import Ledger, create
    from sayso.ledger import find_ledger as open  # noqa: A004 - `sayso.open(path)`, as one opens a file
    from sayso.ledger.asking.selecting import Query
    from sayso.pipeline import read
    from sayso.records import Claim, Event, Incident, Reading, Report, Span, Statement

__version__ = "0.1.0"
__all__ = [
    "Claim", "Event", "Given", "Incident", "Ledger", "Query", "Reading", "Report", "Span", "Statement", "add", "create",
    "open", "read", "read_source", "report_of_text",
]  # fmt: skip

_ELSEWHERE: Final = {
    "Given": "sayso.intake:Given",
    "Ledger": "sayso.ledger:Ledger",
    "Query": "sayso.ledger.asking.selecting:Query",
    "add": "sayso.adding:add_sources",
    "create": "sayso.ledger:create",
    "open": "sayso.ledger:find_ledger",
    "read": "sayso.pipeline:read",
    "read_source": "sayso.intake:read_source",
    "report_of_text": "sayso.intake:report_of_text",
}
"""Public name → where it is written; the others are records."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: ``import sayso`` stays cheap."""
    if name not in __all__:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    module, _, attribute = _ELSEWHERE.get(name, f"sayso.records:{name}").partition(":")
    return getattr(import_module(module), attribute)
