"""What each finding of a comparator is worth: the table ``vocab/linking.toml``, as log odds that add up.

``prior`` is what a careful person would say before seeing data, ``weight`` what the data made of it
(``evaluation/linking/fit.py``). The odds of two accounts are those of the row "start" and of every finding together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from typing import Final

from sayso.vocab.loader import Entry, load_table

START: Final = "start"
_STEEP: Final = 40.0  # beyond, a probability is one or nothing in print anyway


class Weight(Entry):
    """One finding: its name ("place.same"), its log odds, and the sentence a user reads."""

    name: str
    weight: float
    prior: float
    says: str


@cache
def weights() -> dict[str, Weight]:
    """Return finding → weight; raises VocabularyError where the table is broken."""
    return {row.name: row for row in load_table("linking", Weight)}


@cache
def log_odds() -> dict[str, float]:
    """Return finding → log odds."""
    return {name: row.weight for name, row in weights().items()}


def added(weights: Iterable[float]) -> float:
    """Return the log odds of two accounts: the start and what was found, one after the other.

    ``sum`` of Python 3.12 and later rounds otherwise, and scores are the same everywhere.
    """
    odds = log_odds()[START]
    for weight in weights:
        odds += weight
    return odds


def probability(odds: float) -> float:
    """Return the probability of log odds: 0 is a half."""
    return 1 / (1 + math.exp(-max(-_STEEP, min(_STEEP, odds))))


def odds_of(score: float) -> float:
    """Return the log odds of a probability, cut where the table cannot tell any more."""
    least = math.exp(-_STEEP)
    share = min(max(score, least), 1 - 1e-12)
    return math.log(share / (1 - share))
