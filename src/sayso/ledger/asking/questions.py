"""The questions themselves, on an open ledger: find an incident, list incidents, search texts, name the voices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from sayso.errors import NotFoundError
from sayso.ledger import schema
from sayso.ledger.asking.gathering import Gathered, gather
from sayso.ledger.asking.selecting import Page, Query, select
from sayso.ledger.asking.standing import standing
from sayso.ledger.asking.voices import Voice, how_many, voices
from sayso.ledger.asof import resolve
from sayso.ledger.database import dialect_of
from sayso.ledger.store import Ledger
from sayso.records import Claim, Incident

SHORTEST: int = 6
"""An id may be shortened to so many characters, as long as one incident only begins with them."""


def find_incident(ledger: Ledger, number: str, *, as_of: int | None = None) -> Gathered:
    """Return the incident that an id means: its own, a shortened one, or that of anything merged into it.

    Raises:
        NotFoundError: no incident was ever called so, or several begin so.

    """
    with ledger.snapshot() as connection:
        known = whole_id(connection, number, as_of)
        for gathered in gather(connection, [known], as_of):
            return gathered
    raise NotFoundError(f"no incident {number} at that time", way_out="sayso incidents --background lists them")


def whole_id(connection: sa.Connection, number: str, as_of: int | None = None) -> str:
    """Return the incident that a whole, former or shortened id means now (or then); raises NotFoundError."""
    found = resolve(connection, number, as_of)
    if found is not None:
        return found
    table = schema.memberships
    begins = table.c.within.startswith(number, autoescape=True)
    query = sa.select(table.c.within).where(begins).distinct().limit(3)
    ids = {resolve(connection, each, as_of) for each in connection.execute(query).scalars()}
    ids.discard(None)
    if len(number) >= SHORTEST and len(ids) == 1:
        return str(ids.pop())
    problem = f"several incidents begin with {number}" if len(ids) > 1 else f"no incident {number}"
    raise NotFoundError(problem, way_out="`sayso incidents --background` lists them")


def list_incidents(
    ledger: Ledger, query: Query, *, as_of: int | None = None, limit: int | None = None, offset: int = 0
) -> Page:
    """Return summaries of the incidents that a query means; see ``selecting.select``."""
    with ledger.snapshot() as connection:
        return select(connection, query, as_of=as_of, limit=limit, offset=offset)


def incidents(ledger: Ledger, query: Query | None = None, *, as_of: int | None = None) -> Iterator[Gathered]:
    """Yield the incidents that a query means with all that is said of them, in the order of the list."""
    with ledger.snapshot() as connection:
        ids = [row["within"] for row in select(connection, query or Query(background=True), as_of=as_of).rows]
        for at in range(0, len(ids), 200):
            part = {each.overview.incident.id: each for each in gather(connection, ids[at : at + 200], as_of)}
            yield from (part[number] for number in ids[at : at + 200])


def records_of(gathered: Gathered) -> tuple[Incident, tuple[Claim, ...]]:
    """Return incident and claims as records of the ledger: the claims name the ledger's incident."""
    number = gathered.overview.incident.id
    claims = tuple(claim.model_copy(update={"incident": number}) for claim in gathered.overview.claims)
    return gathered.overview.incident, claims


@dataclass(frozen=True, slots=True)
class Match:
    """A report in which words were found, with a piece of its text and the incidents it tells of."""

    report: str
    title: str | None
    publisher: str | None
    published: str | None
    snippet: str
    incidents: tuple[str, ...]


def search(ledger: Ledger, words: str, *, as_of: int | None = None, limit: int = 20) -> list[Match]:
    """Return the reports in which all words stand, the best match first."""
    reports, accounts, clusters = schema.reports, schema.accounts, schema.clusters
    with ledger.snapshot() as connection:
        found = dialect_of(connection).search(connection, words, limit=limit, before=as_of)
        columns = (reports.c.seq, reports.c.id, reports.c.title, reports.c.publisher, reports.c.published)
        rows = {
            row.seq: row
            for row in connection.execute(sa.select(*columns).where(reports.c.seq.in_([seq for seq, _ in found])))
        }
        told = (
            sa.select(accounts.c.report, clusters.c.within)
            .join(clusters, clusters.c.account == accounts.c.number)
            .where(accounts.c.report.in_([row.id for row in rows.values()]))
            .order_by(clusters.c.within)
        )
        within: dict[str, list[str]] = {}
        for report, incident in connection.execute(told):
            within.setdefault(report, []).append(incident)
    return [
        Match(row.id, row.title, row.publisher, row.published, snippet, tuple(dict.fromkeys(within.get(row.id, []))))
        for seq, snippet in found
        if (row := rows.get(seq)) is not None
    ]


def list_voices(ledger: Ledger, *, as_of: int | None = None) -> list[Voice]:
    """Return the record of every holder and outlet, the most heard first."""
    return list(voices_of(ledger, as_of=as_of).voices)


@dataclass(frozen=True, slots=True)
class Voices:
    """The most heard holders and outlets, and how many there are of each sort."""

    voices: tuple[Voice, ...]
    total: dict[str, int]


def voices_of(ledger: Ledger, *, as_of: int | None = None, most: int | None = None) -> Voices:
    """Return the record of every holder and every outlet, at most ``most`` of each, the most heard first."""
    with ledger.snapshot() as connection, standing(connection, as_of) as tables:
        found = [
            voice for sort in ("holder", "outlet") for voice in voices(connection, tables.voices, sort=sort, most=most)
        ]
        return Voices(tuple(found), how_many(connection, tables.voices))
