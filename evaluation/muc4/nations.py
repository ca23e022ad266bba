"""The foreign nation of a target, where the words beside it name one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from evaluation.muc4.mentions import singular
from sayso.language.analysis import Analysis

_BEFORE = 2
_LONGEST = 2


@cache
def _nations() -> dict[tuple[str, ...], str]:
    table: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {tuple(word.split()): country for country, words in table.items() for word in words}


def nations_in(analysis: Analysis) -> list[tuple[int, str]]:
    """Return (token, country) for the words of a text that name the people or things of a country."""
    words = [singular(token.text.upper()) for token in analysis.tokens]
    named = ((at, _nations().get((word,), "")) for at, word in enumerate(words))
    return [(at, country) for at, country in named if country]


def nation_of(analysis: Analysis, first: int, last: int) -> str:
    """Return the country that the words in and right before tokens [first, last) name, "" where they name none."""
    start = max(0, first - _BEFORE)
    words = [singular(token.text.upper()) for token in analysis.tokens[start:last]]
    for size in range(_LONGEST, 0, -1):
        for at in range(len(words) - size + 1):
            if country := _nations().get(tuple(words[at : at + size])):
                return country
    return ""
