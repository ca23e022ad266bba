"""Shares of a toll that their words tell, though they name no group: the wounded who died, the bodies in one morgue.

READING, "Findings": counts disagree where they are of the same group. Who says "two of the wounded died" after "five
were killed" counts some of the dead; a doctor who speaks of the bodies and the wounded in his hospital counts those
that came there, and more may lie elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from sayso.reading.findings import group_key
from sayso.records import Claim
from sayso.values import Quantity

DIED_LATER: Final = "wounded who died/"
GRAVE: Final = "gravely wounded/"
SOME: Final = "some of them/"
SEEN: Final = {"killed": "bodies seen at a hospital/", "injured": "wounded seen at a hospital/"}
"""Names of the groups, by field for what a hospital has seen."""
_HURT: Final = frozenset({"wounded", "injured"})
_GRAVELY: Final = (
    r"(?:\s+of\s+(?:them|whom|the\s+\w+))?(?:\s+(?:were|was|is|are))?,?\s+"
    r"(?:critically|seriously|severely|gravely|in\s+(?:a\s+|an\s+)?(?:critical|serious|grave|severe)\s+(?:state|condition))\b"
)
_OF_THEM: Final = r"\s+of\s+(?:them|whom)\b"
_ANOTHER: Final = re.compile(r"\W*(?:another|one other)\b", re.IGNORECASE)
_BODIES: Final = re.compile(r"\b(?:bodies|corpses)\b", re.IGNORECASE)
_PATIENTS: Final = re.compile(
    r"^\W*(?:treating\b.*|(?:[\w-]+\W+){1,3}(?:wounded|injured)(?:\s+(?:people|persons|men|patients|civilians))?)\W*$",
    re.IGNORECASE,
)
_ONE_HOUSE: Final = re.compile(
    r"\b(?:hospital|clinic|mortuary|morgue|doctor|surgeon|nurse|health worker)\b", re.IGNORECASE
)
_DOCTORS_OF: Final = re.compile(r"\b(?:doctors|surgeons|nurses|medics)\b.*\b(?:hospital|clinic)\b", re.IGNORECASE)
_MORE_THAN_ONE: Final = re.compile(
    r"\b(?:and|hospitals|sources?|ministry|department|directorate|union|charity|group|residents)\b", re.IGNORECASE
)


def shares(claims: Iterable[Claim]) -> dict[str, str]:
    """Return claim id → group, for counts of people whose words say that they are a share of all."""
    rows = [claim for claim in claims if isinstance(claim.value, Quantity)]
    return {claim.id: group for claim in rows if (group := _group(claim, rows))}


def _group(claim: Claim, rows: Sequence[Claim]) -> str | None:
    return _one_more(claim) or _died_later(claim) or _grave(claim) or _of_them(claim) or _seen(claim, rows)


def _one_more(claim: Claim) -> str | None:
    """Return the group of "another guard was unhurt", which says nothing of the guards told before."""
    named = isinstance(claim.value, Quantity) and group_key(claim.value)
    return f"another {named}" if named and _ANOTHER.match(claim.evidence.text) else None


def _died_later(claim: Claim) -> str | None:
    of = claim.value.of if isinstance(claim.value, Quantity) else None
    hurt = of is not None and not _HURT.isdisjoint(of.words.casefold().split()[-1:])
    return DIED_LATER if hurt and claim.field == "killed" else None


def _grave(claim: Claim) -> str | None:
    """Return the group of "18 of them critically": the number itself stands before the word, not that of all hurt."""
    if claim.field != "injured" or not isinstance(claim.value, Quantity) or group_key(claim.value):
        return None
    return GRAVE if re.search(rf"\b{re.escape(claim.value.words)}{_GRAVELY}", claim.evidence.text) else None


def _of_them(claim: Claim) -> str | None:
    """Return the group of "four of whom lost a limb", where nothing is said of who they are."""
    if claim.field not in SEEN or not isinstance(claim.value, Quantity) or group_key(claim.value):
        return None
    told = re.search(rf"\b{re.escape(claim.value.words)}{_OF_THEM}", claim.evidence.text, re.IGNORECASE)
    return SOME if told else None


def _seen(claim: Claim, rows: Iterable[Claim]) -> str | None:
    """Return the group of what a hospital has seen, where others, who may count more, speak of all."""
    if claim.field not in SEEN or not _of_one_house(claim):
        return None
    others = (row for row in rows if row.field == claim.field and not _of_one_house(row))
    return SEEN[claim.field] if any(_may_hold(row, claim) for row in others) else None


def _of_one_house(claim: Claim) -> bool:
    """Tell whether somebody of one hospital says how many bodies or wounded it has."""
    if group_key(claim.value):
        return False
    holder = claim.holder.name if claim.holder.is_named and claim.holder.name else claim.holder.words
    told = _BODIES.search if claim.field == "killed" else _PATIENTS.search
    house = _ONE_HOUSE.search(holder) or _DOCTORS_OF.search(holder)
    return bool(house and told(claim.evidence.text)) and _MORE_THAN_ONE.search(holder) is None


def _may_hold(whole: Claim, part: Claim) -> bool:
    mine, theirs = whole.value, part.value
    assert isinstance(mine, Quantity)
    assert isinstance(theirs, Quantity)
    return not group_key(mine) and (mine.high is None or mine.high >= theirs.low) and whole.stance == "asserts"
