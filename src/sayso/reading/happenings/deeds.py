"""Deeds: what somebody armed strikes or destroys, told by verbs that tell of nothing by themselves ("hit", "struck").

"The army said it had struck a convoy" names no happening; it goes with the one the report tells of.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.means.machines import machine_owner
from sayso.reading.means.target_words import target_nouns
from sayso.reading.sentences.grammar import BREAKS
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, Use, use_of, verb_table
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

SELVES: Final = frozenset({"it", "they", "we", "he"})
"""Subjects that take up whoever says so, or who was named before."""
WARPLANES: Final = ("warplane", "warplanes", "gunship", "gunships")
"""Machines that strike whosever they are."""
ARMED: Final = ("military", "police", "armed_group")
FIRING: Final[dict[str, frozenset[Form]]] = {"fired": frozenset({"past", "participle"}), "firing": frozenset({"ing"})}
SHOTS: Final = frozenset({"shots", "shot", "rounds", "bullets", "times", "volleys", "bursts"})
TO_DEATH: Final[dict[str, tuple[str, ...]]] = {
    "stabbing": (
        "hack",
        "hacked",
        "hacking",
        "stab",
        "stabbed",
        "stabbing",
        "knifed",
        "slashed",
        "slashing",
        "chopped",
    ),
    "shooting": ("shoot", "shot", "shooting"),
}
"""Kinds of what people are killed by in "… to death", where the verb says it."""
CLOSE: Final = 3
"""Words of "hacked to death", which the table of kinds knows."""
TO_A_MINE: Final = 6
"""So many words back from a mine stands the verb that sets it off."""
FIRED: Final = 7
"""So many words ahead stand the shots that are fired."""


@cache
def _verbs() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("deed", sorted(closed("deed verbs")))]))


def find_deeds(scan: Scan, passage: Passage) -> list[tuple[int, int, Use]]:
    """Return the verbs [first, last) with which somebody armed strikes a thing, and how they are used."""
    syntax = passage.syntax
    if syntax is None:
        return []
    found = []
    for hit in scan.hits(_verbs(), passage.number):
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        verb = syntax.verb_in(hit.first, hit.last)
        if use is None or verb is None or not _done(use):
            continue
        if _strikes_a_thing(scan, passage, syntax, verb) and _armed(scan, passage, syntax, verb):
            found.append((hit.first, hit.last, use))
    return found


def find_firings(passage: Passage) -> list[tuple[int, int, Use]]:
    """Return the verbs of "fired several shots at the car", "fired at least nine times": guns, though none is named."""
    found = []
    for index, word in enumerate(passage.line.lower):
        use = use_of(passage, index, index + 1, FIRING[word]) if word in FIRING else None
        if use is None or use.voice not in ("active", "gerund") or use.modal or use.negated or "to" in use.helpers:
            continue
        ahead = range(index + 1, min(index + FIRED, len(passage)))
        shots = next((at for at in ahead if passage.word(at) in SHOTS), None)
        if shots is not None and not any(passage.word(at) in BREAKS for at in range(index, shots)):
            found.append((index, index + 1, use))
    return found


def to_death(passage: Passage, first: int, last: int) -> tuple[str, int, int, Use] | None:
    """Return kind, verb and use of "hacked a monk to death", which kills whoever stands between."""
    if passage.phrase(last - 2, last) != "to death" or last - first <= CLOSE:
        return None
    use = use_of(passage, first, first + 1, frozenset({"past", "participle", "base", "third", "ing"}))
    if use is None:
        return None
    kind = next((name for name, words in TO_DEATH.items() if passage.word(first) in words), "other")
    return kind, first, first + 1, use


def find_shot_dead(passage: Passage) -> list[tuple[int, int, Use]]:
    """Return the verbs of "shot nine men dead", whose second word stands behind the object."""
    found = []
    for index, word in enumerate(passage.line.lower):
        if word != "shot":
            continue
        use = use_of(passage, index, index + 1, frozenset({"past", "participle"}))
        ahead = range(index + 2, min(index + FIRED, len(passage)))
        dead = next((at for at in ahead if passage.word(at) == "dead"), None)
        whole = dead is not None and not any(passage.word(at) in BREAKS for at in range(index, dead))
        if use is not None and whole and _done(use):
            found.append((index, index + 1, use))
    return found


def find_mines(passage: Passage) -> list[tuple[int, int, Use]]:
    """Return the verbs of "a bus hit a mine", "stepped on a landmine", "ran over an IED": it went off."""
    found = []
    for noun, word in enumerate(passage.line.lower):
        if word not in closed("buried explosives") or passage.word(noun - 1) in closed("mines for digging"):
            continue
        before = range(noun - 1, max(noun - TO_A_MINE, -1), -1)
        at = next((index for index in before if passage.word(index) in closed("setting off a mine")), None)
        at = None if at is None or any(passage.word(index) in BREAKS for index in range(at, noun)) else at
        by_foot = at is not None and passage.word(at) in ("over", "onto", "on")
        if at is not None and by_foot:
            at = at - 1 if passage.word(at - 1) in closed("stepping") else None
        use = use_of(passage, at, at + 1, frozenset({"past", "participle"})) if at is not None else None
        if at is not None and use is not None and _done(use):
            found.append((at, at + 1, use))
    return found


def _done(use: Use) -> bool:
    tried = "to" in use.helpers and "have" not in use.helpers
    return use.voice == "active" and not (use.modal or use.negated or tried)


def _strikes_a_thing(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> bool:
    """Tell whether the object is one that the lexicon of targets knows, or people of some group."""
    head = syntax.object(verb)
    head = syntax.oblique(verb, ("on", "at")) if head is None else head
    if head is None:
        return False
    known = any(hit.first <= head < hit.last for hit in scan.hits(target_nouns(), passage.number))
    return known or any(g.first <= head < g.last and not g.generic for g in find_groups(scan, passage))


def _armed(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> bool:
    """Tell whether the subject bears arms, or is a pronoun that takes up somebody who may."""
    head = syntax.doer(verb)
    if head is None or head >= verb:
        return False
    if syntax.words[head] in SELVES:
        return True
    groups = (group for group in find_groups(scan, passage) if group.first <= head < group.last)
    if any(group.attackers or (group.word is not None and group.word.kind in ARMED) for group in groups):
        return True
    first, last = syntax.phrase(head)
    body = scan.world.actor(scan.report.text[slice(*passage.offsets(first, last))])
    if syntax.words[head] in WARPLANES or machine_owner(scan, passage, head) is not None:
        return True
    two = passage.phrase(head - 1, head + 1)
    return bool({syntax.words[head], two} & closed("militaries")) or (body is not None and body.kind in ARMED)
