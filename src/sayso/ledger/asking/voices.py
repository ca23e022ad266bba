"""How each holder and each outlet did: how often heard, how often first, revised by itself, contradicted by others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import sqlalchemy as sa

from sayso.ledger.asking.gathering import Gathered
from sayso.linking.findings import Judged
from sayso.linking.overview import Overview
from sayso.linking.scene import Scene
from sayso.linking.weighing import AGAINST, OPEN
from sayso.records import Claim
from sayso.values import Place

Sort = Literal["holder", "outlet", "actor", "place", "spot"]
HEARD: Final = ("holder", "outlet")
"""Sorts that say something; the others are only looked for."""
LATITUDE: Final = 8
"""Characters of a latitude in the name of a spot: "+15.4625"."""
COUNTED: Final = ("claims", "first", "revised", "disputed")


@dataclass(frozen=True, slots=True)
class Voice:
    """The record of one holder or outlet.

    Attributes:
        sort: "holder" (whom reports quote) or "outlet" (who publishes). In the table also "actor": who is named as
            author or target, "place" and "spot": names and coordinates of where it also happened, as somebody asserts,
            so that incidents are found by them; such a row counts nothing.
        name: its name; of a holder without one, its words.
        incidents: on how many it is heard.
        claims: how many claims it makes.
        first: fields of incidents on which it spoke before others did, where others spoke at all.
        revised: values that it replaced itself.
        disputed: fields of incidents on which somebody contradicts it.

    """

    sort: Sort
    name: str
    incidents: int
    claims: int
    first: int
    revised: int
    disputed: int


def voice_rows(gathered: Gathered) -> list[dict[str, Any]]:
    """Return the rows of ``voices`` for one incident."""
    view = gathered.overview
    counts: dict[tuple[Sort, str], Counter[str]] = defaultdict(Counter)
    for claim in view.claims:
        for voice in _voices_of(claim, view):
            counts[voice]["claims"] += 1
    for judged in view.judged:
        for voice, what in _deeds(judged, view):
            counts[voice][what] += 1
    for name in _actors(view.claims):
        counts["actor", name] = Counter()
    for sort, name in _elsewhere(view):
        counts[sort, name] = Counter()
    return [
        {"within": view.incident.id, "sort": sort, "name": name, **{what: count[what] for what in COUNTED}}
        for (sort, name), count in sorted(counts.items())
    ]


def spot(lat: float, lon: float) -> str:
    """Return coordinates as the name of a voice: both of a fixed width, so that SQL can take them apart."""
    return f"{lat:+0{LATITUDE}.4f} {lon:+0{LATITUDE + 1}.4f}"


def _elsewhere(view: Overview) -> Iterator[tuple[Sort, str]]:
    """Yield names and coordinates of the asserted places that the incident's own row does not tell."""
    shown = view.incident.where
    for claim in view.claims:
        place = claim.value
        if not isinstance(place, Place) or claim.stance in (*OPEN, *AGAINST):
            continue
        told = (place.name or place.words, place.admin1, place.country)
        known = (shown.name or shown.words, shown.admin1, shown.country) if shown else ()
        yield from (("place", name) for name in told if name and name not in known)
        at = (shown.lat, shown.lon) if shown else None
        if place.lat is not None and place.lon is not None and (place.lat, place.lon) != at:
            yield "spot", spot(place.lat, place.lon)


def _actors(claims: Iterable[Claim]) -> set[str]:
    """Return the names of alleged authors and of targets."""
    values = (claim.value for claim in claims if claim.field in ("perpetrator", "target"))
    return {name for value in values if (name := getattr(value, "name", None))}


def _deeds(judged: Judged, view: Overview) -> Iterator[tuple[tuple[Sort, str], str]]:
    """Yield who was first, revised and disputed in one finding, each voice once for each."""
    claims = sorted(
        (view.by_id[number] for value in judged.finding.values for number in value.claims),
        key=Scene(view.claims, view.told).time,
    )
    heard = {voice for claim in claims for voice in _voices_of(claim, view)}
    opening = set(_voices_of(claims[0], view))
    for sort in ("holder", "outlet"):
        if len({name for kind, name in heard if kind == sort}) > 1:
            yield from ((voice, "first") for voice in sorted(opening) if voice[0] == sort)
    for revision in judged.revisions:
        yield from ((voice, "revised") for voice in _voices_of(view.by_id[revision.old], view) if voice[0] == "holder")
    ids = {number for conflict in judged.conflicts for number in (conflict.one, conflict.other)}
    contradicted = {voice for number in ids for voice in _voices_of(view.by_id[number], view)}
    yield from ((voice, "disputed") for voice in sorted(contradicted))


def _voices_of(claim: Claim, view: Overview) -> list[tuple[Sort, str]]:
    """Return the holder of a claim, unless it is the report's own voice, and the outlet, if known."""
    found: list[tuple[Sort, str]] = []
    if claim.holder.kind != "report":
        found.append(("holder", claim.holder.name or claim.holder.words))
    told = view.told.get(claim.evidence.report)
    if told and told.publisher:
        found.append(("outlet", told.publisher))
    return found


def voices(
    connection: sa.Connection,
    table: sa.Table,
    *,
    sort: Sort | None = None,
    name: str | None = None,
    most: int | None = None,
) -> list[Voice]:
    """Return the records of holders and outlets, the most heard first.

    Args:
        connection: a snapshot of the ledger.
        table: the voices of now or then; see ``standing``.
        sort: only holders, or only outlets.
        name: only those of this name.
        most: at most so many.

    """
    incidents, sums = sa.func.count().label("incidents"), [sa.func.sum(table.c[what]).label(what) for what in COUNTED]
    query = sa.select(table.c.sort, table.c.name, incidents, *sums).where(table.c.sort.in_(HEARD))
    if sort is not None:
        query = query.where(table.c.sort == sort)
    if name is not None:
        query = query.where(table.c.name == name)
    order: tuple[Any, ...] = (table.c.sort, incidents.desc(), sa.desc("claims"), table.c.name)
    rows = connection.execute(query.group_by(table.c.name, table.c.sort).order_by(*order).limit(most)).mappings()
    return [Voice(**row) for row in rows]


def how_many(connection: sa.Connection, table: sa.Table) -> dict[str, int]:
    """Return how many holders and how many outlets are heard."""
    names = sa.select(table.c.sort, table.c.name).where(table.c.sort.in_(HEARD)).distinct().subquery()
    rows = connection.execute(sa.select(names.c.sort, sa.func.count()).group_by(names.c.sort)).all()
    return {"holder": 0, "outlet": 0} | {row[0]: row[1] for row in rows}
