"""Who is accused by words that say so of him: "a man whom police accused of it", "is accused of it", "not accused"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.verbs import Use
    from sayso.values import Actor

UP: Final = 3
"""So many verbs may stand between a deed and "accused of": "accused of · trying · to blow it up"."""
ACCUSED: Final = ("accused", "suspected")


def has_an_accuser(passage: Passage, use: Use) -> bool:
    """Tell whether what looks like a participle has a subject: "a man whom · the police accused of it"."""
    syntax, before = passage.syntax, use.first - 1
    if syntax is None or use.helpers or before < 0 or syntax.labels[use.first] != "acl":
        return False
    own = syntax.heads[before] == use.first and syntax.labels[before] == "nsubj"
    return own and syntax.upos[before] != "PRON"


def blamed_in_relative(scan: Scan, passage: Passage, use: Use) -> tuple[Actor, int, int] | None:
    """Return whom a relative clause blames: "the Front, · whom the governor blamed for it"."""
    syntax = passage.syntax
    whom = syntax.object(use.first) if syntax else None
    if syntax is None or whom is None or passage.word(whom) not in ("whom", "who", "which"):
        return None
    head = syntax.heads[use.first]
    first, last = syntax.phrase(head) if syntax.labels[use.first] == "acl" and head >= 0 else (0, 0)
    first += passage.word(first) in closed("determiners")
    actor = actor_at(scan, passage, first, last)
    return (actor, first, last) if actor else None


def only_denied(use: Use) -> bool:
    """Tell whether somebody "was not accused of it": nobody says that he did it."""
    return use.negated and use.voice == "passive"


def accused_by_none(passage: Passage, use: Use, said: list[Mention]) -> list[Mention]:
    """Return mentions; of one who "is accused of it" nobody says that he did it, and not by whom."""
    if use.voice != "passive" or passage.word(use.first) != "accused":
        return said
    return [replace(item, stance="suspects") for item in said]


def is_charged_with(passage: Passage, row: Happening) -> bool:
    """Tell whether somebody is only charged with a deed: "a teenager accused of trying to blow it up"."""
    syntax = passage.syntax
    at = syntax.verb_in(row.first, row.last) if syntax else None
    for _ in range(UP):
        at = syntax.heads[at] if syntax is not None and at is not None and at >= 0 else None
        if syntax is None or at is None or at < 0:
            return False
        if syntax.words[at] in ACCUSED:
            return syntax.labels[at] == "acl" or any(syntax.words[one] in closed("be") for one in syntax.children[at])
    return False
