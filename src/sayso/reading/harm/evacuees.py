"""Who loses a home: several who were driven out, neither attackers who got away nor the hurt who were carried off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage
    from sayso.reading.sentences.verbs import Use


def lose_homes(passage: Passage, use: Use, found: list[tuple[Group, bool]]) -> bool:
    """Tell whether those who flee or are evacuated are counted as displaced."""
    several = all(group.plural and not group.attackers for group, _ in found)
    before = any(group.first <= use.first < group.last for group, _ in found)  # "two displaced women were shot"
    return several and not before and not (passage.word(use.first).startswith("evacuat") and _are_patients(passage))


def _are_patients(passage: Passage) -> bool:
    """Tell whether a sentence is about the hurt, whom an evacuation takes to be treated: "evacuated eleven wounded"."""
    return any(word in closed("the hurt") | closed("wounds") for word in passage.line.lower)
