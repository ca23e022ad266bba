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
CALLING: Final = frozenset({"telephoned", "phoned", "rang", "emailed", "texted", "tweeted", "messaged"})
AIMING: Final = frozenset({"on", "against", "at", "upon", "towards", "toward", "targeting"})
"""Prepositions that lead from an attack to whom it hits."""
FEARS: Final = frozenset({"fear", "fears", "threat", "threats", "risk", "danger", "possibility", "prospect"})
"""Nouns of what has not happened."""
UP: Final = 4
"""So many heads are climbed to what is feared."""
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


def is_only_there(syntax: Syntax, head: int) -> bool:
    """Tell whether people are only said to be somewhere, or how they feel: "some fifty guests were in the bar"."""
    over = syntax.heads[head]
    if syntax.labels[head] != "nsubj" or over < 0 or syntax.child(over, "cop") is None:
        return False
    where = syntax.child(over, "case") is not None and syntax.upos[over] in ("NOUN", "PROPN")
    return where and not any(word in closed("states of the hurt") for word in syntax.words[slice(*syntax.phrase(over))])


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


def only_calls(syntax: Syntax, head: int) -> bool:
    """Tell whether somebody only speaks for the authors: "a man who gave no name telephoned a reporter"."""
    over = syntax.heads[head]
    return syntax.labels[head] == "nsubj" and over >= 0 and syntax.words[over] in CALLING


def does_nothing(syntax: Syntax, head: int) -> bool:
    """Tell whether a noun is hit or only feared: "attacks on Americans", "fear of an attack by the Front"."""
    case = syntax.child(head, "case")
    over = syntax.heads[head]
    of_another = case is not None and syntax.labels[head] in ("nmod", "obl")
    if case is not None and syntax.words[case] == "by" and over >= 0 and _is_held(syntax, over):
        return True
    if of_another and syntax.words[case or 0] in AIMING:
        return True
    for _ in range(UP):
        if over < 0:
            return False
        if syntax.words[over] in FEARS:
            return True
        over = syntax.heads[over]
    return False


def _is_held(syntax: Syntax, verb: int) -> bool:
    """Tell whether the "by" of a verb names no author: "a road held by X", "driven off by X"."""
    off = syntax.words[verb] != "driven" or bool({"off", "back", "out"} & set(syntax.words[verb + 1 : verb + 2]))
    return syntax.words[verb] in closed("held or beaten") and off
