"""Fit `fillers.toml`: `PYTHONPATH=../src:.. python fillers.py DATA > ../src/sayso/language/decode/fillers.toml`.

What the rivals, the ends and the place in the tree of a stretch add to how likely its words make it fill a role: a
logistic regression over the stretches that the shipped build finds likely for the gold predicates of EWT's training
sentences. The build has seen these (F1 87, 76 on the development sentences), yet the weights serve the development
sentences as well as those fitted on the other half of them (LOG.md). Needs no torch; three minutes of a core.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from outlines import fitted
from prepare.ud import RARE_ROLES

from evaluation.language.corpora import Document, Span, draft, predicates, treebank
from evaluation.language.figures import sentences_of
from sayso.language.decode.batch import decode, role_scores, scene_of, speech_of
from sayso.language.decode.fillers import Fillers, likely_fillers, names_of, seen
from sayso.language.decode.opinions import Batch, ground_of
from sayso.language.engine import default_model, rows_of
from sayso.language.inputs import Row, build
from sayso.language.model import Layer, Model
from sayso.language.windows import batches

LAYER = "srl"
WORTH = 0.38
"""From what probability on a stretch is told: any from 0.34 to 0.42 is as good on EWT's development sentences, where both
halves are flat (F1 77.9 to 78.0)."""
Floats = NDArray[np.float64]
Ids = NDArray[np.intp]
Seen = tuple[dict[str, Floats], dict[str, Ids], NDArray[np.bool_]]  # measures, sorts, whether it is a gold role


def examples(document: Document, gold: Mapping[int, Sequence[Span]], model: Model, layer: Layer) -> Iterator[Seen]:
    """Yield what is seen of the likely stretches of a document's gold predicates, a batch of windows each.

    Args:
        document: gold words and sentences.
        gold: predicate (a word of the document) → its roles (label, first, one past the last word of the document).
        model: the shipped build.
        layer: its roles.

    """
    rows = list(rows_of(draft(document), {LAYER: frozenset(gold)}, model))
    for positions in batches([row.window for row in rows]):
        chosen = [rows[position] for position in positions]
        inputs = build(chosen, model.vocabulary, model.anchors)
        outputs = model.run(inputs)
        decoded = decode(inputs, outputs, model.layers, model.anchors)
        batch = Batch(inputs, outputs, model.layers, model.anchors)
        ground = ground_of(batch, decoded.tags, decoded.heads)
        index, scores = outputs[layer.index], role_scores(outputs, layer, inputs)
        found = likely_fillers(scores)
        if ground is None or not len(found.rows):
            continue
        scene = scene_of(batch, index, scores.shape[1], decoded.tags["upos"], ground)
        kinds = names_of(layer.labels, speech_of(batch))["kind"]
        asked = np.array([row_of(chosen, anchor) in gold for anchor in index.tolist()])[found.rows]
        right = rightness(
            found, [(row_of(chosen, anchor), anchor[1]) for anchor in index.tolist()], scene.words, gold, kinds
        )
        measures, sorts = seen(found, scene, len(kinds))
        yield {n: v[asked] for n, v in measures.items()}, {n: v[asked] for n, v in sorts.items()}, right[asked]


def row_of(chosen: Sequence[Row], anchor: Sequence[int]) -> int:
    """Return the word of the document that an anchor (window, word of it) is."""
    return chosen[anchor[0]].window.first + anchor[1]


def rightness(
    found: Fillers,
    anchors: Sequence[tuple[int, int]],
    places: Ids,
    gold: Mapping[int, Sequence[Span]],
    kinds: Sequence[str],
) -> NDArray[np.bool_]:
    """Say of each stretch whether it is a gold role; anchors: word of the document and of the window, places: of the sentence."""
    columns = (found.rows, found.first, found.last, found.kind)
    answers = []
    for row, first, last, kind in zip(*(column.tolist() for column in columns), strict=True):
        word = anchors[row][0]
        start = word - int(places[row])
        answers.append((kinds[kind], first + start, last + start) in gold.get(word, ()))
    return np.array(answers, np.bool_)


def gold_of(document: Document, roles: Mapping[str, Mapping[int, Sequence[Span]]]) -> dict[int, list[Span]]:
    """Return the roles of a document's predicates, all counted in words of the document."""
    return {
        first + word: [
            ("ARGM-OTHER" if label in RARE_ROLES else label, first + begin, first + end)  # as the build learnt them
            for label, begin, end in arguments
        ]
        for name, first, _ in sentences_of(document)
        for word, arguments in roles.get(name, {}).items()
    }


def main(data: Path) -> None:
    """Print the table."""
    model = default_model()
    assert model is not None
    layer = next(entry for entry in model.layers if (entry.name, entry.kind) == (LAYER, "anchor"))
    speech = next(entry.labels for entry in model.layers if entry.name == "upos")
    names = names_of(layer.labels, speech)
    roles = predicates(data, "train")
    found = [
        part for text in treebank(data, "ewt", "train") for part in examples(text, gold_of(text, roles), model, layer)
    ]
    right = np.concatenate([part[2] for part in found]).astype(np.float64)
    measures = {name: np.concatenate([part[0][name] for part in found]) for name in found[0][0]}
    sorts = {name: np.concatenate([part[1][name] for part in found]) for name in found[0][1]}
    all_sorts = [(sort, name, ids == number) for sort, ids in sorts.items() for number, name in named(names[sort])]
    hot = [entry for entry in all_sorts if entry[2].any()]
    columns = [np.ones(len(right)), *measures.values(), *(column for _, _, column in hot)]
    weights = fitted(np.stack(columns, 1).astype(np.float64), right)
    print("# What is seen of a stretch and its sentence adds to its log-odds of filling a role.")
    print("# Written by training/fillers.py; don't edit.")
    print(
        f"# EWT, training sentences: {len(right)} stretches that the build {model.version} finds likely, by their words."
    )
    print(f'\n[{LAYER}]\n"worth" = {WORTH}')
    for name, weight in zip(["bias", *measures], weights, strict=False):
        print(f'"{name}" = {weight:.3f}')
    title = ""
    for (sort, name, _), weight in zip(hot, weights[1 + len(measures) :], strict=True):
        if sort != title:
            print(f"\n[{LAYER}.{sort}]")
            title = sort
        print(f'"{name}" = {weight:.2f}')


def named(names: Sequence[str]) -> list[tuple[int, str]]:
    """Return each id of a sort with its name; the last is that nothing is there."""
    return [*enumerate(names), (-1, "nothing")]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
