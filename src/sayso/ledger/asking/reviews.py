"""What people decided about claims: accepted, rejected, corrected; by one person (proposed) or two (reviewed)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import sqlalchemy as sa
from pydantic import ValidationError

from sayso.errors import InputError
from sayso.ledger import rows, schema
from sayso.records import VALUE_OF_FIELD, Claim, Judgement

State = Literal["machine", "proposed", "reviewed"]
Verdict = Literal["accept", "reject", "correct"]
_ANY: Final = sa.select(schema.subjects.c.about).limit(1)
VERDICTS: Final = ("accept", "reject", "correct")


@dataclass(frozen=True, slots=True)
class Review:
    """What stands about one claim.

    Attributes:
        judgements: accept, reject, correct and notes about it that nobody retracted, the oldest first.

    """

    judgements: tuple[Judgement, ...]

    @property
    def decisive(self) -> Judgement | None:
        """The newest verdict, which counts; None where there are only notes."""
        return next((each for each in reversed(self.judgements) if each.decision in VERDICTS), None)

    @property
    def verdict(self) -> str | None:
        """Accept, reject or correct, or None."""
        return self.decisive.decision if self.decisive else None

    @property
    def state(self) -> State:
        """``proposed`` while one person says so, ``reviewed`` when a second one says the same."""
        last = self.decisive
        if last is None:
            return "machine"
        agreed = {
            each.who for each in self.judgements if (each.decision, each.value) == (last.decision, last.value)
        } | {each.who for each in self.judgements if each.decision == "accept" and last.decision == "correct"}
        return "reviewed" if len(agreed) > 1 else "proposed"


def reviews_of(connection: sa.Connection, ids: Sequence[str], as_of: int | None = None) -> dict[str, Review]:
    """Return id → review of those ids that anybody judged; retracted judgements are left out."""
    found: dict[str, list[Judgement]] = {}
    if connection.execute(_ANY).first() is None:
        return {}
    for at in range(0, len(ids), 5000):
        for about, judgement in _standing(connection, ids[at : at + 5000], as_of):
            found.setdefault(about, []).append(judgement)
    return {about: Review(tuple(judgements)) for about, judgements in found.items()}


def _standing(connection: sa.Connection, ids: Sequence[str], as_of: int | None) -> list[tuple[str, Judgement]]:
    """Return (subject, judgement) in the order of the log, without what was retracted."""
    table, subjects = schema.judgements, schema.subjects
    query = (
        sa.select(subjects.c.about.label("subject"), table)
        .join(table, table.c.id == subjects.c.judgement)
        .where(subjects.c.about.in_(sorted(ids)))
        .order_by(table.c.seq, subjects.c.about)
    )
    if as_of is not None:
        query = query.where(table.c.seq <= as_of)
    found = [(row["subject"], rows.judgement_of(dict(row))) for row in connection.execute(query).mappings()]
    if not found:
        return []
    retractions = _standing(connection, [judgement.id for _, judgement in found], as_of)
    gone = {about for about, judgement in retractions if judgement.decision == "retract"}
    return [(about, judgement) for about, judgement in found if judgement.id not in gone]


def correct(claim: Claim, review: Review | None) -> Claim:
    """Return the claim with the value that a person gave it, where one did; its id and evidence stay."""
    if review is None or review.decisive is None or review.verdict != "correct":
        return claim
    return corrected(claim, json.loads(review.decisive.value or "{}"))


def corrected(claim: Claim, change: Mapping[str, Any]) -> Claim:
    """Return the claim with some keys of its value changed.

    Raises:
        InputError: the value does not fit the field any more.

    """
    present = claim.value.model_dump(mode="json", by_alias=True)
    try:
        value = VALUE_OF_FIELD[claim.field].model_validate({**present, **change})
    except (TypeError, ValueError) as error:
        problem = str(error)
        if isinstance(error, ValidationError):
            problem = "; ".join(part["msg"] for part in error.errors())
        way_out = f"its present value: {json.dumps(present, ensure_ascii=False, sort_keys=True)}"
        raise InputError(f"no value for {claim.field}: {problem}", place=claim.id, way_out=way_out) from None
    return claim.model_copy(update={"value": value})
