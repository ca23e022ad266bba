"""How sure a report is of a perpetrator, on the scale of MUC-4: a crosswalk from stance, holder and certainty.

The scale and its decision steps: MUC-4 task documentation, template slot 11, §7.12. What it has no room for (who says
otherwise, how the hedge was worded) is in the claims; this is for comparison with records that use the scale.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from sayso.reading.speaking.title_words import titles
from sayso.values import Actor
from sayso.values.actor import OF_STATE
from sayso.vocab import Entry, load_table
from sayso.vocab.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.records import Claim

Confidence = Literal[
    "CLAIMED OR ADMITTED",
    "REPORTED AS FACT",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "SUSPECTED OR ACCUSED",
    "POSSIBLE",
    "ACQUITTED",
]
SCALE: Final[tuple[Confidence, ...]] = (
    "CLAIMED OR ADMITTED",
    "REPORTED AS FACT",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "SUSPECTED OR ACCUSED",
    "POSSIBLE",
    "ACQUITTED",
)
"""In the order in which one claim outdoes another: who owns up is not accused, who is proven is not suspected."""
_ACCUSED: Final = ("SUSPECTED OR ACCUSED BY AUTHORITIES", "SUSPECTED OR ACCUSED")

_OF_STATE: Final = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})  # PLOVER sectors
_EVEN: Final = 0.5  # a band that ends below it says: rather not
_OPPONENTS: Final = ("armed_group", "party")
"""Kinds of sayers who accuse even where they only tell of it: the other side's word is no account."""


NO_CUES: Final[Mapping[str, str]] = MappingProxyType({})


class ConfidenceWords(Entry):
    """One row of ``vocab/confidence.toml``."""

    name: str
    words: tuple[str, ...]


@cache
def _words(name: str) -> frozenset[str]:
    return {row.name: frozenset(row.words) for row in load_table("confidence", ConfidenceWords)}[name]


def confidence_of(claims: Sequence[Claim], cues: Mapping[str, str] = NO_CUES) -> Confidence | None:
    """Return how sure the claims are that one organisation did it; None where they leave that open.

    Args:
        claims: those on field ``perpetrator`` that name the organisation, in one incident.
        cues: the cue of each statement by its id, as written, "" of a bare quotation; they tell an account from an
            accusation. Whoever speaks in a statement that is not among them accuses.

    """
    steps = [(claim, step) for claim in claims if (step := _step(claim, cues)) is not None]
    found = {step for _, step in steps}
    if any(claim.certainty is not None and step in _ACCUSED for claim, step in steps):
        found.discard("REPORTED AS FACT")  # whoever hedges it puts the plain account in question (note 2)
    return next((step for step in SCALE if step in found), None)


def _says(name: str, words: str) -> bool:
    return not _words(name).isdisjoint(re.findall(r"[a-z]+", words.lower()))


def _blames(words: str) -> bool:
    plain = " ".join(words.lower().split())
    for phrase in _words("blaming nobody"):
        plain = plain.replace(phrase, "")
    return _says("blaming", plain)


def _step(claim: Claim, cues: Mapping[str, str]) -> Confidence | None:
    if claim.stance == "claims_own":
        return "CLAIMED OR ADMITTED"
    if claim.stance == "exonerates":
        return "ACQUITTED"
    if claim.stance == "accuses" and _of_own_side(claim):
        return "CLAIMED OR ADMITTED"
    if claim.stance in ("denies", "questions"):
        return None
    if claim.stance == "doubts" or (claim.certainty is not None and claim.certainty.high <= _EVEN):
        return "POSSIBLE"
    plain = claim.certainty is None and not _blames(claim.evidence.text)
    if claim.holder.kind == "report" and claim.stance == "suspects" and plain:
        return "POSSIBLE"  # nobody accuses: the report names traces, or a likelihood
    if claim.holder.kind == "report":
        return "REPORTED AS FACT" if plain else "SUSPECTED OR ACCUSED"
    if plain and claim.stance == "accuses" and _tells(claim, cues):
        return "REPORTED AS FACT"
    return "SUSPECTED OR ACCUSED BY AUTHORITIES" if _is_authority(claim.holder) else "SUSPECTED OR ACCUSED"


def _tells(claim: Claim, cues: Mapping[str, str]) -> bool:
    """Tell whether a sayer gives an account: he does not fight whom he names, and his cue does not accuse."""
    cue = cues.get(claim.statement or "")
    return cue is not None and not _says("accusing", cue) and not _fights(claim.holder, claim.value)


def _fights(holder: Actor, accused: object) -> bool:
    """Tell whether a sayer is the other side: an armed group, a party, or one state's body of another state's."""
    if holder.kind in _OPPONENTS or not isinstance(accused, Actor):
        return holder.kind in _OPPONENTS
    foreign = None not in (holder.country, accused.country) and holder.country != accused.country
    return foreign and holder.kind in OF_STATE and accused.kind in OF_STATE


def _of_own_side(claim: Claim) -> bool:
    """Tell whether a group's deed is told by its own: "the rebel communiqué reads: FMLN fighters occupied the road"."""
    value = claim.value
    armed = isinstance(value, Actor) and value.kind == "armed_group"
    return armed and _says("own side", claim.holder.words) and claim.holder.kind in ("armed_group", "person", "unknown")


def _is_authority(holder: Actor) -> bool:
    """Tell whether the holder is a state, one of its bodies, or a person who bears an office of one."""
    if holder.kind in OF_STATE or holder.sector in _OF_STATE:
        return True
    if holder.name and Gazetteer.default().leader(holder.name):
        return True
    words = tuple(re.findall(r"\w+", holder.words.lower()))
    phrases = {words[first : first + size] for size in range(1, 4) for first in range(len(words) - size + 1)}
    return any(title.kind in OF_STATE for phrase in phrases if (title := titles().get(phrase)))
