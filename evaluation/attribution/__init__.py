"""The exam ``attribution``: source, cue and content of who says what, against PolNeAR.

Data: ``polnear/``. ``source cue content``: exact span F1 on ``cofenet/valid.txt``, the format of the published
comparison (each piece of a content is a span of its own; of nested attributions only the outermost are there).
``triple``: F1 of linked attributions on the raw texts of the split, source, cue and all pieces of the content exact.
``triple_overlap``: the same where each of the three only overlaps. ``raw.*``: exact spans on the raw texts.
``confidence.*``: MUC-4's confidence in an organisation, where the reading has the organisation (``confidence.py``).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from evaluation import Exam
from evaluation.attribution import confidence
from evaluation.attribution.polnear import LAYERS, Range, Text, Triple, read, runs, tagged, texts, triple
from evaluation.language.figures import attribution
from sayso.language.engine import default_model
from sayso.reading.attribution.attributions import finder

FILES = {"dev": "valid.txt", "train": "train.txt"}


def exam(data: Path, split: str | None = None) -> Exam:
    """Read every text of the split and compare."""
    split = split or "dev"
    figures = spans(data, split)
    raw = list(texts(data / "polnear" / split))
    return Exam("attribution", split, len(raw), {**figures, **triples(raw), **confidence.figures(data)})


def spans(data: Path, split: str) -> dict[str, float]:
    """Return exact span F1 a layer on the file of labelled sentences of a split; nothing where there is none.

    With the model these are the stretches of its flat layer over the words as given, as others were compared; by rule
    the words are set as running text first.
    """
    file = data / "polnear" / "cofenet" / FILES.get(split, f"{split}.txt")
    if not file.exists():
        return {}
    model = default_model() if finder() == "model" else None
    if model is None:
        return spans_of_file(file)
    return {name.removeprefix("polnear."): figure for name, figure, _ in attribution(data, split, model)}


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
    for item, found in zip(raw, read((item.text, ()) for item in raw), strict=True):
        own = [triple(item.text, one) for one in found]
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
