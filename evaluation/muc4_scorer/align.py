"""Set the templates of a response against those of the key, one to one, so that the gain is greatest.

Two templates may be set against each other only if their contents allow it (scoring guidelines, 3.2.1): the type of
incident matches at least in part, and so does a perpetrator, a physical target or a human target. The gain of a pair is
its credit less half of its mismatches (the guidelines weigh matches against mismatches too). Of the rules tried on the
17 official reports of TST3 this one came nearest to their F; the sites were free to align by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.muc4_scorer.assignment import assign
from evaluation.muc4_scorer.count import Judge, Tally, count_pair
from evaluation.muc4_scorer.keys import Template

_CONTENT = (
    "perp-ind-id",
    "perp-org-id",
    "phys-tgt-id",
    "phys-tgt-type",
    "hum-tgt-name",
    "hum-tgt-desc",
    "hum-tgt-type",
)

_LEAST = 0.01


@dataclass(frozen=True, slots=True)
class Pair:
    """A template of the response, one of the key, or one of each set against each other with their counts."""

    response: Template | None
    key: Template | None
    rows: Mapping[str, Tally]


def may_map(rows: Mapping[str, Tally]) -> bool:
    """Tell whether two templates with these counts meet the content-based mapping conditions.

    Where neither template has anything in the slots of perpetrators and targets, the type alone decides.
    """
    content = [rows[name] for name in _CONTENT]
    bare = not any(tally.possible or tally.actual for tally in content)
    return _credit(rows["inc-type"]) > 0 and (bare or any(_credit(tally) > 0 for tally in content))


def align(responses: Sequence[Template], keys: Sequence[Template], judges: Sequence[Judge]) -> list[Pair]:
    """Return the pairs, in the order of the key, and the counts of each; ``judges`` has one judge for each key.

    Templates that stay alone are not among them.
    """
    counted = [[count_pair(mine, key, judge) for mine in responses] for key, judge in zip(keys, judges, strict=True)]
    gains = [[_gain(rows) for rows in row] for row in counted]
    return [Pair(responses[column], keys[row], counted[row][column]) for row, column in assign(gains)]


def _gain(rows: Mapping[str, Tally]) -> float:
    """Return the gain of a pair, 0 where it may not be; one that may be is always better than none."""
    total = sum(rows.values(), Tally())
    return max(_LEAST, _credit(total) - total.incorrect / 2) if may_map(rows) else 0.0


def _credit(tally: Tally) -> float:
    return tally.correct + tally.partial / 2
