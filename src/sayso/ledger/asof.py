"""What held after an entry of the log: which readings were current, which accounts made which incident."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from sayso.ledger import schema


def current(as_of: int | None) -> sa.Select[Any]:
    """Return a query for the ids of the newest readings of all reports, now or after entry ``as_of``."""
    if as_of is None:
        return sa.select(schema.current_readings.c.reading)
    table = schema.readings
    newest = (
        sa.select(table.c.report, sa.func.max(table.c.seq).label("seq"))
        .where(table.c.seq <= as_of)
        .group_by(table.c.report)
        .subquery()
    )
    return sa.select(table.c.id).join(newest, (newest.c.report == table.c.report) & (newest.c.seq == table.c.seq))


def memberships(as_of: int | None) -> sa.Select[Any]:
    """Return a query for ``incident, within``: where each incident of a current reading belonged."""
    if as_of is None:
        return sa.select(schema.clusters.c.incident, schema.clusters.c.within)
    table, accounts = schema.memberships, schema.accounts
    newest = (
        sa.select(table.c.incident, sa.func.max(table.c.seq).label("seq"))
        .where(table.c.seq <= as_of)
        .group_by(table.c.incident)
        .subquery()
    )
    alive = sa.select(accounts.c.incident).where(accounts.c.reading.in_(current(as_of)))
    return (
        sa.select(table.c.incident, table.c.within)
        .join(newest, (newest.c.incident == table.c.incident) & (newest.c.seq == table.c.seq))
        .where(table.c.incident.in_(alive))
    )


def clusters_at(connection: sa.Connection, as_of: int | None) -> dict[str, tuple[str, ...]]:
    """Return id of an incident → ids of the incidents of single readings that made it up, sorted by both."""
    found: dict[str, list[str]] = {}
    for incident, within in connection.execute(memberships(as_of)):
        found.setdefault(within, []).append(incident)
    return {within: tuple(sorted(found[within])) for within in sorted(found)}


def resolve(connection: sa.Connection, incident: str, as_of: int | None) -> str | None:
    """Return the incident that an id belongs to, following merges to their end; None for an id never known."""
    table = schema.memberships
    query = (
        sa.select(table.c.within).where(table.c.incident == sa.bindparam("id")).order_by(table.c.seq.desc()).limit(1)
    )
    if as_of is not None:
        query = query.where(table.c.seq <= as_of)
    seen: set[str] = set()
    found = connection.execute(query, {"id": incident}).scalar()
    while found is not None and found not in seen:
        seen.add(found)
        incident, found = found, connection.execute(query, {"id": found}).scalar()
    return incident if seen else None


def incidents_of_claims(connection: sa.Connection, claims: Collection[str]) -> set[str]:
    """Return the ledger's incidents that claims with these ids are made on, now."""
    table, clusters = schema.claims, schema.clusters
    query = (
        sa.select(clusters.c.within)
        .join(table, table.c.incident == clusters.c.incident)
        .where(table.c.id.in_(sorted(claims)))
    )
    return set(connection.execute(query.distinct()).scalars())
