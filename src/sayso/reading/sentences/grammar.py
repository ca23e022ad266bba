"""A sentence as the rules see it: lower-case words, closed classes, and which marks open or close quotations."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.vocab import Entry, load_table

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis, Sentence, Token

STOPS: Final = frozenset({".", "!", "?", "…", "..."})
QUOTES: Final = frozenset({"“", "”", "„", "«", "»", '"', "‘", "``", "''"})
BREAKS: Final = frozenset({",", ";", ":", "—", "–", "--", "(", ")", "[", "]", "/", "|", "•"}) | STOPS | QUOTES
DASHES: Final = frozenset({"—", "–", "--"})


class WordClass(Entry):
    """A closed class of words: ``vocab/clauses.toml``."""

    name: str
    words: tuple[str, ...]


@cache
def words_of(*names: str) -> frozenset[str]:
    """Return closed classes as one, lower case; raises KeyError for a class that the file does not have."""
    classes = {entry.name: entry.words for entry in load_table("clauses", WordClass)}
    return frozenset(word for name in names for word in classes[name])


@cache
def is_adverb(word: str) -> bool:
    """Tell whether a lower-case word may stand in a verb group or before a subject."""
    if word in words_of("adverb") or word in words_of("negation"):
        return True
    return len(word) > 4 and word.endswith("ly") and word not in words_of("noun_in_ly")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its tokens, the same in lower case, and whether its headline-like capitals mean nothing."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    shouting: bool
    final: int  # one past the last token that is not the final full stop
    size: int  # how many tokens there are; with the next two asked so often that they are kept
    capitals: tuple[bool, ...]
    wordlike: tuple[bool, ...]

    def __len__(self) -> int:
        return self.size

    def at(self, index: int) -> str:
        """Return the lower-case word at ``index``, or "" outside the sentence."""
        return self.lower[index] if 0 <= index < self.size else ""

    def start(self, index: int) -> int:
        """Return the first code point of the token at ``index``."""
        return self.tokens[index].start

    def end(self, index: int) -> int:
        """Return one past the last code point of the tokens before ``index``."""
        return self.tokens[index - 1].end

    def capital(self, index: int) -> bool:
        """Tell whether the token at ``index`` begins with a capital that may mean a name."""
        return 0 <= index < self.size and self.capitals[index]

    def word(self, index: int) -> bool:
        """Tell whether the token at ``index`` has a letter or a digit."""
        return 0 <= index < self.size and self.wordlike[index]

    def stop(self) -> int:
        """Return one past the last token that is not the sentence's final full stop."""
        return self.final


class _Last(threading.local):
    """The analysis whose lines were asked for last, and these: one question after another is asked of one report."""

    analysis: Analysis | None = None
    lines: tuple[Line, ...] = ()


_last: Final = _Last()


def lines(analysis: Analysis) -> tuple[Line, ...]:
    """Return every sentence of a report as a ``Line``."""
    if _last.analysis is not analysis:
        _last.lines = tuple(_line(analysis, sentence) for sentence in analysis.sentences)
        _last.analysis = analysis
    return _last.lines


def _line(analysis: Analysis, sentence: Sentence) -> Line:
    tokens = analysis.tokens[sentence.first : sentence.last]
    texts = [token.text for token in tokens]
    letters = [text for text in texts if text.isalpha() and len(text) > 1]
    shouting = len(letters) > 3 and sum(word[0].isupper() for word in letters) > 0.7 * len(letters)
    final = len(tokens)
    while final and tokens[final - 1].text in STOPS:
        final -= 1
    return Line(
        sentence,
        tokens,
        tuple(map(str.lower, texts)),
        tuple([token.start for token in tokens]),
        shouting,
        final,
        len(tokens),
        tuple([text[:1].isupper() for text in texts]),
        tuple([text.isalnum() or any(map(str.isalnum, text)) for text in texts]),
    )
