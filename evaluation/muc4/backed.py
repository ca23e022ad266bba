"""What our reading of a report says of the people that the network finds.

The network judges each mention from its surroundings. Who was killed or injured is what the reading is about; people
whom both see are surer than the network's score tells.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evaluation.muc4.reading import Told
from sayso.records import Claim, Reading, Target
from sayso.values import Quantity

HARM = ("killed", "injured")
HIT = (*HARM, "abducted", "target")
"""Fields of the claims that count people harmed, and of those that say who was hit at all."""
_TAKEN_BACK = frozenset({"denies", "doubts"})
_LIGHT = frozenset({"THE", "OF", "AND", "A", "AN"})


def with_reading(told: Told, reading: Reading) -> Told:
    """Return what a report tells, with the people whom the reading has as hit."""
    people = [words for claim in reading.claims if claim.field in HIT and (words := _people(claim))]
    hit = (
        one
        for one in told.entities
        if one.role in ("name", "person") and any(_heads(words, one.words) for words in people)
    )
    return replace(told, hit=frozenset(hit))


def harm(reading: Reading) -> list[Claim]:
    """Return the claims that count people killed or injured and that nobody takes back."""
    return [claim for claim in reading.claims if claim.field in HARM and claim.stance not in _TAKEN_BACK]


def same_people(one: str, other: str) -> bool:
    """Tell whether all words of the shorter name stand in the longer."""
    mine, theirs = _words(one), _words(other)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _people(claim: Claim) -> str:
    """Return whom a claim says was hit; "" where it takes that back, counts nobody, or leaves open whom."""
    value = claim.value
    if claim.stance in _TAKEN_BACK:
        return ""
    if isinstance(value, Quantity):
        return value.of.words if value.of is not None and value.high != 0 else ""
    return value.words if isinstance(value, Target) else ""


def _heads(said: str, name: str) -> bool:
    """Tell whether words for people are of those called ``name``: their last word is the same, or one of two such."""
    own, wanted = _listed(said), _listed(name)
    if _words(said) <= _words(name):
        return bool(own)
    return same_people(said, name) and ("AND" in own or own[-1:] == wanted[-1:])


def _listed(name: str) -> list[str]:
    return re.findall(r"\w+", name.upper())


def _words(name: str) -> set[str]:
    return set(_listed(name)) - _LIGHT
