"""``compared``: the scores that ``sayso.linking.sifting.likely`` gives, of many pairs at once, to the last bit.

Nearly all pairs are settled in columns: what their findings are worth adds up in the order of the table, as there. The
few of which a comparator was not sure are compared one by one, unless nothing it could find would bring them far.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sayso.linking.clusters import LEAST
from sayso.linking.compare import COMPARATORS
from sayso.linking.features import Features
from sayso.linking.scoring import START, log_odds, odds_of, probability
from sayso.linking.sifting import SLACK, levels, likely
from sayso.scale.linking.columns import Real, Truth
from sayso.scale.linking.levels import IN_COLUMNS, Pairs
from sayso.scale.linking.sharing import Numbers


class Sums(NamedTuple):
    """What the findings of pairs add up to."""

    odds: Real
    """Log odds; the most they can be where it is not sure."""
    sure: Truth


def sums(known: Sequence[Features], one: Numbers, other: Numbers) -> Sums:
    """Return the log odds of pairs of accounts.

    Args:
        known: the accounts.
        one: the first accounts of pairs, ascending.
        other: the second ones.

    """
    pairs = Pairs(known, one, other)
    odds, sure = np.full(len(one), log_odds()[START]), np.ones(len(one), np.bool_)
    for name, _ in COMPARATORS:
        worth = {level: weight for level, (_, weight) in levels()[name].items()}
        found = IN_COLUMNS[name](pairs)
        table = np.array([*(worth[level] for level in found.names), 0.0])
        odds += np.where(found.sure, table[found.at], max(0.0, *worth.values()))
        sure &= found.sure
    return Sums(odds, sure)


def compared(
    known: Sequence[Features], one: Numbers, other: Numbers, least: float = LEAST
) -> tuple[list[int], list[float]]:
    """Return which pairs score more than ``least``, and what; the first accounts of pairs ascend."""
    odds, sure = sums(known, one, other)
    places, scores = list[int](), list[float]()
    for at in np.flatnonzero(odds >= odds_of(least) - SLACK).tolist():
        score = probability(float(odds[at])) if sure[at] else _alone(known[one[at]], known[other[at]], least)
        if score > least:
            places.append(at)
            scores.append(score)
    return places, scores


def _alone(one: Features, other: Features, least: float) -> float:
    found = likely(one, other, least)
    return found.score if found else 0.0
