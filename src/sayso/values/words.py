"""``Words``: a text as words, numbers and signs with their places; ``Phrases``: lexicon phrases found among them.

Small on purpose: what the grammars of values (numbers, hedges) need, in time and memory linear in the text.
"""

from __future__ import annotations

import re
import tomllib
from array import array
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")

# Thousands are set apart by commas (Latin, Arabic, full-width), apostrophes or no-break and thin spaces. The plain
# space is left out: "in 2019 200 people" is two numbers. The repetition is bounded where it could be retried.
_GROUP: Final = "[,٬，'’\u00a0\u2009\u202f]"
_POINT: Final = "[.٫．]"
_NUMBER: Final = (
    rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?!\d)(?:{_POINT}\d+)?"
    r"|\d{1,2}(?:,\d{2}){1,4},\d{3}(?!\d)"
    rf"|\d+(?:{_POINT}\d+)*"
)
_TOKEN: Final = re.compile(rf"{_NUMBER}|[^\W\d_]+(?:['’ʼ](?!s\b)[^\W\d_]+)*|\S", re.IGNORECASE)
_PLAIN: Final = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-", "−": "-"})
_REMEMBERED: Final = 100_000
"""Code points of a text whose tokens are remembered; longer ones would fill the memory."""


def _cut(text: str) -> tuple[array[int], array[int], list[str]]:
    """Return the starts, ends and keys of the tokens of a text."""
    starts, ends, keys = array("q"), array("q"), list[str]()
    shared: dict[str, str] = {}
    for found in _TOKEN.finditer(text):
        word = found.group()
        starts.append(found.start())
        ends.append(found.end())
        if word not in shared:  # one string per distinct word: ten million of "and a half" stay small
            shared[word] = word.translate(_PLAIN).casefold()
        keys.append(shared[word])
    return starts, ends, keys


_cut_once = lru_cache(4)(_cut)  # numbers and hedges are looked for in one text after another


class Words:
    """The tokens of one text.

    Attributes:
        text: the text as given.
        starts: where each token starts, in code points.
        ends: where each token ends (exclusive).
        keys: each token case-folded, with plain apostrophes and hyphens: what lexicons are matched with.

    """

    __slots__ = ("ends", "keys", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts, self.ends, keys = _cut_once(text) if len(text) <= _REMEMBERED else _cut(text)
        self.keys = list(keys)  # whoever reads numbers may change some

    def __len__(self) -> int:
        return len(self.keys)

    def key(self, at: int) -> str:
        """Return the key of the token ``at``, or "" outside the text."""
        return self.keys[at] if 0 <= at < len(self.keys) else ""

    def word(self, at: int) -> str:
        """Return the token ``at`` as written, or "" outside the text."""
        return self.text[self.starts[at] : self.ends[at]] if 0 <= at < len(self.keys) else ""

    def glued(self, at: int) -> bool:
        """Return True where no white space stands between the token before ``at`` and the one at ``at``."""
        return 0 < at < len(self.keys) and self.ends[at - 1] == self.starts[at]

    def is_number(self, at: int) -> bool:
        """Return True where the token is written in digits of any script."""
        return self.key(at)[:1].isdecimal()

    def is_word(self, at: int) -> bool:
        """Return True where the token is made of letters."""
        return self.key(at)[:1].isalpha()

    def is_capital(self, at: int) -> bool:
        """Return True where the token begins with an upper-case letter."""
        return self.word(at)[:1].isupper()

    def slice(self, start: int, end: int) -> str:
        """Return the text from token ``start`` up to, not including, token ``end``."""
        return self.text[self.starts[start] : self.ends[end - 1]]


class Phrases(Generic[T]):
    """Phrases of one lexicon, each with what it stands for; white space between words is of any width."""

    def __init__(self, table: Mapping[str, T]) -> None:
        by_first: dict[str, list[tuple[list[str], T]]] = {}
        for phrase, payload in table.items():
            keys = Words(phrase).keys
            by_first.setdefault(keys[0], []).append((keys, payload))
        for rows in by_first.values():
            rows.sort(key=lambda row: -len(row[0]))
        self._by_first: Final = by_first

    @classmethod
    def grouped(cls, groups: Mapping[str, Iterable[str]]) -> Phrases[str]:
        """Return the phrases of ``{"name": [phrases]}``, each standing for its group's name."""
        return Phrases({phrase: name for name, phrases in groups.items() for phrase in phrases})

    def openings(self) -> set[tuple[str, str]]:
        """Return the first two words of every phrase; the second is "" for phrases of one word."""
        return {(keys[0], keys[1] if len(keys) > 1 else "") for rows in self._by_first.values() for keys, _ in rows}

    def match(self, words: Words, at: int) -> tuple[int, T] | None:
        """Return (end, payload) of the longest phrase that starts with token ``at``, or None."""
        for keys, payload in self._by_first.get(words.key(at), ()):
            if words.keys[at : at + len(keys)] == keys:
                return at + len(keys), payload
        return None


@cache
def load(name: str) -> dict[str, Any]:
    """Return the table ``values/NAME.toml``; it lies beside this file in the source tree as in an installed wheel."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def perceived(kind: str, word: str, percentile: int) -> float:
    """Return a percentile of how people read ``word``; ``kind`` is "numbers" or "probabilities"."""
    return float(load("perception")[kind][word][f"p{percentile:02}"])
