"""People taken with what carries them: "seized a tanker with 22 crew", "diverted an airliner with 61 aboard"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.harms import Harm
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage

OPENERS: Final = frozenset({"with", "and", "carrying"})
BETWEEN: Final = frozenset({"its", "her", "their", "all", "a", "crew", "of"})
"""What may stand between "with" and the number of those aboard."""


def by_vessels(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the abducted who were on board of what a sentence says was taken."""
    words = passage.line.lower
    verb = next((at for at, word in enumerate(words) if word in closed("taking vessels")), None)
    if verb is None or not any(word in closed("carriers of people") for word in words):
        return []
    harms = []
    for group in groups:
        aboard = passage.word(group.last) == "aboard" or passage.phrase(group.last, group.last + 2) == "on board"
        crew = any(passage.word(at) in closed("people aboard") for at in range(group.first, group.last))
        at = group.first - 1
        while passage.word(at) in BETWEEN:
            at -= 1
        counted = group.quantity is not None and group.first < group.last and not group.attackers
        if counted and (aboard or crew) and passage.word(at) in OPENERS:
            harms.append(Harm("abducted", (verb, verb + 1), ((group, False),)))
    return harms
