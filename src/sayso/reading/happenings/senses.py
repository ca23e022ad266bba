"""What one phrase for a happening can be, and what "raid" means: a search by the police, or an attack."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sayso.reading.means.target_words import target_nouns
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, Use, agent_of

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

LONG_NAME = 7
"""A noun phrase with more words is not searched for a name."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a phrase can be: a noun or a verb of a kind, strong (says it by itself) or weak."""

    kind: str
    part: Literal["noun", "verb"]
    strong: bool
    forms: frozenset[Form] = frozenset()


def as_violence(scan: Scan, passage: Passage, sense: Sense, use: Use | None) -> Sense:
    """Return the sense of "raided" where attackers do it: an attack, no search by the forces of a state."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax and use else None
    if syntax is None or use is None or verb is None or sense.kind != "arrest_raid":
        return sense
    head = syntax.heads[verb] if use.voice == "passive" else syntax.doer(verb)
    by = agent_of(passage, use) if use.voice == "passive" else None
    head = by if by is not None else head
    armed = any(g.attackers and head is not None and g.first <= head < g.last for g in find_groups(scan, passage))
    armed = armed or (head is not None and is_armed_group(scan, passage, syntax, head))
    return Sense("other", "verb", strong=True, forms=sense.forms) if armed else sense


def as_air_strike(passage: Passage, sense: Sense, use: Use | None, noun: int) -> Sense:
    """Return the sense of "bombarded" and "a bombardment" where aircraft or drones do it: a strike from the air."""
    if sense.kind != "artillery_rocket_missile":
        return sense
    syntax = passage.syntax
    by = range(noun + 2, noun + 5) if passage.word(noun + 1) == "by" else ()
    verb = syntax.verb_in(use.first, use.last) if syntax and use and use.voice != "passive" else None
    doer = syntax.doer(verb) if syntax and verb is not None else None
    flown = any(passage.word(at) in closed("warplanes") for at in (*by, *([] if doer is None else [doer])))
    return replace(sense, kind="air_drone_strike") if flown else sense


def as_harm(scan: Scan, passage: Passage, sense: Sense, use: Use | None, noun: int, harmed: set[int]) -> Sense:
    """Return the sense of "raids" that kill, or whose words do not say that somebody was sought: an attack."""
    if use is not None or sense.kind != "arrest_raid" or passage.word(noun) not in ("raid", "raids"):
        return sense
    if _kills(passage, noun, harmed):
        return Sense("other", "noun", strong=True)
    sought = any(word in closed("signs of a search") for word in passage.line.lower)
    by_forces = any(word in closed("raiding forces") for word in passage.line.lower[:noun])
    agent = passage.word(noun + 1) == "by" and {*passage.line.lower[noun + 2 : noun + 5]} & closed("raiding forces")
    told = passage.word(noun - 1) == "the" and speaks_of(scan, "signs of a search")
    return (
        sense if sense.strong or sought or by_forces or agent or told else Sense("other", "noun", strong=bool(harmed))
    )


def is_plotted(scan: Scan, passage: Passage, use: Use | None) -> bool:
    """Tell whether a report on police or courts tells of violence against people or a place that was only meant."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax and use else None
    hit = syntax.object(verb) if syntax and verb is not None else None
    if hit is None or not speaks_of(scan, "words of the law"):
        return False
    place = any(aim.first <= hit < aim.last for aim in scan.hits(target_nouns(), passage.number))
    return place or any(group.first <= hit < group.last for group in find_groups(scan, passage))


def speaks_of(scan: Scan, name: str) -> bool:
    """Tell whether a report has a word of a closed list anywhere."""
    key = (f"speaks of {name}", 0)
    if key not in scan.memo:
        scan.memo[key] = any(not closed(name).isdisjoint(p.line.lower) for p in scan.passages)
    return bool(scan.memo[key])


def _kills(passage: Passage, noun: int, harmed: set[int]) -> bool:
    """Tell whether a raid is the subject of a verb of harm, and no police raid."""
    syntax = passage.syntax
    if syntax is None or syntax.labels[noun] != "nsubj":
        return False
    verb = syntax.heads[noun]
    first, last = syntax.phrase(noun)
    police = any(passage.word(at) in closed("police bodies") for at in range(first, last))
    return not police and verb >= 0 and passage.offsets(verb, verb + 1)[0] in harmed


def is_armed_group(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> bool:
    """Tell whether a noun phrase names a known armed group: "Boko Haram elements"."""
    first, last = syntax.phrase(head)
    ends = range(last, first, -1)
    names = (scan.report.text[slice(*passage.offsets(begin, end))] for end in ends for begin in range(first, end))
    bodies = (scan.world.actor(name) for name in names if name[:1].isupper())
    return last - first <= LONG_NAME and any(body is not None and body.kind == "armed_group" for body in bodies)
