"""From what a person types to a judgement that can be stored: short ids made whole, claims and values checked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, Literal

import sqlalchemy as sa

from sayso.errors import NotFoundError
from sayso.ledger import schema
from sayso.ledger.asking.questions import whole_id
from sayso.ledger.asking.reviews import corrected
from sayso.ledger.chain import now
from sayso.ledger.store import Ledger
from sayso.records import Claim, Judgement

Decision = Literal["same", "not_same", "accept", "reject", "correct", "grade", "note", "retract"]
OF_CLAIMS: Final = ("accept", "reject", "correct")


def judgement_of(
    ledger: Ledger, decision: Decision, about: Sequence[str], *, who: str, why: str = "", value: str | None = None
) -> Judgement:
    """Return the judgement, made now, after checking all that can be checked; nothing is stored.

    Args:
        ledger: in which the ids are looked up.
        decision: what is decided.
        about: ids, of incidents and claims also shortened; for a grade the name of an outlet or holder.
        who: the person.
        why: the reason.
        value: JSON: of a corrected claim, or the grade.

    Raises:
        NotFoundError: an id that nothing has.
        InputError: a corrected value that does not fit the claim's field.

    """
    with ledger.snapshot() as connection:
        ids = [_whole(connection, decision, each) for each in about]
        if decision == "correct":
            corrected(claim_of(connection, ids[0]), json.loads(value or "{}"))
    return Judgement(decision=decision, about=tuple(ids), who=who, when=now(), why=why, value=value)


def _whole(connection: sa.Connection, decision: Decision, given: str) -> str:
    if decision in ("same", "not_same"):
        return whole_id(connection, given)
    if decision in OF_CLAIMS or (decision == "note" and given.startswith("cl_")):
        return _claim_id(connection, given)
    if decision == "note" and given.startswith("in_"):
        return whole_id(connection, given)
    return given


def _claim_id(connection: sa.Connection, given: str) -> str:
    table = schema.claims
    query = sa.select(table.c.id).where(table.c.id.startswith(given, autoescape=True)).distinct().limit(2)
    found = list(connection.execute(query).scalars())
    if len(found) == 1 or given in found:
        return given if given in found else found[0]
    problem = f"several claims begin with {given}" if found else f"no claim {given}"
    raise NotFoundError(problem, way_out="`sayso why ID` gives the ids of an incident's claims")


def claim_of(connection: sa.Connection, number: str) -> Claim:
    """Return a claim by its id, of whichever reading; raises NotFoundError."""
    table = schema.claims
    record = connection.execute(sa.select(table.c.record).where(table.c.id == number).limit(1)).scalar()
    if record is None:
        raise NotFoundError(f"no claim {number}", way_out="`sayso why ID` gives the ids")
    return Claim.model_validate_json(record)


def known(connection: sa.Connection, ids: Sequence[str]) -> set[str]:
    """Return those ids that something has which can be judged: claims, incidents, accounts, reports, judgements."""
    named = (
        schema.claims.c.id, schema.memberships.c.within, schema.accounts.c.incident, schema.reports.c.id,
        schema.judgements.c.id,
    )  # fmt: skip
    found: set[str] = set()
    for column in named:
        found.update(connection.execute(sa.select(column).where(column.in_(list(ids))).distinct()).scalars())
    return found


def made_by(connection: sa.Connection, judgements: Sequence[str]) -> dict[str, str]:
    """Return id of a judgement → who made it; raises NotFoundError for an id that none has."""
    table = schema.judgements
    rows = connection.execute(sa.select(table.c.id, table.c.who).where(table.c.id.in_(list(judgements))))
    found = {row.id: row.who for row in rows}
    for each in judgements:
        if each not in found:
            raise NotFoundError(f"no judgement {each}", way_out="`sayso log` names them")
    return found
