"""Give a text that is written in one case (telex, headlines in capitals) the case that English would give it.

The text keeps its length, character for character, so that spans in the one are spans in the other. What is a name is
taken from the layers of the model where they ran, and from the gazetteer; everything else becomes small.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sayso.language.analysis import Analysis

if TYPE_CHECKING:
    from sayso.vocab.gazetteer import Gazetteer

_FEWEST: Final = 8
"""Fewer words with letters than this say nothing about how a text is written."""
_ALMOST_ALL: Final = 0.97
_LONGEST_ACRONYM: Final = 5
_HEAD: Final = 24
"""Tokens within which the dashes behind place, day and agency stand."""
_VOWELS: Final = frozenset("aeiouy")
_NAMES: Final = ("entity", "gmb")
_NO_NAMES: Final = frozenset({"O", "B-tim", "I-tim"})
_APOSTROPHES: Final = ("'s", "’s", "n't", "n’t")


def one_case(text: str) -> bool:
    """Tell whether (almost) all words of a text are in capitals, or all in small letters."""
    words = [word for word in text.split() if sum(map(str.isalpha, word)) > 1]
    if len(words) < _FEWEST:
        return False
    capitals = sum(word == word.upper() for word in words)
    return capitals >= _ALMOST_ALL * len(words) or all(word == word.lower() for word in words)


def with_case(analysis: Analysis, world: Gazetteer) -> Analysis:
    """Return the tokens and sentences of an analysis, a case given to each token; the report's text stays as it is."""
    text = cased(analysis, world)
    tokens = tuple(token._replace(text=text[token.start : token.end]) for token in analysis.tokens)
    return Analysis(analysis.report, tokens, analysis.sentences)


def cased(analysis: Analysis, world: Gazetteer) -> str:
    """Return the text of an analysis with a case for each of its words.

    Args:
        analysis: of the text in one case; with the layers `entity`, `gmb` and `upos` where the model ran.
        world: says which words are names of countries, peoples and armed groups.

    """
    text = analysis.report.text
    out = list(text)
    opening = openings(analysis)
    for number, token in enumerate(analysis.tokens):
        word = _word(analysis, number, world, opens=number in opening)
        if len(word) == len(token.text):
            out[token.start : token.end] = word
    return "".join(out)


def _word(analysis: Analysis, number: int, world: Gazetteer, *, opens: bool) -> str:
    token = analysis.tokens[number].text
    small = token.lower()
    if not any(map(str.isalpha, token)) or small in _APOSTROPHES:
        return small
    if _acronym(analysis, number, world):
        return token.upper()
    inside = _within_name(analysis, number)
    if small in _words()["small"] and not opens and not _begins_name(analysis, number):
        return small
    if opens or inside or small in _words()["calendar"] or _title(analysis, number) or _belongs(token, world):
        return capital(token)
    return small


def _acronym(analysis: Analysis, number: int, world: Gazetteer) -> bool:
    """Tell whether a word is spelt letter by letter: initials, no vowel, or a body's short form in brackets."""
    token = analysis.tokens[number].text
    letters = token.replace(".", "")
    if "." in token and len(letters) * 2 == len(token) and letters.isalpha():
        return True
    if not letters.isalpha() or not 1 < len(letters) <= _LONGEST_ACRONYM or letters.lower() in _words()["small"]:
        return False
    if not _VOWELS & set(letters.lower()):
        return _within_name(analysis, number)
    return bracketed(analysis, number) and (_within_name(analysis, number) or world.actor(letters.upper()) is not None)


def bracketed(analysis: Analysis, number: int) -> bool:
    """Tell whether a word stands alone in brackets."""
    tokens = analysis.tokens
    return 0 < number < len(tokens) - 1 and tokens[number - 1].text in "([" and tokens[number + 1].text in ")]"


def _within_name(analysis: Analysis, number: int) -> bool:
    labels = [analysis.tags[layer][number] for layer in _NAMES if layer in analysis.tags]
    proper = "upos" in analysis.tags and analysis.tags["upos"][number] == "PROPN"
    return any(label not in _NO_NAMES for label in labels) or proper


def _begins_name(analysis: Analysis, number: int) -> bool:
    return any(analysis.tags[layer][number][:2] == "B-" for layer in _NAMES if layer in analysis.tags)


def openings(analysis: Analysis) -> set[int]:
    """Return the first word of each sentence; what stands in brackets, and the head line of a telex, go before it."""
    out = set()
    for sentence in analysis.sentences:
        depth, at = 0, sentence.first
        for number in range(sentence.first, sentence.last):
            word = analysis.tokens[number].text
            depth += (word in "([") - (word in ")]")
            if (word == "--" and number - sentence.first < _HEAD) or (
                number == at and (depth or not any(map(str.isalnum, word)))
            ):
                at = number + 1
        out |= {sentence.first, at}
    return out


def _title(analysis: Analysis, number: int) -> bool:
    """Tell whether a title stands before a name."""
    if analysis.tokens[number].text.lower().rstrip(".") not in _words()["titles"] or number + 1 >= len(analysis.tokens):
        return False
    return _within_name(analysis, number + 1)


def _belongs(token: str, world: Gazetteer) -> bool:
    """Tell whether a word names a country or its people."""
    name = capital(token)
    return len(name) > _LONGEST_ACRONYM - 2 and (world.demonym(name) is not None or world.country(name) is not None)


def capital(word: str) -> str:
    """Return a word with a capital at its beginning and behind each hyphen."""
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in table.items()}
