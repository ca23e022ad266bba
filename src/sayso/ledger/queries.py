"""Saved queries: filters that somebody keeps under a name, to ask again, to share, and to be told of what is new.

They stand outside the log: a query is a tool and no evidence, and where somebody's sites are must be erasable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from sayso.errors import NotFoundError, UsageError
from sayso.ledger.chain import now
from sayso.ledger.faults import step
from sayso.ledger.schema import alerts, queries
from sayso.ledger.store import Ledger

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""Names stand in addresses and names of files."""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """Filters under a name.

    Attributes:
        name: small letters, digits, ``-`` and ``_``; at most 64.
        filters: query string of the desk's addresses ("kind=bombing&place=Mali"); empty for all incidents.
        who: who saved it.
        at: when, ISO 8601 in UTC.

    """

    name: str
    filters: str
    who: str
    at: str


def check_name(name: str) -> str:
    """Return the name; raises UsageError where it is none."""
    if not _NAME.fullmatch(name):
        way_out = "small letters, digits, - and _, at most 64, like harbour-attacks"
        raise UsageError(f"{name!r} is no name for a query", way_out=way_out)
    return name


def save_query(ledger: Ledger, name: str, filters: str, *, who: str, replace: bool = False) -> SavedQuery:
    """Keep filters under a name and return them as kept.

    Args:
        ledger: open for writing.
        name: see :class:`SavedQuery`.
        filters: in the one form of ``showing.filters.text_of_query``, checked there.
        who: who saves it.
        replace: whether a query of that name may be there already; the same filters may always.

    Raises:
        UsageError: the name is none, or belongs to other filters.

    """
    made = SavedQuery(check_name(name), filters, who, now())
    with ledger.derived() as connection:
        there = _find(connection, name)
        if there is not None and there.filters == filters:
            return there
        if there is not None and not replace:
            way_out = "another name, or --replace"
            raise UsageError(f"{name!r} is the name of another query ({there.filters or 'all'})", way_out=way_out)
        connection.execute(sa.delete(queries).where(queries.c.name == name))
        connection.execute(sa.insert(queries), {"name": name, "filters": filters, "who": who, "at": made.at})
        step()
    step()
    return made


def remove_query(ledger: Ledger, name: str) -> SavedQuery:
    """Take a query out for good and return what it was; raises NotFoundError, UsageError while an alert needs it."""
    with ledger.derived() as connection:
        there = _found(_find(connection, name), name)
        needed = connection.execute(sa.select(alerts.c.id).where(alerts.c.query == name)).scalars().all()
        if needed:
            way_out = f"sayso alerts remove {' '.join(needed)}"
            raise UsageError(f"an alert tells of what {name!r} finds", way_out=way_out)
        connection.execute(sa.delete(queries).where(queries.c.name == name))
        step()
    return there


def saved_query(ledger: Ledger, name: str) -> SavedQuery:
    """Return the query of this name; raises NotFoundError."""
    with ledger.snapshot() as connection:
        return _found(_find(connection, name), name)


def saved_queries(ledger: Ledger) -> list[SavedQuery]:
    """Return all saved queries by name."""
    with ledger.snapshot() as connection:
        return [SavedQuery(*row) for row in connection.execute(sa.select(queries).order_by(queries.c.name))]


def _find(connection: sa.Connection, name: str) -> SavedQuery | None:
    row = connection.execute(sa.select(queries).where(queries.c.name == name)).first()
    return None if row is None else SavedQuery(*row)


def _found(query: SavedQuery | None, name: str) -> SavedQuery:
    if query is None:
        raise NotFoundError(f"no saved query {name!r}", way_out="sayso queries list")
    return query
