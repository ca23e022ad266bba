"""Read the corpora of ``data/`` (formats: ``data/README.md``) into documents of words with gold layers."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from sayso.language.analysis import Analysis, Sentence, Token
from sayso.records import Report

Span = tuple[str, int, int]  # label, first, one past the last word


@dataclass
class Document:
    """Gold words with what is known of them; positions are word indices, ranges half-open."""

    name: str
    words: list[str] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)  # first words
    paragraphs: list[int] = field(default_factory=list)  # first words
    tags: dict[str, list[str]] = field(default_factory=dict)
    heads: list[int] = field(default_factory=list)  # −1 = root
    relations: list[str] = field(default_factory=list)
    predicates: dict[int, list[Span]] = field(default_factory=dict)
    text: str = ""  # as it was before it was cut into words
    places: list[Place] = field(default_factory=list)  # one per word


@dataclass(frozen=True)
class Place:
    """Where a word stands in the raw text; a part of a contraction that is respelt has the whole one's place."""

    start: int
    end: int
    respelt: bool = False


def draft(document: Document) -> Analysis:
    """Return the gold words and sentences as the language layer wants them; words are joined by single spaces."""
    text = " ".join(document.words)
    tokens, at = [], 0
    for word in document.words:
        tokens.append(Token(at, at + len(word), word))
        at += len(word) + 1
    edges = [*document.sentences, len(tokens)]
    block = -1
    sentences = []
    paragraphs = set(document.paragraphs)
    for first, last in pairwise(edges):
        block += first in paragraphs or block < 0
        sentences.append(Sentence(first, last, tokens[first].start, tokens[last - 1].end, block))
    return Analysis(Report(id=f"re_{document.name}", text=text), tuple(tokens), tuple(sentences))


def treebank(data: Path, name: str, split: str) -> list[Document]:
    """Return the documents of ``ud/NAME`` in one split, with part-of-speech tags, trees and raw text."""
    files = sorted((data / "ud" / name).glob(f"*-{split}*.conllu"))
    return [document for path in files for document in _conllu(path)]


def _conllu(path: Path) -> Iterator[Document]:
    document = Document("")
    for comments, rows in _blocks(path):
        if any(line.startswith("# newdoc") for line in comments) and document.words:
            yield document
            document = Document("")
        new_paragraph = any(line.startswith("# newpar") for line in comments) or not document.words
        _add_sentence(document, rows, new_paragraph)
        document.name = document.name or next((c.split("= ")[1] for c in comments if c.startswith("# sent_id")), "")
        document.tags.setdefault("sent_id", []).append(
            next((c.split("= ")[1] for c in comments if c.startswith("# sent_id")), "")
        )
    if document.words:
        yield document


