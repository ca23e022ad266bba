"""Pairs are given up early, and none that is kept differs by a bit."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evaluation.linking.synthetic import accounts
from sayso.linking.clusters import LEAST
from sayso.linking.compare import COMPARATORS, compare
from sayso.linking.features import TELLING, Doer, Features
from sayso.linking.sifting import INSTEAD, ORDER, likely
from sayso.linking.spots import PlaceMark

NAMES = ("velatma", "velatmeh", "tarrant", "brumm", "ilsa tarrant", "north quay", "ilsa tarent")
TOWNS = (
    PlaceMark(name="velatma", country="LBY", admin1="Coast", lat=32.0, lon=14.0, precision="settlement"),
    PlaceMark(name="brumm", country="LBY", admin1="Coast", lat=32.2, lon=14.1, precision="settlement"),
    PlaceMark(name="", country="LBY", precision="country"),
    PlaceMark(name="quorn", country="EGY", admin1="Delta", lat=30.0, lon=31.0, precision="district"),
)
intervals = st.tuples(st.integers(0, 9), st.sampled_from([None, 9, 12]))
vectors = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 700), max_size=5)


def some(values: Any, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


features = st.builds(
    Features,
    account=st.sampled_from(["in_1", "in_2"]),
    report=st.sampled_from(["re_1", "re_2"]),
    background=st.booleans(),
    published=st.sampled_from([None, 1000, 1001, 1040]),
    days=some([(1000, 1000), (1001, 1002), (990, 1010), (1400, 1400)]),
    places=some(TOWNS),
    kinds=some(["bombing", "shooting", "other"]),
    counts=st.dictionaries(
        st.sampled_from(["killed", "injured", "abducted", "weapon_count"]),
        st.lists(intervals, min_size=1, max_size=2).map(tuple),
    ),
    targets=some(["market", "school"]),
    weapons=some(["bomb", "car_bomb", "rocket", "unknown"]),
    doers=some(
        [Doer(name="brumm front", kind="armed_group", named=True), Doer(name="men", kind="unknown", named=False)]
    ),
    people=some(NAMES[4:]),
    names=some(NAMES[:4]),
    numbers=some(["age 17", "age 34", "block 500 oak", "clock 21:30"]),
    title=vectors,
    lead=vectors,
    body=vectors,
    publisher=st.sampled_from([None, "north quay", "paper"]),
)


@given(features, features, st.sampled_from([0.0, LEAST, 0.5, 0.97]))
def test_what_is_likely_is_the_comparison_itself(one: Features, other: Features, least: float) -> None:
    whole = compare(one, other)
    assert likely(one, other, least) == (whole if whole.score > least else None)


@given(features, features)
def test_where_one_is_silent_a_comparator_finds_nothing(one: Features, other: Features) -> None:
    bits = dict(zip(TELLING, (1 << at for at in range(len(TELLING))), strict=True))
    for name, comparator in COMPARATORS:
        both = one.told & other.told
        if name in bits and not both & bits[name]:
            assert comparator(one, other) is None, name
        if name in INSTEAD and both & bits[INSTEAD[name]]:
            assert comparator(one, other) is None, name


def test_most_pairs_of_a_long_war_are_given_up_and_the_rest_are_as_they_were() -> None:
    given_up = 0
    for one, other in combinations([made for _, made in accounts(60)], 2):
        whole, kept = compare(one, other), likely(one, other)
        assert kept == (whole if whole.score > LEAST else None)
        assert kept is None or kept.reasons == whole.reasons
        given_up += kept is None
    assert given_up > 60 * 59 / 2 * 0.8


def test_the_tables_name_comparators() -> None:
    there = {name for name, _ in COMPARATORS}
    assert there.issuperset(TELLING)
    assert there.issuperset(ORDER)
    assert there.issuperset(INSTEAD)
