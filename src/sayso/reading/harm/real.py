"""Whether a verb of harm tells of what happened, or of what would, may or is meant to happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Use, clause_start, use_of

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage


UNMET: Final = frozenset({"would", "could", "might"})
"""With "have" these tell of what did not come about."""


def is_unreal(passage: Passage, use: Use) -> bool:
    """Tell whether the verb group speaks of what would, may or is meant to happen ("to kill", "could die")."""
    start = clause_start(passage, use.begin)
    if passage.word(start - 1) in ("if", "unless", "whether") or "than they" in passage.phrase(start, use.begin + 1):
        return True
    if {"have", "has", "having"} & set(use.helpers):
        return bool(UNMET & set(use.helpers))  # "might have been wiped out"
    if not use.helpers and passage.word(use.first - 1) in ("and", "or"):  # "where people are killed or injured"
        before = _verb_before(passage, use.first - 2)
        return before is not None and is_unreal(passage, before)
    lasts = passage.word(use.first) in ("is", "are") or "still" in passage.line.lower[use.begin : use.first]
    now = use.voice == "passive" and bool(use.helpers) and use.helpers[0] in ("is", "are")
    if now and "being" not in use.helpers and not lasts:
        return True  # "events where four people are killed": a definition, not a count
    compared = passage.word(use.last) == "more" and "than" in passage.line.lower[use.last + 2 :]  # not "more than 40"
    told = "to" in use.helpers and passage.word(_before_to(passage, use)) in closed("reported to")
    return use.modal or ("to" in use.helpers and not told) or compared


def _before_to(passage: Passage, use: Use) -> int:
    """Return the word before the "to" of a verb group: "were estimated · to be killed" tells of what happened."""
    ahead = range(use.first - 1, use.begin - 1, -1)
    return next((at for at in ahead if passage.word(at) == "to"), 0) - 1


def is_of_their_kin(passage: Passage, use: Use, group: Group) -> bool:
    """Tell whether a participle is of those whose kin are named: "the father of a man · shot dead"."""
    before = passage.line.lower[group.first : use.first]
    reduced = not use.helpers and use.voice == "passive" and "of" in before
    if reduced and group.first + before.index("of") < group.last:
        return False  # "family of five killed"
    return reduced and bool(closed("kin") & set(before[: before.index("of")]))


def _verb_before(passage: Passage, index: int) -> Use | None:
    """Return the use of the participle that "and" joins to the next one, where auxiliaries stand before it."""
    use = use_of(passage, index, index + 1, frozenset({"past", "participle"})) if index > 0 else None
    return use if use is not None and use.helpers else None
