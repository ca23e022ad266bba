"""What is told of people already counted as hurt: "46 injured, nine of them in a critical condition"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sayso.reading.harm.harms import Harm
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage

OF_THEM: Final = frozenset({"them", "whom", "wounded", "injured"})
"""What a share of the hurt ends in."""
GRAVE: Final = frozenset({"critical", "critically", "grave", "gravely", "intensive", "serious", "seriously", "stable"})
THE_HURT: Final = ("the wounded", "the injured", "wounded", "injured")
LIVES: Final = ("fighting for", "clinging to", "fought for")
WORDS: Final = 6
"""How many words behind a share may tell how they are."""


def without_conditions(passage: Passage, harms: list[Harm], *, told: bool) -> list[Harm]:
    """Return the harms without those that only say how gravely people are hurt who are counted already.

    As a count of its own such a share would pass for another toll by the same holder. Bodies are nobody hurt.

    Args:
        passage: the sentence.
        harms: the harms read in it.
        told: whether the sentence before counted people hurt.

    """
    hurt = [group for harm in harms if harm.field == "injured" and not harm.zero for group, _ in harm.groups]
    kept = []
    for harm in harms:
        if harm.field == "injured":
            groups = tuple(row for row in harm.groups if _counts(passage, row[0], hurt, told=told))
            harm = replace(harm, groups=groups)
        if harm.groups:
            kept.append(harm)
    return kept


def _counts(passage: Passage, group: Group, hurt: list[Group], *, told: bool) -> bool:
    """Tell whether a group adds people hurt to those counted before."""
    if group.word is not None and group.word.name == "bodies":
        return False
    if passage.phrase(group.first, group.last) in THE_HURT and group.quantity is not None and group.quantity.high == 1:
        return False  # "the wounded were taken to hospital": however many
    counted = told or any(one.last <= group.first and one.quantity is not None for one in hurt)
    return not (counted and _only_grave(passage, group))


def _only_grave(passage: Passage, share: Group) -> bool:
    """Tell whether all that is said of a share is how gravely they are hurt."""
    if passage.word(share.last - 1) not in OF_THEM or share.last == share.first + 1:
        return False
    words = passage.line.lower[share.last : share.last + WORDS]
    lives = any(passage.phrase(at, at + 2) in LIVES for at in range(share.last, share.last + WORDS))
    return lives or bool(GRAVE & set(words))
