"""Which incidents an analyst means: filters over their summaries, in SQL, now or as of any entry of the log."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from sayso.ledger import schema, sqlite
from sayso.ledger.asking.gathering import gather
from sayso.ledger.asof import current, memberships
from sayso.ledger.summaries import all_incidents, summary
from sayso.values.place import kilometres
from sayso.vocab.gazetteer import Gazetteer

MATCHES: Final = 100_000  # reports that a text search looks at
KILOMETRES_A_DEGREE: Final = 111.0


@dataclass(frozen=True, slots=True)
class Near:
    """A disc on the map: degrees north and east, and a radius in kilometres."""

    lat: float
    lon: float
    radius: float

    def holds(self, lat: float | None, lon: float | None) -> bool:
        """Tell whether a point lies in it; a missing point does not."""
        return lat is not None and lon is not None and kilometres(self.lat, self.lon, lat, lon) <= self.radius


@dataclass(frozen=True, slots=True)
class Query:
    """Filters; what is left out filters nothing, and all that are given must hold.

    Attributes:
        since: ISO 8601; incidents that may have happened then or later.
        until: ISO 8601; incidents that may have happened then or before.
        place: words in the name of place, division or country code.
        near: a disc; only incidents whose place has coordinates.
        kind: a name of ``vocab/incidents.toml``.
        actor: words in the name of an alleged perpetrator or a target.
        holder: words in the name of somebody who says something of it.
        outlet: words in the name of an outlet that reports it.
        status: "field", "field:disputed", ":disputed" (any field) …
        text: words in the text of a report of it.
        background: also what is mentioned only to explain.

    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    near: Near | None = None
    kind: str | None = None
    actor: str | None = None
    holder: str | None = None
    outlet: str | None = None
    status: str | None = None
    text: str | None = None
    background: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the incidents found: their summaries, and how many there are in all."""

    rows: tuple[dict[str, Any], ...]
    total: int


def select(
    connection: sa.Connection, query: Query, *, as_of: int | None = None, limit: int | None = None, offset: int = 0
) -> Page:
    """Return summaries of the incidents that a query means, the latest first, those without a date last.

    Args:
        connection: a snapshot of the ledger.
        query: the filters.
        as_of: number of an entry of the log. The summaries of that time are then made for the occasion.
        limit: at most so many rows.
        offset: rows that are passed over.

    """
    with _summaries(connection, as_of) as table:
        conditions = list(_conditions(connection, query, table, as_of))
        statement = sa.select(table).where(*conditions).order_by(table.c.earliest.desc().nulls_last(), table.c.within)
        if query.near is None:
            total = connection.execute(sa.select(sa.func.count()).select_from(table).where(*conditions)).scalar() or 0
            rows = connection.execute(statement.limit(limit).offset(offset)).mappings()
            return Page(tuple(dict(row) for row in rows), total)
        rows = connection.execute(statement).mappings()
        found = [dict(row) for row in rows if query.near.holds(row["lat"], row["lon"])]
    return Page(tuple(found[offset : None if limit is None else offset + limit]), len(found))


@contextlib.contextmanager
def _summaries(connection: sa.Connection, as_of: int | None) -> Iterator[sa.Table]:
    """Give the table of summaries: the kept one for now, a temporary one for any earlier moment."""
    if as_of is None:
        yield schema.summaries
        return
    columns = [sa.Column(each.name, each.type, primary_key=each.primary_key) for each in schema.summaries.columns]
    table = sa.Table("summaries_then", sa.MetaData(), *columns, prefixes=["TEMPORARY"])
    table.create(connection)
    try:
        rows = [summary(each) for each in gather(connection, all_incidents(connection, as_of), as_of)]
        if rows:
            connection.execute(sa.insert(table), rows)
        yield table
    finally:
        table.drop(connection)


def _conditions(
    connection: sa.Connection, query: Query, table: sa.Table, as_of: int | None
) -> Iterator[sa.ColumnElement[bool]]:
    if not query.background:
        yield table.c.background == 0
    if query.since:
        yield sa.func.coalesce(table.c.latest, table.c.earliest) >= query.since
    if query.until:
        yield sa.func.coalesce(table.c.earliest, table.c.latest) <= query.until + "~"  # after any time of that day
    if query.kind:
        yield table.c.kind == query.kind
    if query.place:
        yield _there(table, query.place)
    if query.near:
        yield from _box(table, query.near)
    if query.status:
        yield table.c.statuses.like(f"% {_status(query.status)} %")
    yield from _told_by(connection, query, table, as_of)


def _told_by(
    connection: sa.Connection, query: Query, table: sa.Table, as_of: int | None
) -> Iterator[sa.ColumnElement[bool]]:
    """Yield the conditions on claims and reports of an incident."""
    claims, reports = schema.claims, schema.reports
    if query.actor:
        yield _of_claims(table, _has(claims.c.name, query.actor) & claims.c.field.in_(("perpetrator", "target")), as_of)
    if query.holder:
        yield _of_claims(table, _has(claims.c.holder, query.holder), as_of)
    if query.outlet:
        yield _of_reports(table, sa.select(reports.c.id).where(_has(reports.c.publisher, query.outlet)), as_of)
    if query.text:
        found = [seq for seq, _ in sqlite.search(connection, query.text, limit=MATCHES, before=as_of)]
        yield _of_reports(table, sa.select(reports.c.id).where(reports.c.seq.in_(found)), as_of)


def _of_claims(table: sa.Table, condition: sa.ColumnElement[bool], as_of: int | None) -> sa.ColumnElement[bool]:
    claims, where = schema.claims, memberships(as_of).subquery()
    found = (
        sa.select(where.c.within)
        .join(claims, claims.c.incident == where.c.incident)
        .where(condition & claims.c.reading.in_(current(as_of)))
    )
    return table.c.within.in_(found)


def _of_reports(table: sa.Table, reports: sa.Select[Any], as_of: int | None) -> sa.ColumnElement[bool]:
    accounts, where = schema.accounts, memberships(as_of).subquery()
    found = (
        sa.select(where.c.within)
        .join(accounts, accounts.c.incident == where.c.incident)
        .where(accounts.c.report.in_(reports))
    )
    return table.c.within.in_(found)


def _box(table: sa.Table, near: Near) -> Iterator[sa.ColumnElement[bool]]:
    """Yield conditions for the box around a disc: a cheap first look; the corners go later."""
    height = near.radius / KILOMETRES_A_DEGREE
    yield table.c.lat.between(near.lat - height, near.lat + height)
    width = height / max(0.01, math.cos(math.radians(min(89.0, abs(near.lat) + height))))
    if near.lon - width >= -180 and near.lon + width <= 180:
        yield table.c.lon.between(near.lon - width, near.lon + width)


def _has(column: sa.ColumnElement[Any], words: str) -> sa.ColumnElement[bool]:
    """Tell whether the words stand in a column, whatever their case."""
    return column.icontains(words, autoescape=True)


def _status(given: str) -> str:
    field, _, status = given.partition(":")
    return f"{field or '%'}:{status or '%'}"


def _there(table: sa.Table, words: str) -> sa.ColumnElement[bool]:
    """Tell whether a place, its division or its country is called so; a country by its name or its code."""
    fact = Gazetteer.default().country(words)
    named = [_has(table.c[name], words) for name in ("place", "admin1", "country")]
    return sa.or_(*named, *([table.c.country == fact.code] if fact else []))


def scan(
    connection: sa.Connection, query: Query, names: Sequence[str], *, as_of: int | None = None, limit: int | None = None
) -> list[tuple[Any, ...]]:
    """Return some columns of the incidents that a query means, the latest first: what maps and charts are made of."""
    with _summaries(connection, as_of) as table:
        conditions = list(_conditions(connection, query, table, as_of))
        columns = [table.c[name] for name in (*names, "lat", "lon")]
        statement = sa.select(*columns).where(*conditions).order_by(table.c.earliest.desc().nulls_last())
        rows = [tuple(row) for row in connection.execute(statement.limit(None if query.near else limit))]
    if query.near is not None:
        rows = [row for row in rows if query.near.holds(row[-2], row[-1])][:limit]
    return [row[: len(names)] for row in rows]
