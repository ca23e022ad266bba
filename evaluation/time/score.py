"""The exam `time`: TIMEX3 spans and values on TimeBank and AQUAINT (eval: never trained on, never shipped).

    python evaluation/time/score.py DATA_DIR [--errors N]

Figures, in per cent: ``strict.f`` (same span), ``relaxed.f`` (spans share a character), ``value.f`` (relaxed match
whose value is right too), each with its precision and recall; every gold expression matches at most one of ours and
the reverse, first come, first served, as in TempEval-3.
"""

from __future__ import annotations

import argparse
import re
import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sayso.values.moment import Timex, find_timexes

ARCHIVE = Path("time") / "timebank_aquaint.tar.gz"
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_CREATED = re.compile(r'<TIMEX3[^>]*functionInDocument="CREATION_TIME"[^>]*>')


class Document(NamedTuple):
    """One annotated text: its name, plain text, date of publication (None if not given as a day), gold TIMEX3s."""

    name: str
    text: str
    created: date | None
    gold: tuple[Timex, ...]


def documents(data_dir: Path) -> Iterator[Document]:
    """Yield the documents of the set, by name."""
    with tarfile.open(data_dir / ARCHIVE) as archive:
        members = [m for m in archive.getmembers() if m.name.endswith(".tml") and "/._" not in m.name]
        for member in sorted(members, key=lambda m: m.name):
            stream = archive.extractfile(member)
            assert stream is not None
            yield parse(Path(member.name).stem, stream.read().decode("utf-8", "replace"))


def parse(name: str, source: str) -> Document:
    """Read one TimeML file: the text between the TEXT tags, tags taken out, and its TIMEX3s."""
    header = _CREATED.search(source)
    created = re.search(r'value="(\d{4}-\d{2}-\d{2})', header[0]) if header else None
    body = source[source.index("<TEXT>") + len("<TEXT>") : source.rindex("</TEXT>")]
    text, gold, opened, at = "", [], [], 0
    for tag in _TAG.finditer(body):
        text, at = text + _plain(body[at : tag.start()]), tag.end()
        if tag[2] == "TIMEX3" and not tag[1]:
            opened.append((len(text), dict(re.findall(r'(\w+)="([^"]*)"', tag[3]))))
        elif tag[2] == "TIMEX3":
            start, attributes = opened.pop()
            gold.append(Timex(start, len(text), attributes.get("type", ""), attributes.get("value", "")))
    text += _plain(body[at:])
    return Document(name, text, date.fromisoformat(created[1]) if created else None, tuple(gold))


def match(gold: tuple[Timex, ...], found: list[Timex]) -> list[tuple[Timex, Timex]]:
    """Return pairs (gold, found) whose spans share a character, left to right, each used once."""
    pairs, free = [], list(found)
    for wanted in gold:
        hit = next((ours for ours in free if ours.start < wanted.end and wanted.start < ours.end), None)
        if hit is not None:
            free.remove(hit)
            pairs.append((wanted, hit))
    return pairs


def score(data_dir: Path) -> dict[str, float]:
    """Return the figures of the exam, in per cent.

    Args:
        data_dir: the folder ``data`` (EXAMS.md) with ``time/timebank_aquaint.tar.gz`` in it.

    """
    wanted = given = strict = relaxed = value = 0
    for document in documents(data_dir):
        found = find_timexes(document.text, document.created)
        pairs = match(document.gold, found)
        wanted, given, relaxed = wanted + len(document.gold), given + len(found), relaxed + len(pairs)
        strict += sum((a.start, a.end) == (b.start, b.end) for a, b in pairs)
        value += sum(a.value == b.value for a, b in pairs)
    figures = {"n": float(wanted)}
    for name, right in (("strict", strict), ("relaxed", relaxed), ("value", value)):
        figures[f"{name}.p"] = round(100 * right / max(1, given), 2)
        figures[f"{name}.r"] = round(100 * right / max(1, wanted), 2)
        figures[f"{name}.f"] = round(200 * right / max(1, given + wanted), 2)
    return figures


def errors(data_dir: Path, limit: int) -> Iterator[str]:
    """Yield lines that name the kinds of error, commonest first: missed, wrong value, spurious."""
    counts: dict[str, int] = {}
    for document in documents(data_dir):
        found = find_timexes(document.text, document.created)
        pairs = match(document.gold, found)
        matched_gold, matched_found = {id(a) for a, _ in pairs}, {id(b) for _, b in pairs}
        lines = [
            f"value    {_words(document, a)!r} -> {_words(document, b)!r}: {a.value} / {b.value} ({document.created})"
            for a, b in pairs
            if a.value != b.value
        ]
        lines += [f"missed   {_words(document, a)!r} {a.value}" for a in document.gold if id(a) not in matched_gold]
        lines += [
            f"spurious {document.text[b.start - 25 : b.end + 20]!r} {_words(document, b)!r} {b.value}"
            for b in found
            if id(b) not in matched_found
        ]
        for line in lines:
            counts[line] = counts.get(line, 0) + 1
    for line, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]:
        yield f"{count:4} {line}"


def _words(document: Document, timex: Timex) -> str:
    return " ".join(document.text[timex.start : timex.end].split())


def _plain(text: str) -> str:
    return re.sub("|".join(_ENTITIES), lambda m: _ENTITIES[m[0]], text)


def main() -> None:
    """Print the figures, or the errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the N commonest errors too")
    options = parser.parse_args()
    for name, figure in score(options.data_dir).items():
        print(f"{name:10} {figure:7.2f}")
    for line in errors(options.data_dir, options.errors) if options.errors else ():
        print(line)


if __name__ == "__main__":
    main()
