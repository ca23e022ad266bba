"""What people have judged about pairs of accounts, as far as it stands: the newest judgement of a pair counts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.linker import Pair

_ANY = sa.select(schema.judgements.c.id).where(schema.judgements.c.decision.in_(("same", "not_same"))).limit(1)


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of accounts that are one happening, and pairs that are two, by somebody's judgement."""

    same: frozenset[Pair]
    not_same: frozenset[Pair]


def any_judged(connection: sa.Connection) -> bool:
    """Tell whether anybody has judged of any pair."""
    return connection.execute(_ANY).first() is not None


def judged(connection: sa.Connection, incidents: Collection[str]) -> Judged:
    """Return what is judged about any of ``incidents`` (ids of incidents of readings, or of the ledger)."""
    table, subjects = schema.judgements, schema.subjects
    about = sa.select(subjects.c.judgement).where(subjects.c.about.in_(sorted(incidents)))
    query = (
        sa.select(table.c.id, table.c.decision, table.c.about)
        .where(table.c.decision.in_(("same", "not_same")) & table.c.id.in_(about))
        .order_by(table.c.seq)
    )
    found = connection.execute(query).all()
    if not found:
        return Judged(frozenset(), frozenset())
    gone = _retracted(connection, [row.id for row in found])
    verdicts: dict[Pair, str] = {}
    for row in found:
        if row.id not in gone:
            ids = [standing_for(connection, each) for each in json.loads(row.about)]
            verdicts |= dict.fromkeys(pairs_of(row.decision, ids), row.decision)
    return Judged(
        frozenset(pair for pair, verdict in verdicts.items() if verdict == "same"),
        frozenset(pair for pair, verdict in verdicts.items() if verdict == "not_same"),
    )


def pairs_of(decision: str, ids: Iterable[str]) -> list[Pair]:
    """Return the pairs a judgement speaks of: "same" chains its ids, "not same" keeps every two of them apart."""
    given = list(dict.fromkeys(ids))
    found = pairwise(given) if decision == "same" else combinations(given, 2)
    return [(min(pair), max(pair)) for pair in found]


def free_of_contradiction(same: Iterable[Pair], not_same: Iterable[Pair]) -> list[Pair]:
    """Return the pairs judged "not same" that no chain of "same" connects."""
    group: dict[str, str] = {}

    def lead(one: str) -> str:
        while (above := group.setdefault(one, one)) != one:
            one = above
        return one

    for a, b in same:
        group[lead(a)] = lead(b)
    return [(a, b) for a, b in not_same if lead(a) != lead(b)]


def _retracted(connection: sa.Connection, judgements: list[str]) -> set[str]:
    """Return those that a later judgement retracts, unless that one is itself retracted."""
    table, subjects = schema.judgements, schema.subjects
    query = (
        sa.select(subjects.c.about, table.c.id)
        .join(table, table.c.id == subjects.c.judgement)
        .where((table.c.decision == "retract") & subjects.c.about.in_(judgements))
    )
    by = connection.execute(query).all()
    if not by:
        return set()
    undone = _retracted(connection, [row.id for row in by])
    return {row.about for row in by if row.id not in undone}


def standing_for(connection: sa.Connection, incident: str) -> str:
    """Return the account that a judged one has become: itself, or the only one that a newer reading found there."""
    clusters, accounts = schema.clusters, schema.accounts
    if connection.execute(sa.select(clusters.c.incident).where(clusters.c.incident == incident)).first():
        return incident
    report = sa.select(accounts.c.report).where(accounts.c.incident == incident).limit(1).scalar_subquery()
    query = (
        sa.select(clusters.c.incident)
        .join(accounts, accounts.c.number == clusters.c.account)
        .where(accounts.c.report == report)
    )
    now = list(connection.execute(query).scalars())
    return now[0] if len(now) == 1 else incident
