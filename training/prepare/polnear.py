"""PolNeAR: attributions (source, cue, content) in news articles; one annotator a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .form import Anchor, Document, Span, bio
from .words import cover, sentence_starts, tokenise

KINDS = {"Source": "source", "Cue": "cue", "Content": "content"}
EVENT = re.compile(r"(\w+?)\d*:(T\d+)")


@dataclass
class Attribution:
    """Character parts [(start, end)] of each of its spans."""

    parts: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def attributions(path: Path) -> list[Attribution]:
    """The attributions of one brat file, in file order."""
    spans: dict[str, list[tuple[int, int]]] = {}
    found: list[Attribution] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 2:  # a span text that runs over a line
            continue
        if line.startswith("T"):
            _, _, places = cells[1].partition(" ")
            spans[cells[0]] = [(int(a), int(b)) for a, b in (part.split() for part in places.split(";"))]
        elif line.startswith("E"):
            found.append(_attribution(cells[1], spans))
    return found


def _attribution(event: str, spans: dict[str, list[tuple[int, int]]]) -> Attribution:
    result = Attribution()
    for kind, name in EVENT.findall(event):
        if kind in KINDS and name in spans:
            result.parts.setdefault(KINDS[kind], []).extend(spans[name])
    return result


def documents(data: Path, split: str, keep_hyphens: bool) -> Iterator[Document]:
    """All texts of a split; of several annotators the alphabetically first is taken."""
    folder = data / "polnear" / split
    chosen: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        chosen.setdefault(path.stem.rsplit("_", 1)[0], path)
    for name, path in chosen.items():
        text = (folder / "text" / f"{name}.txt").read_text(encoding="utf-8")
        yield document(name, text, attributions(path), keep_hyphens)


def document(name: str, text: str, found: list[Attribution], keep_hyphens: bool) -> Document:
    """Words, paragraphs and both attribution layers of one text."""
    tokens = tokenise(text, keep_hyphens)
    words = [word for word, _, _ in tokens]
    paragraphs = [0] + [p for p in range(1, len(tokens)) if "\n" in text[tokens[p - 1][2] : tokens[p][1]]]
    sentences: list[int] = []
    for first, end in zip(paragraphs, [*paragraphs[1:], len(words)], strict=True):
        sentences += sentence_starts(words[first:end], first)
    linked = [_spans(attribution, tokens) for attribution in found]
    result = Document("polnear-kept" if keep_hyphens else "polnear", name, words, sentences, paragraphs)
    result.tags["attribution"] = bio(flat(linked), len(words))
    result.anchors["quote"] = anchors(linked)
    return result


def _spans(attribution: Attribution, tokens: list[tuple[str, int, int]]) -> list[Span]:
    spans = []
    for kind, parts in attribution.parts.items():
        for start, end in parts:
            place = cover(tokens, start, end)
            if place:
                spans.append((kind, *place))
    return spans


def flat(linked: list[list[Span]]) -> list[Span]:
    """Spans in the order in which they win a word: the published comparison's files are matched best so (see LOG)."""
    return [span for spans in sorted(linked, key=_extent) for span in spans]


def _extent(spans: list[Span]) -> tuple[int, int]:
    first = min((s[1] for s in spans), default=0)
    last = max((s[2] for s in spans), default=0)
    return (first - last, first)


def anchors(linked: list[list[Span]]) -> list[Anchor]:
    """One anchor per first cue word; attributions that share it are joined."""
    by_word: dict[int, list[Span]] = {}
    for spans in linked:
        cues = [span for span in spans if span[0] == "cue"]
        if cues:
            roles = by_word.setdefault(min(cue[1] for cue in cues), [])
            roles += [span for span in spans if span not in roles]
    return [Anchor(word, roles) for word, roles in sorted(by_word.items())]
