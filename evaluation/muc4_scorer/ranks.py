"""Rank correlation (Spearman's rho), ties sharing their mean rank."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import correlation


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Return how alike two orders of the same things are, from -1 (reversed) to 1 (the same).

    Raises:
        statistics.StatisticsError: fewer than two things, or all of them equal in one of the orders.

    """
    return correlation(_ranks(one), _ranks(other))


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(round(value, 6) for value in values)
    first = {value: ordered.index(value) for value in set(ordered)}
    return [first[round(value, 6)] + (ordered.count(round(value, 6)) - 1) / 2 for value in values]
