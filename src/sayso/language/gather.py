"""Put the decisions of a report's windows together: one ``Analysis`` for the whole text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sayso.language.analysis import Analysis, Anchor, Arcs, Chunk, Labels, Marks
from sayso.language.decode.scores import probability
from sayso.language.decode.trees import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.language.decode.batch import Decoded
    from sayso.language.model import Layer, Model
    from sayso.language.windows import Window

    Filler = tuple[str, int, int]


class Gathering:
    """The layers of one report while its windows come in, in any order; holds decisions, never scores."""

    def __init__(self, draft: Analysis, model: Model) -> None:
        size = len(draft.tokens)
        self.draft, self._model = draft, model
        self.expected = self._come = 0  # windows; counted apart, for they are counted in two threads
        self.complete = False  # all windows have been counted
        self._ids = {layer.name: np.zeros(size, np.int16) for layer in model.layers if layer.kind in {"tag", "class"}}
        self._heads = {layer.name: np.full(size, -1, np.int32) for layer in model.layers_of("arc")}
        self._relations = {
            layer.name: np.zeros(size, np.int16) for layer in model.layers_of("arc") if layer.labels_output
        }
        self._numbers = {layer.name: np.zeros(size, np.float32) for layer in model.layers_of("number")}
        self._marks = {layer.name: np.zeros((size, len(layer.labels)), np.uint8) for layer in model.layers_of("mark")}
        self._anchors: dict[str, list[Anchor]] = {layer.name: [] for layer in model.layers_of("anchor")}
        self._embeddings: list[tuple[int, int, NDArray[np.float32]]] = []  # (first token, pieces, H)
        self._split: set[int] = set()  # first tokens of the windows that hold a part of a sentence only

    @property
    def done(self) -> bool:
        """Every window has come in."""
        return self.complete and self.expected == self._come

    def add(self, row: int, window: Window, decoded: Decoded) -> None:
        """Take what window number ``row`` of a batch says of the words it decides."""
        here = slice(window.own_first, window.own_last)
        there = slice(window.own_first - window.first, window.own_last - window.first)
        for name, ids in decoded.tags.items():
            self._ids[name][here] = ids[row, there]
        for name, heads in decoded.heads.items():
            found = heads[row, there]
            self._heads[name][here] = np.where(found < 0, -1, found + window.first)
        for name, relations in decoded.relations.items():
            self._relations[name][here] = relations[row, there]
        for name, values in decoded.numbers.items():
            self._numbers[name][here] = values[row, there]
        for name, shares in decoded.marks.items():
            self._marks[name][here] = shares[row, there]
        if decoded.embedding is not None:
            self._embeddings.append((window.first, window.pieces, decoded.embedding[row]))
        if (window.own_first, window.own_last) != (window.first, window.last):
            self._split.add(window.first)
        self._come += 1

    def add_anchor(self, layer: str, window: Window, word: int, logit: float, roles: Sequence[Filler]) -> None:
        """Take an anchor that a window has at a word, with its roles as (label, first, one past the last word)."""
        shift = window.first
        if window.own_first <= word + shift < window.own_last:
            fillers = tuple(Chunk(label, first + shift, last + shift) for label, first, last in roles)
            self._anchors[layer].append(Anchor(word + shift, probability(logit), fillers))

    def finish(self) -> Analysis:
        """Return the draft with all layers."""
        layers = {layer.name: layer for layer in self._model.layers if layer.kind in {"tag", "class"}}
        self._mend_trees()
        starts = [sentence.first for sentence in self.draft.sentences]
        return replace(
            self.draft,
            tags={
                name: Labels(layers[name].labels, _opened(ids) if layers[name].bio else ids)
                for name, ids in self._ids.items()
                if layers[name].kind == "tag"
            },
            arcs={
                layer.name: Arcs(self._heads[layer.name], self._labels(layer)) for layer in self._model.layers_of("arc")
            },
            anchors={
                name: tuple(sorted(found, key=lambda anchor: anchor.token)) for name, found in self._anchors.items()
            },
            roles_of_sentences={
                layer.name: tuple(layer.labels[number] for number in self._ids[layer.name][starts].tolist())
                for layer in self._model.layers_of("class")
            },
            numbers=self._numbers,
            marks={layer.name: Marks(layer.labels, self._marks[layer.name]) for layer in self._model.layers_of("mark")},
            embedding=self._embedding(),
            model=self._model.version,
        )

    def _labels(self, layer: Layer) -> Labels | tuple[str, ...]:
        if not layer.labels_output:
            return ()
        ids = self._relations[layer.name]
        if layer.name == "dep" and "root" in layer.labels:  # the root is root, and nothing else is
            root, other = (
                layer.labels.index("root"),
                layer.labels.index("dep" if "dep" in layer.labels else "parataxis"),
            )
            ids = np.where(self._heads["dep"] < 0, root, np.where(ids == root, other, ids)).astype(np.int16)
        return Labels(layer.labels, ids)

    def _mend_trees(self) -> None:
        """Make one tree of each sentence that was read in parts."""
        heads = self._heads.get("dep")
        if heads is None or not self._split:
            return
        for sentence in self.draft.sentences:
            here = heads[sentence.first : sentence.last]
            if (here < 0).sum() != 1 or any(sentence.first <= first < sentence.last for first in self._split):
                local = np.where(here < 0, -1, here - sentence.first)
                mended = joined(local.astype(np.intp))
                heads[sentence.first : sentence.last] = np.where(mended < 0, -1, mended + sentence.first)

    def _embedding(self) -> NDArray[np.float32] | None:
        """Mean over the windows, weighted by pieces, of unit length, four decimals."""
        if not self._embeddings:
            return None
        total = np.zeros_like(self._embeddings[0][2], np.float64)
        for _, pieces, vector in sorted(self._embeddings, key=lambda entry: entry[0]):
            total += pieces * vector.astype(np.float64)
        return np.round(total / max(float(np.linalg.norm(total)), 1e-9), 4).astype(np.float32)


def _opened(ids: NDArray[np.int16]) -> NDArray[np.int16]:
    """Let an I- that continues nothing (a seam between two windows) open a stretch of its own."""
    before = np.concatenate([np.zeros(1, ids.dtype), ids[:-1]])[: len(ids)]
    torn = (ids > 0) & (ids % 2 == 0) & ((ids + 1) // 2 != (before + 1) // 2)
    opened: NDArray[np.int16] = ids - torn.astype(np.int16)
    return opened
