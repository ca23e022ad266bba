"""Print scores as a table in the manner of the score reports."""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.muc4_scorer.count import Tally
from evaluation.muc4_scorer.scores import Scores, f_measure, precision, recall
from evaluation.muc4_scorer.slots import GROUPS, SLOTS

_COUNTS = ("POS", "ACT", "COR", "PAR", "INC", "SPU", "MIS", "NON")
_HEAD = f"{'slot':<20}{''.join(f'{name:>6}' for name in _COUNTS)}{'R':>5}{'P':>5}{'F':>8}"


def table(scores: Scores) -> str:
    """Return the table: a row a slot, a row a group of slots, the row of all, the row of texts (relevance)."""
    return "\n".join([_HEAD, *_rows(scores)])


def _rows(scores: Scores) -> Iterator[str]:
    for slot in SLOTS:
        yield _row(slot.name, scores.slots[slot.name])
    for group in GROUPS:
        yield _row(f"{group}-total", scores.group(group))
    yield _row("all templates", scores.total)
    yield _row("texts (relevance)", scores.relevance)


def _row(name: str, tally: Tally) -> str:
    counts = (
        tally.possible,
        tally.actual,
        tally.correct,
        tally.partial,
        tally.incorrect,
        tally.spurious,
        tally.missing,
        tally.empty,
    )
    cells = "".join(f"{count:>6}" for count in counts)
    return f"{name:<20}{cells}{recall(tally):>5}{precision(tally):>5}{f_measure(tally):>8.2f}"
