"""Figures of speech: violence against plans and debates, by reporters, of share prices (READING: no incident)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.means.target_words import target_nouns
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import agent_of

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.reading.sentences.verbs import Use

NEAR_A_RELIC: Final = 8
"""So many words from a bomb stands the war that left it."""
OF_PLANS: Final = frozenset(
    {"hijacking", "stabbing", "abduction", "property_destruction", "assassination", "vehicle_ramming"}
)
"""Kinds whose verbs politics and business use of plans, debates and chances."""


def is_likened(scan: Scan, passage: Passage, last: int) -> bool:
    """Tell whether a plan or a law is only called a bomb: "this budget is a bomb under every town"."""
    syntax, noun = passage.syntax, last - 1
    if syntax is None or passage.word(noun) not in closed("figurative weapons") or syntax.child(noun, "cop") is None:
        return False
    subject = syntax.child(noun, "nsubj")
    if subject is None or syntax.words[subject] in closed("may be a weapon", "attack nouns"):
        return False
    return _is_abstract(scan, passage, syntax, subject)


def is_figure(scan: Scan, passage: Passage, kind: str, use: Use | None) -> bool:
    """Tell whether a verb of violence means none: "hijacked the debate", "ambushed by reporters", "sales exploded"."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax and use else None
    if syntax is None or use is None or verb is None:
        return False
    hit = syntax.child(verb, "nsubj") if use.voice == "passive" else syntax.object(verb)
    if kind in OF_PLANS and hit is not None and _is_abstract(scan, passage, syntax, hit):
        return True
    if kind == "armed_clash" and hit is not None and hit >= use.last and syntax.words[hit] in closed("fires fought"):
        return True  # "forty firefighters fought the blaze"; who "exchanged fire" did fight
    agent = syntax.oblique(verb, ("by",)) or agent_of(passage, use)
    doer = agent if use.voice == "passive" else syntax.child(verb, "nsubj")
    if doer is None or doer >= len(passage):
        return False
    return syntax.words[doer] in closed("figurative doers") or _is_press(scan, passage, doer)


def is_relic(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a bomb was left by a war of long ago: "an unexploded bomb from the second world war"."""
    if not passage.word(last - 1).startswith(("bomb", "grenade", "mine", "shell")):
        return False
    around = passage.phrase(first - NEAR_A_RELIC, last + NEAR_A_RELIC)
    return any(phrase in around for phrase in closed("old wars"))


def _is_abstract(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> bool:
    """Tell whether a noun is neither a thing that is attacked nor people nor a name."""
    if syntax.upos[head] != "NOUN":
        return False
    thing = any(hit.first <= head < hit.last for hit in scan.hits(target_nouns(), passage.number))
    return not thing and not any(group.first <= head < group.last for group in find_groups(scan, passage))


def _is_press(scan: Scan, passage: Passage, at: int) -> bool:
    """Tell whether reporters do it; what they attack is what somebody said."""
    return any(
        group.first <= at < group.last and group.word is not None and group.word.kind == "media"
        for group in find_groups(scan, passage)
    )
