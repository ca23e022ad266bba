"""Cuts a text into the tokens the grammar of time expressions reads; linear in the length of the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sayso.values.timex_words import BEGINNINGS

# Every repetition is bounded or over one class that no neighbour shares, so a match never goes back over its way.
_TOKEN: Final = re.compile(
    r"""
      (?P<iso>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-]))
    | (?P<yearmonth>\d{4}-\d{2}(?![\w-]))
    | (?P<slash>\d{1,4}/\d{1,2}/\d{2,4}(?![\w/]))
    | (?P<dotted>\d{1,2}\.\d{1,2}\.\d{4}(?!\w|\.\d))
    | (?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
    | (?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))
    | (?P<decade>\d{2}(?:\d{2})?['’]?s\b)
    | (?P<number>\d+)
    | (?P<half>[ap]\.[ ]?m\b\.?|[ap]m\b)
    | (?P<possessive>['’]s\b)
    | (?P<word>[^\W\d_]+)
    | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BREAK: Final = re.compile(r"[^\w'’.:/+,-]|\n")
PIECE: Final = 65_536
PHRASE: Final = 6  # most tokens in a phrase of the vocabulary
OUTSIDE: Final = 16  # "" behind the last token; rules look no further back than this, so −1 is outside too


class Token(NamedTuple):
    """One token: its place in the text, its lower-case form, its kind, and whether it begins with a capital."""

    start: int
    end: int
    word: str
    kind: str
    capital: bool


@dataclass(frozen=True)
class Tokens:
    """The tokens of one stretch of text.

    Attributes:
        items: the tokens in order.
        whole: the stretch is known to be one time expression, so bare "May" and "2019" need no other sign.
        text: the stretch itself; token offsets count in it.
        memo: what rules have read at a place, so that none is tried twice there.

    """

    items: list[Token]
    text: str
    whole: bool = False
    memo: dict[tuple[int, int], object] = field(default_factory=dict)
    words: list[str] = field(init=False)
    kinds: list[str] = field(init=False)

    def __post_init__(self) -> None:
        outside = [""] * OUTSIDE
        object.__setattr__(self, "words", [token.word for token in self.items] + outside)
        object.__setattr__(self, "kinds", [token.kind for token in self.items] + outside)

    def word(self, at: int) -> str:
        """Return the lower-case token, "" outside."""
        try:
            return self.words[at]
        except IndexError:
            return ""

    def kind(self, at: int) -> str:
        """Return the kind of token, "" outside."""
        try:
            return self.kinds[at]
        except IndexError:
            return ""

    def capital(self, at: int) -> bool:
        """Return whether the token begins with a capital."""
        return 0 <= at < len(self.items) and self.items[at].capital

    def glued(self, at: int) -> bool:
        """Return whether the token stands without space after the one before it."""
        return 0 < at < len(self.items) and self.items[at].start == self.items[at - 1].end

    def skip(self, at: int, words: Collection[str]) -> int:
        """Return the position after the token when it is one of ``words``, else ``at``."""
        return at + 1 if self.word(at) in words else at

    def phrase(self, at: int, table: Collection[str]) -> tuple[str, int] | None:
        """Return the longest phrase of ``table`` here and the position after it; hyphens are passed over."""
        if self.word(at) not in BEGINNINGS and self.kind(at) != "possessive":
            return None
        words, found, end = "", None, at
        for _ in range(PHRASE):
            if words and self.word(end) in {"-", "‑", "–"} and self.glued(end):
                end += 1
            word = "'s" if self.kind(end) == "possessive" else self.word(end)
            words, end = f"{words} {word}".strip(), end + 1
            if not word or words not in BEGINNINGS:
                break
            if words in table:
                found = words, end
        return found


def tokenize(text: str, *, whole: bool = False) -> Tokens:
    """Return the tokens of ``text``."""
    items = [
        Token(m.start(), m.end(), (word := m.group()).lower(), m.lastgroup or "", word[0].isupper())
        for m in _TOKEN.finditer(text)
    ]
    return Tokens(items, text, whole)


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, piece) with pieces of about 64 Ki characters, cut where no time expression can run on.

    Memory stays bounded on a text of any length; a run of letters and digits is never cut.
    """
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > PIECE:
            line = text.find("\n", start + PIECE, start + 2 * PIECE)
            found = None if line >= 0 else _BREAK.search(text, start + PIECE)
            end = line + 1 if line >= 0 else found.end() if found else end
        yield start, text[start:end]
        start = end
