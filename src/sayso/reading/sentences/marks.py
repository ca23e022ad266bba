"""``Run``: neighbouring words of a passage that the model marks with one label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import BREAKS

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis, Marks
    from sayso.reading.sentences.passages import Passage, Scan

LAYER: Final = "claim"
EDGE: Final = 15
"""A run goes on while a word is marked with so many per cent."""
BRIDGE: Final = 1
"""So many unmarked words may stand inside a run."""


ENOUGH: Final = 3
"""So many sentences a text must have: the layer was fitted on whole reports, and is unsure of single sentences."""


@dataclass(frozen=True, slots=True)
class Run:
    """The tokens [first, last) of a passage, and how sure the model is of the surest of them, in per cent."""

    passage: int
    first: int
    last: int
    sure: int


def marks_of(view: Scan, analysis: Analysis) -> Marks | None:
    """Return the layer's marks; None without a model, or where a text is too short for what the layer was fitted on."""
    return analysis.marks.get(LAYER) if len(view.passages) >= ENOUGH else None


def share_of(passage: Passage, marks: Marks | None, label: str, first: int, last: int) -> int:
    """Return the per cent of the surest of some words; 0 where no model marked any."""
    if marks is None:
        return 0
    begin = passage.line.sentence.first
    return int(marks.of(label)[begin + first : begin + last].max(initial=0))


def surest_of(passage: Passage, marks: Marks) -> dict[str, int]:
    """Return the per cent of the surest word of a passage for each label."""
    begin = passage.line.sentence.first
    shares = marks.shares[begin : begin + len(passage)].max(0, initial=0)
    return dict(zip(marks.labels, shares.tolist(), strict=True))


def runs_of(passage: Passage, marks: Marks, label: str, sure: int) -> list[Run]:
    """Return the runs of a label whose surest word is marked with at least ``sure`` per cent, in text order."""
    begin = passage.line.sentence.first
    shares = marks.of(label)[begin : begin + len(passage)].tolist()
    if not shares or max(shares) < sure:
        return []
    found: list[Run] = []
    first = last = -1
    for at, share in enumerate([*shares, 0]):
        if share >= EDGE:
            first = at if first < 0 else first
            last = at + 1
        elif first >= 0 and (at == len(shares) or at - last >= BRIDGE or passage.word(at) in BREAKS):
            if max(shares[first:last]) >= sure:
                found.append(Run(passage.number, first, last, max(shares[first:last])))
            first = -1
    return found
