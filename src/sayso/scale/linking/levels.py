"""The comparators of ``sayso.linking.compare``, of many pairs at once.

Each tells which level two accounts reach, and where it cannot be sure of it: what is rare or told in several values is
left to the comparator itself. A property test holds both against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sayso.linking.compare import (
    BEFORE,
    BLUNT,
    BRIEF,
    ELSEWHERE,
    EXPLOSIVE,
    FOLLOWED,
    FROM_AFAR,
    LATE,
    NAME_STEPS,
    NAMES,
    PEOPLE,
    PEOPLE_STEPS,
)  # fmt: skip
from sayso.linking.features import FINE, TELLING, Features
from sayso.linking.scales import (
    ALIKE,
    ALIKE_STEPS,
    DAY_STEPS,
    DAYS,
    ECHO,
    ECHO_STEPS,
    FEW,
    HALF,
    NEAR_STEPS,
    WIDE,
)  # fmt: skip
from sayso.linking.terms import SCALE
from sayso.scale.linking.columns import NONE, Bits, Columns, Counted, Real, Truth, Whole
from sayso.scale.linking.sharing import MANY, Numbers, Shared, Sharing
from sayso.values.place import EARTH_RADIUS_KM

Number = TypeVar("Number", bound=np.generic)

BITS: Final[Mapping[str, int]] = {name: 1 << at for at, name in enumerate(TELLING)}
DOUBT: Final = 1e-6
"""Kilometres by which a distance may differ from that of ``sayso.values.place``, many times over."""


class Levels(NamedTuple):
    """What one comparator says of pairs."""

    names: Sequence[str]
    at: Whole
    """The level of each pair as a place in ``names``; ``NONE`` where it has nothing to go by."""
    sure: Truth
    """Whether it is that level, or some level or nothing."""


class Pairs:
    """Pairs of accounts, ready to be compared.

    Args:
        known: the accounts.
        one: the first accounts of pairs, ascending.
        other: the second ones.

    """

    def __init__(self, known: Sequence[Features], one: Numbers, other: Numbers) -> None:
        self.columns, self.one, self.other = Columns(known), one, other
        self.share: Shared = Sharing(known).of(one, other)
        self._told = self.columns.told[one] & self.columns.told[other]

    def both(self, column: npt.NDArray[Number]) -> tuple[npt.NDArray[Number], npt.NDArray[Number]]:
        """Return what the first accounts have in a column, and what the second ones have."""
        return column[self.one], column[self.other]

    def tell(self, comparator: str) -> Truth:
        """Tell where both accounts tell what a comparator needs."""
        told: Truth = (self._told & BITS[comparator]) != 0
        return told

    def alike(self, column: Whole) -> Truth:
        """Tell where both accounts have the same in a column."""
        return np.equal(*self.both(column))

    def meet(self, bits: Bits, among: Sequence[str] | frozenset[str] | None = None) -> Truth:
        """Tell where two sets share a name; of ``among``, where each has one of these."""
        one, other = self.both(bits.rows)
        if among is None:
            return _any(one & other)
        mask = bits.of(among)
        return _any(one & mask) & _any(other & mask)


def _any(bits: npt.NDArray[np.uint64]) -> Truth:
    return np.asarray(bits.any(axis=1))


def _steps(values: Whole | Real, steps: Sequence[float]) -> Whole:
    return np.searchsorted(np.array(steps), values, side="right")


def _first(*rows: tuple[Truth, int | Whole], otherwise: int = NONE) -> Whole:
    """Return for each pair what stands beside the first condition that holds."""
    conditions, levels = zip(*rows, strict=True)
    return np.select([*conditions], [np.asarray(level, np.int64) for level in levels], otherwise)


def _surely(names: Sequence[str], at: Whole) -> Levels:
    return Levels(names, at, np.ones(len(at), np.bool_))


def _left(speaks: Truth) -> Levels:
    """Leave to the comparator itself all pairs of which it may say anything."""
    return Levels((), np.full(len(speaks), NONE), ~speaks)


def days(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.days``."""
    names, c = (*DAYS, "followed"), pairs.columns
    between = _gap(c.first_day[pairs.one], c.last_day[pairs.one], c.first_day[pairs.other], c.last_day[pairs.other])
    (a, b), (early, late) = pairs.both(c.first_day), pairs.both(np.maximum(c.published, 0))
    one_follows, other_follows = pairs.both(c.follows)
    follows = (other_follows & (early <= late) & (b > a)) | (one_follows & (late <= early) & (a > b))
    at = np.where((between > FOLLOWED) & follows, names.index("followed"), _steps(between, DAY_STEPS))
    fine_one, fine_other = pairs.both(c.fine_days)
    tell = pairs.tell("days")
    return Levels(names, np.where(tell, at, NONE), ~tell | ((fine_one == 1) & (fine_other == 1)))


def _gap(first: Whole, last: Whole, other_first: Whole, other_last: Whole) -> Whole:
    between: Whole = np.maximum(0, np.maximum(first, other_first) - np.minimum(last, other_last))
    return between


