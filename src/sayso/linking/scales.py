"""Scales that comparators share, of days, places, counts and words: a level, and what fills its sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final

from sayso.linking.features import Features
from sayso.linking.spots import PlaceMark
from sayso.linking.terms import SCALE, rarity

Interval = tuple[int, int | None]
Detail = str | frozenset[str] | tuple[Interval, Interval]
"""What fills the sentence: words, "" for none; terms, of which the rarest are told; or two counts."""
Found = tuple[str, Detail]
"""The level found ("same") and the detail."""

TOP: Final = 5  # counts of one account that are compared: the largest
FEW: Final = 4  # so few dead or hurt are counted rightly by all; larger tolls grow
WIDE: Final = 2.0  # a toll so many times another is another toll
SHOWN: Final = 4  # words in a sentence
_PLACE_LEVELS: Final = ("same", "near", "within", "region", "rough", "area", "other_region", "far", "other_country")
_PLACES: Final = {level: rank for rank, level in enumerate(_PLACE_LEVELS)}
NEAR_STEPS: Final = (12.0, 40.0, 120.0)
DAYS: Final = ("same", "next", "second", "days", "week", "fortnight", "month", "months", "far")
DAY_STEPS: Final = (1, 2, 3, 5, 8, 15, 32, 181)
ALIKE: Final = ("none", "faint", "weak", "some", "half", "much", "most", "all")
ALIKE_STEPS: Final = (40, 100, 180, 270, 380, 520, 720)
HALF: Final = 270
"""Thousandths from which the words of two headlines have half in common."""
ECHO: Final = ("none", "faint", "some", "half", "most", "all")
ECHO_STEPS: Final = (1, 200, 400, 600, 850)


def days_apart(days: int) -> str:
    """Return the level of so many days between two."""
    return DAYS[bisect_right(DAY_STEPS, days)]


def gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return the days between two stretches; 0 where they overlap."""
    return max(0, max(one[0], other[0]) - min(one[1], other[1]))


def nearest(one: Sequence[PlaceMark], other: Sequence[PlaceMark]) -> Found | None:
    """Compare places at their precisions: of several, the two that fit best."""
    if len(one) == len(other) == 1:
        return _places(one[0], other[0])
    rows = (_places(a, b) for a in one for b in other)
    return min((row for row in rows if row is not None), key=lambda row: (_PLACES[row[0]], row[1]), default=None)


def _places(one: PlaceMark, other: PlaceMark) -> Found | None:
    if one.name == other.name and one.name and one.country == other.country:
        return ("same" if one.fine or one.precision in (None, "settlement") else "region"), one.name
    if one.country and other.country and one.country != other.country:
        return "other_country", ""
    distance = one.kilometres(other) if one.fine and other.fine else None
    if distance is not None:
        return ("near", "within", "area", "far")[bisect_right(NEAR_STEPS, distance)], f"{distance:.0f} km"
    if one.admin1 and other.admin1:
        return ("rough" if one.admin1 == other.admin1 else "other_region"), ""
    return ("rough", "") if one.country and other.country and "country" in {one.precision, other.precision} else None


def counts(one: Sequence[Interval], other: Sequence[Interval]) -> Found | None:
    """Compare two lists of intervals: of several, the two that fit best."""
    if not one or not other:
        return None
    if len(one) == len(other) == 1:
        return _interval(one[0], other[0])
    rows = (_interval(a, b) for a in one[:TOP] for b in other[:TOP])
    return min(rows, key=lambda row: (_COUNTS[row[0]], *map(_key, row[1])))


_COUNT_LEVELS: Final = ("same_many", "same_few", "fits", "differ", "differ_few", "differ_far")
_COUNTS: Final = {level: rank for rank, level in enumerate(_COUNT_LEVELS)}


def _interval(one: Interval, other: Interval) -> tuple[str, tuple[Interval, Interval]]:
    told = (one, other) if _key(one) <= _key(other) else (other, one)
    if one == other and one[0] == one[1]:
        return ("same_many" if one[0] > FEW else "same_few"), told
    if (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1]):
        return "fits", told
    low, high = told[0][0], told[1][0]
    if high <= FEW:
        return "differ_few", told
    return ("differ" if high <= WIDE * low else "differ_far"), told


def _key(interval: Interval) -> tuple[int, int]:
    return interval[0], -1 if interval[1] is None else interval[1]


def _number(interval: Interval) -> str:
    low, high = interval
    return f"{low} or more" if high is None else str(low) if low == high else f"{low} to {high}"


def marks(one: Features, other: Features, mark: str) -> Found | None:
    """Compare the marks of one sort that two accounts tell."""
    first, second = one.marks.get(mark), other.marks.get(mark)
    if not first or not second:
        return None
    shared = first & second
    return ("none" if not shared else "one" if len(shared) == 1 else "more"), shared


def cosine(one: Mapping[str, int], other: Mapping[str, int]) -> Found | None:
    """Compare two vectors by the cosine of their angle; the detail is the shared words."""
    if not one or not other:
        return None
    shared = one.keys() & other.keys()
    share = sum([one[term] * other[term] for term in shared])
    return ALIKE[bisect_right(ALIKE_STEPS, share // SCALE)], frozenset(shared)


def thousandths(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    """Return the cosine of the angle of two vectors, in thousandths."""
    return sum([one[term] * other[term] for term in one.keys() & other.keys()]) // SCALE


def told_again(one: Features, other: Features) -> Found:
    """Tell how much of one headline the other report tells: of both headlines, the one that it tells more of."""
    (share, shared), (back, again) = _echo(one, other), _echo(other, one)
    if share <= back:
        share, shared = back, again | shared if share == back else again
    return ECHO[bisect_right(ECHO_STEPS, share)], shared


def _echo(one: Features, other: Features) -> tuple[int, frozenset[str]]:
    """Return the thousandths of the weight of one headline that the other report tells, and the words."""
    shared = one.title_words & other.told_words
    return sum([one.title_weights[term] for term in shared]), shared


def shown(detail: Detail) -> str:
    """Return the detail as the sentence tells it: of many terms the rarest."""
    if isinstance(detail, str):
        return detail
    if isinstance(detail, tuple):
        return " and ".join(dict.fromkeys(map(_number, detail)))
    return ", ".join(sorted(detail, key=lambda term: (-rarity(term), term))[:SHOWN])
