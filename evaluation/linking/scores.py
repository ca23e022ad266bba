"""Two ways to compare groupings of the same reports: by pairs, and by reports (B-cubed, Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision and recall in per cent."""

    p: float
    r: float

    @property
    def f(self) -> float:
        """Their harmonic mean; 0 where both are."""
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0


def pairwise(found: Iterable[Iterable[str]], gold: Iterable[Iterable[str]]) -> Rates:
    """Return how many pairs of one group are pairs of the other grouping, both ways."""
    groups = [sorted(group) for group in found]
    own, true = _homes(groups), _homes(gold)
    cells = Counter((own[name], true[name]) for name in own)
    both = sum(number * (number - 1) // 2 for number in cells.values())
    return Rates(_share(both, _all(Counter(own.values()))), _share(both, _all(Counter(true.values()))))


def b_cubed(found: Iterable[Iterable[str]], gold: Iterable[Iterable[str]]) -> Rates:
    """Return the mean over all reports of how pure, and how whole, the group of each is."""
    own, true = _homes(found), _homes(gold)
    cells = Counter((own[name], true[name]) for name in own)
    sizes, wholes = Counter(own.values()), Counter(true.values())
    pure = sum(number * number / sizes[home] for (home, _), number in cells.items())
    whole = sum(number * number / wholes[home] for (_, home), number in cells.items())
    return Rates(100 * pure / max(1, len(own)), 100 * whole / max(1, len(own)))


def _homes(groups: Iterable[Iterable[str]]) -> dict[str, int]:
    return {name: number for number, group in enumerate(groups) for name in group}


def _all(sizes: Mapping[int, int]) -> int:
    return sum(number * (number - 1) // 2 for number in sizes.values())


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0
