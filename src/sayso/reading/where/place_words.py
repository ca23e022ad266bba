"""Which words before and behind a name tell that it is a place where something happened."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import BREAKS, is_adverb, words_of
from sayso.reading.sentences.passages import closed
from sayso.values.place_reading import tables

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

KIND_WORDS: Final = 3
"""So many words may follow a name to say what it is ("X police training centre")."""
REACH: Final = 9
"""How many words may stand between "in" and the name ("in the northern border city of X")."""
STREET_ENDS: Final = ("gatan", "straße", "strasse", "straat", "gade", "vägen", "allee", "prospekt")
"""How names of streets end in other languages."""
FEAST: Final = 3
"""So many words may "Christmas Eve" take, its preposition not counted."""
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
            thing = thing or passage.word(index - 1) in closed("done to a place")  # "the shelling of X"
            return thing or any(passage.word(at) in closed("kinds of place") for at in range(max(index - 2, 0), index))
        if word in closed("locatives"):
            return passage.word(index - 1) != "from"  # "rockets from across the border with X"
        if _leads_to(passage, index, first, last):
            return True
        if (
            word in BREAKS - {","}
            or word in closed("be")
            or word in closed("clause openers")
            or word in ("by", "from", "with", "for", "against", "over", "during")
        ):
            return False
        if word == "," and not passage.line.capital(index - 1):
            return False
    return False


def _leads_to(passage: Passage, at: int, first: int, last: int) -> bool:
    """Tell whether a word that elsewhere means no place does here: "on X Road", "shot down over X", "called X"."""
    word = passage.word(at)
    if word == "on":
        return _on_the_ground(passage, first, last)
    if at != first - 1 and not (at == first - 2 and passage.word(first - 1) == "the"):
        return False
    if word in ("over", "along"):
        line = passage.word(last - 1) in closed("lines on maps") or passage.word(first) in closed("lines on maps")
        return line or bool({"down", "downed", "intercepted", "crashed"} & set(passage.line.lower[:at]))
    return (
        at == first - 1
        and word in ("called", "named")
        and any(passage.word(at - back) in closed("kinds of place") | {"place"} for back in (1, 2))
    )


def _on_the_ground(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a name behind "on" is that of a road, a mountain or a line: "on Mount X", "on the X-Y road"."""
    if passage.word(first) in closed("named landforms") or passage.word(last - 1) in closed("lines on maps"):
        return True
    numbered = passage.word(last - 1).isdigit() and passage.word(last - 2) in closed("roads")
    inside = passage.word(last) in ("in", ",") and passage.line.capital(last + 1)  # the town says more
    named = passage.word(last - 1) in closed("roads") or passage.word(last - 1).endswith(STREET_ENDS)
    return numbered or passage.word(last) in closed("roads") or (named and not inside)


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


def certainly_place(passage: Passage, first: int, last: int, kind: int = 0) -> bool:
    """Tell whether the words around an unknown name say that it is a place: "in X", "the town of X", "the X area".

    Args:
        passage: the sentence.
        first: first token of the name.
        last: one past its last token.
        kind: how many words behind it say what it names.

    """
    near = 1 + (passage.word(first - 1) in ("nearby", "neighbouring", "neighboring"))
    before = passage.word(first - near)
    if before in OWNS or (before == "the" and kind):
        return bool(kind)
    if before == "the" and last - first > 1 and passage.word(last - 1) in closed("landforms"):
        before = passage.word(first - 2)  # "in the Arun Valley"
    if before == "of":
        return any(passage.word(index) in closed("kinds of place") for index in range(max(first - 4, 0), first - 1))
    if before == "at":
        numbered = passage.word(last - 1).isdigit()  # "at Mile 51"
        return numbered or bool(kind) or passage.word(first - 2) in closed("facilities")  # "its post at Kok-Tash"
    if _leads_to(passage, first - 1, first, last):
        return True
    return before in ("in", "near", "outside", "inside", "around")


def kind_words(passage: Passage, last: int) -> int:
    """Return how many words behind a name say what it is: "Ghazni province", "Kabul police training centre"."""
    small = takewhile(lambda at: not passage.line.capital(at), range(last, min(last + KIND_WORDS, len(passage))))
    words = [passage.word(at) for at in small]
    for size in range(len(words), 0, -1):
        phrase = " ".join(words[:size])
        whole = tables()["facility"].match(phrase) is not None and _all_nouns(words[:size])
        if whole or phrase in tables()["level_of"]:
            return size
    return 0


def _all_nouns(words: list[str]) -> bool:
    small = words_of("preposition", "conjunction", "auxiliary") | closed("determiners")
    return not any(word in small or not word[:1].isalpha() or word.endswith(("ed", "ing")) for word in words[:-1])


def told_otherwise(scan: Scan, passage: Passage, first: int, last: int) -> bool:
    """Tell whether a name is a feast ("over Christmas"), or says where somebody went ("in the direction of X in Y")."""
    feast = any(h.first <= first and last <= h.last <= h.first + FEAST for h in scan.moments(passage))
    model = passage.word(last) == "-" and passage.word(last + 1)[:1].isdigit()  # "hit an Mi-35"
    whose = passage.word(last) in closed("towns and the like") and passage.word(last + 1) == "of"
    whose = whose and passage.line.capital(last + 2)  # "the western Kosovo town of Pec"
    return (
        feast or model or whose or "in the direction of" in " ".join(passage.line.lower[max(first - REACH, 0) : first])
    )
