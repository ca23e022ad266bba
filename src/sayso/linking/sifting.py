"""``likely``: what ``compare`` says of two accounts, or None as soon as it is sure that it says no more than silence.

In a long war five pairs of six are soon forgotten. What is left to compare can add only so much, so most of them are
given up after a few comparators. The comparison of a pair that is kept is that of ``compare``, to the last bit.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from sayso.linking.clusters import LEAST
from sayso.linking.compare import COMPARATORS, Comparator, Comparison
from sayso.linking.features import TELLING, Features
from sayso.linking.scales import Detail
from sayso.linking.scoring import START, added, log_odds, odds_of, probability

ORDER: Final = (
    "people", "days", "killed", "published", "told_and_published", "names", "place", "reference", "spellings", "weapon",
    "kind", "lead", "headline", "body", "report", "background",
)  # fmt: skip
"""Comparators, those first that decide most for the time they take (``evaluation/linking/order.py``); before them all
that are not named here, most of which are seldom asked. Nothing but speed hangs on it."""
INSTEAD: Final = {"told_and_published": "days"}
"""Comparator → another that speaks where it is silent: of two that tell their days, only these are compared."""
SLACK: Final = 1e-6
"""Log odds by which sums in another order may differ, many times over."""


class Step(NamedTuple):
    """One comparator, what its levels are worth, and how much those after it can add at most."""

    at: int
    """Its place in the table."""
    comparator: Comparator
    levels: dict[str, tuple[str, float]]
    """Level → name of the finding, log odds."""
    rest: float


def likely(one: Features, other: Features, least: float = LEAST) -> Comparison | None:
    """Return the comparison of two accounts, or None where it scores ``least`` or less; the order does not matter."""
    floor, steps = _plan(one.told & other.told, least)
    odds, found = 0.0, list[tuple[int, str, float, Detail]]()
    for at, comparator, levels, rest in steps:
        if (row := comparator(one, other)) is not None:
            name, weight = levels[row[0]]
            odds += weight
            found.append((at, name, weight, row[1]))
        if odds + rest < floor:
            return None
    found.sort(key=_place_in_table)
    score = probability(added([row[2] for row in found]))
    return Comparison(score, tuple([(row[1], row[3]) for row in found])) if score > least else None


def _place_in_table(row: tuple[int, str, float, Detail]) -> int:
    return row[0]


@lru_cache(maxsize=65536)
def _plan(told: int, least: float) -> tuple[float, tuple[Step, ...]]:
    """Return the log odds that two accounts must reach without the start, and what is compared where both tell this."""
    steps, rest = list[Step](), 0.0
    for at, name, comparator in reversed(_in_order()):
        if _speaks(name, told):
            worth = levels()[name]
            steps.append(Step(at, comparator, worth, rest))
            rest += max(0.0, *(weight for _, weight in worth.values()))
    return odds_of(least) - log_odds()[START] - SLACK, tuple(reversed(steps))


def _speaks(name: str, told: int) -> bool:
    """Tell whether a comparator can find anything where both accounts tell this."""
    bits = {bit: 1 << at for at, bit in enumerate(TELLING)}
    return bool(told & bits[name] if name in bits else True) and not told & bits.get(INSTEAD.get(name, ""), 0)


def _in_order() -> list[tuple[int, str, Comparator]]:
    """Return the comparators with their places in the table, the most decisive first."""
    rows = [(at, name, comparator) for at, (name, comparator) in enumerate(COMPARATORS)]
    return sorted(rows, key=lambda row: (ORDER.index(row[1]) if row[1] in ORDER else -1, row[0]))


@cache
def levels() -> dict[str, dict[str, tuple[str, float]]]:
    """Return comparator → level → name of the finding, log odds."""
    table: dict[str, dict[str, tuple[str, float]]] = {name: {} for name, _ in COMPARATORS}
    for full, weight in log_odds().items():
        name, _, level = full.partition(".")
        if name in table:
            table[name][level] = full, weight
    return table