def told_and_published(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.told_and_published``."""
    names, c = ("followed", "fits", "near", "later", "apart", "never"), pairs.columns
    one_tells = c.days[pairs.one] > 0
    teller, silent = np.where(one_tells, pairs.one, pairs.other), np.where(one_tells, pairs.other, pairs.one)
    speaks = (one_tells != (c.days[pairs.other] > 0)) & (c.fine_days[teller] > 0)
    speaks &= (c.published[silent] != NONE) & ~c.background[silent]
    day, first, last = c.published[silent], c.first_day[teller], c.last_day[teller]
    between, later = _gap(first, last, day - LATE, day), day > last
    followed = (between > FOLLOWED) & later & c.follows[silent]
    never = (between > BEFORE) & ~later
    rows = ((~speaks, NONE), (followed, 0), (never, 5), (between == 0, 1), (between <= FINE, 2), (later, 3))
    return Levels(names, _first(*rows, otherwise=4), ~speaks | (c.fine_days[teller] == 1))


def published(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.published``."""
    one, other = pairs.both(pairs.columns.published)
    return _surely(DAYS, np.where(pairs.tell("published"), _steps(np.abs(one - other), DAY_STEPS), NONE))


def place(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.place``; the places of accounts that tell several are left out."""
    c = pairs.columns.place
    (one, other), (words, other_words) = pairs.both(c.number), pairs.both(c.words)
    at, doubt = _nearest(pairs)
    named = (other_words > 0) & (pairs.share.told // MANY == other_words)
    named |= (words > 0) & (pairs.share.telling // MANY == words)
    elsewhere = np.isin(at, [PLACES.index(level) for level in ELSEWHERE])
    rows = ((named & (at == NONE), PLACES.index("named")), (named & elsewhere, PLACES.index("elsewhere")))
    at = np.where(named & ((at == NONE) | elsewhere), _first(*rows), at)
    return Levels(PLACES, at, (one < 2) & (other < 2) & ~doubt)


def aside(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.aside``; nothing to go by where neither report places another incident."""
    one, other = pairs.both(pairs.columns.asides)
    return Levels(("told",), np.full(len(one), NONE), ~(one | other))


PLACES: Final = (
    "near", "within", "area", "far", "same", "region", "rough", "other_region", "other_country", "named", "elsewhere",
)  # fmt: skip


def _nearest(pairs: Pairs) -> tuple[Whole, Truth]:
    """Return the level of two places, and where a distance is too near a limit to be sure of it."""
    c = pairs.columns.place
    there = (c.number[pairs.one] > 0) & (c.number[pairs.other] > 0)
    same_name = pairs.alike(c.name) & (c.name[pairs.one] != NONE) & pairs.alike(c.country)
    one_land, other_land = pairs.both(c.country)
    lands = (one_land != NONE) & (other_land != NONE)
    one_part, other_part = pairs.both(c.admin1)
    parts = (one_part != NONE) & (other_part != NONE)
    fine = c.located[pairs.one] & c.located[pairs.other]
    apart = _kilometres(pairs)
    doubt = fine & (np.abs(apart[:, None] - np.array(NEAR_STEPS)) < DOUBT).any(axis=1)
    wide = c.whole_country[pairs.one] | c.whole_country[pairs.other]
    at = _first(
        (~there, NONE),
        (same_name, np.where(c.exact[pairs.one], PLACES.index("same"), PLACES.index("region"))),
        (lands & ~pairs.alike(c.country), PLACES.index("other_country")),
        (fine, _steps(apart, NEAR_STEPS)),
        (parts, np.where(one_part == other_part, PLACES.index("rough"), PLACES.index("other_region"))),
        (lands & wide, PLACES.index("rough")),
    )
    return at, doubt


def _kilometres(pairs: Pairs) -> Real:
    c = pairs.columns.place
    (lat, other_lat), (lon, other_lon) = (pairs.both(np.radians(column)) for column in (c.lat, c.lon))
    chord = np.sin((other_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    apart: Real = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
    return apart


def kind(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.kind``."""
    names, c = ("same", "akin", "rough", "apart"), pairs.columns
    one, other = pairs.both(c.families.rows)
    both = one & other
    akin, rough = _any(both & ~c.families.of(BLUNT)), _any(both)
    at = _first((~pairs.tell("kind"), NONE), (pairs.meet(c.kinds), 0), (akin, 1), (rough, 2), otherwise=3)
    return _surely(names, at)


def killed(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.killed``."""
    return _counts(pairs, pairs.columns.killed)


def injured(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.injured``."""
    return _counts(pairs, pairs.columns.injured)


def _counts(pairs: Pairs, tolls: Counted) -> Levels:
    names = ("same_many", "same_few", "fits", "differ_few", "differ", "differ_far")
    one, other = pairs.both(tolls.number)
    (low, other_low), (high, other_high) = pairs.both(tolls.low), pairs.both(tolls.high)
    same = (low == other_low) & (high == other_high) & (low == high)
    fits = (other_low <= high) & (low <= other_high)
    least, most = np.minimum(low, other_low), np.maximum(low, other_low)
    tell = (one > 0) & (other > 0)
    rows = ((~tell, NONE), (same & (low > FEW), 0), (same, 1), (fits, 2), (most <= FEW, 3), (most <= WIDE * least, 4))
    return Levels(names, _first(*rows, otherwise=5), ~tell | ((one == 1) & (other == 1)))


def target(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.target``."""
    at = _first((~pairs.tell("target"), NONE), (pairs.meet(pairs.columns.targets), 0), otherwise=1)
    return _surely(("same", "other"), at)


def weapon(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.weapon``."""
    bits = pairs.columns.weapons
    akin = pairs.meet(bits, EXPLOSIVE) | pairs.meet(bits, FROM_AFAR)
    at = _first((~pairs.tell("weapon"), NONE), (pairs.meet(bits), 0), (akin, 1), otherwise=2)
    return _surely(("same", "akin", "apart"), at)


def persons(pairs: Pairs) -> Levels:
    """Leave ``sayso.linking.compare.persons`` what it may speak of."""
    one, other = pairs.both(pairs.columns.persons)
    return _left(one | other)


def people(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.people``."""
    shared, weight = np.divmod(pairs.share.people, MANY)
    at = np.where(shared > 0, _steps(weight, PEOPLE_STEPS), 0)
    return _surely(PEOPLE, np.where(pairs.tell("people"), at, NONE))


def names(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.names``."""
    c, (shared, weight), respelt = pairs.columns, np.divmod(pairs.share.names, MANY), _respelt(pairs) > 0
    (one, other), (there, here) = pairs.both(c.own_names), np.divmod(pairs.share.places, MANY)
    silent = ~pairs.tell("names") | ((shared == 0) & (respelt | (one == here) | (other == there)))
    return _surely(NAMES, _first((silent, NONE), (shared > 0, _steps(weight, NAME_STEPS)), otherwise=0))


def spellings(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.spellings``."""
    respelt = _respelt(pairs)
    return _surely(("one", "more"), _first((respelt == 0, NONE), (respelt == 1, 0), otherwise=1))


def _respelt(pairs: Pairs) -> Whole:
    """Return how many names share a skeleton and are not spelt the same."""
    same, bare = np.divmod(pairs.share.spellings, MANY)
    return bare - same


def streets(pairs: Pairs) -> Levels:
    """Leave ``sayso.linking.compare.streets`` what it may speak of."""
    one, other = pairs.both(pairs.columns.streets)
    return _left(one & other)


def dateline(pairs: Pairs) -> Levels:
    """Leave ``sayso.linking.compare.dateline`` what it may speak of."""
    one, other = pairs.both(pairs.columns.dateline)
    return _left(one | other)


def headline(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.headline``."""
    return _cosine(pairs.share.title, pairs.tell("headline"))


def echo(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.echo``."""
    share = np.maximum(pairs.share.told % MANY, pairs.share.telling % MANY)
    speaks = pairs.tell("headline") & (pairs.share.title // SCALE < HALF)
    return _surely(ECHO, np.where(speaks, _steps(share, ECHO_STEPS), NONE))


def lead(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.lead``."""
    return _cosine(pairs.share.lead, pairs.tell("lead"))


def body(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.body``."""
    return _cosine(pairs.share.body, np.minimum(*pairs.both(pairs.columns.body)) >= BRIEF)


def _cosine(share: Whole, speaks: Truth) -> Levels:
    return _surely(ALIKE, np.where(speaks, _steps(share // SCALE, ALIKE_STEPS), NONE))


def reference(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.reference``."""
    named = (pairs.share.outlet > 0) & ~pairs.alike(pairs.columns.publisher)
    return _surely(("named",), np.where(named, 0, NONE))


def report(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.report``."""
    return _surely(("same",), np.where(pairs.alike(pairs.columns.report), 0, NONE))


def background(pairs: Pairs) -> Levels:
    """See ``sayso.linking.compare.background``."""
    one, other = pairs.both(pairs.columns.background)
    return _surely(("both", "one"), _first((one & other, 0), (one | other, 1)))


def _left_told(name: str) -> Callable[[Pairs], Levels]:
    return lambda pairs: _left(pairs.tell(name))


IN_COLUMNS: Final[Mapping[str, Callable[[Pairs], Levels]]] = {
    "days": days,
    "told_and_published": told_and_published,
    "published": published,
    "place": place,
    "aside": aside,
    "kind": kind,
    "killed": killed,
    "injured": injured,
    "others_counted": _left_told("others_counted"),
    "target": target,
    "weapon": weapon,
    "doer": _left_told("doer"),
    "persons": persons,
    "people": people,
    "names": names,
    "spellings": spellings,
    "ages": _left_told("ages"),
    "blocks": _left_told("blocks"),
    "streets": streets,
    "dateline": dateline,
    "clock": _left_told("clock"),
    "headline": headline,
    "echo": echo,
    "lead": lead,
    "body": body,
    "reference": reference,
    "report": report,
    "background": background,
}
"""Comparator → the same in columns."""
