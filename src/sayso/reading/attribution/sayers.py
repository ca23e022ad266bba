"""Who can say something: a noun phrase that names a person, a body, a crowd or what speaks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.sentences.grammar import words_of
from sayso.reading.speaking.speakers import read_source
from sayso.reading.speaking.title_words import titles

if TYPE_CHECKING:
    from sayso.reading.attribution.contents import Range
    from sayso.reading.sentences.grammar import Line


def can_say(line: Line, source: Range) -> bool:
    """Tell whether a noun phrase names somebody who can say something rather than a thing."""
    words = " ".join(token.text for token in line.tokens[slice(*source)])
    read = read_source(words.replace(" - ", "-"))  # "Al-Shabab" is one name
    if read.person or read.body or read.voice or line.at(source[0]) in words_of("pronoun"):
        return True
    return any(
        (one,) in titles() for word in (read.role or "").lower().split() for one in (word, word.removesuffix("s"))
    )
