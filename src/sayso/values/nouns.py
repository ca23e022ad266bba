"""Which words after a number name what is counted: "two [masked Ruvanian gunmen] were …".

Without a parser this is a rule of thumb over word forms: the first plural or person noun among the next few words.
"""

from __future__ import annotations

from typing import Final

from sayso.values.words import Words, load

_NOUNS: Final = load("counting")["nouns"]
_PLURALS: Final = frozenset(_NOUNS["plurals"])
_PERSONS: Final = frozenset(_NOUNS["persons"])
_STOPS: Final = frozenset(_NOUNS["stops"])
_NO_PLURAL_ENDINGS: Final = ("ss", "us", "is", "'s")
_PEOPLE_ENDINGS: Final = ("men", "women", "children", "people")
_SKIPPED: Final = frozenset({"more", "other", "further", "additional", "the", "these", "those", "his", "their", "its"})
# How far a noun may stand from its number, in tokens.
_REACH: Final = 8


def noun_phrase(words: Words, at: int, *, one: bool = False) -> tuple[int, int] | None:
    """Return the tokens [start, end) of the noun phrase that starts at ``at``; its head is the last of them.

    Args:
        words: the text.
        at: the token after the number.
        one: the number is one or none, so that a noun in the singular will do.

    """
    start = _skip_determiners(words, at)
    end = _run(words, start)
    for spot in range(start, end):
        if is_plural(words.key(spot)) or is_person(words.key(spot)):
            return start, _compound(words, spot, end)
    last = _before_participle(words, start, end)
    return (start, last) if one and last > start else None


def is_plural(key: str) -> bool:
    """Return True for word forms that look like a noun in the plural."""
    if key in _PLURALS or key.endswith(_PEOPLE_ENDINGS):
        return True
    return len(key) > 3 and key.endswith("s") and not key.endswith(_NO_PLURAL_ENDINGS)


def is_person(key: str) -> bool:
    """Return True for nouns of persons, singular or plural."""
    if key in _PERSONS or key.endswith((*_PEOPLE_ENDINGS, "woman", "policeman", "soldier")):
        return True
    return any(key.endswith(ending) and key[: -len(ending)] + stem in _PERSONS for ending, stem in _STEMS)


_STEMS: Final = (("s", ""), ("es", ""), ("ies", "y"))


def _skip_determiners(words: Words, at: int) -> int:
    at += words.key(at) == "of"
    while words.key(at) in _SKIPPED and words.is_word(at + 1):
        at += 1
    return at


def _run(words: Words, start: int) -> int:
    """Return the end of the run of words, with inner hyphens, that no function word or sign interrupts."""
    at = start
    while at < start + _REACH and _continues(words, at):
        at += 1
    return at


def _continues(words: Words, at: int) -> bool:
    if words.key(at) == "-":
        return words.glued(at) and words.glued(at + 1)
    if words.is_number(at):  # "two 20-year-old men", "three 122mm rockets", but not "two 20 metres away"
        return words.glued(at + 1) and (words.key(at + 1) == "-" or words.is_word(at + 1))
    return words.is_word(at) and (words.key(at) not in _STOPS or words.word(at) == "US")


def _compound(words: Words, spot: int, end: int) -> int:
    """Return the end of the noun whose first part is at ``spot``: "police officers", "civilian patrol vehicles"."""
    if words.key(spot + 1) == "-" and spot + 2 < end:  # "family-run shops"
        return _compound(words, spot + 2, end)
    follows = range(spot + 1, min(end, spot + 3))
    singular = not words.key(spot).endswith("s")
    for next_spot in follows:
        key = words.key(next_spot)
        if _is_participle(key) or not (singular or is_plural(key) or is_person(key)):
            break
        if is_plural(key) or is_person(key):
            return _compound(words, next_spot, end)
    return spot + 1


def _before_participle(words: Words, start: int, end: int) -> int:
    """Return the end of a run cut at its first participle: "bomb planted" is about a bomb."""
    for spot in range(start, min(end, start + 4)):
        if spot > start and _is_participle(words.key(spot)):
            return spot
    return min(end, start + 4)


def _is_participle(key: str) -> bool:
    return key.endswith(("ed", "ing")) and len(key) > 4