def _blocks(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Yield (comment lines, rows) of each sentence."""
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            comments.append(line)
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = [], []


def _add_sentence(document: Document, rows: list[list[str]], new_paragraph: bool) -> None:
    offset = len(document.words)
    document.sentences.append(offset)
    if new_paragraph:
        document.paragraphs.append(offset)
        document.text = document.text.rstrip() + "\n\n" if document.text else ""
    covered = 0  # the last word of the contraction that is being read
    for cells in rows:
        number, _, last = cells[0].partition("-")
        if last:
            _add_surface(document, cells, [row[1] for row in rows if int(number) <= _number(row[0]) <= int(last)])
            covered = int(last)
        elif "." not in number:
            if int(number) > covered:
                _add_surface(document, cells, [cells[1]])
            document.words.append(cells[1])
            document.tags.setdefault("upos", []).append(cells[3])
            document.heads.append(int(cells[6]) - 1 + offset if cells[6] != "0" else -1)
            document.relations.append(cells[7].split(":")[0])


def _number(cell: str) -> int:
    """Return the number of a plain row, −1 for a contraction or an empty node."""
    return int(cell) if cell.isdigit() else -1


def _add_surface(document: Document, cells: list[str], words: list[str]) -> None:
    """Write a surface token into the raw text and note where its words stand."""
    start = len(document.text)
    document.text += cells[1] if "SpaceAfter=No" in cells[9] else cells[1] + " "
    plain = "".join(words) == cells[1]
    for word in words:
        end = start + len(word) if plain else start + len(cells[1])
        document.places.append(Place(start, end, respelt=not plain))
        start = end if plain else start


def entities(data: Path, split: str) -> dict[str, list[str]]:
    """Return sent_id → BIO labels of UNER EWT; ``OTH`` is no class of its own there."""
    path = data / "uner_ewt" / f"en_ewt-ud-{split}.iob2"
    found = {}
    for comments, rows in _blocks(path) if path.exists() else ():
        name = comments[-1].split("= ")[1]
        found[name] = ["O" if row[2] in {"B-O", "B-OTH", "I-OTH"} else row[2] for row in rows]
    return found


def predicates(data: Path, split: str) -> dict[str, dict[int, list[Span]]]:
    """Return sent_id → predicate word → its PropBank arguments, of EWT; the predicate itself (V) is none."""
    path = data / "srl" / f"ewt-srl-{split}.jsonl"
    return {
        record["sent_id"]: {
            entry["i"]: [(role, first, last + 1) for role, first, last in entry["args"] if role != "V"]
            for entry in record["preds"]
        }
        for record in _json_lines(path)
    }


def attributions(data: Path, split: str) -> list[Document]:
    """Return PolNeAR in the published comparison's format, a document each; an instance there is a paragraph here."""
    names = {"dev": "valid", "test": "test"}
    folder = data / "polnear" / "cofenet"
    path = folder / f"{names.get(split, split)}.txt"
    documents: dict[str, Document] = {}
    for record in _json_lines(path if path.exists() else folder / "valid.txt"):
        document = documents.setdefault(record["id"], Document(record["id"]))
        document.paragraphs.append(len(document.words))
        document.words += record["tokens"]
        document.tags.setdefault("attribution", []).extend(record["labels"])
    return list(documents.values())


@dataclass
class Trigger:
    """One gold event: its trigger's first word, its type (two levels) and its arguments (role, first, last)."""

    word: int
    kind: str
    arguments: list[Span]


def events(data: Path, split: str) -> list[tuple[Document, list[Trigger]]]:
    """Return the WikiEvents documents of a split with their events."""
    folder = data / "wikievents"
    path = folder / f"{split}.jsonl"
    return [_wikievent(record) for record in _json_lines(path if path.exists() else folder / "dev.jsonl")]


def _wikievent(record: dict[str, Any]) -> tuple[Document, list[Trigger]]:
    document = Document(record["doc_id"], words=record["tokens"], paragraphs=[0])
    at = 0
    for words, _ in record["sentences"]:
        document.sentences.append(at)
        at += len(words)
    mentions = {mention["id"]: (mention["start"], mention["end"]) for mention in record["entity_mentions"]}
    found = []
    for event in record["event_mentions"]:
        arguments = [(a["role"], *mentions[a["entity_id"]]) for a in event["arguments"] if a["entity_id"] in mentions]
        kind = ".".join(event["event_type"].split(".")[:2])
        found.append(Trigger(event["trigger"]["start"], kind, arguments))
    return document, found


_TIMEX = re.compile(r"<TIMEX3\b[^>]*>|</TIMEX3>|<[^>]*>|&(amp|lt|gt|quot|apos);")
_ENTITY = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def times(data: Path) -> list[tuple[str, str, list[tuple[int, int]]]]:
    """Return (name, text, time expressions as character ranges) of TimeBank and AQUAINT."""
    path = data / "time" / "timebank_aquaint.tar.gz"
    if not path.exists():
        return []
    with tarfile.open(path) as archive:
        members = sorted((m for m in archive if m.name.endswith(".tml") and "/._" not in m.name), key=lambda m: m.name)
        sources = [(m.name, archive.extractfile(m).read().decode("utf-8", "replace")) for m in members]  # type: ignore[union-attr]
    return [(name, *untagged(source.partition("<TEXT>")[2].partition("</TEXT>")[0])) for name, source in sources]


def untagged(source: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without its tags, and where its TIMEX3 elements stand in it."""
    parts: list[str] = []
    size, at = 0, 0
    opened: list[int] = []
    spans = []
    for match in _TIMEX.finditer(source):
        parts.append(source[at : match.start()])
        size += match.start() - at
        if match.group().startswith("<TIMEX3"):
            opened.append(size)
        elif match.group() == "</TIMEX3>":
            spans.append((opened.pop(), size))
        elif match.group(1):
            parts.append(_ENTITY[match.group(1)])
            size += 1
        at = match.end()
    return "".join(parts) + source[at:], spans


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
