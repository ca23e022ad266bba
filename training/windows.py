"""Documents → windows → padded batches with gold per layer (−100 where there is none)."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from encoder import SHAPES
from model import ANCHOR_LAYERS, CRF_LAYERS, NO_GOLD, NUMBER_LAYERS, Inventory
from pieces import CASED, UNKNOWN_SHAPE, Pieces, window_shapes
from prepare.form import Document
from torch import Tensor

MAX_WORDS = 110
SAME_SENTENCE = {"srl"}
TITLE, LOWER = SHAPES.index("title"), SHAPES.index("lower")


@dataclass
class Window:
    """Words first…end (half-open) of a document; ``shape_change`` is an augmentation."""

    document: Document
    first: int
    end: int
    shape_change: str = ""


def cut(document: Document, limit: int, units: list[int]) -> Iterator[Window]:
    """Consecutive units packed up to ``limit`` words; longer units are cut at MAX_WORDS."""
    bounds = sorted({*units, len(document.words)})
    start = 0
    for before, bound in itertools.pairwise(bounds):
        if bound - start > limit and before > start:
            yield Window(document, start, before)
            start = before
        while bound - start > MAX_WORDS:
            yield Window(document, start, start + MAX_WORDS)
            start += MAX_WORDS
    if start < len(document.words):
        yield Window(document, start, len(document.words))


def training_windows(document: Document, rng: random.Random) -> Iterator[Window]:
    """Sentences, paragraphs or packed windows, drawn per document, with some windows robbed of their case."""
    draw = rng.random()
    if draw < 0.3:
        windows = cut(document, 1, document.paragraphs if document.corpus.startswith("polnear") else document.sentences)
    else:
        windows = cut(document, rng.choice((40, 70, MAX_WORDS, MAX_WORDS)), document.sentences)
    for window in windows:
        change = rng.random()
        window.shape_change = "unknown" if change < 0.06 else "title" if change < 0.08 else ""
        yield window


class Encoding:
    """Turns windows into tensors; holds the label ids."""

    def __init__(self, inventory: Inventory, pieces: Pieces) -> None:
        self.pieces = pieces
        self.tags = {name: {label: i for i, label in enumerate(labels)} for name, labels in inventory.tags.items()}
        self.relations = {label: i for i, label in enumerate(inventory.relations)}
        self.roles = {name: {label: i for i, label in enumerate(labels)} for name, labels in inventory.anchors.items()}

    def length(self, window: Window) -> int:
        """Pieces of a window with its special pieces."""
        inner = sum(window.first < p < window.end for p in window.document.paragraphs)
        return sum(len(self.pieces(word)) for word in window.document.words[window.first : window.end]) + 2 + inner

    def batch(self, windows: list[Window], gold: bool = True) -> dict[str, Tensor]:
        """Inputs of CONTRACT.md, and gold tensors where any window has gold."""
        size = (len(windows), max(self.length(w) for w in windows))
        width = max(w.end - w.first for w in windows)
        batch = {name: torch.zeros(size, dtype=torch.long) for name in ("pieces", "mask", "shapes")}
        batch |= {name: torch.zeros(len(windows), width, dtype=torch.long) for name in ("words", "wordmask")}
        batch["sentences"] = torch.full((len(windows), width), -1)
        for row, window in enumerate(windows):
            self._inputs(batch, row, window)
        if gold:
            self._gold(batch, windows, width)
        return batch

    def _inputs(self, batch: dict[str, Tensor], row: int, window: Window) -> None:
        document, words = window.document, window.document.words[window.first : window.end]
        paragraphs, starts = set(document.paragraphs), set(document.sentences)
        shapes = _changed(window_shapes(words), window.shape_change)
        ids, kinds, first, sentences = [self.pieces.cls], [0], [], []
        for place, word in enumerate(words):
            if place and window.first + place in paragraphs:
                ids.append(self.pieces.sep)
                kinds.append(0)
            first.append(len(ids))
            found = self.pieces(word)
            ids += found
            kinds += [shapes[place]] * len(found)
            new = window.first + place in starts
            sentences.append((sentences[-1] + new) if sentences else 0)
        ids, kinds = [*ids, self.pieces.sep], [*kinds, 0]
        batch["pieces"][row, : len(ids)] = torch.tensor(ids)
        batch["mask"][row, : len(ids)] = 1
        batch["shapes"][row, : len(ids)] = torch.tensor(kinds)
        batch["words"][row, : len(words)] = torch.tensor(first)
        batch["wordmask"][row, : len(words)] = 1
        batch["sentences"][row, : len(words)] = torch.tensor(sentences)

    def _gold(self, batch: dict[str, Tensor], windows: list[Window], width: int) -> None:
        shape = (len(windows), width)
        for row, window in enumerate(windows):
            document, part = window.document, slice(window.first, window.end)
            for name, labels in document.tags.items():
                if not name.startswith("gold:"):
                    self._tag_row(batch, row, name, labels[part], shape)
            if document.heads is not None:
                self._tree_row(batch, row, window, shape)
            if document.antecedents is not None:
                self._coref_row(batch, row, window, shape)
            self._pick_row(batch, row, window, shape)
        for name in self.roles:
            self._roles(batch, name, windows, width)

    def _tag_row(self, batch: dict[str, Tensor], row: int, name: str, labels: list, shape: tuple[int, int]) -> None:
        key = f"tag.{name}"
        if name in NUMBER_LAYERS:
            target = batch.setdefault(key, torch.full(shape, float(NO_GOLD)))
            target[row, : len(labels)] = torch.tensor([NO_GOLD if v is None else float(v) for v in labels])
            return
        ids = self.tags[name]
        values = [NO_GOLD if v is None else ids.get(v, NO_GOLD) for v in labels]
        if name in CRF_LAYERS and values and values[0] > 0 and str(labels[0]).startswith("I-"):
            values = _opened(values, labels, ids)
        batch.setdefault(key, torch.full(shape, NO_GOLD))[row, : len(values)] = torch.tensor(values)

    def _tree_row(self, batch: dict[str, Tensor], row: int, window: Window, shape: tuple[int, int]) -> None:
        heads, relations = [], []
        for word in range(window.first, window.end):
            head = window.document.heads[word]  # type: ignore[index]
            inside = window.first <= head < window.end
            heads.append(0 if head == -1 else head - window.first + 1 if inside else NO_GOLD)
            known = heads[-1] != NO_GOLD
            relations.append(self.relations.get(window.document.relations[word], NO_GOLD) if known else NO_GOLD)  # type: ignore[index]
        batch.setdefault("heads", torch.full(shape, NO_GOLD))[row, : len(heads)] = torch.tensor(heads)
        batch.setdefault("relations", torch.full(shape, NO_GOLD))[row, : len(heads)] = torch.tensor(relations)

    def _coref_row(self, batch: dict[str, Tensor], row: int, window: Window, shape: tuple[int, int]) -> None:
        gold = []
        for word in range(window.first, window.end):
            before = window.document.antecedents[word]  # type: ignore[index]
            inside = window.first <= before < word
            gold.append(NO_GOLD if before < 0 else before - window.first + 1 if inside else 0)
        batch.setdefault("antecedents", torch.full(shape, NO_GOLD))[row, : len(gold)] = torch.tensor(gold)

    def _pick_row(self, batch: dict[str, Tensor], row: int, window: Window, shape: tuple[int, int]) -> None:
        document, size = window.document, window.end - window.first
        pick = batch.setdefault("pick", torch.full((*shape, len(ANCHOR_LAYERS) + 1), NO_GOLD))
        for column, name in enumerate(ANCHOR_LAYERS):
            if name not in document.anchors:
                continue
            known = document.tags.get(f"gold:{name}")
            here = [NO_GOLD if known and known[w] is None else 0 for w in range(window.first, window.end)]
            for anchor in document.anchors[name]:
                if window.first <= anchor.word < window.end and here[anchor.word - window.first] == 0:
                    here[anchor.word - window.first] = 1
            pick[row, :size, column] = torch.tensor(here)
        if document.antecedents is not None:
            mentions = [int(document.antecedents[w] >= 0) for w in range(window.first, window.end)]
            pick[row, :size, -1] = torch.tensor(mentions)

    def _roles(self, batch: dict[str, Tensor], name: str, windows: list[Window], width: int) -> None:
        index, gold = [], []
        for row, window in enumerate(windows):
            for anchor in window.document.anchors.get(name, []):
                if window.first <= anchor.word < window.end:
                    index.append((row, anchor.word - window.first))
                    gold.append(
                        self._role_row(name, window, anchor.word, anchor.roles, batch["sentences"][row].tolist(), width)
                    )
        if index:
            batch[f"{name}.index"], batch[f"{name}.gold"] = torch.tensor(index), torch.tensor(gold)

    def _role_row(
        self, name: str, window: Window, word: int, roles: list, sentences: list[int], width: int
    ) -> list[int]:
        ids, size = self.roles[name], window.end - window.first
        row = [0] * size + [NO_GOLD] * (width - size)
        if name in SAME_SENTENCE:
            row = [value if sentences[w] == sentences[word - window.first] else NO_GOLD for w, value in enumerate(row)]
        for role, first, last in roles:
            known = role if f"B-{role}" in ids else "OTHER"
            first, last = max(first - window.first, 0), min(last - window.first, size - 1)
            if f"B-{known}" in ids and first <= last and not any(row[first : last + 1]):
                row[first : last + 1] = [ids[f"B-{known}"]] + [ids[f"I-{known}"]] * (last - first)
        return row


def _changed(shapes: list[int], change: str) -> list[int]:
    if change == "unknown":
        return [UNKNOWN_SHAPE if kind in CASED else kind for kind in shapes]
    if change == "title":
        return [TITLE if kind == LOWER else kind for kind in shapes]
    return shapes


def _opened(values: list[int], labels: list, ids: dict[str, int]) -> list[int]:
    """A window that begins inside a span: its first word opens the span, so that the sequence is valid."""
    return [ids["B-" + labels[0][2:]], *values[1:]]
