"""How many a description speaks of, as the key writes numbers: ``3``, ``~ 50``, ``6 -``, ``PLURAL``."""

from __future__ import annotations

import re

from evaluation.muc4.mentions import head_of, singular
from sayso.language.analysis import Analysis

_ABOUT = frozenset({"ABOUT", "APPROXIMATELY", "SOME", "NEARLY", "ALMOST", "AROUND"})
_LEAST = (("AT", "LEAST"), ("MORE", "THAN"), ("OVER",))
_MASS = frozenset(
    {"PEOPLE", "PERSONNEL", "POLICE", "MEN", "WOMEN", "CHILDREN", "DEAD", "WOUNDED", "COMMUNITY", "PERSONS"}
)
_ONES = frozenset({"NEWS", "HEADQUARTERS", "OFFICES", "FACILITIES", "INSTALLATIONS", "PREMISES"})
_REACH = 4
_SAID = [
    "ONE",
    "TWO",
    "THREE",
    "FOUR",
    "FIVE",
    "SIX",
    "SEVEN",
    "EIGHT",
    "NINE",
    "TEN",
    "ELEVEN",
    "TWELVE",
    "THIRTEEN",
    "FOURTEEN",
    "FIFTEEN",
    "SIXTEEN",
    "SEVENTEEN",
    "EIGHTEEN",
    "NINETEEN",
    "TWENTY",
]
_WORDS = {word: number for number, word in enumerate(_SAID, start=1)}


def number_of(analysis: Analysis, first: int, last: int) -> str:
    """Return the number of what tokens [first, last) describe."""
    head = head_of(analysis, first, last)
    words = [token.text.upper() for token in analysis.tokens]
    start = max(0, first - _REACH)
    for at in range(head - 1, start - 1, -1):
        if at < first and re.fullmatch(r"[.;:,]|AND|IN|AT|ON|BY", words[at]):
            break
        value = read(words[at])
        if value is not None and not _in_name(words, at):
            return _written(words, at, value)
    word = words[head]
    if word in _MASS or (word != singular(word) and word not in _ONES):
        return "PLURAL"
    return "1"


def read(word: str) -> int | None:
    """Return the number that one word says, None where it says none."""
    if re.fullmatch(r"\d{1,3}(,\d{3})*|\d+", word):
        return int(word.replace(",", ""))
    return _WORDS.get(word)


def _in_name(words: list[str], at: int) -> bool:
    return bool(at + 1 < len(words) and re.fullmatch(r"-|/|TH|YEARS?|YEAR-OLD|KM|HOURS?", words[at + 1]))


def _written(words: list[str], at: int, value: int) -> str:
    if any(tuple(words[max(0, at - len(sign)) : at]) == sign for sign in _LEAST):
        return f"{value} -"
    return f"{value}"
