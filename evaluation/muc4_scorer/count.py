"""Count one pair of templates: slot by slot, what is correct, partial, incorrect, spurious, missing, empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from evaluation.muc4_scorer.assignment import assign
from evaluation.muc4_scorer.fills import Grade
from evaluation.muc4_scorer.keys import Fill, Template
from evaluation.muc4_scorer.slots import SLOTS, Slot


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of a score report's row.

    Attributes:
        correct: fills of the response that are right.
        partial: fills that are half right.
        incorrect: fills of the response set against fills of the key that they don't match.
        spurious: fills of the response with nothing in the key against them.
        missing: fills of the key with nothing in the response against them.
        empty: slots that are empty on both sides.

    """

    correct: int = 0
    partial: int = 0
    incorrect: int = 0
    spurious: int = 0
    missing: int = 0
    empty: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.correct + other.correct,
            self.partial + other.partial,
            self.incorrect + other.incorrect,
            self.spurious + other.spurious,
            self.missing + other.missing,
            self.empty + other.empty,
        )

    @property
    def possible(self) -> int:
        """The number of fills of the key that count (POS)."""
        return self.correct + self.partial + self.incorrect + self.missing

    @property
    def actual(self) -> int:
        """The number of fills of the response (ACT)."""
        return self.correct + self.partial + self.incorrect + self.spurious


_EMPTY = Tally(empty=1)


@dataclass(frozen=True, slots=True)
class Match:
    """A fill of the response set against a fill of the key that it matches, wholly or half."""

    response: Fill
    key: Fill
    grade: Grade


Matches: TypeAlias = Mapping[str, tuple[Match, ...]]
"""Slot name → its matches."""
Judge: TypeAlias = Callable[[Slot, Fill, Sequence[Fill], Matches], "list[tuple[Grade, ...]]"]
"""(slot, fill of the response, fills of the key, matches of the slots before) → for each part that the fill counts as,
the grade against each fill of the key. One part is the rule; several where credit is distributed."""


def count_pair(response: Template, key: Template, judge: Judge) -> dict[str, Tally]:
    """Return slot name → counts of a response's template that is set against a template of the key."""
    matches: dict[str, tuple[Match, ...]] = {}
    tallies = {}
    for slot in SLOTS:
        mine, theirs = response.fills.get(slot.name, ()), key.fills.get(slot.name, ())
        matches[slot.name], tallies[slot.name] = _count_slot(slot, mine, theirs, judge, matches)
    return tallies


def count_missing(key: Template) -> dict[str, Tally]:
    """Return slot name → counts of a template of the key that the response has not; nothing of an optional one."""
    if key.optional:
        return {}
    return {slot.name: _unmatched((), key.fills.get(slot.name, ())) for slot in SLOTS}


def count_spurious(response: Template) -> dict[str, Tally]:
    """Return slot name → counts of a template of the response that the key has not."""
    return {slot.name: _unmatched(response.fills.get(slot.name, ()), ()) for slot in SLOTS}


def _count_slot(
    slot: Slot, mine: Sequence[Fill], theirs: Sequence[Fill], judge: Judge, before: Matches
) -> tuple[tuple[Match, ...], Tally]:
    if not mine or not theirs:
        return (), _unmatched(mine, theirs)
    parts = [(index, grades) for index, fill in enumerate(mine) for grades in judge(slot, fill, theirs, before)]
    weights = [[_weight(grade, key) for grade, key in zip(grades, theirs, strict=True)] for _, grades in parts]
    pairs = assign(weights)
    matches = tuple(Match(mine[parts[row][0]], theirs[column], parts[row][1][column]) for row, column in pairs)
    used, met = {parts[row][0] for row, _ in pairs}, {column for _, column in pairs}
    rest = _unmatched(
        [fill for i, fill in enumerate(mine) if i not in used], [key for i, key in enumerate(theirs) if i not in met]
    )
    right = sum(match.grade is Grade.CORRECT for match in matches)
    if matches:
        rest = Tally(0, 0, rest.incorrect, rest.spurious, rest.missing, 0)
    return matches, rest + Tally(correct=right, partial=len(matches) - right)


def _weight(grade: Grade, key: Fill) -> float:
    """Credit goes first; between two fills of the key with the same credit, the one that must be filled."""
    return grade * 100 + (not key.optional) if grade else 0


def _unmatched(mine: Sequence[Fill], theirs: Sequence[Fill]) -> Tally:
    """Count fills that match nothing: they are set against each other as far as they go, needed ones first."""
    if not mine and not theirs:
        return _EMPTY
    needed = sum(not key.optional for key in theirs)
    wrong = min(len(mine), len(theirs))
    # A slot with one optional fill that is left out counts as empty, one with several does not: so the reports do it.
    empty = not mine and (not theirs or (len(theirs) == 1 and not needed))
    return Tally(incorrect=wrong, spurious=len(mine) - wrong, missing=max(0, needed - wrong), empty=int(empty))
