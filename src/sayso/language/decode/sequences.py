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
    chosen = [_rivals(layers[number][broken[number]]) for number in todo]
    words, labels = (max(scores.shape[axis] for scores, _ in chosen) for axis in (1, 2))
    mended = constrained(np.concatenate([_widened(scores, words, labels) for scores, _ in chosen]))
    at = 0
    for number, (scores, known) in zip(todo, chosen, strict=True):
        rows, width, _ = scores.shape
        ids[number][broken[number]] = known[mended[at : at + rows, :width]]
        at += rows
    return ids


def _rivals(scores: Scores) -> tuple[Scores, Ids]:
    """Return R×W×C scores of those labels only that can be in a best sequence, and which labels these are.

    A stretch of a kind that everywhere scores less than O is always worth less than O in its place.
    """
    rival = np.asarray((scores[..., 1:] >= scores[..., :1]).any((0, 1)))  # C−1
    kinds = rival[::2] | rival[1::2]
    known = np.flatnonzero(np.concatenate([[True], np.repeat(kinds, 2)]))
    return scores[..., known], known


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
    rows, words, labels = scores.shape
    if labels == 1:
        return np.zeros((rows, words), np.intp)
    outside, opens, goes = (  # best path that ends in O, B-x, I-x; rows last, so that a step goes over many at once
        part.transpose(1, 2, 0).copy() for part in (scores[..., 0:1], scores[..., 1::2], scores[..., 2::2])
    )
    goes[0] = FORBIDDEN
    into = np.empty_like(opens)  # W×K×R: the better of B-x and I-x
    most = np.empty((words, rows), np.float32)  # the best of these
    for word in range(words):
        if word:
            top = np.maximum(most[word - 1], outside[word - 1])
            outside[word] += top
            opens[word] += top
            goes[word] += into[word - 1]
        np.maximum(opens[word], goes[word], out=into[word])
        into[word].max(0, out=most[word])
    inside = (goes > opens).transpose(0, 2, 1)  # W×R×K: I-x before I-x?
    kind = into.transpose(0, 2, 1).copy().argmax(2)  # W×R
    surest = 2 * kind + 1 + np.take_along_axis(inside, kind[..., None], 2)[..., 0]
    return _traced(np.where(outside[:, 0] >= most, 0, surest), inside)


def _traced(best: Ids, inside: NDArray[np.bool_]) -> Ids:
    """Return R×W labels, from the last word on.

    Args:
        best: W×R, the label of a word before an O or B-.
        inside: W×R×K, whether I-x rather than B-x is the label before I-x.

    """
    words, rows = best.shape
    everyone = np.arange(rows)
    ids = np.empty((words, rows), np.intp)
    ids[-1] = best[-1]
    for word in range(words - 1, 0, -1):
        now = ids[word]
        kind = (now - 1) // 2  # −1 for O: no matter which, as it is not taken
        goes_on = (now > 0) & (now % 2 == 0)
        ids[word - 1] = np.where(goes_on, 2 * kind + 1 + inside[word - 1][everyone, kind], best[word - 1])
    return ids.T


def chain(scores: Scores, transitions: Scores, start: Scores, end: Scores, lengths: Ids) -> Ids:
    """Viterbi with learnt transitions: R×W×C and C×C (from × to), C, C → R×W; 0 behind each row's length."""
    rows, width, labels = scores.shape
    words = int(lengths.max(initial=1))
    best = scores[:, 0] + start  # R×C
    back = np.zeros((words, rows, labels), np.intp)
    towards = transitions.T[None]  # 1×to×from
    for word in range(1, words):
        ways = best[:, None] + towards  # R×to×from
        back[word] = ways.argmax(2)
        step = ways.max(2) + scores[:, word]
        best = np.where((word < lengths)[:, None], step, best)
    everyone = np.arange(rows)
    ids = np.zeros((rows, width), np.intp)
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
