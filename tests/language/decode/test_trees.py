"""Specification of tree decoding: one root, no loop, and no better tree, as a search through all trees finds it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.language.decode.trees import best_tree, best_trees, broken, joined


def is_tree(heads: list[int]) -> bool:
    """One root (−1), and every word reaches it."""
    if heads.count(-1) != 1:
        return False
    for word in range(len(heads)):
        node = word
        for _ in heads:
            node = heads[node] if node >= 0 else node
        if node != -1:
            return False
    return True


def total(scores: np.ndarray, heads: list[int]) -> float:
    return float(sum(scores[word, head + 1] for word, head in enumerate(heads)))


SCORES = st.integers(1, 5).flatmap(lambda n: arrays(np.int8, (n, n + 1), elements=st.integers(-20, 20)))


@settings(max_examples=60, deadline=None)
@given(SCORES)
def test_a_tree_with_one_root_that_no_other_beats(scores: np.ndarray) -> None:
    scores = scores.astype(np.float32)
    size = len(scores)
    heads = best_tree(scores).tolist()
    assert is_tree(heads)
    every = itertools.product(range(-1, size), repeat=size)
    assert total(scores, heads) == max(total(scores, list(other)) for other in every if is_tree(list(other)))


@settings(max_examples=60, deadline=None)
@given(arrays(np.int8, (3, 6, 7), elements=st.integers(-20, 20)), arrays(np.int8, (3, 6), elements=st.integers(0, 1)))
def test_each_sentence_of_a_window_gets_its_own_tree(scores: np.ndarray, opens: np.ndarray) -> None:
    sentences = opens.astype(np.int64).cumsum(1)
    sentences[0, 4:] = -1  # padding
    scores = scores.astype(np.float32)
    apart = np.pad(sentences[:, :, None] != sentences[:, None], ((0, 0), (0, 0), (1, 0)))
    scores[apart] = -1e4
    for row in range(3):
        scores[row, np.arange(6), np.arange(1, 7)] = -1e4  # no word is its own head
    found = best_trees(scores, sentences)
    for row, number in {(r, int(n)) for r in range(3) for n in sentences[r] if n >= 0}:
        words = np.flatnonzero(sentences[row] == number).tolist()
        heads = [int(found[row, word]) for word in words]
        assert is_tree([words.index(head) if head >= 0 else -1 for head in heads])
    assert (found[sentences < 0] == -1).all()


TABLE = [
    # heads, is broken
    ([-1, 0, 1], False),
    ([1, -1, 1], False),
    ([-1, -1, 0], True),  # two roots
    ([1, 0, 0], True),  # no root, a loop
    ([-1, 2, 1], True),  # a root, and a loop beside it
]


@pytest.mark.parametrize(("heads", "bad"), TABLE)
def test_what_is_no_tree_is_found(heads: list[int], bad: bool) -> None:
    assert broken(np.array([heads]), np.zeros((1, 3), np.int64)) == ([(0, 0)] if bad else [])


def test_a_tree_that_is_already_best_is_left_alone() -> None:
    scores = np.array([[9, -99, 0, 0], [0, 9, -99, 0], [0, 0, 9, -99]], np.float32)
    assert best_trees(scores[None], np.zeros((1, 3), np.int64)).tolist() == [[-1, 0, 1]]


@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.integers(-1, n - 1), min_size=n, max_size=n)))
def test_parts_of_a_long_sentence_become_one_tree(heads: list[int]) -> None:
    mended = joined(np.array(heads)).tolist()
    assert is_tree(mended)
    if is_tree(heads):
        assert mended == heads
