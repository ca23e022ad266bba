"""One incident told in order: how each value changed and who changed it; and why a value is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.asking.gathering import Gathered
from sayso.ledger.asking.reviews import Review
from sayso.linking.findings import Display, Judged
from sayso.linking.scene import Scene
from sayso.reading.findings import value_key
from sayso.records import Claim, Judgement


@dataclass(frozen=True, slots=True)
class Step:
    """One change of what is known of a field.

    Attributes:
        at: when it was said, else published, else "" (unknown); of a judgement, when it was made.
        field: of the claim.
        group: whom a count is of, "" for all.
        claim: the claim, with the value it had when it was said.
        change: first · repeated · adds · revises · disputes, or the decision of a judgement.
        about: id of the claim that is revised or disputed.
        judgement: where a person changed it.

    """

    at: str
    field: str
    group: str
    claim: Claim
    change: str
    about: str | None = None
    judgement: Judgement | None = None


def timeline(gathered: Gathered) -> list[Step]:
    """Return how the values of an incident changed, the earliest first."""
    steps = [step for judged in gathered.overview.judged for step in _steps(gathered, judged)]
    steps += _verdicts(gathered)
    return sorted(steps, key=lambda step: (step.at or "9999", step.field, step.group, step.claim.id))


def _steps(gathered: Gathered, judged: Judged) -> Iterator[Step]:
    view = gathered.overview
    scene = Scene(view.claims, view.told)
    revises = {revision.new: revision.old for revision in judged.revisions}
    against: dict[str, str] = {}
    for conflict in judged.conflicts:
        against.setdefault(conflict.other, conflict.one)
    heard: set[str] = set()
    claims = [view.by_id[number] for value in judged.finding.values for number in value.claims]
    for claim in sorted(claims, key=scene.time):
        value = value_key(claim)
        about = revises.get(claim.id) or (against.get(claim.id) if value not in heard else None)
        change = (
            "revises" if claim.id in revises
            else "repeated" if value in heard
            else "disputes" if about
            else "adds" if heard
            else "first"
        )  # fmt: skip
        heard.add(value)
        yield Step(scene.time(claim)[1], claim.field, judged.group, claim, change, about)


def _verdicts(gathered: Gathered) -> Iterator[Step]:
    claims = {claim.id: claim for claim in (*gathered.overview.claims, *gathered.rejected)}
    groups = {
        number: judged.group
        for judged in gathered.overview.judged
        for value in judged.finding.values
        for number in value.claims
    }
    for number, review in gathered.reviews.items():
        for judgement in review.judgements:
            claim = claims[number]
            yield Step(judgement.when, claim.field, groups.get(number, ""), claim, judgement.decision, None, judgement)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a finding is shown as it is.

    Attributes:
        judged: values, status, conflicts and revisions.
        display: the value shown, and the rule that chose it.
        claims: all that is claimed, in the order in which it was said.
        reviews: what people decided about these claims.

    """

    judged: Judged
    display: Display
    claims: tuple[Claim, ...]
    reviews: Mapping[str, Review]


def grounds(gathered: Gathered, field: str | None = None) -> list[Ground]:
    """Return why each finding (of one field, if given) is shown as it is."""
    view = gathered.overview
    scene = Scene(view.claims, view.told)
    found = []
    for judged in view.judged:
        if field is None or judged.finding.field == field:
            ids = [number for value in judged.finding.values for number in value.claims]
            claims = sorted((view.by_id[number] for number in ids), key=scene.time)
            reviews = {number: gathered.reviews[number] for number in ids if number in gathered.reviews}
            found.append(Ground(judged, view.display(judged), tuple(claims), reviews))
    return found


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two accounts are held to be one incident: the likelihood and what speaks for and against it."""

    one: str
    other: str
    score: float
    reasons: tuple[Mapping[str, Any], ...]


def ties(connection: sa.Connection, gathered: Gathered, as_of: int | None = None) -> list[Tie]:
    """Return the likely pairs among the accounts of an incident, by the reports they are of, the likeliest first."""
    accounts, pairs = schema.accounts, schema.pairs
    members = [account.id for account in gathered.overview.accounts]
    query = sa.select(accounts.c.id, accounts.c.report).where(accounts.c.incident.in_(members))
    report = {row.id: row.report for row in connection.execute(query)}
    chosen = sa.select(pairs).where(pairs.c.a.in_(sorted(report)) & pairs.c.b.in_(sorted(report)))
    if as_of is not None:
        chosen = chosen.where(pairs.c.seq <= as_of)
    found = [
        Tie(report[row.a], report[row.b], row.score, tuple(json.loads(row.reasons)))
        for row in connection.execute(chosen)
    ]
    return sorted(found, key=lambda tie: (-tie.score, tie.one, tie.other))
