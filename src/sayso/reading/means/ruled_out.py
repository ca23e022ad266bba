"""Weapons that somebody names to say that they were not it: "a jet, not a drone", "neither by drones nor by guns"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage

BACK: Final = 4
"""So many words before a weapon may stand the "not" that rules it out: "not by any armed · drone"."""
BETWEEN: Final = frozenset({"a", "an", "any", "the", "by", "with", "from", "one", "single", "some", "armed", "another"})
"""Words between that "not" and the weapon."""
MORE: Final = frozenset({"only", "just", "merely", "simply", "least"})
"""Words behind "not" with which it rules out nothing: "not only rockets but drones"."""
BESIDE: Final = frozenset({",", "(", "-", "–", "—", "and", "but"})
"""What stands before a "not" that sets one weapon against another."""


def is_ruled_out(passage: Passage, first: int) -> bool:
    """Tell whether the weapon at ``first`` is one of those that it was not."""
    for at in range(first - 1, max(first - 1 - BACK, -1), -1):
        word = passage.word(at)
        if word in ("nor", "neither"):
            return True
        if word == "not":
            return passage.word(at + 1) not in MORE and _sets_against(passage, at)
        if word == "than" and passage.word(at - 1) == "rather":
            return True
        if word == "of" and passage.word(at - 1) == "instead":
            return True
        if word not in BETWEEN:
            return False
    return False


def _sets_against(passage: Passage, at: int) -> bool:
    """Tell whether a "not" stands beside another weapon or a copula: "a jet, not", "it was not a drone"."""
    return (
        passage.word(at - 1) in BESIDE
        or passage.word(at - 1) in ("was", "were", "is", "are")
        or _behind_noun(passage, at)
    )


def _behind_noun(passage: Passage, at: int) -> bool:
    """Tell whether a noun goes before: "a jet not a drone", whose comma was lost."""
    syntax = passage.syntax
    return syntax is not None and at > 0 and syntax.upos[at - 1] in ("NOUN", "PROPN")
