"""The arrays the model takes: one row a window, padded to the windows' common size (``training/CONTRACT.md``)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.language.analysis import Analysis
    from sayso.language.pieces import Vocabulary
    from sayso.language.windows import Window

Inputs = dict[str, "NDArray[np.int64]"]


@dataclass(frozen=True, slots=True)
class Row:
    """One window with the report it is of.

    Args:
        analysis: tokens and sentences of the report.
        window: which tokens.
        paragraphs: first tokens of the report's paragraphs, ascending.
        sentences: first tokens of the report's sentences, ascending.
        forced: anchor layer → tokens that are its anchors whatever the model thinks.

    """

    analysis: Analysis
    window: Window
    paragraphs: Sequence[int]
    sentences: Sequence[int]
    forced: Mapping[str, frozenset[int]]


def build(rows: Sequence[Row], vocabulary: Vocabulary, anchors: Sequence[str]) -> Inputs:
    """Return the inputs for windows of one padded size: B×L, B×W and B×W×K arrays, W = L."""
    shape = (len(rows), rows[0].window.size)
    inputs: Inputs = {name: np.zeros(shape, np.int64) for name in ("pieces", "mask", "shapes", "words", "wordmask")}
    inputs["sentences"] = np.full(shape, -1, np.int64)
    inputs["marks"] = np.zeros(shape, np.int64)  # for decoding; the model isn't told
    inputs["anchors"] = np.zeros((*shape, len(anchors)), np.int64)
    for number, row in enumerate(rows):
        _fill(inputs, number, row, vocabulary)
        for layer, tokens in row.forced.items():
            inside = [token - row.window.first for token in tokens if row.window.first <= token < row.window.last]
            inputs["anchors"][number, inside, list(anchors).index(layer)] = 1
    return inputs


def _fill(inputs: Inputs, number: int, row: Row, vocabulary: Vocabulary) -> None:
    """Write one window into row ``number`` of the arrays."""
    first, last = row.window.first, row.window.last
    words = vocabulary.look_up(token.text for token in row.analysis.tokens[first:last])
    breaks = set(_between(row.paragraphs, first, last))
    pieces, shapes, starts = [vocabulary.opening], [0], []
    for place, (word, kind) in enumerate(zip(words, vocabulary.shapes(words), strict=True), start=first):
        if place in breaks:
            pieces.append(vocabulary.separator)
            shapes.append(0)
        starts.append(len(pieces))
        pieces += word.pieces
        shapes += [kind] * len(word.pieces)
    pieces.append(vocabulary.separator)
    shapes.append(0)
    size = len(words)
    inputs["pieces"][number, : len(pieces)] = pieces
    inputs["mask"][number, : len(pieces)] = 1
    inputs["shapes"][number, : len(shapes)] = shapes
    inputs["words"][number, :size] = starts
    inputs["wordmask"][number, :size] = 1
    inputs["marks"][number, :size] = [word.mark for word in words]
    opens = np.zeros(size, np.int64)
    opens[[place - first for place in _between(row.sentences, first, last)]] = 1
    inputs["sentences"][number, :size] = opens.cumsum()


def _between(places: Sequence[int], first: int, last: int) -> Sequence[int]:
    """Return the ``places`` in (first, last)."""
    return places[bisect_right(places, first) : bisect_right(places, last - 1)]
