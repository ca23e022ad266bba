"""Texts as words to be searched for, where the database has no tokeniser of ours: lower case, without diacritics.

The same words as SQLite's ``unicode61 remove_diacritics 2`` makes, so that both databases find the same reports.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 500
"""Characters of a word that count; PostgreSQL takes 2,046 bytes."""
_PART: Final = 1000
_OVERLAP: Final = 20
"""Words of a part of a text, and how many of them the next part repeats: a phrase of so many is found across both.

PostgreSQL keeps 16,383 places of a text and 255 of each word in it, and drops the rest in silence.
"""


def plain(text: str) -> str:
    """Return a text in lower case without diacritics; takes time by its length, whatever marks are heaped on it."""
    lower = text.lower()
    return lower.translate({ord(each): _base(each) for each in set(lower) if not each.isascii()})


def _base(character: str) -> str | None:
    """Return what is left of a character without its marks; nothing of a mark itself."""
    kept = "".join(each for each in unicodedata.normalize("NFD", character) if not unicodedata.combining(each))
    return kept or None


def words_of(text: str) -> list[str]:
    """Return the words of a text in order: runs of letters and digits."""
    return [word[:_LONGEST] for word in _WORD.findall(plain(text))]


def parts(title: str | None, text: str) -> Iterator[list[str]]:
    """Yield the words of a title and of the parts of a text; a phrase never runs from one into the other."""
    if words := words_of(title or ""):
        yield words[:_PART]
    words = words_of(text)
    for start in range(0, max(1, len(words) - _OVERLAP), _PART - _OVERLAP):
        if part := words[start : start + _PART]:
            yield part


def vector(words: Sequence[str]) -> str:
    """Return words as PostgreSQL writes a ``tsvector``: each with its places."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, 1):
        places.setdefault(word, []).append(place)
    return " ".join(f"'{word}':{','.join(map(str, found[:255]))}" for word, found in places.items())


def phrases(given: str) -> list[list[str]]:
    """Return what a person types as phrases: each run without a blank stands for its words side by side."""
    return [words for word in given.split() if (words := words_of(word))]


def query(phrase: Sequence[str]) -> str:
    """Return a phrase as PostgreSQL writes a ``tsquery``."""
    return "(" + " <-> ".join(f"'{word}'" for word in phrase) + ")"


def snippet(text: str, wanted: Sequence[Sequence[str]], length: int) -> str:
    """Return ``length`` words of a text around the first that is looked for, with … where something is left out."""
    looked_for = {word for phrase in wanted for word in phrase}
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    hit = next((at for at, span in enumerate(spans) if looked_for & set(words_of(text[slice(*span)]))), 0)
    first = max(0, min(hit - length // 4, len(spans) - length))
    last = min(len(spans), first + length)
    if not spans:
        return ""
    shown = text[spans[first][0] : spans[last - 1][1]]
    return ("… " if first else "") + shown + (" …" if last < len(spans) else "")
