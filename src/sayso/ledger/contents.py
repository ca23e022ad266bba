"""What a ledger holds, as one hash: the same for the same contents, in whatever order and by whomever added."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa

from sayso.ledger import asof, schema
from sayso.ledger.chain import canonical, sha256
from sayso.ledger.store import Ledger

_OF_ARRIVAL: Final = frozenset({"seq", "place", "former"})
"""Columns of a report that tell how and when it came, not what it is."""


def ledger_hash(ledger: Ledger, *, as_of: int | None = None) -> str:
    """Return the SHA-256 of what the ledger holds: reports, current readings, incidents, judgements, quarantine.

    Incidents count as sets of accounts: their public ids tell which account came first.
    """
    with ledger.snapshot() as connection:
        parts = {name: sorted(make(connection, as_of)) for name, make in _PARTS.items()}
    return sha256(canonical({name: sha256(canonical(rows)) for name, rows in parts.items()}))


def _reports(connection: sa.Connection, as_of: int | None) -> Iterator[str]:
    for row in connection.execute(_until(schema.reports, as_of)).mappings():
        yield sha256(canonical({name: value for name, value in row.items() if name not in _OF_ARRIVAL}))


def _readings(connection: sa.Connection, as_of: int | None) -> Iterator[str]:
    query = sa.select(schema.readings.c.id).where(schema.readings.c.id.in_(asof.current(as_of)))
    yield from connection.execute(query).scalars()


def _incidents(connection: sa.Connection, as_of: int | None) -> Iterator[str]:
    for accounts in asof.clusters_at(connection, as_of).values():
        yield canonical(accounts)


def _judgements(connection: sa.Connection, as_of: int | None) -> Iterator[str]:
    for row in connection.execute(_until(schema.judgements, as_of)):
        yield str(row.id)


def _quarantine(connection: sa.Connection, as_of: int | None) -> Iterator[str]:
    for row in connection.execute(_until(schema.quarantine, as_of)):
        yield canonical([row.sha256, row.reason])


_PARTS: Final = {
    "reports": _reports,
    "readings": _readings,
    "incidents": _incidents,
    "judgements": _judgements,
    "quarantine": _quarantine,
}


def _until(table: sa.Table, as_of: int | None) -> sa.Select[Any]:
    query = sa.select(table)
    return query if as_of is None else query.where(table.c.seq <= as_of)


def counts(ledger: Ledger) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = (*schema.APPEND_ONLY, *schema.DERIVED)
    with ledger.snapshot() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0
            for table in sorted(tables, key=lambda table: table.name)
        }


def detail_of(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what else an entry of the log tells."""
    found: dict[str, Any] = json.loads(entry["detail"])
    return found
