"""Best valid label sequences: BIO constraints for many layers at once, and a linear chain with learnt transitions.

Labels are ordered O, B-x, I-x, B-y, I-y, …: B- has odd, I- even ids, and ``(id + 1) // 2`` is the kind (0 for O).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sayso.language.decode.scores import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ids = NDArray[np.intp]
    Scores = NDArray[np.float32]


def best_spans(layers: Sequence[Scores]) -> list[Ids]:
    """Return the best valid BIO sequence of every row of every layer.

    The best label of each word is the answer wherever that happens to be valid, so only the other rows (of all
    layers together) go through the dynamic programme.

    Args:
        layers: R×W×C scores; padding words must prefer O.

    """
    ids = [scores.argmax(-1) for scores in layers]  # R×W each
    broken = [np.flatnonzero(~is_valid(rows)) for rows in ids]
    todo = [number for number, rows in enumerate(broken) if len(rows)]
    if not todo:
        return ids
    words, labels = (max(layers[number].shape[axis] for number in todo) for axis in (1, 2))
    mended = constrained(np.concatenate([_widened(layers[n][broken[n]], words, labels) for n in todo]))
    at = 0
    for number in todo:
        rows = broken[number]
        ids[number][rows] = mended[at : at + len(rows), : ids[number].shape[1]]
        at += len(rows)
    return ids


def is_valid(ids: Ids) -> NDArray[np.bool_]:
    """Say of each row of R×W label ids whether every I-x follows B-x or I-x."""
    before = np.zeros_like(ids)
    before[:, 1:] = ids[:, :-1]
    continues = (ids > 0) & (ids % 2 == 0)
    return ~(continues & ((ids + 1) // 2 != (before + 1) // 2)).any(1)  # type: ignore[no-any-return]


def _widened(scores: Scores, words: int, labels: int) -> Scores:
    """R×W×C with words behind that are O, and labels that no word has."""
    rows, width, known = scores.shape
    if (width, known) == (words, labels):
        return scores
    result = np.full((rows, words, labels), FORBIDDEN, np.float32)
    result[:, :, 0] = 0.0
    result[:, :width, :known] = scores
    return result


def constrained(scores: Scores) -> Ids:
    """Viterbi under the BIO constraints alone: R×W×C → R×W.

    Without learnt transitions the best way into O or any B- is the best label before, and into I-x the better of B-x
    and I-x: a step costs C, not C².
    """
    rows, words, _ = scores.shape
    best = scores[:, 0].copy()  # R×C: best path that ends in each label
    best[:, 2::2] = FORBIDDEN
    opened = np.zeros((words, rows), np.intp)  # best label before an O or B-
    inside = np.zeros((words, rows, (scores.shape[-1] - 1) // 2), np.bool_)  # I-x before I-x?
    everyone = np.arange(rows)
    for word in range(1, words):
        opened[word] = best.argmax(1)
        inside[word] = best[:, 2::2] > best[:, 1::2]
        into = np.maximum(best[:, 1::2], best[:, 2::2])  # R×K
        top = best[everyone, opened[word]]
        best = scores[:, word].copy()
        best[:, 0] += top
        best[:, 1::2] += top[:, None]
        best[:, 2::2] += into
    ids = np.zeros((rows, words), np.intp)
    ids[:, -1] = best.argmax(1)
    for word in range(words - 1, 0, -1):
        now = ids[:, word]
        kind = np.maximum((now + 1) // 2 - 1, 0)
        continued = 2 * kind + 1 + inside[word][everyone, kind] if inside.shape[-1] else now
        ids[:, word - 1] = np.where((now > 0) & (now % 2 == 0), continued, opened[word])
    return ids


def chain(scores: Scores, transitions: Scores, start: Scores, end: Scores, lengths: Ids) -> Ids:
    """Viterbi with learnt transitions: R×W×C and C×C (from × to), C, C → R×W; 0 behind each row's length."""
    rows, words, labels = scores.shape
    best = scores[:, 0] + start  # R×C
    back = np.zeros((words, rows, labels), np.intp)
    towards = transitions.T[None]  # 1×to×from
    for word in range(1, words):
        ways = best[:, None] + towards  # R×to×from
        back[word] = ways.argmax(2)
        step = ways.max(2) + scores[:, word]
        best = np.where((word < lengths)[:, None], step, best)
    everyone = np.arange(rows)
    ids = np.zeros((rows, words), np.intp)
    now = (best + end).argmax(1)
    for word in range(words - 1, -1, -1):
        ids[:, word] = np.where(word < lengths, now, 0)
        now = np.where(word < lengths, back[word][everyone, now], now)
    return ids


def valid_transitions(labels: int, transitions: Scores | None, start: Scores | None) -> tuple[Scores, Scores]:
    """Return the transitions (from × to) and start scores with what BIO forbids made impossible."""
    moves = np.zeros((labels, labels), np.float32) if transitions is None else transitions.astype(np.float32)
    first = np.zeros(labels, np.float32) if start is None else start.astype(np.float32)
    ids = np.arange(labels)
    continues = (ids > 0) & (ids % 2 == 0)
    kind = (ids + 1) // 2
    moves = np.where(continues[None] & (kind[:, None] != kind[None]), FORBIDDEN, moves)
    return moves, np.where(continues, FORBIDDEN, first)


def stretches(ids: Ids) -> tuple[Ids, Ids, Ids, Ids]:
    """Return (row, first word, one past the last word, kind from 0) of each stretch in valid R×W BIO ids, in order."""
    behind = np.zeros_like(ids)
    behind[:, :-1] = ids[:, 1:]
    goes_on = (behind > 0) & (behind % 2 == 0)
    rows, first = np.nonzero(ids % 2 == 1)
    _, last = np.nonzero((ids > 0) & ~goes_on)
    return rows, first, last + 1, (ids[rows, first] + 1) // 2 - 1
