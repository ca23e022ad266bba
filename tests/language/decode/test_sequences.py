"""Specification of sequence decoding: the best valid labels, as a search through all sequences finds them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.language.decode.scores import STEP, rounded
from sayso.language.decode.sequences import (
    best_spans,
    chain,
    constrained,
    is_valid,
    stretches,
    valid_transitions,
)

LABELS = ["O", "B-a", "I-a", "B-b", "I-b"]


def valid(ids: tuple[int, ...]) -> bool:
    """The constraint said in words: I-x only behind B-x or I-x."""
    names = [LABELS[i] for i in ids]
    return all(
        not now.startswith("I-") or (before != "O" and before[2:] == now[2:])
        for before, now in itertools.pairwise(["O", *names])
    )


def best_score(scores: np.ndarray, transitions: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    return max(score(scores, ids, transitions, start, end) for ids in every(scores) if valid(ids))


def every(scores: np.ndarray) -> list[tuple[int, ...]]:
    return list(itertools.product(range(scores.shape[1]), repeat=len(scores)))


def score(scores: np.ndarray, ids: tuple[int, ...], moves: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    total = sum(scores[word, label] for word, label in enumerate(ids)) + start[ids[0]] + end[ids[-1]]
    return float(total + sum(moves[a, b] for a, b in itertools.pairwise(ids)))


ROWS = arrays(np.int8, (3, 4, 5), elements=st.integers(-9, 9)).map(lambda a: a.astype(np.float32))
MOVES = arrays(np.int8, (5, 5), elements=st.integers(-9, 9)).map(lambda a: a.astype(np.float32))
ENDS = arrays(np.int8, (2, 5), elements=st.integers(-9, 9)).map(lambda a: a.astype(np.float32))


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_constrained_labels_are_valid_and_none_score_higher(scores: np.ndarray) -> None:
    none = np.zeros((5, 5)), np.zeros(5), np.zeros(5)
    for row, ids in zip(scores, constrained(scores), strict=True):
        assert valid(tuple(ids))
        assert score(row, tuple(ids), *none) == best_score(row, *none)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_the_short_cut_over_valid_rows_finds_labels_as_good(scores: np.ndarray) -> None:
    none = np.zeros((5, 5)), np.zeros(5), np.zeros(5)
    narrow = scores[..., :3]  # a layer with fewer labels, decoded in the same go
    for layer, found in zip([scores, narrow], best_spans([scores, narrow]), strict=True):
        for row, ids in zip(layer, found, strict=True):
            assert valid(tuple(ids))
            assert score(row, tuple(ids), *none) == best_score(row, *none)


@settings(max_examples=30, deadline=None)
@given(ROWS, MOVES, ENDS, st.lists(st.integers(1, 4), min_size=3, max_size=3))
def test_a_chain_with_transitions_finds_the_best_path_of_each_length(
    scores: np.ndarray, moves: np.ndarray, ends: np.ndarray, lengths: list[int]
) -> None:
    transitions, start = valid_transitions(5, moves, ends[0])
    found = chain(scores, transitions, start, ends[1], np.array(lengths))
    for row, ids, length in zip(scores, found, lengths, strict=True):
        path = tuple(int(i) for i in ids[:length])
        assert valid(path)
        assert score(row[:length], path, moves, *ends) == best_score(row[:length], moves, *ends)
        assert not ids[length:].any()


@given(arrays(np.int64, (2, 5), elements=st.integers(0, 4)))
def test_validity_is_what_the_words_say(ids: np.ndarray) -> None:
    assert is_valid(ids).tolist() == [valid(tuple(row)) for row in ids]


TABLE = [
    # labels, stretches as (first, one past the last, kind)
    ([0, 0, 0], []),
    ([1, 2, 0], [(0, 2, 0)]),
    ([1, 1, 2], [(0, 1, 0), (1, 3, 0)]),  # two neighbours of one kind
    ([3, 4, 1], [(0, 2, 1), (2, 3, 0)]),
    ([0, 0, 3], [(2, 3, 1)]),  # open at the end
]


@pytest.mark.parametrize(("ids", "expected"), TABLE)
def test_stretches_of_labels(ids: list[int], expected: list[tuple[int, int, int]]) -> None:
    rows, first, last, kind = stretches(np.array([[0, 0, 0], ids]))
    assert rows.tolist() == [1] * len(expected)
    assert list(zip(first, last, kind, strict=True)) == expected


@given(arrays(np.float32, 6, elements=st.floats(-40, 40, width=32)), st.floats(-1e-5, 1e-5))
def test_noise_a_hundred_times_smaller_than_a_step_moves_a_score_by_one_step_at_most(
    scores: np.ndarray, noise: float
) -> None:
    moved = np.abs(rounded(scores) - rounded(scores + np.float32(noise)))
    assert moved.max() <= STEP


def test_sums_along_a_window_of_rounded_scores_are_exact() -> None:
    scores = rounded(np.random.default_rng(0).normal(0, 30, 160).astype(np.float32))
    total = np.float32(0)
    for value in scores:
        total = total + value
    assert float(total) == float(scores.astype(np.float64).sum())
