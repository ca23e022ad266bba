"""Which incidents an analyst means: filters over their summaries, in SQL, now or as of any entry of the log."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.asking.gathering import AT_ONCE
from sayso.ledger.asking.standing import Standing, standing
from sayso.ledger.asking.voices import LATITUDE
from sayso.ledger.asof import memberships
from sayso.ledger.database import dialect_of
from sayso.ledger.types import NUMBER
from sayso.values.place import kilometres
from sayso.vocab.gazetteer import Gazetteer

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
        place: words in the name of a place, division or country code: of the place shown, or of any that is asserted.
        near: a disc; only incidents for which somebody asserts a place with coordinates.
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
    """A part of the incidents found.

    Attributes:
        rows: their summaries.
        total: how many there are in all.
        days: of all of them, as :func:`by_day` has it, where they had to be looked through anyway; else None.

    """

    rows: tuple[dict[str, Any], ...]
    total: int
    days: list[tuple[str | None, int, int, int]] | None = None


def select(
    connection: sa.Connection,
    query: Query,
    *,
    as_of: int | None = None,
    limit: int | None = None,
    offset: int = 0,
    among: Collection[str] | None = None,
) -> Page:
    """Return summaries of the incidents that a query means, the latest first, those without a date last.

    Args:
        connection: a snapshot of the ledger.
        query: the filters.
        as_of: number of an entry of the log. The summaries of that time are then made for the occasion.
        limit: at most so many rows.
        offset: rows that are passed over.
        among: only incidents with these ids, some hundreds at most; an earlier time is then asked for quickly.

    """
    with standing(connection, as_of, among=among) as tables:
        table = tables.summaries
        conditions = list(_conditions(connection, query, tables, as_of))
        conditions += [] if among is None else [table.c.within.in_(sorted(among))]
        statement = sa.select(table).where(*conditions).order_by(table.c.earliest.desc().nulls_last(), table.c.within)
        if query.actor or query.holder or query.outlet or query.text:
            return _page(connection, statement, tables, query.near, limit, offset)
        if query.near is None:
            total = connection.execute(sa.select(sa.func.count()).select_from(table).where(*conditions)).scalar() or 0
            rows = connection.execute(statement.limit(limit).offset(offset)).mappings()
            return Page(tuple(dict(row) for row in rows), total)
        there = _also_in(connection, tables, query.near)
        rows = connection.execute(statement).mappings()
        found = [dict(row) for row in rows if row["within"] in there or query.near.holds(row["lat"], row["lon"])]
    return Page(tuple(found[offset : None if limit is None else offset + limit]), len(found))


def _page(
    connection: sa.Connection,
    statement: sa.Select[Any],
    tables: Standing,
    near: Near | None,
    limit: int | None,
    offset: int,
) -> Page:
    """Return a page of what conditions on voices or texts mean: they are looked up once for page and total."""
    table = tables.summaries
    columns = (table.c.within, table.c.lat, table.c.lon, table.c.earliest, table.c.statuses)
    there = _also_in(connection, tables, near) if near else ()
    rows = connection.execute(statement.with_only_columns(*columns)).all()
    found = [row for row in rows if near is None or row.within in there or near.holds(row.lat, row.lon)]
    ids = [row.within for row in found]
    shown = ids[offset : None if limit is None else offset + limit]
    parts = (shown[at : at + AT_ONCE] for at in range(0, len(shown), AT_ONCE))
    summaries = {
        row["within"]: dict(row)
        for part in parts
        for row in connection.execute(sa.select(table).where(table.c.within.in_(part))).mappings()
    }
    days = _counted((row.earliest, row.statuses, row.lat) for row in found)
    return Page(tuple(summaries[number] for number in shown), len(ids), days)


def _conditions(
    connection: sa.Connection, query: Query, tables: Standing, as_of: int | None
) -> Iterator[sa.ColumnElement[bool]]:
    table = tables.summaries
    if not query.background:
        yield table.c.background == 0
    if query.since:
        yield sa.func.coalesce(table.c.latest, table.c.earliest) >= query.since
    if query.until:
        yield sa.func.coalesce(table.c.earliest, table.c.latest) <= query.until + "~"  # after any time of that day
    if query.kind:
        yield table.c.kind == query.kind
    if query.place:
        yield _there(connection, tables, query.place)
    if query.near:
        spots = _spots(tables.voices, query.near).with_only_columns(tables.voices.c.within)
        yield sa.or_(sa.and_(*_box(table.c.lat, table.c.lon, query.near)), table.c.within.in_(spots))
    if query.status:
        yield table.c.statuses.like(f"% {_status(query.status)} %")
    for sort, words in (("actor", query.actor), ("holder", query.holder), ("outlet", query.outlet)):
        if words:
            yield table.c.within.in_(_heard(connection, tables, sort, words))
    if query.text:
        found = dialect_of(connection).matching(connection, query.text, before=as_of)
        yield table.c.within.in_(_told_in(found, as_of))


def _heard(connection: sa.Connection, tables: Standing, sort: str, words: str) -> sa.Select[Any]:
    """Return a query for the incidents on which a voice is heard whose name has these words."""
    voices = tables.voices
    query = sa.select(voices.c.within).where(voices.c.sort == sort)
    if not tables.kept:
        return query.where(_has(voices.c.name, words))
    return query.where(voices.c.name.in_(_names(connection, words)))


def _names(connection: sa.Connection, words: str) -> list[str]:
    """Return the names of voices that have these words.

    There are few names and many rows: the index leads from each name to the next, whatever number of rows has it.
    """
    voices = schema.voices
    first = sa.select(sa.func.min(voices.c.name).label("name"))
    names = first.cte("names", recursive=True)
    following = sa.select(sa.func.min(voices.c.name)).where(voices.c.name > names.c.name).scalar_subquery()
    names = names.union_all(sa.select(following).where(names.c.name.is_not(None)))
    return list(connection.execute(sa.select(names.c.name).where(_has(names.c.name, words))).scalars())


def _told_in(found: sa.Select[Any], as_of: int | None) -> sa.Select[Any]:
    """Return a query for the incidents that reports with these numbers of entries tell of."""
    accounts, reports, where = schema.accounts, schema.reports, memberships(as_of).subquery()
    return (
        sa.select(where.c.within)
        .join(accounts, accounts.c.incident == where.c.incident)
        .join(reports, reports.c.id == accounts.c.report)
        .where(reports.c.seq.in_(found))
    )


def _spots(voices: sa.Table, near: Near) -> sa.Select[Any]:
    """Return a query for incidents, and for the coordinates of their further places in the box around a disc."""
    is_spot, name = voices.c.sort == "spot", voices.c.name  # a name of another sort is no number: ``case`` looks first
    lat = sa.case((is_spot, sa.cast(sa.func.substr(name, 1, LATITUDE), NUMBER)))
    lon = sa.case((is_spot, sa.cast(sa.func.substr(name, LATITUDE + 2), NUMBER)))
    return sa.select(voices.c.within, name).where(is_spot, *_box(lat, lon, near))


def _also_in(connection: sa.Connection, tables: Standing, near: Near) -> set[str]:
    """Return the incidents with a further place in a disc."""
    rows = connection.execute(_spots(tables.voices, near))
    return {row.within for row in rows if near.holds(*map(float, row.name.split()))}


def _box(lat: sa.ColumnElement[Any], lon: sa.ColumnElement[Any], near: Near) -> Iterator[sa.ColumnElement[bool]]:
    """Yield conditions for the box around a disc: a cheap first look; the corners go later."""
    height = near.radius / KILOMETRES_A_DEGREE
    yield lat.between(near.lat - height, near.lat + height)
    width = height / max(0.01, math.cos(math.radians(min(89.0, abs(near.lat) + height))))
    if near.lon - width >= -180 and near.lon + width <= 180:
        yield lon.between(near.lon - width, near.lon + width)


def _has(column: sa.ColumnElement[Any], words: str) -> sa.ColumnElement[bool]:
    """Tell whether the words stand in a column, whatever their case."""
    return column.icontains(words, autoescape=True)


def _status(given: str) -> str:
    field, _, status = given.partition(":")
    return f"{field or '%'}:{status or '%'}"


def _there(connection: sa.Connection, tables: Standing, words: str) -> sa.ColumnElement[bool]:
    """Tell whether a place, its division or its country is called so; a country by its name or its code."""
    fact, table = Gazetteer.default().country(words), tables.summaries
    named = [_has(table.c[name], words) for name in ("place", "admin1", "country")]
    told = [_heard(connection, tables, "place", each) for each in (words, *([fact.code] if fact else []))]
    of_country = [table.c.country == fact.code] if fact else []
    return sa.or_(*named, *of_country, *(table.c.within.in_(query) for query in told))


def scan(
    connection: sa.Connection, query: Query, names: Sequence[str], *, as_of: int | None = None, limit: int | None = None
) -> list[tuple[Any, ...]]:
    """Return some columns of the incidents that a query means, the latest first: what maps and charts are made of."""
    with standing(connection, as_of) as tables:
        table = tables.summaries
        conditions = list(_conditions(connection, query, tables, as_of))
        columns = [table.c[name] for name in (*names, "lat", "lon", "within")]
        order = (table.c.earliest.desc().nulls_last(), table.c.within)
        statement = sa.select(*columns).where(*conditions).order_by(*order)
        rows = [tuple(row) for row in connection.execute(statement.limit(None if query.near else limit))]
        there = _also_in(connection, tables, query.near) if query.near else ()
    if query.near is not None:
        rows = [row for row in rows if row[-1] in there or query.near.holds(row[-3], row[-2])][:limit]
    return [row[: len(names)] for row in rows]


def by_day(
    connection: sa.Connection, query: Query, *, as_of: int | None = None
) -> list[tuple[str | None, int, int, int]]:
    """Return for each day how many incidents of a query there are, how many disputed, how many with coordinates.

    The day is None where it is unknown; it is as precise as it is known: 2031, 2031-05, 2031-05-14.
    """
    if query.near is not None:
        return _counted(scan(connection, query, ("earliest", "statuses", "lat"), as_of=as_of))
    with standing(connection, as_of) as tables:
        table = tables.summaries
        day = sa.func.substr(table.c.earliest, 1, 10)
        disputed = sa.func.count().filter(table.c.statuses.contains(":disputed"))
        conditions = list(_conditions(connection, query, tables, as_of))
        chosen = sa.select(day, sa.func.count(), disputed, sa.func.count(table.c.lat)).where(*conditions).group_by(day)
        return [tuple(row) for row in connection.execute(chosen)]


def _counted(rows: Iterable[Sequence[Any]]) -> list[tuple[str | None, int, int, int]]:
    """Return the counts of :func:`by_day` for rows of earliest moment, statuses and latitude."""
    found: dict[str | None, list[int]] = {}
    for earliest, statuses, lat in rows:
        counts = found.setdefault(earliest and earliest[:10], [0, 0, 0])
        counts[0] += 1
        counts[1] += ":disputed" in statuses
        counts[2] += lat is not None
    return [(day, counts[0], counts[1], counts[2]) for day, counts in found.items()]


def by_kind(connection: sa.Connection, query: Query, *, as_of: int | None = None) -> list[tuple[str | None, str, int]]:
    """Return for each day and kind how many incidents of a query there are; the day as :func:`by_day` has it."""
    if query.near is not None:
        rows = scan(connection, query, ("earliest", "kind"), as_of=as_of)
        counted = Counter((earliest and earliest[:10], kind) for earliest, kind in rows)
        return [(day, kind, count) for (day, kind), count in counted.items()]
    with standing(connection, as_of) as tables:
        table = tables.summaries
        day = sa.func.substr(table.c.earliest, 1, 10)
        conditions = list(_conditions(connection, query, tables, as_of))
        chosen = sa.select(day, table.c.kind, sa.func.count()).where(*conditions).group_by(day, table.c.kind)
        return [tuple(row) for row in connection.execute(chosen)]
