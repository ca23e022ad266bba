"""Which words may stand around a number that counts people: before its noun, or behind it where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.sentences.grammar import BREAKS, QUOTES, is_adverb, words_of
from sayso.reading.sentences.passages import Hit, closed

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage
    from sayso.values import Quantity


def age_or_year(passage: Passage, count: Hit[Quantity]) -> bool:
    """Tell whether a bare number is an age behind a name or a list of ages, or a year."""
    if count.last - count.first > 1 or not passage.word(count.first).isdigit() or not _bare(passage, count.last):
        return False
    if passage.word(count.last) == "of":
        return False  # "on Monday, 36 of them women"
    before = passage.line.lower[max(count.first - 8, 0) : count.first]
    behind_name = passage.word(count.first - 1) == "," and passage.line.capital(count.first - 2)
    listed = any(word in ("ages", "aged", "age") for word in before)
    return behind_name or listed or 1900 <= count.value.low <= 2100


def _bare(passage: Passage, at: int) -> bool:
    return at >= len(passage) or not passage.line.word(at) or ends_bare(passage, at)


def ends_bare(passage: Passage, at: int) -> bool:
    """Tell whether a number before ``at`` may stand without a noun ("five died", "killing 12 in the")."""
    word = passage.word(at)
    return (
        word in words_of("preposition")
        or word in words_of("conjunction")
        or word in words_of("auxiliary")
        or is_adverb(word)
        or word in words_of("day")
        or word in words_of("subordinator")
        or word in words_of("relative")
        or word in closed("bare number followers")
        or _happens(passage, at)
    )


def _happens(passage: Passage, at: int) -> bool:
    """Tell whether a verb of its own begins behind a bare number: "three suffocated", "33 admitted"."""
    syntax = passage.syntax
    verb = syntax is not None and 0 <= at < len(syntax.upos) and syntax.upos[at] == "VERB"
    return bool(verb and syntax and syntax.labels[at] in ("root", "conj", "ccomp", "advcl", "acl", "parataxis"))


def describes(passage: Passage, index: int) -> bool:
    """Tell whether a participle only describes the noun behind it: "60 · wounded · civilians"."""
    syntax = passage.syntax
    verb = syntax is not None and 0 <= index < len(syntax.upos) and syntax.upos[index] in ("VERB", "ADJ")
    return bool(verb and syntax and syntax.labels[index] == "amod" and syntax.heads[index] > index)


def _acts(passage: Passage, index: int) -> bool:
    """Tell whether a word is the verb of a clause: "the border command · said · Kyrgyz servicemen had fired"."""
    syntax = passage.syntax
    verb = syntax is not None and 0 <= index < len(syntax.upos) and syntax.upos[index] == "VERB"
    return bool(verb and syntax and syntax.labels[index] in ("root", "ccomp", "parataxis", "advcl"))


def modifies(passage: Passage, index: int) -> bool:
    """Tell whether the word at ``index`` may stand between a number and its noun."""
    word = passage.word(index)
    if word == "-" or (word in QUOTES) or describes(passage, index):
        return True
    if not passage.line.word(index) or _acts(passage, index):
        return False
    if (
        word in BREAKS
        or (word in words_of("day") and passage.line.capital(index))  # "in August · unknown attackers threw"
        or word in words_of("preposition")
        or word in words_of("auxiliary")
        or word in words_of("relative")
    ):
        return False
    return (
        word not in words_of("conjunction")
        and word not in words_of("subordinator")
        and word not in closed("bare number followers")
    )
