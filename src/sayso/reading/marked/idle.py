"""Phrases that a mark may take for an author or a target and that have no part in the deed.

"The accusations of the charity", "the victories of the army", "in support of the army" name nobody who did it; what
shells are fired from is not what they hit. What "neither army bombed" was hit by neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage
    from sayso.reading.sentences.syntax import Syntax

AWAY: Final = frozenset(
    {"escape", "escaped", "escapes", "fled", "flee", "flees", "hid", "leave", "left", "leaves", "ran", "run", "walked",
     "has", "had", "have"}
)  # fmt: skip
"""What those do whom nobody holds; "has four prior arrests" tells of none now."""
EARLIER: Final = frozenset({"prior", "previous", "earlier", "past"})
CHAIN: Final = 3
"""So many nouns may lie between a body and what is told of it: "the victories of the heroes of the army"."""
OF: Final = ("of", "by", "for", "from", "'s", "’s")


def is_told_of(syntax: Syntax, head: int) -> bool:
    """Tell whether a noun only says whose words, gains or friends are spoken of."""
    case = syntax.child(head, "case")
    if case is not None and syntax.words[max(case - 2, 0) : case + 1] == ("in", "support", "of"):
        return True
    at = head
    for _ in range(CHAIN):
        case, over = syntax.child(at, "case"), syntax.heads[at]
        if case is None or over < 0 or syntax.words[case] not in OF:
            return False
        if syntax.words[over] in closed("accusations", "gains and praise"):
            return True
        at = over
    return False


def is_at_large(passage: Passage, item: Mention) -> bool:
    """Tell whether people get away, "twelve others managed to leave", or a number is of "four prior arrests"."""
    syntax = passage.syntax
    if syntax is None:
        return False
    head = syntax.head_of(*passage.tokens_of(*item.anchor))
    over = syntax.heads[head]
    if syntax.labels[head] == "nummod" and over >= 0:
        return any(syntax.words[at] in EARLIER for at in syntax.children[over])
    if syntax.labels[head] != "nsubj" or over < 0:
        return False
    goal = syntax.child(over, "xcomp")  # "managed · to leave"
    return syntax.words[over if goal is None else goal] in AWAY


def is_fired_from(syntax: Syntax, head: int) -> bool:
    """Tell whether a noun is where the fire came from: "shells were fired from · militia positions"."""
    case, over = syntax.child(head, "case"), syntax.heads[head]
    from_there = case is not None and over >= 0 and syntax.words[case] == "from"
    return from_there and syntax.words[over] in closed("firing from")


def is_hit_by(passage: Passage, item: Mention, deeds: set[tuple[int, int]]) -> bool:
    """Tell whether a thing is the object of one of some verbs, each told by its passage and where it starts."""
    syntax = passage.syntax
    over = syntax.heads[syntax.head_of(*passage.tokens_of(*item.anchor))] if syntax is not None else -1
    return over >= 0 and (passage.number, passage.line.start(over)) in deeds
