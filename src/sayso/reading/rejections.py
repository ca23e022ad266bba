"""Accusations that somebody rejects: the accusation stays whose it is, and who rejects it denies its value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.claims import CARRIED, speaks
from sayso.reading.statements.called_false import nouns_of_telling
from sayso.records import Claim
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.statements.statements import Statements
    from sayso.records import Statement

REJECTED: Final = ("perpetrator",)
"""What is denied with a report that is denied."""
UNSAID: Final = ("responsibility_claim", "evidence_offered")
"""What a rejection says of itself."""
_ACCUSER: Final = re.compile(
    r"(?:as \w+ |as [“\"‘'][^”\"’']+[”\"’'],? )?[“\"‘']?"
    r"(?P<what>(?:[Tt]he |these |those |such |all )?(?:[\w-]+ ){0,2}?(?P<noun>[A-Za-z]+))"
    r"(?: (?:\w+ed |made |spread )?(?:by|from|in) (?P<who>[^,;]+?))?(?= (?:that|about|alleging|claiming|saying)\b)"
)
"""Who says what is rejected: "media reports that …", "the allegations circulated by channels … about …"."""


def with_rejected(claim: Claim, statements: Statements) -> list[Claim]:
    """Return a claim and what it becomes where somebody rejects it (READING: "Stance").

    "X refuted reports that Y bombed it" holds two: the reports accuse Y, and X denies it. What of the rest is denied
    with it the words do not tell.
    """
    by_id = {one.id: one for one in statements.records} if claim.field not in UNSAID and claim.statement else {}
    said = by_id.get(claim.statement or "")
    if said is None:
        return [claim]
    if claim.field not in REJECTED:
        return [_as_claimed(claim, said)]
    accuser = _accuser(said) if claim.stance == "denies" and said.stance == "denies" else None
    if accuser is not None and isinstance(claim.value, Actor) and claim.value.words in accuser.words:
        return []  # "the information spread by the rebels that …": they tell it
    if accuser is not None and claim.holder == said.holder:
        told = {"holder": accuser, "stance": "accuses", "said": None, "chain": _chain(said, accuser)}
        return [claim, _changed(claim, told)]
    outer = by_id.get(said.inside or "")
    if outer is None or outer.stance != "denies" or claim.stance in CARRIED or not speaks(outer.holder):
        return [claim]
    told = {"holder": outer.holder, "via": outer.via, "said": outer.said, "statement": outer.id, "chain": ()}
    return [claim, _changed(claim, {**told, "stance": "denies"})]


def _as_claimed(claim: Claim, said: Statement) -> Claim:
    """Return a value of "X debunked a claim by Y that …" as Y's: what of it X denies the words do not tell."""
    accuser = _accuser(said) if claim.stance == "denies" == said.stance and claim.holder == said.holder else None
    if accuser is None or not accuser.words[:1].isalpha() or not _CLAIMED_BY.match(said.content[0].text):
        return claim
    return _changed(claim, {"holder": accuser, "stance": "asserts", "said": None, "chain": _chain(said, accuser)})


_CLAIMED_BY: Final = re.compile(r"(?i)(?:an?|the|this|that) (?:[\w-]+ )?\w+ (?:made |spread |put about )?by ")


def _changed(claim: Claim, told: dict[str, object]) -> Claim:
    data = claim.model_dump(by_alias=True, exclude={"id", "value"})
    return Claim(**{**data, **told}, value=claim.value)


def _accuser(said: Statement) -> Actor | None:
    """Return the reports, or those who spread them, where the rejected words begin with a noun for an accusation."""
    found = _ACCUSER.match(said.content[0].text) if said.content else None
    if found is None or found["noun"].lower() not in nouns_of_telling():
        return None
    words = found["who"] or found["what"]
    return Actor(name=None, kind="unknown", words=words)


def _chain(said: Statement, accuser: Actor) -> tuple[str, ...]:
    return (said.holder.name or said.holder.words, accuser.words)
