"""Verbs of harm that hurt nobody new: who buries the dead, and whom a sayer "did not kill" though he is dead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage
    from sayso.reading.sentences.verbs import Use

UNDER: Final = frozenset({"under", "underneath", "beneath", "by", "in", "alive"})
"""What stands behind the "buried" of those whom a landslide or ruins buried."""
NO_ONE: Final = frozenset({"single", "one", "any", "anybody", "anyone"})


def only_buries(passage: Passage, use: Use) -> bool:
    """Tell whether people before "buried" bury others: "mourners · buried on Monday", not "miners buried in mud"."""
    return (
        passage.word(use.first) == "buried"
        and use.voice == "passive"
        and not use.helpers
        and passage.word(use.last) not in UNDER
    )


def is_somebody(passage: Passage, found: list[tuple[Group, bool]]) -> bool:
    """Tell whether those harmed are one person in particular: "the army said that it did not kill · a priest".

    He is dead, and others did it; "did not kill a single civilian" says that none died.
    """
    one = len(found) == 1 and found[0][0].quantity is not None and found[0][0].quantity.low == 1
    return one and not NO_ONE & set(passage.line.lower[max(found[0][0].first - 1, 0) : found[0][0].last])
