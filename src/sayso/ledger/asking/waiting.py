"""Which claims wait for a person: of incidents with a dispute first, then the latest; claim by claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.asking.gathering import Gathered, gather
from sayso.ledger.asking.reviews import VERDICTS
from sayso.ledger.asking.telling import Ground, grounds
from sayso.records import Claim

LOOKED_AT: Final = 200
"""Incidents that are looked through for one that waits, in one go."""


@dataclass(frozen=True)
class Waiting:
    """A claim that nobody has judged, with all that helps to judge it.

    Attributes:
        claim: the claim.
        ground: the finding it belongs to.
        gathered: the incident.
        place: which of the claims of the incident it is, from 1.
        of: how many these are.

    """

    claim: Claim
    ground: Ground
    gathered: Gathered
    place: int
    of: int


def next_waiting(
    connection: sa.Connection, *, incident: str | None = None, after: str | None = None, second: str | None = None
) -> Waiting | None:
    """Return the next claim that nobody has judged, or None where LOOKED_AT incidents have none.

    Args:
        connection: a snapshot of the ledger.
        incident: only claims of this one.
        after: id of a claim; those behind it in the queue.
        second: name of a person; then also claims that one person has judged who is somebody else.

    """
    ids = [incident] if incident else _queue(connection)
    home = _incident_of(connection, after) if after else None
    if home in ids:
        ids = ids[ids.index(home) :]
    for number in ids[:LOOKED_AT]:
        for gathered in gather(connection, [number]):
            found = list(_claims(gathered))
            start = next((at + 1 for at, each in enumerate(found) if each.claim.id == after), 0)
            for each in found[start:]:
                if _waits(each, second):
                    return each
    return None


def all_waiting(connection: sa.Connection, incident: str, *, second: str | None = None) -> list[Waiting]:
    """Return all claims of an incident that wait; see :func:`next_waiting`."""
    found = (each for gathered in gather(connection, [incident]) for each in _claims(gathered))
    return [each for each in found if _waits(each, second)]


def _waits(each: Waiting, second: str | None) -> bool:
    review = each.gathered.reviews.get(each.claim.id)
    if review is None or review.verdict is None:
        return True
    judges = {judgement.who for judgement in review.judgements if judgement.decision in VERDICTS}
    return second is not None and review.state == "proposed" and second not in judges


def waiting(connection: sa.Connection, claim: str) -> Waiting | None:
    """Return one claim as it would stand in the queue, judged or not; None where no incident has it now."""
    number = _incident_of(connection, claim)
    for gathered in gather(connection, [number] if number else []):
        return next((each for each in _claims(gathered) if each.claim.id == claim), None)
    return None


def _claims(gathered: Gathered) -> Iterator[Waiting]:
    """Yield the claims of an incident, the disputed fields first; rejected ones stand in no finding."""
    rows = sorted(grounds(gathered), key=lambda ground: ground.judged.finding.status != "disputed")
    pairs = [(claim, ground) for ground in rows for claim in ground.claims]
    for place, (claim, ground) in enumerate(pairs, 1):
        yield Waiting(claim, ground, gathered, place, len(pairs))


def _queue(connection: sa.Connection) -> list[str]:
    table = schema.summaries
    disputed = table.c.statuses.contains(":disputed")
    order = (disputed.desc(), table.c.earliest.desc().nulls_last(), table.c.within)
    return list(connection.execute(sa.select(table.c.within).where(table.c.background == 0).order_by(*order)).scalars())


def _incident_of(connection: sa.Connection, claim: str) -> str | None:
    table, clusters = schema.claims, schema.clusters
    query = sa.select(clusters.c.within).join(table, table.c.incident == clusters.c.incident).where(table.c.id == claim)
    found = connection.execute(query.limit(1)).scalar()
    return str(found) if found else None
