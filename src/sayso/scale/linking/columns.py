"""``Columns``: what comparing needs of some thousands of accounts beside their words, as columns of numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.linking.features import Features

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]

NONE: Final = -1
"""The number of what is not told."""
OPEN: Final = np.iinfo(np.int64).max
"""The upper bound of a count that has none."""


class Columns:
    """Some accounts as columns, a row an account.

    Args:
        known: the accounts.

    """

    def __init__(self, known: Sequence[Features]) -> None:
        self.told = _whole(one.told for one in known)
        self.report = _coded(one.report for one in known)
        self.background = _truth(one.background for one in known)
        self.follows = _truth(one.follows for one in known)
        self.published = _whole(NONE if one.published is None else one.published for one in known)
        self.days = _whole(len(one.days) for one in known)
        self.fine_days = _whole(len(one.fine_days) for one in known)
        spans = [one.fine_days[0] if one.fine_days else (NONE, NONE) for one in known]
        self.first_day, self.last_day = _whole(first for first, _ in spans), _whole(last for _, last in spans)
        self.place = Places(known)
        self.kinds, self.families = _bits([one.told_kinds for one in known]), _bits([one.families for one in known])
        self.weapons = _bits([one.told_weapons for one in known])
        self.targets = _bits([frozenset(one.targets) for one in known])
        self.killed, self.injured = Counted(known, "killed"), Counted(known, "injured")
        self.persons = _truth(bool(one.persons) for one in known)
        self.asides = _truth(bool(one.asides) for one in known)
        self.streets = _truth("street" in one.marks for one in known)
        self.dateline = _truth(bool(one.dateline) for one in known)
        self.publisher = _coded(one.publisher for one in known)
        self.own_names = _whole(len(one.own_names) for one in known)
        self.body = _whole(len(one.body) for one in known)


class Places:
    """The place of each account that tells one."""

    def __init__(self, known: Sequence[Features]) -> None:
        first = [one.places[0] if one.places else None for one in known]
        self.number = _whole(len(one.places) for one in known)
        self.name = _coded(place and place.name for place in first)
        self.country = _coded(place and place.country for place in first)
        self.admin1 = _coded(place and place.admin1 for place in first)
        self.located = _truth(place is not None and place.fine and place.lon is not None for place in first)
        self.exact = _truth(place is not None and (place.fine or place.precision is None) for place in first)
        self.whole_country = _truth(place is not None and place.precision == "country" for place in first)
        self.lat = _real(place.lat if place else None for place in first)
        self.lon = _real(place.lon if place else None for place in first)
        self.words = _whole(len(one.spots[0][1]) if len(one.places) == 1 and one.spots else 0 for one in known)


class Counted:
    """The tolls of one sort: how many an account tells, and the bounds of the first."""

    def __init__(self, known: Sequence[Features], field: str) -> None:
        tolls = [one.counts.get(field, ()) for one in known]
        self.number = _whole(map(len, tolls))
        self.low = _whole(toll[0][0] if toll else 0 for toll in tolls)
        self.high = _whole(OPEN if not toll or toll[0][1] is None else toll[0][1] for toll in tolls)


def _whole(values: Iterable[int]) -> Whole:
    return np.fromiter(values, np.int64)


def _truth(values: Iterable[bool]) -> Truth:
    return np.fromiter(values, np.bool_)


def _real(values: Iterable[float | None]) -> Real:
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _coded(values: Iterable[Hashable]) -> Whole:
    """Return a number for each value, the same for the same; ``NONE`` for what is empty."""
    numbers: dict[Hashable, int] = {}
    return _whole(numbers.setdefault(value, len(numbers)) if value else NONE for value in values)


class Bits:
    """Sets of a few names, a bit a name."""

    def __init__(self, rows: Sequence[frozenset[str]]) -> None:
        self._names = {name: at for at, name in enumerate(sorted(frozenset[str]().union(*rows)))}
        self.rows = np.stack([self.of(row) for row in rows]) if rows else np.empty((0, 1), np.uint64)

    def of(self, names: Iterable[str]) -> npt.NDArray[np.uint64]:
        """Return some names as bits; those that no row has are left out."""
        bits = np.zeros(1 + len(self._names) // 64, np.uint64)
        for name in names:
            if (at := self._names.get(name)) is not None:
                bits[at // 64] |= np.uint64(1 << at % 64)
        return bits


def _bits(rows: Sequence[frozenset[str]]) -> Bits:
    return Bits(rows)
