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
    """Return the heads of the best tree over N nodes from node 0; ``weights`` are child × head, N×N.

    Each cycle becomes one node behind the others, in one table with room for all of them: a sentence whose root is
    forced has as many as words, and a table for each would cost more than the sums.
    """
    size = len(weights)
    table = np.full((2 * size, 2 * size), -np.inf)
    table[:size, :size] = weights
    heads: Ids = table.argmax(1)
    heads[0] = 0
    there = np.arange(2 * size) < size  # nodes that are not inside another
    cycles: list[tuple[Ids, Ids, Ids]] = []
    while len(cycle := _cycle(heads, there)):
        node = size + len(cycles)
        cycles.append(_contracted(table, heads, cycle, node))
        inside = np.zeros(2 * size, np.bool_)
        inside[cycle] = True
        there[cycle], there[node] = False, True
        turned = there & inside[heads]
        turned[node] = True
        heads[turned] = table[turned].argmax(1)
    for node, (cycle, into, entry) in reversed(list(enumerate(cycles, start=size))):
        below = heads == node
        heads[below] = into[below]
        heads[cycle[entry[heads[node]]]] = heads[node]
    return heads[:size]


def _contracted(table: NDArray[np.float64], heads: Ids, cycle: Ids, node: int) -> tuple[Ids, Ids, Ids]:
    """Let ``node`` stand for a cycle in the table; return the cycle and, for each node, whom of it it meets.

    The second array: of which of its nodes a child hangs; the third: at which place of the cycle a head enters it.
    """
    leaving = table[:, cycle]
    entering = table[cycle] - table[cycle, heads[cycle]][:, None]  # what it costs to break the cycle here
    entering[:, cycle] = -np.inf
    table[:, node] = leaving.max(1)
    table[:, cycle] = -np.inf
    table[node] = entering.max(0)
    return cycle, cycle[leaving.argmax(1)], entering.argmax(0)


def _cycle(heads: Ids, there: NDArray[np.bool_]) -> Ids:
    """Return the nodes of one cycle among those that are there, none where all of them hang from node 0."""
    head = heads.tolist()
    seen = [0] * len(head)  # 0 unseen, otherwise the walk that saw it
    seen[0] = -1
    for start in np.flatnonzero(there).tolist():
        node = start
        while seen[node] == 0:
            seen[node] = start
            node = head[node]
        if seen[node] == start:
            cycle = [node]
            while head[cycle[-1]] != node:
                cycle.append(head[cycle[-1]])
            return np.array(sorted(cycle), np.intp)
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
