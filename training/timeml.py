"""TimeBank + AQUAINT, evaluation only: time-expression spans, strict and relaxed (any overlap)."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from builds import Build
from decode import Bio
from prepare.form import Document, bio
from prepare.words import cover, sentence_starts, tokenise
from windows import MAX_WORDS, cut

TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
MARK = re.compile(r"<(/?)(\w+)[^>]*>")


def documents(data: Path) -> Iterator[Document]:
    """The texts between <TEXT> marks, with a ``timex`` layer of one type."""
    with tarfile.open(data / "time/timebank_aquaint.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            file = archive.extractfile(member) if member.name.endswith(".tml") and "/._" not in member.name else None
            if file:
                yield document(member.name, file.read().decode("utf-8", "replace"))


def document(name: str, source: str) -> Document:
    """One TimeML file."""
    found = TEXT.search(source)
    text, marks = stripped(found.group(1) if found else "")
    tokens = tokenise(text)
    words = [word for word, _, _ in tokens]
    paragraphs = [0] + [p for p in range(1, len(tokens)) if "\n\n" in text[tokens[p - 1][2] : tokens[p][1]]]
    sentences: list[int] = []
    for first, end in zip(paragraphs, [*paragraphs[1:], len(words)], strict=True):
        sentences += sentence_starts(words[first:end], first)
    places = [cover(tokens, start, end) for start, end in marks]
    result = Document("timebank", name, words, sentences or [0], paragraphs)
    result.tags["timex"] = bio([("TIME", *place) for place in places if place], len(words))
    return result


def stripped(markup: str) -> tuple[str, list[tuple[int, int]]]:
    """Text without marks, and the character spans of its TIMEX3 elements."""
    text, spans, open_, last = "", [], 0, 0
    for mark in MARK.finditer(markup):
        text += unescape(markup[last : mark.start()])
        last = mark.end()
        if mark.group(2) == "TIMEX3":
            if mark.group(1):
                spans.append((open_, len(text)))
            else:
                open_ = len(text)
    return text + unescape(markup[last:]), [span for span in spans if span[1] > span[0]]


def timebank(build: Build, data: Path) -> dict[str, float]:
    """F1 of the spans: strict = same words, relaxed = any common word."""
    from prepare.form import spans_of

    decoder = Bio(build.layers["timex"])
    right = {"strict": 0, "found": 0, "covered": 0}
    total = {"found": 0, "gold": 0}
    windows = [window for document_ in documents(data) for window in cut(document_, MAX_WORDS, document_.sentences)]
    for window, out in build.over(windows):
        gold = spans_of([str(tag) for tag in window.document.tags["timex"][window.first : window.end]])
        found = decoder.spans(out["tag.timex"])
        right["strict"] += len(set(gold) & set(found))
        right["found"] += sum(any(f[1] <= g[2] and g[1] <= f[2] for g in gold) for f in found)
        right["covered"] += sum(any(f[1] <= g[2] and g[1] <= f[2] for f in found) for g in gold)
        total["found"], total["gold"] = total["found"] + len(found), total["gold"] + len(gold)
    precision, recall = right["found"] / max(1, total["found"]), right["covered"] / max(1, total["gold"])
    return {
        "relaxed": 200 * precision * recall / max(1e-9, precision + recall),
        "precision": 100 * precision,
        "recall": 100 * recall,
        "strict": 200 * right["strict"] / max(1, total["found"] + total["gold"]),
    }
