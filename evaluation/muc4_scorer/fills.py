"""Compare one fill of a response with one fill of the key by rules that leave nothing to judgement.

What these rules call incorrect may still be granted by a person (see `history`), or by our stand-in (see `guess`).
"""

from __future__ import annotations

import tomllib
from enum import IntEnum
from functools import cache
from pathlib import Path

from evaluation.muc4_scorer.keys import Fill
from evaluation.muc4_scorer.slots import Kind, Slot


class Grade(IntEnum):
    """How right a fill is; the better the greater."""

    INCORRECT = 0
    PARTIAL = 1
    CORRECT = 2


_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
NONESSENTIAL = frozenset(_WORDS["nonessential"])
AFTER_NOUN = frozenset(_WORDS["after_noun"])


@cache
def essential(value: str) -> str:
    """Return ``value`` without the nonessential modifiers at its beginning."""
    words = value.split()
    while len(words) > 1 and (words[0] in NONESSENTIAL or words[0].isdigit()):
        words = words[1:]
    return " ".join(words)


def grade_value(slot: Slot, response: Fill, key: Fill) -> Grade:
    """Return the grade of the values alone, whatever the cross-reference tags."""
    if set(response.values) & set(key.values):
        return Grade.CORRECT
    if slot.kind is Kind.STRING and _essentials(response) & _essentials(key):
        return Grade.CORRECT
    if any(wide in response.values for value in key.values for wide in slot.wider.get(value, ())):
        return Grade.PARTIAL
    return Grade.PARTIAL if slot.kind is Kind.PLACE and _countries(response) & _countries(key) else Grade.INCORRECT


def same_fill(one: Fill, other: Fill) -> bool:
    """Tell whether two fills have the same alternatives and tags, in any order."""
    return set(one.values) == set(other.values) and set(one.refs) == set(other.refs)


def _essentials(fill: Fill) -> set[str]:
    return {essential(value) for value in fill.values}


def _countries(fill: Fill) -> set[str]:
    return {value.split(":")[0].strip() for value in fill.values}
