"""What the query of an address asks for: which incidents, as of when, which part of the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Depends, Request

from sayso.ledger import Ledger
from sayso.ledger.asking.selecting import Query
from sayso.showing import asked
from sayso.showing.filters import read_filters, typed

__all__ = ["ROWS", "Asked", "Filters", "read_query", "typed"]

ROWS: Final = 50
"""Rows of a page."""


@dataclass(slots=True)
class Asked:
    """What was asked for.

    Attributes:
        query: of incidents.
        given: the filters as they stand in the address, for the form and for links.
        as_of: moment in UTC; None for now.
        page: of the list, from 1.
        problems: what cannot be understood, by name; such a filter filters nothing.

    """

    query: Query
    given: dict[str, str]
    as_of: str | None
    page: int
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * ROWS

    def seq(self, ledger: Ledger) -> int | None:
        """Return the entry of the log that ``as_of`` means."""
        return None if self.as_of is None else ledger.seq_at(self.as_of)


def asked_for(request: Request) -> Asked:
    """Read the query of an address; whatever stands in it, there is an answer."""
    return read_query(request.query_params)


def read_query(params: Mapping[str, str]) -> Asked:
    """Read filters; see :class:`Asked`."""
    found = read_filters(params)
    moment = typed(params.get("as_of", ""))
    made = Asked(found.query, found.given, None, _page(params.get("page", "1")), found.problems)
    if moment:
        made.given["as_of"] = moment
        try:
            made.as_of = asked.moment(moment)
        except ValueError as error:
            made.problems["as_of"] = str(error)
    return made


def _page(given: str) -> int:
    return min(int(given), 1_000_000) or 1 if given.isascii() and given.isdecimal() and len(given) < 9 else 1


Filters = Annotated[Asked, Depends(asked_for)]
