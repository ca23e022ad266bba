"""Counts that are denied by "any": "denied that any villagers had died", "without killing any of the crew"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage

DENYING: Final = frozenset({"denied", "denies", "deny", "denying"})
NOT: Final = ("not", "n't", "n’t", "never")


def any_of(passage: Passage, first: int) -> int | None:
    """Return where the "any" of a group stands that begins at ``first``: "any soldier", "any of its soldiers"."""
    if passage.word(first) == "any":
        return first
    return first - 2 if passage.phrase(first - 2, first) == "any of" else None


def is_none(passage: Passage, at: int) -> bool:
    """Tell whether the "any" at ``at`` says that there were none; who did not deny that any died says nothing of it."""
    words = passage.line.lower[:at]
    kept = any(word in DENYING and before in NOT for before, word in pairwise(words))
    return bool(closed("denying any") & set(words)) and not kept


def is_habit(passage: Passage, verb: int) -> bool:
    """Tell whether a negated verb only says what somebody does not do: "we do not · kill children"."""
    return not {"do", "does"}.isdisjoint(passage.line.lower[max(verb - 3, 0) : verb])
