"""Build ``src/sayso/vocab/frequencies.txt``: how rare each word is in texts about events, for linking.

    python training/build_frequencies.py DATA

DATA holds ``muc4/train.jsonl``, ``ecbplus.tar.gz``, ``ner/gmb_ner.iob2.gz``, ``wikinews_2013.tar.gz`` (news) and
``state_hr_reports.jsonl.gz`` (reports on human rights): sets whose class is "train" without reservation. Only counts
of words are kept, no text. A word's weight is the logarithm of the number of texts that hold one with it; news and
reports on rights weigh the same, however much there is of either. Words of our own lexicons of incidents, weapons,
harms, targets, titles and cues weigh ``COMMON`` at most: every report of its kind has them, in any country.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
import tarfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.linking.terms import UNSEEN, words

TARGET = Path(__file__).parents[1] / "src" / "sayso" / "vocab" / "frequencies.txt"
SENTENCES = 12  # of the sentence corpus make one text
PARAGRAPHS = 3  # of a report on rights make one text
EVERY = 7  # only each seventh of those: enough to count common words
LEAST = 4  # texts of one kind a word must stand in
COMMON = 4.0
LEXICONS = ("incidents", "weapons", "casualties", "targets", "titles", "damage", "cues", "groups", "decoys")
ABOUT = {"name", "label", "meaning", "note", "plover_type", "plover_mode", "acled", "gtd", "muc4", "families"}
HEAD = (
    "# Weight in tenths (log of texts per text with the word) and words; built by training/build_frequencies.py from\n"
    "# MUC-4, ECB+, GMB (Voice of America), Wikinews and the human-rights reports of the US State Department.\n"
)


def main(data: Path) -> None:
    """Count both kinds and write the table."""
    rates: dict[str, float] = defaultdict(float)
    for texts in (_news(data), _rights(data)):
        counts, total = _count(texts)
        for word, count in counts.items():
            if count >= LEAST:
                rates[word] += count / total / 2
    weights = {word: min(UNSEEN, -math.log(rate)) for word, rate in rates.items()}
    weights |= {word: min(COMMON, weights.get(word, UNSEEN)) for word in _lexicon_words()}
    levels = defaultdict(list)
    for word, weight in weights.items():
        levels[round(10 * weight)].append(word)
    rows = [f"{level} {' '.join(sorted(levels[level]))}\n" for level in sorted(levels) if level < 10 * UNSEEN]
    TARGET.write_text(HEAD + "".join(rows), encoding="utf-8")
    print(f"{len(weights)} words in {len(rows)} levels", file=sys.stderr)


def _lexicon_words() -> set[str]:
    """Return the words of the phrases of our lexicons."""
    found: set[str] = set()
    for name in LEXICONS:
        entries = tomllib.loads((TARGET.parent / f"{name}.toml").read_text(encoding="utf-8"))["entry"]
        phrases = [
            phrase for entry in entries for key, value in entry.items() if key not in ABOUT for phrase in _flat(value)
        ]
        found |= {
            word.form for phrase in phrases for word in words(phrase) if len(word.form) > 1 and word.form.isalpha()
        }
    return found


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)


def _count(texts: Iterable[str]) -> tuple[Counter[str], int]:
    """Return in how many texts each word stands, and how many texts there are."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        counts.update({word.form for word in words(text) if len(word.form) > 1 and word.form.isalpha()})
        total += 1
    return counts, total


def _news(data: Path) -> Iterator[str]:
    with (data / "muc4" / "train.jsonl").open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)
    yield from _archive(data / "ecbplus.tar.gz", re.compile(r"<token[^>]*>([^<]*)</token>"))
    yield from _archive(data / "wikinews_2013.tar.gz", re.compile(r">([^<>]+)<"))
    yield from _sentences(data / "ner" / "gmb_ner.iob2.gz")


def _archive(path: Path, piece: re.Pattern[str]) -> Iterator[str]:
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".xml") else None
            if file is not None:
                yield " ".join(piece.findall(file.read().decode("utf-8", "replace")))


def _sentences(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = "".join(line.split("\t")[0].strip() + (" " if line.strip() else "\n") for line in lines).split("\n")
    for at in range(0, len(rows), SENTENCES):
        yield " ".join(rows[at : at + SENTENCES])


def _rights(data: Path) -> Iterator[str]:
    at = 0
    with gzip.open(data / "state_hr_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            paragraphs = json.loads(line)["paragraphs"]
            for first in range(0, len(paragraphs), PARAGRAPHS):
                at += 1
                if at % EVERY == 0:
                    yield " ".join(paragraphs[first : first + PARAGRAPHS])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
