"""The common form of every corpus: one document, its words, and whatever gold it has.

A layer that is absent from a document has no gold there and is masked in training; a label that is ``None`` is masked word by word.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

Span = tuple[str, int, int]
"""(label, first word, last word), both inclusive."""


@dataclass
class Anchor:
    """One anchor word (a predicate, a cue's first word, a trigger) and its role spans."""

    word: int
    roles: list[Span]


@dataclass
class Document:
    """Words of one text with gold layers; all indices are word indices within the document."""

    corpus: str
    id: str
    words: list[str]
    sentences: list[int]  # first word of each sentence, starts with 0
    paragraphs: list[int] = field(default_factory=lambda: [0])  # first word of each paragraph
    tags: dict[str, list[str | float | None]] = field(default_factory=dict)
    heads: list[int] | None = None  # head of each word, -1 = root, -2 = no gold
    relations: list[str] | None = None
    anchors: dict[str, list[Anchor]] = field(default_factory=dict)
    antecedents: list[int] | None = (
        None  # -1 no mention, own index = first mention, else the head word of the antecedent
    )


def check(document: Document) -> Document:
    """Raise ValueError where lengths or indices are impossible; return the document."""
    size = len(document.words)
    for name, tags in document.tags.items():
        if len(tags) != size:
            raise ValueError(f"{document.corpus} {document.id}: layer {name} has {len(tags)} labels for {size} words")
    for name, anchors in document.anchors.items():
        for anchor in anchors:
            last = max([anchor.word, *(role[2] for role in anchor.roles)])
            if last >= size:
                raise ValueError(f"{document.corpus} {document.id}: {name} reaches word {last} of {size}")
    if document.heads is not None and len(document.heads) != size:
        raise ValueError(f"{document.corpus} {document.id}: {len(document.heads)} heads for {size} words")
    return document


def bio(spans: Iterable[Span], size: int) -> list[str | None]:
    """Flat BIO tags; a span that overlaps an earlier one is dropped, so give the wanted ones first."""
    tags: list[str | None] = ["O"] * size
    for label, first, last in spans:
        if last < first or any(tag != "O" for tag in tags[first : last + 1]):
            continue
        tags[first : last + 1] = [f"B-{label}"] + [f"I-{label}"] * (last - first)
    return tags


def spans_of(tags: list[str]) -> list[Span]:
    """Spans of a BIO sequence; a stray I- opens a span."""
    spans: list[Span] = []
    for place, tag in enumerate(tags):
        if tag in (None, "O"):
            continue
        label = tag[2:]
        runs_on = tag[0] == "I" and spans and spans[-1][0] == label and spans[-1][2] == place - 1
        if runs_on:
            spans[-1] = (label, spans[-1][1], place)
        else:
            spans.append((label, place, place))
    return spans


def write(path: Path, documents: Iterable[Document]) -> tuple[int, int]:
    """Write JSON lines, gzipped; return (documents, words)."""
    count = words = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=3) as out:
        for document in documents:
            out.write(json.dumps(asdict(check(document)), ensure_ascii=False) + "\n")
            count, words = count + 1, words + len(document.words)
    return count, words


def read(path: Path) -> Iterator[Document]:
    """Read what ``write`` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            record["anchors"] = {
                name: [Anchor(a["word"], [tuple(role) for role in a["roles"]]) for a in anchors]
                for name, anchors in record["anchors"].items()
            }
            yield Document(**record)
