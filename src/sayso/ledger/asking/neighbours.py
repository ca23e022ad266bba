"""Other incidents that may be the same happening: likely pairs that linking kept apart all the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.asking.gathering import Gathered


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another incident: how likely it is the same, and what speaks for and against it, for the likeliest pair."""

    incident: str
    title: str
    score: float
    reasons: tuple[Mapping[str, Any], ...]


def neighbours(connection: sa.Connection, gathered: Gathered, *, most: int = 5) -> list[Neighbour]:
    """Return the incidents that are likeliest the same as this one, the likeliest first."""
    accounts, pairs, clusters, summaries = schema.accounts, schema.pairs, schema.clusters, schema.summaries
    own = [account.id for account in gathered.overview.accounts]
    ids = list(connection.execute(sa.select(accounts.c.id).where(accounts.c.incident.in_(own))).scalars())
    found: dict[str, Neighbour] = {}
    for here, there in ((pairs.c.a, pairs.c.b), (pairs.c.b, pairs.c.a)):
        query = (
            sa.select(pairs.c.score, pairs.c.reasons, clusters.c.within, summaries.c.title)
            .join(accounts, accounts.c.id == there)
            .join(clusters, clusters.c.account == accounts.c.number)
            .join(summaries, summaries.c.within == clusters.c.within)
            .where(here.in_(ids), clusters.c.within != gathered.overview.incident.id)
            .order_by(pairs.c.score.desc(), clusters.c.within)
            .limit(20 * most)
        )
        for row in connection.execute(query):
            if row.within not in found or found[row.within].score < row.score:
                reasons = tuple(json.loads(row.reasons))
                found[row.within] = Neighbour(row.within, row.title, row.score, reasons)
    return sorted(found.values(), key=lambda each: (-each.score, each.incident))[:most]
