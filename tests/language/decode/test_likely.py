"""Specification of stretch probabilities: those that adding up all label sequences gives."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.language.decode.likely import LEAST, Likely, likely_stretches
from sayso.language.decode.sequences import is_valid, stretches, valid_transitions

ROWS = arrays(np.int8, (3, 4, 5), elements=st.integers(-9, 9)).map(lambda a: a.astype(np.float32) / 2)
MOVES = arrays(np.int8, (5, 5), elements=st.integers(-9, 9)).map(lambda a: a.astype(np.float32) / 4)
ENDS = arrays(np.int8, (2, 5), elements=st.integers(-9, 9)).map(lambda a: a.astype(np.float32) / 4)
LENGTHS = st.lists(st.integers(1, 4), min_size=3, max_size=3)


def listed(found: Likely, row: int) -> dict[tuple[int, int, int], float]:
    columns = (found.rows, found.first, found.last, found.kind, found.probability)
    return {(f, e, k): p for r, f, e, k, p in zip(*(c.tolist() for c in columns), strict=True) if r == row}


def added_up(scores: np.ndarray, moves: np.ndarray, start: np.ndarray, end: np.ndarray) -> dict:
    """Probability of each stretch, by every valid label sequence of a row."""
    every = np.array(list(itertools.product(range(scores.shape[1]), repeat=len(scores))))
    every = every[is_valid(every)]
    total = scores[np.arange(len(scores)), every].sum(1) + start[every[:, 0]] + end[every[:, -1]]
    total = total + moves[every[:, :-1], every[:, 1:]].sum(1)
    weight = np.exp(total.astype(np.float64))
    found: dict[tuple[int, int, int], float] = {}
    for row, first, last, kind in zip(*(c.tolist() for c in stretches(every)), strict=True):
        key = (first, last, kind)
        found[key] = found.get(key, 0.0) + weight[row] / weight.sum()
    return found


@settings(max_examples=40, deadline=None)
@given(ROWS, MOVES, ENDS, LENGTHS)
def test_a_stretch_is_as_likely_as_the_sequences_that_have_it(
    scores: np.ndarray, moves: np.ndarray, ends: np.ndarray, lengths: list[int]
) -> None:
    valid, start = valid_transitions(5, moves, ends[0])
    found = likely_stretches(scores, valid, start, ends[1], np.array(lengths))
    for row, length in enumerate(lengths):
        expected = added_up(scores[row, :length], moves, *ends)
        own = listed(found, row)
        for stretch, probability in expected.items():
            if probability > LEAST + 1e-9:
                assert own.pop(stretch) == pytest.approx(probability)
        assert all(value == pytest.approx(LEAST) for value in own.values())


@settings(max_examples=30, deadline=None)
@given(ROWS, MOVES, ENDS, LENGTHS)
def test_a_row_comes_out_the_same_alone_and_beside_others(
    scores: np.ndarray, moves: np.ndarray, ends: np.ndarray, lengths: list[int]
) -> None:
    valid, start = valid_transitions(5, moves, ends[0])
    found = likely_stretches(scores, valid, start, ends[1], np.array(lengths))
    for row, length in enumerate(lengths):
        alone = likely_stretches(scores[row : row + 1, :length], valid, start, ends[1], np.array([length]))
        assert listed(alone, 0) == listed(found, row)
