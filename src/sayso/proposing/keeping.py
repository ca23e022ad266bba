"""Proposals as they are kept: apart from the claims, with the judgements about them, which stand in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from sayso.errors import NotFoundError
from sayso.ledger import schema
from sayso.ledger.asking.reviews import Review, reviews_of
from sayso.ledger.chain import now
from sayso.ledger.faults import step
from sayso.ledger.schema import inquiries, proposals
from sayso.ledger.store import Ledger
from sayso.proposing.claims import Proposal
from sayso.reading.findings import value_key
from sayso.records import Claim, Judgement

Verdict = Literal["accept", "reject"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A proposal with what has become of it.

    Attributes:
        proposal: as it was made.
        at: when, ISO 8601 in UTC.
        review: what people decided; None: nobody has looked.
        ours: whether our own reading of the report says the same at the same place.

    """

    proposal: Proposal
    at: str
    review: Review | None
    ours: bool

    @property
    def verdict(self) -> str:
        """``accept``, ``reject`` or ``open``."""
        return (self.review.verdict if self.review else None) or "open"


def keep(ledger: Ledger, report: str, method: str, found: Sequence[Proposal], refused: int) -> int:
    """Keep what was proposed of a report, and that it was asked about; return how many proposals are new."""
    rows = [
        {"id": each.id, "report": each.report, "method": each.method, "record": each.model_dump_json(by_alias=True)}
        for each in found
    ]
    made = 0
    with ledger.derived() as connection:
        for row in rows:
            if connection.execute(sa.select(proposals.c.id).where(proposals.c.id == row["id"])).first() is None:
                connection.execute(sa.insert(proposals), row | {"at": now()})
                made += 1
        same = (inquiries.c.report == report) & (inquiries.c.method == method)
        connection.execute(sa.delete(inquiries).where(same))
        told = {"report": report, "method": method, "at": now(), "proposed": len(found), "refused": refused}
        connection.execute(sa.insert(inquiries), told)
        step()
    return made


def kept(ledger: Ledger, *, report: str | None = None, ids: Sequence[str] | None = None) -> list[Kept]:
    """Return proposals in the order of the texts: all, of one report, or those whose id begins so."""
    query = sa.select(proposals).order_by(proposals.c.report, proposals.c.id)
    query = query if report is None else query.where(proposals.c.report == report)
    with ledger.snapshot() as connection:
        rows = connection.execute(query).all()
        chosen = [row for row in rows if ids is None or any(row.id.startswith(each) and each for each in ids)]
        reviews = reviews_of(connection, [row.id for row in chosen])
        own = _own_claims(connection, {row.report for row in chosen})
    found = [(Proposal.model_validate_json(row.record), row.at) for row in chosen]
    made = [Kept(each, at, reviews.get(each.id), _is_ours(each, own.get(each.report, ()))) for each, at in found]
    return sorted(made, key=lambda one: (one.proposal.report, one.proposal.evidence.start, one.proposal.id))


def open_count(connection: sa.Connection) -> int:
    """Return how many proposals nobody has judged."""
    ids = list(connection.execute(sa.select(proposals.c.id)).scalars())
    reviews = reviews_of(connection, ids) if ids else {}
    return sum(each not in reviews or reviews[each].verdict is None for each in ids)


def without(ledger: Ledger, method: str) -> list[str]:
    """Return the reports that were not asked about by this method, in the order in which they were added."""
    asked = sa.select(inquiries.c.report).where(inquiries.c.method == method)
    query = sa.select(schema.reports.c.id).where(schema.reports.c.id.not_in(asked)).order_by(schema.reports.c.seq)
    with ledger.snapshot() as connection:
        return list(connection.execute(query).scalars())


def judge(ledger: Ledger, number: str, verdict: Verdict, *, who: str, why: str) -> Judgement:
    """Store a person's judgement about a proposal, with the proposal as it stood; raises NotFoundError.

    The proposal stays what it is: no claim of the ledger's own reading.
    """
    found = kept(ledger, ids=[number])
    if len(found) != 1:
        problem = f"several proposals begin with {number!r}" if found else f"no proposal {number!r}"
        raise NotFoundError(problem, way_out="sayso proposals list")
    proposal = found[0].proposal
    as_it_stood = proposal.model_dump_json(by_alias=True)
    judgement = Judgement(decision=verdict, about=(proposal.id,), who=who, when=now(), why=why, value=as_it_stood)
    ledger.judge(judgement)
    return judgement


def _own_claims(connection: sa.Connection, reports: Iterable[str]) -> Mapping[str, list[Claim]]:
    table, current = schema.claims, schema.current_readings
    query = (
        sa.select(current.c.report, table.c.record)
        .join(current, current.c.reading == table.c.reading)
        .where(current.c.report.in_(sorted(reports)))
    )
    found: dict[str, list[Claim]] = {}
    for row in connection.execute(query):
        found.setdefault(row.report, []).append(Claim.model_validate_json(row.record))
    return found


def _is_ours(proposal: Proposal, claims: Iterable[Claim]) -> bool:
    """Tell whether one of our claims says the same of the same words."""
    return any(
        claim.field == proposal.field
        and claim.evidence.overlaps(proposal.evidence)
        and value_key(claim) == value_key(claim.model_copy(update={"value": proposal.value, "stance": proposal.stance}))
        for claim in claims
    )
