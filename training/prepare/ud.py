"""EWT (tree + entities + roles, joined by sentence id) and the permissive genres of GUM (tree, times, coreference)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from .form import Anchor, Document, Span, bio

RARE_ROLES = {"ARGM-CXN", "ARGM-DSP", "ARGM-PNC", "ARGM-DOM", "ARGM-PRX", "ARGM-RLC", "ARGA", "ARG5"}
MAX_TIME_WORDS = 6


def sentences_of(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    """(comments, rows of ten columns) of each sentence; multi-word and empty rows are skipped."""
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line:
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif rows:
            yield comments, rows
            comments, rows = {}, []
    if rows:
        yield comments, rows


def add_tree(document: Document, rows: list[list[str]]) -> int:
    """Append words, tags and tree of one sentence; return its offset."""
    offset = len(document.words)
    document.sentences.append(offset)
    for cells in rows:
        document.words.append(cells[1])
        document.tags["upos"].append(cells[3])
        document.tags["xpos"].append(cells[4])
        document.heads.append(int(cells[6]) - 1 + offset if cells[6] != "0" else -1)  # type: ignore[union-attr]
        document.relations.append(cells[7].split(":")[0])  # type: ignore[union-attr]
    return offset


def new_document(corpus: str, name: str) -> Document:
    """An empty document with the layers of a treebank."""
    return Document(corpus, name, [], [], [], tags={"upos": [], "xpos": []}, heads=[], relations=[])


def mark_sentences(document: Document) -> None:
    """Fill the ``sentence`` layer from the sentence starts."""
    starts = set(document.sentences)
    document.tags["sentence"] = ["start" if place in starts else "inside" for place in range(len(document.words))]


def roles_of(predicate: dict, offset: int = 0) -> Anchor:
    """PropBank arguments of one predicate: V and R-/C- prefixes' bare forms are dropped, rare modifiers become ARGM-OTHER."""
    roles: list[Span] = []
    for role, first, last in predicate["args"]:
        if role == "V":
            continue
        roles.append(("ARGM-OTHER" if role in RARE_ROLES else role, first + offset, last + offset))
    return Anchor(predicate["i"] + offset, roles)


def ewt(data: Path, split: str) -> Iterator[Document]:
    """EWT of one split, by document."""
    entities = {c["sent_id"]: rows for c, rows in _iob(data / f"uner_ewt/en_ewt-ud-{split}.iob2")}
    lines = (data / f"srl/ewt-srl-{split}.jsonl").read_text(encoding="utf-8").splitlines()
    roles = {record["sent_id"]: record for record in map(json.loads, lines)}
    path = next((data / "ud/ewt").glob(f"*{split}.conllu"))
    document: Document | None = None
    for comments, rows in sentences_of(path):
        if "newdoc id" in comments or document is None:
            if document:
                yield _closed(document)
            document = new_document("ewt", comments.get("newdoc id", "?"))
            document.tags["entity"], document.anchors["srl"] = [], []
        offset = add_tree(document, rows)
        if "newpar id" in comments or offset == 0:
            document.paragraphs.append(offset)
        _join(document, offset, rows, entities.get(comments["sent_id"]), roles.get(comments["sent_id"]))
    if document:
        yield _closed(document)


def _closed(document: Document) -> Document:
    mark_sentences(document)
    return document


def _iob(path: Path) -> Iterator[tuple[dict[str, str], list[str]]]:
    comments: dict[str, str] = {}
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line:
            tag = line.split("\t")[2]
            tags.append("O" if tag == "B-O" else tag)
        elif tags:
            yield comments, tags
            comments, tags = {}, []


def _join(document: Document, offset: int, rows: list[list[str]], tags: list[str] | None, roles: dict | None) -> None:
    size = len(rows)
    document.tags["entity"] += tags if tags and len(tags) == size else [None] * size
    if roles and len(roles["words"]) == size:
        document.anchors["srl"] += [roles_of(predicate, offset) for predicate in roles["preds"]]
        document.tags.setdefault("gold:srl", []).extend([1.0] * size)
    else:
        document.tags.setdefault("gold:srl", []).extend([None] * size)


BRACKET = re.compile(r"\((\d+)-(\w+)[^()]*|(\d+)\)|\)")


def gum(data: Path, split: str) -> Iterator[Document]:
    """GUM's permissive genres, by document, with short time expressions and coreference."""
    path = data / f"ud/gum/en_gum-ud-{split}.permissive.conllu"
    document: Document | None = None
    mentions: list[tuple[int, str, int, int]] = []
    for comments, rows in sentences_of(path):
        if "newdoc id" in comments or document is None:
            if document:
                yield _gum_closed(document, mentions)
            document, mentions = new_document("gum", comments.get("newdoc id", "?")), []
        offset = add_tree(document, rows)
        if "newpar_block" in comments or any(key.startswith("newpar") for key in comments) or offset == 0:
            document.paragraphs.append(offset)
        _mentions(rows, offset, mentions)
    if document:
        yield _gum_closed(document, mentions)


def _mentions(rows: list[list[str]], offset: int, found: list[tuple[int, str, int, int]]) -> None:
    """Append (entity number, type, first, last) of the sentence's bracketed mentions."""
    open_: list[tuple[int, str, int]] = []
    for place, cells in enumerate(rows):
        marks = next((part[7:] for part in cells[9].split("|") if part.startswith("Entity=")), "")
        for match in BRACKET.finditer(marks):
            if match.group(1):
                open_.append((int(match.group(1)), match.group(2), place + offset))
            elif open_:
                number = int(match.group(3)) if match.group(3) else open_[-1][0]
                start = next((m for m in reversed(open_) if m[0] == number), None)
                if start:
                    open_.remove(start)
                    found.append((number, start[1], start[2], place + offset))


def _gum_closed(document: Document, mentions: list[tuple[int, str, int, int]]) -> Document:
    mark_sentences(document)
    times: list[Span] = [("TIME", first, last) for _, kind, first, last in mentions if kind == "time"]
    long = [span for span in times if span[2] - span[1] >= MAX_TIME_WORDS]
    timex = bio(sorted((s for s in times if s not in long), key=lambda s: s[1] - s[2]), len(document.words))
    for _, first, last in long:  # whole noun phrases with relative clauses: no TIMEX convention cuts them so
        timex[first : last + 1] = [None] * (last - first + 1)
    document.tags["timex"] = timex
    document.antecedents = antecedents(document, mentions)
    return document


def antecedents(document: Document, mentions: list[tuple[int, str, int, int]]) -> list[int]:
    """Per word: -1, or (for the head word of a mention) the head word of the entity's previous mention, itself if first."""
    result = [-1] * len(document.words)
    last: dict[int, int] = {}
    for number, _, first, end in sorted(mentions, key=lambda m: (m[2], -m[3])):
        heads = [w for w in range(first, end + 1) if not first <= document.heads[w] <= end]  # type: ignore[index]
        head = heads[0]
        if result[head] == -1:
            result[head] = last.get(number, head)
            if result[head] > head:
                result[head] = head
            last[number] = head
    return result
