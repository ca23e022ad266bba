"""The exam ``attribution``: source, cue and content of who says what, against PolNeAR.

Data: ``polnear/``. ``source cue content``: exact span F1 on ``cofenet/valid.txt``, the format of the published
comparison (each piece of a content is a span of its own; of nested attributions only the outermost are there).
``triple``: F1 of linked attributions on the raw texts of the split, source, cue and all pieces of the content exact.
``triple_overlap``: the same where each of the three only overlaps. ``raw.*``: exact spans on the raw texts.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from evaluation import Exam
from evaluation.attribution.polnear import LAYERS, Range, Text, Triple, read, runs, tagged, texts, triple

FILES = {"dev": "valid.txt", "train": "train.txt"}


def exam(data: Path, split: str | None = None) -> Exam:
    """Read every text of the split and compare."""
    split = split or "dev"
    folder = data / "polnear"
    figures = spans_of_file(folder / "cofenet" / FILES[split]) if (folder / "cofenet" / FILES[split]).exists() else {}
    raw = list(texts(folder / split))
    return Exam("attribution", split, len(raw), {**figures, **triples(raw)})


def spans_of_file(file: Path) -> dict[str, float]:
    """Return exact span F1 a layer on a file of labelled sentences."""
    count: Counter[tuple[str, str]] = Counter()
    for sentences, labels in tagged(file):
        for row, own in zip(sentences, labels, strict=True):
            _add(count, runs(row["labels"]), runs(own))
    return {layer: _f1(count, layer) for layer in LAYERS}


def _add(count: Counter[tuple[str, str]], gold: set[tuple[str, int, int]], read: set[tuple[str, int, int]]) -> None:
    for name, spans in (("gold", gold), ("read", read), ("both", gold & read)):
        for layer, _, _ in spans:
            count[layer, name] += 1


def triples(raw: list[Text]) -> dict[str, float]:
    """Return F1 of exact and of overlapping linked attributions, and of exact spans, on raw texts."""
    count: Counter[tuple[str, str]] = Counter()
    for item in raw:
        own = [triple(item.text, found) for found in read(item.text)]
        for layer, name in enumerate(LAYERS):
            gold = {span for one in item.gold for span in one[layer]}
            mine = {span for one in own for span in one[layer]}
            count[f"raw.{name}", "gold"] += len(gold)
            count[f"raw.{name}", "read"] += len(mine)
            count[f"raw.{name}", "both"] += len(gold & mine)
        for name in ("triple", "triple_overlap"):
            count[name, "gold"] += len(item.gold)
            count[name, "read"] += len(own)
        count["triple", "both"] += len(set(item.gold) & set(own))
        count["triple_overlap", "both"] += matched(item.gold, own)
    return {name: _f1(count, name) for name in ("triple", "triple_overlap", *(f"raw.{layer}" for layer in LAYERS))}


def matched(gold: tuple[Triple, ...], own: list[Triple]) -> int:
    """Return how many attributions overlap a gold one in all three parts, each gold one used once."""
    free = list(gold)
    hits = 0
    for item in own:
        fit = next((one for one in free if all(map(_meet, item, one))), None)
        if fit is not None:
            free.remove(fit)
            hits += 1
    return hits


def _meet(one: tuple[Range, ...], other: tuple[Range, ...]) -> bool:
    return (not one and not other) or any(a < d and c < b for a, b in one for c, d in other)


def _f1(count: Counter[tuple[str, str]], name: str) -> float:
    total = count[name, "gold"] + count[name, "read"]
    return 200 * count[name, "both"] / total if total else 0.0
