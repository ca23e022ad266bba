"""Pairs are given up early, and none that is kept differs by a bit."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.linking.synthetic import accounts
from sayso.linking.clusters import LEAST
from sayso.linking.compare import COMPARATORS, compare
from sayso.linking.features import TELLING, Features
from sayso.linking.sifting import INSTEAD, ORDER, likely
from tests.linking.made_features import features


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
