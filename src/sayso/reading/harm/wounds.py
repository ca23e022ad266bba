"""Where a wound is told of: "with a broken arm", "with bullet and splinter wounds"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import clause_end

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage

WOUND_REACH: Final = 6
"""How many words behind "with" a wound may stand."""
WITH_REACH: Final = 8
"""How many words behind a verb its "with" may stand."""


def wound_ahead(passage: Passage, at: int) -> int | None:
    """Return where a wound is named in a phrase that begins at ``at``; None where none is."""
    broken = False
    for index in range(at, min(at + WOUND_REACH, len(passage))):
        word = passage.word(index)
        broken = broken or word in closed("broken")
        if word in closed("wounds") or (broken and word in closed("parts of the body")):
            return index
        if not passage.line.word(index) and word != "-":
            return None
    return None


def wound_behind_with(passage: Passage, at: int) -> bool:
    """Tell whether a verb ending at ``at`` goes on with a wound: "escaped · with burns", "came home with two cuts"."""
    ahead = range(at, min(clause_end(passage, at), at + WITH_REACH))
    start = next((index for index in ahead if passage.word(index) == "with"), None)
    return start is not None and wound_ahead(passage, start + 1) is not None
