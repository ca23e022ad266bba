"""Pairs compared in columns score what the comparators say of them one by one, to the last bit."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.linking.synthetic import accounts
from sayso.linking.clusters import LEAST
from sayso.linking.compare import COMPARATORS, compare
from sayso.linking.features import Features
from sayso.linking.sifting import levels, likely
from sayso.scale.linking.comparing import compared
from sayso.scale.linking.levels import IN_COLUMNS, Pairs
from tests.linking.made_features import features

several = st.lists(features, min_size=2, max_size=5)


def all_pairs(known: list[Features]) -> tuple[np.ndarray, np.ndarray]:
    one, other = np.triu_indices(len(known), 1)
    return one.astype(np.intp), other.astype(np.intp)


@given(several, st.sampled_from([0.0, LEAST, 0.5, 0.97]))
def test_scores_are_those_of_the_comparison_itself(known: list[Features], least: float) -> None:
    one, other = all_pairs(known)
    places, scores = compared(known, one, other, least)
    whole = [compare(known[a], known[b]).score for a, b in zip(one, other, strict=True)]
    assert dict(zip(places, scores, strict=True)) == {at: score for at, score in enumerate(whole) if score > least}


@given(several)
def test_where_a_comparator_is_sure_it_says_what_it_says_of_one_pair(known: list[Features]) -> None:
    one, other = all_pairs(known)
    pairs = Pairs(known, one, other)
    for name, comparator in COMPARATORS:
        found = IN_COLUMNS[name](pairs)
        assert found.names == () or levels()[name].keys() >= {*found.names}, name
        for at in np.flatnonzero(found.sure).tolist():
            told = comparator(known[one[at]], known[other[at]])
            level = found.names[found.at[at]] if found.at[at] >= 0 else None
            assert level == (told and told[0]), name


def test_of_a_long_war_nearly_all_pairs_are_settled_in_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [made for _, made in accounts(60)]
    pairs = [*combinations(range(60), 2)]
    kept = {at: found.score for at, (a, b) in enumerate(pairs) if (found := likely(known[a], known[b]))}
    monkeypatch.delattr("sayso.scale.linking.comparing.likely")
    assert dict(zip(*compared(known, *all_pairs(known)), strict=True)) == kept


def test_every_comparator_has_its_columns() -> None:
    assert [*IN_COLUMNS] == [name for name, _ in COMPARATORS]
