"""Fit `outlines.toml`: `PYTHONPATH=../src:.. python outlines.py DATA > ../src/sayso/language/decode/outlines.toml`.

What the outline of a content (marks at its edges, its place in the tree) adds to how likely the model finds it: a logistic
regression over the stretches that the shipped build finds likely in PolNeAR's training texts. The build has seen them, but
finds them only somewhat easier than others (content F1 77, 70 on the development texts). Needs no torch; three minutes of a core.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.attribution.polnear import LAYERS, Text, Triple, texts
from sayso.language.analysis import Analysis, Token
from sayso.language.decode.batch import decode, supported
from sayso.language.decode.likely import LEAST
from sayso.language.decode.opinions import Batch, by_words, ground_of
from sayso.language.decode.outlines import traits_of
from sayso.language.decode.scores import rounded
from sayso.language.engine import default_model
from sayso.language.inputs import Row, build
from sayso.language.model import Model
from sayso.language.rules import analyse_by_rule
from sayso.language.windows import Window, batches, cut, paragraph_starts
from sayso.records import Report, identify

LAYER, KIND = "attribution", "content"
RIDGE = 1.0
Floats = NDArray[np.float64]


def windows(analysis: Analysis, model: Model) -> Iterator[tuple[list[Window], list[Row]]]:
    """Batches of the windows of one text."""
    words = model.vocabulary.look_up(token.text for token in analysis.tokens)
    found = list(cut(analysis, [len(word.pieces) for word in words], model.words))
    starts, sentences = paragraph_starts(analysis), [sentence.first for sentence in analysis.sentences]
    for positions in batches(found):
        chosen = [found[position] for position in positions]
        yield chosen, [Row(analysis, window, starts, sentences, {}) for window in chosen]


def contents(item: Text, tokens: Sequence[Token]) -> set[tuple[int, int]]:
    """Gold contents as ranges of tokens; of nested attributions the outermost has the word, as in the published files."""
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    owner = [-1] * len(tokens)
    spans: list[tuple[bool, int, int]] = []
    for parts in sorted(item.gold, key=lambda parts: -extent(parts)):
        for place, ranges in enumerate(parts):
            for start, end in ranges:
                first, last = bisect_right(ends, start), bisect_left(starts, end)
                free = [at for at in range(first, last) if owner[at] < 0]
                for at in free:
                    owner[at] = len(spans)
                spans.append((LAYERS[place] == KIND, first, last))
    runs = [(number, [at for at, _ in group]) for number, group in groupby(enumerate(owner), key=lambda pair: pair[1])]
    return {(places[0], places[-1] + 1) for number, places in runs if number >= 0 and spans[number][0]}


def extent(parts: Triple) -> int:
    """Characters from the first to the last of an attribution."""
    edges = [edge for ranges in parts for span in ranges for edge in span]
    return max(edges) - min(edges)


def candidates(item: Text, model: Model) -> Iterator[tuple[float, dict[str, float], bool]]:
    """Probability by words, traits, and whether it is right, of each content that is likely in a text."""
    analysis = analyse_by_rule(Report(id=identify("re", item.text), text=item.text))
    gold = contents(item, analysis.tokens)
    layer = next(entry for entry in model.layers if entry.name == LAYER)
    kind = layer.labels.index(f"B-{KIND}") // 2
    for chosen, rows in windows(analysis, model):
        inputs = build(rows, model.vocabulary, model.anchors)
        outputs = model.run(inputs)
        decoded = decode(inputs, outputs, model.layers, model.anchors)
        batch = Batch(inputs, supported(outputs, model.layers, model.anchors), model.layers, model.anchors)
        ground = ground_of(batch, decoded.tags, decoded.heads)
        probable = by_words(batch, layer, rounded(batch.outputs[layer.output]))
        own = [(stretch, value) for stretch, value in probable.items() if stretch[3] == kind and value > LEAST]
        if ground is None or not own:
            continue
        row, first, last, _ = np.array([stretch for stretch, _ in own]).T
        traits = traits_of(ground, row, first, last)
        for number, (stretch, value) in enumerate(own):
            start = chosen[stretch[0]].first
            right = (stretch[1] + start, stretch[2] + start) in gold
            yield value, {name: float(column[number]) for name, column in traits.items()}, right


def fitted(design: Floats, right: Floats) -> Floats:
    """Weights of a logistic regression with a ridge, by Newton's method."""
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - right) + RIDGE * weights
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


def main(data: Path) -> None:
    """Print the table."""
    model = default_model()
    assert model is not None
    found = [row for item in texts(data / "polnear" / "train") for row in candidates(item, model)]
    value = np.clip([value for value, _, _ in found], LEAST / 20, 1 - LEAST / 20)
    names = list(found[0][1])
    traits = np.array([[row[name] for name in names] for _, row, _ in found])
    design = np.concatenate([np.ones((len(found), 1)), np.log(value / (1 - value))[:, None], traits], 1)
    weights = fitted(design, np.array([float(right) for _, _, right in found]))
    print("# What the outline of a stretch adds to its log-odds. Written by training/outlines.py; don't edit.")
    print(
        f"# PolNeAR, training texts: {len(found)} stretches that the build {model.version} finds likely, by their words.\n"
    )
    print(f"[{LAYER}.{KIND}]")
    for name, weight in zip(["bias", "log-odds", *names], weights, strict=True):
        print(f'"{name}" = {weight:.2f}')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
