"""Which words before and behind a name tell that it is a place where something happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import BREAKS, is_adverb, words_of
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage

REACH: Final = 9
"""How many words may stand between "in" and the name ("in the northern border city of X")."""
OWNS: Final = ("'s", "’s")


def located(passage: Passage, first: int, last: int, *, kind: bool) -> bool:
    """Tell whether a word of place governs the name at ``first``; ``kind``: a noun behind it says what it names."""
    for index in range(first - 1, max(first - REACH, -1) - 1, -1):
        if index < 0:
            return False
        word = passage.word(index)
        if word in OWNS and passage.line.capital(index - 1):
            continue  # "in Nigeria's north-western Zamfara state"
        if word in ("a", "an"):
            if kind and index == first - 1:
                continue  # "at a Baghdad airport"
            return False  # "in an SUV"
        if word in words_of("day") or word in words_of("time"):
            return False
        if word == "of":
            thing = index == first - 1 and passage.word(index - 1) in closed("facilities")  # "the market of X"
            thing = thing and not passage.line.capital(index - 1)  # "the University of X" is a name
            return thing or any(passage.word(at) in closed("kinds of place") for at in range(max(index - 2, 0), index))
        if word in closed("locatives") or (index == first - 1 and _leads_to(passage, index, last)):
            return True
        if (
            word in BREAKS - {"-", ","}
            or word in closed("be")
            or word in closed("clause openers")
            or word in ("by", "from", "with", "for", "against", "over", "during")
        ):
            return False
        if word == "," and not passage.line.capital(index - 1):
            return False
    return False


def _leads_to(passage: Passage, at: int, last: int) -> bool:
    """Tell whether a word that elsewhere means no place does here: "on X Road", "shot down over X", "called X"."""
    word = passage.word(at)
    if word == "on":
        inside = passage.word(last) in ("in", ",") and passage.line.capital(last + 1)  # the town says more
        return passage.word(last - 1) in closed("roads") and not inside
    if word == "over":
        return bool({"down", "downed", "intercepted", "crashed"} & set(passage.line.lower[:at]))
    return word in ("called", "named") and any(
        passage.word(at - back) in closed("kinds of place") | {"place"} for back in (1, 2)
    )


def attributive(passage: Passage, last: int) -> bool:
    """Tell whether the name stands before a word for an attack: "a Kabul car bombing"."""
    return any(passage.phrase(last, last + size) in closed("attack nouns") for size in (1, 2)) or (
        passage.phrase(last, last + 2)
        in ("car bombing", "suicide bombing", "car bomb", "truck bombing", "mosque attack")
    )


def modifies_noun(passage: Passage, last: int) -> bool:
    """Tell whether a name only says whose the next noun is ("the US airstrike", "the Red Sea port")."""
    word = passage.word(last)
    return passage.line.word(last) and not (
        word in words_of("preposition")
        or word in words_of("conjunction")
        or word in words_of("auxiliary")
        or word in words_of("subordinator")
        or word in words_of("determiner")
        or word in words_of("relative")
        or word in words_of("day")
        or word in words_of("time")
        or is_adverb(word)
        or word.endswith(("ed", "ing"))
        or word in closed("bare number followers")
    )


def certainly_place(passage: Passage, first: int, last: int) -> bool:
    """Tell whether the words before an unknown name say that it is a place: "in X", "the town of X"."""
    near = 1 + (passage.word(first - 1) in ("nearby", "neighbouring", "neighboring"))
    before = passage.word(first - near)
    if before == "the" and last - first > 1 and passage.word(last - 1) in closed("landforms"):
        before = passage.word(first - 2)  # "in the Arun Valley"
    if before == "of":
        return any(passage.word(index) in closed("kinds of place") for index in range(max(first - 4, 0), first - 1))
    if before == "at":
        return passage.word(first - 2) in closed("facilities")  # "its post at Kok-Tash"
    if _leads_to(passage, first - 1, last):
        return True
    return before in ("in", "near", "outside", "inside")
