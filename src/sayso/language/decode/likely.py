"""How likely each stretch of a BIO layer is, all label sequences weighed: the best one alone says nothing of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sayso.language.decode.sequences import Ids, Scores

    Floats = NDArray[np.float64]

LEAST = 0.02
"""Stretches less likely than this are not listed: what they could add to another opinion decides nothing."""
_NEVER = 1e-30  # stands for a probability of 0 whose logarithm is taken


@dataclass(frozen=True, slots=True)
class Likely:
    """Stretches with their probabilities, N each; kinds count from 0."""

    rows: Ids
    first: Ids
    last: Ids  # one past the last word
    kind: Ids
    probability: Floats


def likely_stretches(scores: Scores, moves: Scores, start: Scores, end: Scores, lengths: Ids) -> Likely:
    """Return the stretches of every row that a linear chain gives at least ``LEAST``.

    Only elementwise operations and sums over labels: a row comes out the same alone and beside others.

    Args:
        scores: R×W×C; labels O, B-x, I-x, B-y, I-y, …
        moves: C×C, from × to, with what BIO forbids made impossible.
        start: C, so too.
        end: C.
        lengths: R words a row, at least 1.

    """
    at, step = _posterior(scores, moves, start, end, lengths)
    found = [_of_kind(at, step, kind) for kind in range((scores.shape[2] - 1) // 2)]
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)]
    kinds = np.repeat(np.arange(len(found)), [len(rows) for rows, *_ in found])
    rows, first, last, probability = columns
    return Likely(rows, first, last, kinds, probability)


def _posterior(scores: Scores, moves: Scores, start: Scores, end: Scores, lengths: Ids) -> tuple[Floats, Floats]:
    """Return P(label of a word), R×(W+1)×C, and P(label | label of the word before), R×(W+1)×C×C.

    W: the words of the longest row. Both are 0 behind a row's length, where nothing goes on.
    """
    words = int(lengths.max(initial=1))
    rows, _, labels = scores.shape
    scores = scores[:, :words]
    weight = np.exp(scores.astype(np.float64) - scores.max(2, keepdims=True))  # R×W×C
    move, closing = np.exp(moves.astype(np.float64)), np.exp(end.astype(np.float64))
    inside = (np.arange(words) < lengths[:, None])[..., None]  # R×W×1
    behind = np.broadcast_to(closing, (rows, labels))  # of each label of a word: the weight of all that may follow
    for word in range(words - 1, 0, -1):
        weight[:, word] *= behind
        total = (move * weight[:, word, None]).sum(2)
        behind = np.where(inside[:, word], total / total.max(1, keepdims=True), closing)
    first = np.exp(start.astype(np.float64)) * weight[:, 0] * behind
    ways = move * weight[:, 1:, None]  # R×(W-1)×from×to
    step = np.zeros((rows, words + 1, labels, labels))
    step[:, 1:words] = np.where(inside[:, 1:, None], ways / ways.sum(3, keepdims=True), 0.0)
    at = np.zeros((rows, words + 1, labels))
    at[:, 0] = first / first.sum(1, keepdims=True)
    for word in range(1, words):
        at[:, word] = (at[:, word - 1, :, None] * step[:, word]).sum(1)
    return at, step


def _of_kind(at: Floats, step: Floats, kind: int) -> tuple[Ids, Ids, Ids, Floats]:
    """Return (rows, first, one past the last, probability) of the likely stretches of one kind."""
    opens, goes = 2 * kind + 1, 2 * kind + 2
    begins = at[:, :-1, opens]  # R×W
    enters, stays = step[..., opens, goes], step[..., goes, goes]  # R×(W+1): the word goes on a stretch
    alone = begins * (1 - enters[:, 1:])
    ends = alone + at[:, :-1, goes] * (1 - stays[:, 1:])
    whole = np.log(np.maximum(stays, _NEVER)).cumsum(1)
    (row, first), (other, last) = np.nonzero(begins >= LEAST), np.nonzero(ends >= LEAST)
    one, two = np.nonzero((row[:, None] == other) & (first[:, None] <= last))
    row, first, last = row[one], first[one], last[two]
    longer = enters[row, first + 1] * np.exp(whole[row, last] - whole[row, np.minimum(first + 1, last)])
    probability = np.where(first == last, alone[row, first], begins[row, first] * longer * (1 - stays[row, last + 1]))
    kept = probability >= LEAST
    return row[kept], first[kept], last[kept] + 1, probability[kept]
