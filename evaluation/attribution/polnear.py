"""PolNeAR as published (texts and brat stand-off) and in the format of the published comparison (``cofenet/*.txt``)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sayso.language.engine import analyse
from sayso.reading.attribution.attributions import Attribution, find_attributions, finder
from sayso.records import Block, Report, identify

Range = tuple[int, int]  # half-open
LAYERS = ("source", "cue", "content")
Triple = tuple[tuple[Range, ...], tuple[Range, ...], tuple[Range, ...]]  # source, cue, content
_NO_SPACE_BEFORE = frozenset({".", ",", ";", ":", "!", "?", ")", "”", "''", "’", "%", "...", "-RRB-"})
_NO_SPACE_BEHIND = frozenset({"(", "“", "``", "‘", "$", "-LRB-"})
_MARKS = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}


@dataclass(frozen=True, slots=True)
class Text:
    """One text with its gold attributions."""

    text: str
    gold: tuple[Triple, ...]


def texts(folder: Path) -> Iterator[Text]:
    """Yield each text of a split once, with the first of its annotators."""
    seen: set[str] = set()
    for file in sorted((folder / "attributions").glob("*.ann")):
        name = re.sub(r"_[0-9a-f]{4}$", "", file.stem)
        if name in seen:
            continue
        seen.add(name)
        text = (folder / "text" / f"{name}.txt").read_text(encoding="utf-8")
        yield Text(text, tuple(_attributions(file.read_text(encoding="utf-8"), text)))


def _attributions(annotation: str, text: str) -> Iterator[Triple]:
    """Yield the attributions of one stand-off file that have a content."""
    spans: dict[str, list[Range]] = {}
    relations = []
    for line in annotation.splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            places = rest.split("\t")[0].partition(" ")[2]
            spans[key] = [tuple(map(int, place.split())) for place in places.split(";")]  # type: ignore[misc]
        elif key.startswith("E"):
            relations.append([part.partition(":")[::2] for part in rest.split()])
    for parts in relations:
        found = {layer: [] for layer in LAYERS}  # type: dict[str, list[Range]]
        for role, target in parts:
            layer = re.sub(r"\d", "", role).lower()
            if layer in found:
                found[layer] += spans.get(target, [])
        if found["content"]:
            yield tuple(merged(text, found[layer]) for layer in LAYERS)  # type: ignore[misc]


def merged(text: str, ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return ranges in order, those with only white space between them as one."""
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def read(found: Iterable[tuple[str, Sequence[Block]]]) -> Iterator[list[Attribution]]:
    """Yield the attributions that sayso finds in texts with their blocks, by the finder in use."""
    reports = (Report(id=identify("re", text), text=text, blocks=tuple(blocks)) for text, blocks in found)
    return map(find_attributions, analyse(reports, rules_only=finder() == "rules"))


def triple(text: str, item: Attribution) -> Triple:
    """Return an attribution as ranges."""
    source = ((item.source.start, item.source.end),) if item.source else ()
    cue = ((item.cue.start, item.cue.end),) if item.cue else ()
    return source, cue, merged(text, ((span.start, span.end) for span in item.contents))


def tagged(file: Path) -> Iterator[tuple[list[Mapping[str, Any]], list[list[str]]]]:
    """Yield, for each document of a ``cofenet`` file, its sentences and the labels that sayso gives their tokens."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    documents = [list(group) for _, group in groupby(rows, key=lambda row: row["id"])]
    set_up = [_running([row["tokens"] for row in sentences]) for sentences in documents]
    read_all = read((text, blocks) for text, blocks, _ in set_up)
    for sentences, (text, _, places), found in zip(documents, set_up, read_all, strict=True):
        yield sentences, _labels(text, places, found)


def _running(sentences: Sequence[Sequence[str]]) -> tuple[str, list[Block], list[list[Range]]]:
    """Set tokens as running text, a paragraph a row; return it, its blocks, and the place of each token."""
    text = ""
    places: list[list[Range]] = []
    blocks: list[Block] = []
    for tokens in sentences:
        begin = len(text)
        row = []
        for index, token in enumerate(tokens):
            if index and not _joined(tokens[index - 1], token):
                text += " "
            row.append((len(text), len(text) + len(_MARKS.get(token, token))))
            text += _MARKS.get(token, token)
        places.append(row)
        blocks.append(Block(kind="paragraph", start=begin, end=len(text)))
        text += "\n"
    return text, blocks, places


def _labels(text: str, places: Sequence[Sequence[Range]], found: list[Attribution]) -> list[list[str]]:
    """Bring the spans of a text back to its tokens."""
    labels = [["O"] * len(row) for row in places]
    found = _outermost(found)
    for layer in ("content", "source", "cue"):
        for item in found:
            for span in triple(text, item)[LAYERS.index(layer)]:
                _paint(labels, places, span, layer)
    return labels


def _outermost(found: list[Attribution]) -> list[Attribution]:
    """Leave out what stands in another's content: the file is flat."""
    contents = [(span.start, span.end) for item in found for span in item.contents]
    return [
        item
        for item in found
        if item.cue is None or not any(start <= item.cue.start and item.cue.end <= end for start, end in contents)
    ]


def _joined(before: str, token: str) -> bool:
    return token in _NO_SPACE_BEFORE or before in _NO_SPACE_BEHIND or token.startswith(("'", "’", "n't", "n’t"))


def _paint(labels: list[list[str]], places: Sequence[Sequence[Range]], span: Range, layer: str) -> None:
    for row, own in zip(labels, places, strict=True):
        inside = [index for index, (start, end) in enumerate(own) if start < span[1] and span[0] < end]
        for rank, index in enumerate(inside):
            row[index] = f"{'I' if rank else 'B'}-{layer}"


def runs(labels: Sequence[str]) -> set[tuple[str, int, int]]:
    """Return (layer, first, one past last) of each labelled run of tokens."""
    found: set[tuple[str, int, int]] = set()
    start = 0
    for index in range(len(labels) + 1):
        label = labels[index] if index < len(labels) else "O"
        if index and labels[index - 1] != "O" and (label[:1] != "I" or label[2:] != labels[index - 1][2:]):
            found.add((labels[index - 1][2:], start, index))
        if label != "O" and (index == 0 or label[:1] == "B" or labels[index - 1][2:] != label[2:]):
            start = index
    return found
