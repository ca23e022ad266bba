"""Where a time expression can begin: a quick filter, so that the grammar is tried at few tokens of a text."""

from __future__ import annotations

from typing import Final

from sayso.values import timex_words as words
from sayso.values.timex_dates import WHICH
from sayso.values.timex_periods import AROUND_NOW, PLAIN_DAYS, SHIFTS, STORY
from sayso.values.timex_tokens import Tokens

LONGEST_NUMBER: Final = 4
APOSTROPHES: Final = {"'", "’"}
LEADING: Final = {"the", "a", "an", "that", "this"}
BETWEEN: Final = frozenset({
    "fiscal", "calendar", "full", "whole", "entire", "latest", "final", "opening", "further", "same", "couple", "dozen",
    "few", "hundred", "weekend", *STORY, *SHIFTS, *AROUND_NOW, *WHICH, *PLAIN_DAYS,
})  # fmt: skip
"""What may stand between an article and the rest of an expression without beginning one itself."""
AFTER_NUMBER: Final = {".", "-", "–"}  # marks a date or a range can go on with after a number


def may_start(t: Tokens, i: int) -> bool:
    """Return whether any expression can begin at this token."""
    kind, word = t.kind(i), t.word(i)
    if kind == "word":
        return word in STARTERS and (word not in LEADING or _leads_on(t, i))
    if kind == "mark":
        return word in APOSTROPHES and t.kind(i + 1) == "decade"
    if kind == "number":
        return len(word) == LONGEST_NUMBER or _goes_on(t, i)
    return kind not in {"", "possessive", "half"}


def _leads_on(t: Tokens, i: int) -> bool:
    """Whether an article or "that" leads to what an expression can go on with; half of all words tried are these."""
    if t.whole or t.kind(i + 1) != "word":
        return True
    word = t.word(i + 1)
    return word in STARTERS or word in BETWEEN or f"{t.word(i)} {word}" in words.BEGINNINGS


def _goes_on(t: Tokens, i: int) -> bool:
    """Whether a short number is followed by what can make it a day, an hour or an amount."""
    if len(t.word(i)) >= LONGEST_NUMBER:
        return False
    if t.word(i + 1) not in AFTER_NUMBER:
        half = t.word(i + 1) == "½" or (t.word(i + 1), t.word(i + 2), t.word(i + 3)) == ("1", "/", "2")
        return half or t.kind(i + 1) in {"word", "half"}
    return t.kind(i + 2) == "word" or (t.kind(i + 2) in {"number", "ordinal"} and t.kind(i + 3) in {"word", "half"})


def _first_words() -> frozenset[str]:
    phrases: list[str] = [
        *words.MONTHS, *words.WEEKDAYS, *words.SHORT_WEEKDAYS, *words.NUMBERS, *words.ORDINALS, *words.UNITS,
        *words.PARTS, *words.POSITIONS, *words.SEASONS, *words.HOLIDAYS, *words.REFERENCES, *words.REPEATS,
        *words.LISTS["less"], *words.LISTS["more"], *words.LISTS["approximate"], *words.LISTS["starting"],
    ]  # fmt: skip
    return frozenset(phrase.split()[0] for phrase in phrases)


STARTERS: Final = _first_words()
