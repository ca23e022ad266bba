"""What the query of an address asks for: which incidents, as of when, which part of the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, TypeVar

from fastapi import Depends, Request

from sayso.ledger import Ledger
from sayso.ledger.asking.selecting import Near, Query
from sayso.showing import asked

Found = TypeVar("Found")
ROWS: Final = 50
"""Rows of a page."""
WORDS: Final = ("place", "actor", "holder", "outlet", "text")
NAMES: Final = (
    "text", "since", "until", "place", "near", "radius", "kind", "status", "actor", "holder", "outlet", "background",
)  # fmt: skip


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
    given = {name: value for name in (*NAMES, "as_of") if (value := typed(params.get(name, "")))}
    problems: dict[str, str] = {}

    def checked(name: str, check: Callable[[str], Found]) -> Found | None:
        try:
            return check(given[name]) if name in given else None
        except ValueError as error:
            problems[name] = str(error)
            return None

    point, radius = checked("near", asked.point), checked("radius", _radius)
    words: dict[str, Any] = {name: given.get(name) for name in WORDS}
    query = Query(
        **words,
        since=checked("since", asked.day),
        until=checked("until", asked.day),
        near=Near(*point, radius or 50.0) if point else None,
        kind=checked("kind", asked.kind),
        status=checked("status", asked.status),
        background="background" in given,
    )
    return Asked(query, given, checked("as_of", asked.moment), _page(params.get("page", "1")), problems)


def typed(given: str) -> str:
    """Return what a person typed, on one line and without what databases take for an end (NUL)."""
    return " ".join(given.replace("\x00", " ").split())


def _radius(given: str) -> float:
    radius = float(given)
    if not 0.1 <= radius <= 20_000:
        raise ValueError("a radius has 0.1 to 20000 km")
    return radius


def _page(given: str) -> int:
    return min(int(given), 1_000_000) or 1 if given.isascii() and given.isdecimal() and len(given) < 9 else 1


Filters = Annotated[Asked, Depends(asked_for)]
