"""Entity corpora without trees: cleaned GMB (dates, nationalities), wikigold, re3d (weapons, platforms, our domain)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from .form import Document, Span, bio, spans_of
from .words import cover, sentence_starts, tokenise

GMB_TYPES = {"geo", "gpe", "org", "per", "tim"}
WIKIGOLD_TYPES = {"PER", "LOC", "ORG"}
RE3D_TIMES = {"Temporal"}
RE3D_MINIMUM = 10  # entity types with fewer mentions are left out


def _blocks(lines: Iterator[str]) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in lines:
        cells = line.split()
        if cells and cells[0] != "-DOCSTART-":
            rows.append(cells)
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def gmb(data: Path) -> Iterator[Document]:
    """VOA news, silver. Sentences with a suspicious annotation are dropped, rare types are masked word by word."""
    with gzip.open(data / "ner/gmb_ner.iob2.gz", "rt", encoding="utf-8") as lines:
        seen: set[str] = set()
        for number, rows in enumerate(_blocks(lines)):
            words, tags = [r[0] for r in rows], [r[-1] for r in rows]
            key = " ".join(words)
            if key in seen or _suspicious(words, tags):
                continue
            seen.add(key)
            known = [tag if tag == "O" or tag[2:] in GMB_TYPES else None for tag in tags]
            document = Document("gmb", str(number), words, [0], tags={"gmb": known})
            document.tags["timex"] = [_time(tag) for tag in tags]
            yield document


def _time(tag: str) -> str:
    return f"{tag[0]}-TIME" if tag.endswith("tim") else "O"


MONTHS = {
    *(
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}  # May is left out: it is a verb too
CLOSED = {"the", "a", "an", "of", "and", "in", "to", "is", "was"}


def _suspicious(words: list[str], tags: list[str]) -> bool:
    """Too short, an unmarked weekday or month, a name span that begins with a function word, or many capitals without any name."""
    if len(words) < 4:
        return True
    if any(word in MONTHS and tag == "O" for word, tag in zip(words, tags, strict=True)):
        return True
    if any(words[first].lower() in CLOSED and label != "tim" for label, first, _ in spans_of(tags)):
        return True
    capitals = sum(word[0].isupper() for word in words[1:])
    return capitals >= 3 and all(tag == "O" for tag in tags)


def wikigold(data: Path) -> Iterator[Document]:
    """Wikipedia; MISC is no layer of ours, so its words are masked. The file is IOB1: spans are rebuilt."""
    path = next((data / "ner/wikigold/CONLL-format/data").iterdir())
    for number, rows in enumerate(_blocks(iter(path.read_text(encoding="utf-8").splitlines()))):
        words, raw = [r[0] for r in rows], [r[-1] for r in rows]
        tags = bio(spans_of(raw), len(words))
        known = [tag if tag == "O" or tag[2:] in WIKIGOLD_TYPES else None for tag in tags]  # type: ignore[index]
        yield Document("wikigold", str(number), words, [0], tags={"entity": known})


def re3d(data: Path) -> Iterator[Document]:
    """Six sources on the war against ISIS: the longest of nested entities wins."""
    for folder in sorted(path for path in (data / "re3d").iterdir() if path.is_dir()):
        entities: dict[str, list[dict]] = {}
        for entity in map(json.loads, (folder / "entities.json").read_text(encoding="utf-8").splitlines()):
            entities.setdefault(entity["documentId"], []).append(entity)
        for record in map(json.loads, (folder / "documents.json").read_text(encoding="utf-8").splitlines()):
            yield _re3d_document(record, entities.get(record["_id"], []))


def _re3d_document(record: dict, entities: list[dict]) -> Document:
    text = record["text"]
    tokens = tokenise(text)
    words = [word for word, _, _ in tokens]
    paragraphs = [0] + [p for p in range(1, len(tokens)) if "\n" in text[tokens[p - 1][2] : tokens[p][1]]]
    sentences: list[int] = []
    for first, end in zip(paragraphs, [*paragraphs[1:], len(words)], strict=True):
        sentences += sentence_starts(words[first:end], first)
    spans: list[Span] = []
    for entity in entities:
        place = cover(tokens, entity["begin"], entity["end"])
        if place:
            spans.append((entity["type"], *place))
    spans.sort(key=lambda s: (s[1] - s[2], s[1]))
    document = Document("re3d", record["_id"], words, sentences, paragraphs)
    document.tags["military"] = bio(spans, len(words))
    document.tags["timex"] = bio([("TIME", f, e) for kind, f, e in spans if kind in RE3D_TIMES], len(words))
    return document
