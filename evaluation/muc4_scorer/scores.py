"""Score the templates of a set of texts: what stands in the last table of a MUC-4 score report, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from evaluation.muc4_scorer.align import Pair, align
from evaluation.muc4_scorer.count import Judge, Tally, count_missing, count_spurious
from evaluation.muc4_scorer.judges import alone
from evaluation.muc4_scorer.keys import Template, Templates
from evaluation.muc4_scorer.slots import SLOTS

JudgeOf: TypeAlias = Callable[[str, Template], Judge]
"""(text id, template of the key) → its judge."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The outcome over all texts.

    Attributes:
        slots: slot name → its counts over all templates, missing and spurious ones included (ALL TEMPLATES).
        relevance: counts of texts: right where key and response have a template, spurious or missing where one has.

    """

    slots: Mapping[str, Tally]
    relevance: Tally

    @property
    def total(self) -> Tally:
        """The row ALL TEMPLATES."""
        return sum(self.slots.values(), Tally())

    def group(self, name: str) -> Tally:
        """Return the sum over the slots of a group: inc, perp, phys-tgt or hum-tgt."""
        return sum((self.slots[slot.name] for slot in SLOTS if slot.group == name), Tally())


def score_texts(key: Templates, response: Templates, judge_of: JudgeOf | None = None) -> Scores:
    """Return the scores of ``response`` against ``key``, over the texts of the key.

    Args:
        key: the answer key: text id → templates; every text scored must be in it.
        response: a system's templates; a text that is not in it counts as one without templates.
        judge_of: who grades; by default rules alone (`judges.alone`).

    """
    pairs = [pair for text in key for pair in pair_text(text, key[text], response.get(text, ()), judge_of)]
    return Scores(add_up(pair.rows for pair in pairs), _relevance(key, response))


def pair_text(
    text: str, keys: Sequence[Template], responses: Sequence[Template], judge_of: JudgeOf | None = None
) -> list[Pair]:
    """Return the pairs of one text: those set against each other, then the missing, then the spurious ones."""
    pairs = align(responses, keys, [alone if judge_of is None else judge_of(text, key) for key in keys])
    met = {id(pair.key) for pair in pairs} | {id(pair.response) for pair in pairs}
    missing = [Pair(None, key, count_missing(key)) for key in keys if id(key) not in met]
    spurious = [Pair(mine, None, count_spurious(mine)) for mine in responses if id(mine) not in met]
    return [*pairs, *missing, *spurious]


def add_up(rows: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Return slot name → sum of the counts."""
    totals = {slot.name: Tally() for slot in SLOTS}
    for row in rows:
        for name, tally in row.items():
            totals[name] += tally
    return totals


def recall(tally: Tally) -> int:
    """Return the recall in whole per cent, 0 where the key has nothing."""
    return _percent(tally, tally.possible)


def precision(tally: Tally) -> int:
    """Return the precision in whole per cent, 0 where the response has nothing."""
    return _percent(tally, tally.actual)


def f_measure(tally: Tally) -> float:
    """Return the F-measure in per cent from recall and precision in whole per cent, as the score reports do."""
    both = recall(tally) + precision(tally)
    return 2 * recall(tally) * precision(tally) / both if both else 0.0


def _percent(tally: Tally, of: int) -> int:
    """Return credit / ``of`` as the reports print it: cut to tenths of a per cent, then rounded, halves to even."""
    if not of:
        return 0
    tenths = 1000 * (2 * tally.correct + tally.partial) // (2 * of)
    return round(tenths / 10)


def _relevance(key: Templates, response: Templates) -> Tally:
    """Count texts; those whose templates are all optional cost nothing either way."""
    total = Tally()
    for text, keys in key.items():
        said, needed = bool(response.get(text)), any(not template.optional for template in keys)
        right, wrong = said and bool(keys), said and not keys
        total += Tally(correct=int(right), spurious=int(wrong), missing=int(needed and not said), empty=int(not said))
    return total
