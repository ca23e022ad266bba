"""The case that English would give a text, whatever case it comes in: word by word, from lists that were counted.

The reports of MUC-4 are in capitals, the encoder was trained on cased text. What is read is always the text in capitals
with its case restored, so a report in mixed case is read as the same report in capitals is. (`sayso.language.casing`
asks the layers of the model instead, which needs a first pass over a text that the model reads poorly.)
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Mapping, Sequence
from functools import cache
from pathlib import Path

from sayso.language.analysis import Analysis
from sayso.language.casing import bracketed, capital, openings

_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly")
_LONG = 5
"""Shorter words are not taken for forms of other words; longer ones not for initials."""
_VOWELS = frozenset("aeiouy")
_CLITICS = frozenset({"'s", "’s", "n't", "n’t"})


def with_case(analysis: Analysis) -> Analysis:
    """Return the tokens of an analysis in the case they would have; the report's text stays as it is."""
    kinds = [_kind(analysis, number) for number in range(len(analysis.tokens))]
    opening = openings(analysis)
    tokens = []
    for number, token in enumerate(analysis.tokens):
        kind = _settled(analysis, kinds, number)
        tokens.append(
            token._replace(text=_written(token.text, "capital" if kind == "small" and number in opening else kind))
        )
    return Analysis(analysis.report, tuple(tokens), analysis.sentences)


def _written(word: str, kind: str) -> str:
    return {"small": word.lower(), "initials": word.upper()}.get(kind) or capital(word)


def _kind(analysis: Analysis, number: int) -> str:
    """Return small, either, capital or initials."""
    word = analysis.tokens[number].text
    small, letters = word.lower(), word.replace(".", "")
    if not any(map(str.isalpha, word)) or small in _CLITICS:
        return "small"
    if ("." in word and len(letters) * 2 == len(word)) or small in _lists()["initials"]:
        return "initials"
    if _small(small):
        return "small"
    if small in _lists()["either"]:
        return "either"
    if letters.isalpha() and 1 < len(letters) <= _LONG and (not _VOWELS & set(small) or bracketed(analysis, number)):
        return "initials"
    return "small" if word[0].isdigit() or _all_small(small) else "capital"


def _settled(analysis: Analysis, kinds: Sequence[str], number: int) -> str:
    """Return the kind of a word; one that is written either way goes with the names beside it."""
    if kinds[number] != "either":
        return kinds[number]
    beside = [at for at in (number - 1, number + 1) if 0 <= at < len(kinds)]
    named = any(kinds[at] in ("capital", "initials") and analysis.tokens[at].text.isalpha() for at in beside)
    return "capital" if named else "small"


def _all_small(word: str) -> bool:
    """Tell whether all parts of a word with hyphens are written small."""
    return "-" in word and all(_small(part) for part in word.split("-") if part)


def _small(word: str) -> bool:
    lists = _lists()
    if word in lists["small"]:
        return True
    other = (lists["either"], lists["capital"], lists["initials"])
    return not any(word in words for words in other) and inflected(word, lists["small"])


def inflected(word: str, words: Container[str]) -> bool:
    """Tell whether a word looks like a form of one of ``words``."""
    stems = [word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending)] if len(word) >= _LONG else []
    return any(stem in words or f"{stem}e" in words for stem in stems)


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_name("case.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}
