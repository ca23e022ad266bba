"""``PhraseMatcher``: the one way in which phrase lexicons are applied to a text.

A trie over words. Matching is leftmost-longest, whole words only, and takes time linear in the text (times the
length of the longest phrase). Offsets are code points of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")
Token = tuple[int, int, str, str]
Cut = tuple[list[Token], dict[str, list[int]]]

# A word keeps an inner apostrophe (Sana'a, don't) but not a possessive one, so "the army's" holds "army".
_TOKEN: Final = re.compile(r"\w+(?:['’ʼ‘](?!s\b)\w+)*|[^\w\s]", re.IGNORECASE)
_PLAIN: Final = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-"})
# Tokens of texts up to this length (code points) are remembered; longer ones would fill the memory.
_REMEMBERED: Final = 100_000
_SHORT: Final = 200
# Key under which a trie node holds its payload; no token is empty, so it never collides.
_PAYLOAD: Final = ""


class PhraseMatcher(Generic[T]):
    """Finds the phrases of one lexicon in texts.

    Args:
        phrases: phrase → what it stands for. White space in a phrase stands for any white space in a text.
        case_sensitive: True for lexicons of names where "US" and "us" differ.

    """

    def __init__(self, phrases: Mapping[str, T], *, case_sensitive: bool = False) -> None:
        self._fold = not case_sensitive
        self._trie: dict[str, Any] = {}
        for phrase, payload in phrases.items():
            self._add(phrase, payload)

    def find(self, text: str) -> list[tuple[int, int, T]]:
        """Return (start, end, payload) of every match, in text order, none overlapping another."""
        tokens, places = self._tokens(text)
        found: list[tuple[int, int, T]] = []
        free = 0  # the first token behind the last match
        for at in sorted(at for word in self._trie.keys() & places.keys() for at in places[word]):
            if at < free:
                continue
            length, payload = self._longest(tokens, at)
            if length:
                found.append((tokens[at][0], tokens[at + length - 1][1], payload))
                free = at + length
        return found

    def match(self, text: str) -> T | None:
        """Return the payload if the whole of ``text`` is one phrase, else None."""
        tokens, _ = self._tokens(text)
        length, payload = self._longest(tokens, 0)
        return payload if tokens and length == len(tokens) else None

    def _add(self, phrase: str, payload: T) -> None:
        node = self._trie
        tokens, _ = _cut(phrase, self._fold)
        if not tokens:
            raise ValueError("a phrase needs at least one word")
        for position, (_, _, word, plain) in enumerate(tokens):
            node = node.setdefault(word if position else plain, {})
        node[_PAYLOAD] = payload

    def _longest(self, tokens: list[Token], at: int) -> tuple[int, Any]:
        node = self._trie
        best: tuple[int, Any] = (0, None)
        for position in range(at, len(tokens)):
            _, _, key, plain = tokens[position]
            step: dict[str, Any] | None = node.get(key if position > at else plain)
            if step is None:
                break
            node = step
            if _PAYLOAD in node:
                best = (position + 1 - at, node[_PAYLOAD])
        return best

    def _tokens(self, text: str) -> Cut:
        if len(text) > _REMEMBERED:
            return _cut(text, self._fold)
        return _phrase(text, self._fold) if len(text) < _SHORT else _report(text, self._fold)


def _cut(text: str, fold: bool) -> Cut:
    """Return (start, end, key, plain key) of each token, and plain key → the tokens that have it.

    The key begins with a space where white space precedes.
    """
    tokens, last = [], 0
    plain = text if text.isascii() else text.translate(_PLAIN)  # at once, not word by word: offsets stay
    for found in _TOKEN.finditer(plain):
        start, end = found.span()
        key = found.group().casefold() if fold else found.group()
        tokens.append((start, end, " " + key if start > last else key, key))
        last = end
    places: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        places.setdefault(token[3], []).append(at)
    return tokens, places


# Many lexicons are applied to one text after another: its tokens are cut once. What is looked up in between is short.
_report, _phrase = lru_cache(8)(_cut), lru_cache(512)(_cut)
