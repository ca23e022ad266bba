"""Specification of which stretches are told: those worth it, that share no word, by two opinions."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.decode.likely import Likely
from sayso.language.decode.scores import STEP
from sayso.language.decode.weighed import Stretch, judged, labels_of, surest_of_anchors, together

WORTHS = [0.5, 0.36]  # of a cue, of a content

TABLE = [
    # stretches of one row (first, one past the last, kind) with their probabilities, labels
    ("nothing is likely", {(0, 2, 1): 0.3}, [0, 0, 0, 0]),
    ("worth more than it costs", {(0, 2, 1): 0.37}, [3, 4, 0, 0]),
    ("a cue must be likelier", {(0, 1, 0): 0.49, (1, 2, 0): 0.51}, [0, 1, 0, 0]),
    ("of two that share a word the likelier", {(0, 3, 1): 0.45, (2, 4, 1): 0.5}, [0, 0, 3, 4]),
    ("two short ones worth more than the long one", {(0, 4, 1): 0.5, (0, 2, 1): 0.45, (2, 4, 1): 0.46}, [3, 4, 3, 4]),
    ("the long one worth more", {(0, 4, 1): 0.5, (0, 2, 1): 0.4, (2, 4, 1): 0.4}, [3, 4, 4, 4]),
]


@pytest.mark.parametrize(("probable", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_stretches_worth_telling(probable: dict[tuple[int, int, int], float], expected: list[int]) -> None:
    rows = {(1, *stretch): value for stretch, value in probable.items()}
    assert labels_of(rows, WORTHS, (2, 4)).tolist() == [[0, 0, 0, 0], expected]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(0, 1)).map(lambda s: (0, s[0], s[0] + s[1], s[2])),
        st.integers(0, 512).map(lambda n: n * STEP),
        max_size=6,
    )
)
def test_no_other_choice_is_worth_more(probable: dict[Stretch, float]) -> None:
    worth = {stretch: p / STEP - round(WORTHS[stretch[3]] / STEP) for stretch, p in probable.items()}
    best = max(
        sum(worth[stretch] for stretch in chosen)
        for size in range(len(worth) + 1)
        for chosen in itertools.combinations(worth, size)
        if all(a[2] <= b[1] or b[2] <= a[1] for a, b in itertools.combinations(chosen, 2))
    )
    ids = labels_of(probable, WORTHS, (1, 8))[0].tolist()
    first = [at for at, label in enumerate(ids) if label % 2]
    last = [next((k for k in range(at + 1, 8) if ids[k] != ids[at] + 1), 8) for at in first]
    told = [(0, a, b, (ids[a] - 1) // 2) for a, b in zip(first, last, strict=True)]
    assert sum(worth[stretch] for stretch in told) == best


def likely(*rows: tuple[int, int, int, int, float]) -> Likely:
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return Likely(*columns)


def test_two_opinions_are_weighed() -> None:
    own = likely((0, 1, 3, 1, 0.5), (0, 5, 6, 0, 1.0))
    found = together(own, {(0, 1, 3, 1): 1.0, (1, 0, 1, 1): 0.5}, 0.4)
    assert found == pytest.approx({(0, 1, 3, 1): 0.7, (0, 5, 6, 0): 0.6, (1, 0, 1, 1): 0.2})


def test_of_several_anchors_the_surest_counts_and_other_roles_do_not() -> None:
    roles = likely((0, 1, 3, 0, 0.8), (1, 1, 3, 0, 0.9), (1, 4, 5, 1, 0.9))
    found = surest_of_anchors(roles, np.array([7, 7]), np.array([1.0, 0.5]), [1, -1])
    assert found == pytest.approx({(7, 1, 3, 1): 0.8})


def test_one_kind_is_judged_anew() -> None:
    probable = {(0, 0, 1, 0): 0.5, (2, 1, 4, 1): 0.5}

    def judge(found: np.ndarray, rows: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        assert (rows.tolist(), first.tolist(), last.tolist()) == ([2], [1], [4])
        return found / 2

    assert judged(probable, 1, judge) == {(0, 0, 1, 0): 0.5, (2, 1, 4, 1): 0.25}
    assert judged({(0, 0, 1, 0): 0.5}, 1, judge) == {(0, 0, 1, 0): 0.5}
