"""Pairs become incidents: the same for any order, never against a judgement, without chains."""

from __future__ import annotations

from itertools import chain, combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.linking.clusters import MOST, Pair, cluster

IDS = "abcdefgh"
PAIRS = list(combinations(IDS, 2))
scores = st.dictionaries(st.sampled_from(PAIRS), st.floats(0, 1), max_size=len(PAIRS))
judged = st.lists(st.sampled_from(PAIRS), max_size=3)


def rows(table: dict[Pair, float]) -> list[tuple[str, str, float]]:
    return [(one, other, score) for (one, other), score in table.items()]


@pytest.mark.parametrize(
    ("scored", "expected", "note"),
    [
        ([], ["a", "b", "c"], "nothing scored: each alone"),
        ([("a", "b", 0.9)], ["ab", "c"], "a likely pair"),
        ([("a", "b", 0.4)], ["a", "b", "c"], "less likely than not"),
        ([("a", "b", 0.99), ("b", "c", 0.7), ("a", "c", 0.02)], ["ab", "c"], "one fair pair does not chain"),
        ([("a", "b", 0.99), ("b", "c", 0.99), ("a", "c", 0.4)], ["abc"], "two sure pairs outweigh a doubtful third"),
        ([("a", "b", 0.6), ("b", "c", 0.9)], ["a", "bc"], "the surest pair merges first; a and c share no key"),
        ([("b", "a", 0.2), ("a", "b", 0.9)], ["ab", "c"], "a pair told twice keeps its higher score"),
        ([("a", "z", 0.9)], ["a", "b", "c"], "an id that is not there"),
    ],
)
def test_pairs_become_groups(scored: list[tuple[str, str, float]], expected: list[str], note: str) -> None:
    assert ["".join(group) for group in cluster("abc", scored)] == expected, note


@given(scores, st.randoms())
def test_the_order_of_arrival_does_not_matter(table: dict[Pair, float], chance: object) -> None:
    shuffled = rows(table)
    names = list(IDS)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(names)  # type: ignore[attr-defined]
    turned = [(other, one, score) for one, other, score in shuffled]
    assert cluster(IDS, rows(table)) == cluster(names, turned)


@given(scores)
def test_every_account_stands_in_exactly_one_group(table: dict[Pair, float]) -> None:
    assert sorted(name for group in cluster(IDS, rows(table)) for name in group) == list(IDS)


@given(scores, judged, judged)
def test_judgements_stand_above_scores(table: dict[Pair, float], same: list[Pair], apart: list[Pair]) -> None:
    closed = cluster(IDS, (), same)
    assume(not any({*pair} <= set(group) for pair in apart for group in closed))
    home = {name: group for group in cluster(IDS, rows(table), same, apart) for name in group}
    assert all(home[one] is home[other] for one, other in same)
    assert all(home[one] is not home[other] for one, other in apart)


def test_a_wall_holds_for_all_that_join_its_sides() -> None:
    sure = [(one, other, 0.99) for one, other in combinations("abcd", 2)]
    groups = cluster("abcd", sure, not_same=[("a", "d")])
    assert all(not {"a", "d"} <= set(group) for group in groups)


def test_error_contradictory_judgements_name_the_chain() -> None:
    with pytest.raises(InputError, match="a / c: judged not the same, and the same by way of a = b = c"):
        cluster("abc", [], same=[("a", "b"), ("b", "c")], not_same=[("c", "a")])


def test_a_component_that_is_too_large_is_cut_at_its_weaker_pairs() -> None:
    """Two stories of 300 accounts each, which one likely pair connects: larger together than a component may be."""
    stories = [[f"{story}{number:03}" for number in range(300)] for story in "ab"]
    scored = [(one, other, 0.95) for story in stories for one, other in pairwise(story)]
    scored += [(one, other, 0.95) for story in stories for one, other in zip(story, story[2:], strict=False)]
    assert sum(map(len, stories)) > MOST
    groups = cluster(list(chain(*stories)), [*scored, ("a000", "b000", 0.6)])
    assert all(len({name[0] for name in group}) == 1 for group in groups)
