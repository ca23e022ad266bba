"""Build ``evaluation/muc4/case.toml``: which words are written small: `python training/muc4/build_case.py DATA`.

DATA holds ``state_hr_reports.jsonl.gz``, ``ner/gmb_ner.iob2.gz`` and ``ud/ewt``. Words are counted behind other words, not where
a sentence, a quotation or a bracket begins. Only the outcome is kept: four lists of words, no counts and no text.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from evaluation.muc4.casing import inflected

TARGET = Path(__file__).parents[2] / "evaluation" / "muc4" / "case.toml"
PARAGRAPHS = 200_000
SHORTEST = 80  # characters of a paragraph: shorter ones are headings
SMALL, INITIALS, KNOWN = 4, 3, 2  # times that a word must have been seen
EITHER = 0.25  # least share of small letters of a word that is written either way
HEAD = (
    "# How English writes words, counted by training/muc4/build_case.py over the human-rights reports of the US State Department, GMB\n"
    "# (Voice of America) and UD EWT. small: in small letters mostly; either: small unless a name stands beside it; capital: with a\n"
    "# capital, although it looks like a form of a small word; initials: all letters in capitals. What is in no list is a name.\n"
)
OPENS = frozenset('.!?:;("“`')
WORD = re.compile(r"[^\W\d_][\w'’.-]*[^\W_]|[^\W\d_]|[.!?:;(\"“]")


def main() -> None:
    small, title, upper = counts(sentences(Path(sys.argv[1])))
    total = Counter(small) + Counter(title) + Counter(upper)
    mostly = {word for word, times in small.items() if times >= SMALL and 2 * times > total[word]}
    either = {
        word for word, times in small.items() if times >= SMALL and EITHER * total[word] < times <= total[word] / 2
    }
    either -= {word for word in either if upper[word] >= title[word]}
    initials = {word for word, times in upper.items() if times >= INITIALS and 2 * times > total[word]}
    known = {word for count in (small, title, upper) for word, times in count.items() if times >= KNOWN}
    capital = {word for word in known - mostly - either - initials if inflected(word, mostly)}
    lists = {"small": mostly, "either": either, "capital": capital, "initials": initials}
    TARGET.write_text(
        HEAD + "".join(f'{name} = """\n{lines(words)}\n"""\n' for name, words in lists.items()), encoding="utf-8"
    )


def lines(words: Iterable[str]) -> str:
    kept = sorted(word for word in words if re.fullmatch(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]+)*", word))
    return textwrap.fill(" ".join(kept), 140, break_on_hyphens=False)


def counts(texts: Iterable[list[str]]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each word, in small letters, is small, begins with a capital, is all capitals."""
    small, title, upper = Counter[str](), Counter[str](), Counter[str]()
    for words in texts:
        for before, word in zip([".", *words], words, strict=False):
            if before[0] in OPENS or not any(map(str.isalpha, word)):
                continue
            kind = small if word.islower() else upper if word.isupper() and len(word) > 1 else title
            if word.islower() or word[0].isupper():
                kind[word.lower()] += 1
    return small, title, upper


def sentences(data: Path) -> Iterator[list[str]]:
    with gzip.open(data / "state_hr_reports.jsonl.gz", "rt", encoding="utf-8") as reports:
        paragraphs = (text for line in reports for text in json.loads(line)["paragraphs"] if len(text) >= SHORTEST)
        yield from (WORD.findall(text) for text, _ in zip(paragraphs, range(PARAGRAPHS), strict=False))
    with gzip.open(data / "ner" / "gmb_ner.iob2.gz", "rt", encoding="utf-8") as tagged:
        yield from blocks(tagged, 0)
    with (data / "ud" / "ewt" / "en_ewt-ud-train.conllu").open(encoding="utf-8") as trees:
        yield from blocks(trees, 1)


def blocks(rows: Iterable[str], column: int) -> Iterator[list[str]]:
    """Words of each run of lines up to an empty one."""
    words: list[str] = []
    for row in rows:
        cells = row.rstrip("\n").split("\t")
        if len(cells) > column and cells[0] and not row.startswith("#"):
            words.append(cells[column])
        elif not row.strip():
            yield words
            words = []


if __name__ == "__main__":
    main()
