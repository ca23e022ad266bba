"""One tree per sentence: the best head of each word where those form a tree, Chu-Liu/Edmonds where they don't."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ids = NDArray[np.intp]
    Scores = NDArray[np.float32]


def best_trees(scores: Scores, sentences: Ids) -> Ids:
    """Return the head of each word, B×W: −1 for the root of a sentence (and for padding), else a word of its window.

    Args:
        scores: B×W×(W+1); column 0 = root, column j+1 = word j.
        sentences: B×W sentence number within the window, −1 for padding.

    """
    heads: Ids = scores.argmax(2) - 1  # B×W
    heads[sentences < 0] = -1
    for row, number in broken(heads, sentences):
        words = np.flatnonzero(sentences[row] == number)
        columns = np.concatenate([[0], words + 1])
        chosen = best_tree(scores[row][np.ix_(words, columns)])
        heads[row, words] = np.where(chosen < 0, -1, words[chosen])
    return heads


def broken(heads: Ids, sentences: Ids) -> list[tuple[int, int]]:
    """Return (row, sentence number) of the sentences whose heads are no tree with one root."""
    rows, width = heads.shape
    place = np.arange(rows * width).reshape(rows, width)
    over = np.where(heads < 0, rows * width, heads + place[:, :1]).ravel()  # flat index of the head; the end = root
    over = np.append(over, rows * width)
    for _ in range(int(width).bit_length()):
        over = over[over]  # after n rounds: the 2^n-th ancestor
    loops = (over[:-1] < rows * width).reshape(rows, width)
    inside = sentences >= 0
    count = int(sentences.max(initial=0)) + 1
    key = np.arange(rows)[:, None] * count + np.maximum(sentences, 0)
    roots = np.bincount(key[inside & (heads < 0)], minlength=rows * count)
    there = np.bincount(key[inside], minlength=rows * count) > 0
    looping = np.bincount(key[inside & loops], minlength=rows * count) > 0
    bad = np.flatnonzero(there & ((roots != 1) | looping))
    return [(int(index) // count, int(index) % count) for index in bad]


def best_tree(scores: Scores) -> Ids:
    """Return the heads (−1 = root) of the highest-scoring tree with one root, N×(N+1) → N."""
    size = len(scores)
    weights = np.full((size + 1, size + 1), -np.inf)
    weights[1:] = np.maximum(scores, -1e6)  # float64 from here on: penalties and scores must both survive
    np.fill_diagonal(weights, -np.inf)
    # One root: an arc from the root costs more than all others together can gain, so a second one never pays.
    weights[1:, 0] -= 2.0 * size * (np.abs(scores).max() + 1.0)
    heads: Ids = _arborescence(weights)[1:] - 1
    return heads


def _arborescence(weights: NDArray[np.float64]) -> Ids:
    """Return the heads of the best tree over N nodes from node 0; ``weights`` are child × head, N×N."""
    heads: Ids = weights.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not len(cycle):
        return heads
    inside = np.zeros(len(weights), np.bool_)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = weights[cycle, heads[cycle]]
    entering = weights[np.ix_(cycle, outside)] - kept[:, None]  # what it costs to break the cycle here
    leaving = weights[np.ix_(outside, cycle)]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = weights[np.ix_(outside, outside)]
    smaller[size, :size] = entering.max(0)
    smaller[:size, size] = leaving.max(1)
    solved = _arborescence(smaller)
    for index in range(1, size):  # outside[0] is node 0
        head = solved[index]
        heads[outside[index]] = cycle[leaving[index].argmax()] if head == size else outside[head]
    entry = entering[:, solved[size]].argmax()
    heads[cycle[entry]] = outside[solved[size]]
    return heads


def _cycle(heads: Ids) -> Ids:
    """Return the nodes of one cycle, none where all nodes hang from node 0."""
    state = np.zeros(len(heads), np.intp)  # 0 unseen, otherwise the walk that saw it
    state[0] = -1
    for start in range(1, len(heads)):
        node = start
        while state[node] == 0:
            state[node] = start
            node = int(heads[node])
        if state[node] == start:
            cycle = [node]
            while heads[cycle[-1]] != node:
                cycle.append(int(heads[cycle[-1]]))
            return np.array(sorted(cycle))
    return np.array([], np.intp)


def joined(heads: Ids) -> Ids:
    """Make one tree of a sentence that was read in parts: later roots and loops hang from the first root.

    Args:
        heads: N heads, −1 = root, else an index into the sentence.

    """
    roots = np.flatnonzero(heads < 0)
    root = int(roots[0]) if len(roots) else 0
    result = heads.copy()
    result[roots] = root
    result[root] = -1
    sound = np.zeros(len(result), np.bool_)  # known to hang from the root
    sound[root] = True
    for word in range(len(result)):
        walk: dict[int, None] = {}
        node = word
        while not sound[node] and node not in walk:
            walk[node] = None
            node = int(result[node])
        if not sound[node]:
            result[node] = root
        sound[list(walk)] = True
    return result
