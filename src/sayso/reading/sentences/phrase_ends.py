"""Where a noun phrase for people begins and ends around its nouns: "an off-duty police officer", "Ana Ruiz's son"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.counted_words import modifies
from sayso.reading.sentences.passages import Hit, closed

if TYPE_CHECKING:
    from sayso.reading.sentences.group_words import GroupWord
    from sayso.reading.sentences.passages import Passage

AGES: Final = frozenset({"year", "month", "week", "day"})
"""What an age without an article is counted in: "7-year-old girl found dead"."""


def compounds(passage: Passage, heads: list[Hit[tuple[GroupWord, bool]]]) -> list[Hit[tuple[GroupWord, bool]]]:
    """Join a singular noun to the one right behind it, which it only describes: "a vigilante leader".

    "Took the captain hostage" joins nothing.
    """
    kept: list[Hit[tuple[GroupWord, bool]]] = []
    for hit in heads:
        taken = passage.word(hit.first) in ("hostage", "captive", "prisoner")
        if kept and kept[-1].last == hit.first and not (taken or kept[-1].value[1] or kept[-1].value[0].generic):
            kept[-1] = Hit(kept[-1].first, hit.last, hit.value)
        else:
            kept.append(hit)
    return kept


def innermost(
    head: Hit[tuple[GroupWord, bool]], last: int, heads: list[Hit[tuple[GroupWord, bool]]]
) -> Hit[tuple[GroupWord, bool]]:
    """Return the last of adjoining nouns: "school children", "police officers"."""
    for hit in heads:
        if head.last <= hit.first and hit.last <= last and hit.first <= head.last + 1:
            head = hit
    return head


def extend(passage: Passage, last: int, heads: list[Hit[tuple[GroupWord, bool]]]) -> int:
    """Return where a noun phrase ends when "members of the security forces" or "people on board" go on."""
    for hit in heads:
        if hit.first == last and passage.word(last) not in ("and",):
            last = hit.last
    if passage.word(last) == "of" and passage.word(last - 1) in ("members", "member", "citizens", "employees"):
        if passage.syntax is not None and passage.syntax.upos[last + 1 : last + 2] == ("VERB",):
            return last  # "convicted a gang member · of murdering a guard"
        index = last + 1
        while index < min(last + 8, len(passage)) and modifies(passage, index):
            index += 1
        return index
    if passage.phrase(last, last + 2) in ("on board", "on both"):
        return last + 2
    return last


def owner_start(passage: Passage, at: int) -> int:
    """Return where the owner begins before the "'s" at ``at``: "Ana Ruiz's brother", "the mayor's driver"."""
    first = at - 1
    while passage.line.capital(first) and passage.line.capital(first - 1) and first > 1:
        first -= 1
    return first - (passage.word(first - 1) in closed("determiners"))


def tighten(passage: Passage, begin: int, head: int) -> int:
    """Return where the phrase really begins: at its determiner, else after the last word that is no modifier."""
    for index in range(head - 1, begin - 1, -1):
        if passage.word(index) in closed("determiners"):
            return index
    first = head
    while first > begin and (
        passage.line.capital(first - 1)
        or passage.word(first - 1) in closed("group modifiers")
        or passage.word(first - 1) == "-"
        or (passage.word(first) == "-" and passage.word(first - 1) in AGES)
        or (passage.phrase(first, first + 2).startswith("- ") and passage.word(first + 1) in AGES)
    ):
        first -= 1
    return first + (passage.word(first) == "-")
