"""Mines and fires that no name of a weapon tells: "hit a mine", "mined the road", "set them alight"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.records import WeaponClass

    Told = tuple[WeaponClass, int, int]

NEAR: Final = 4
"""So many words before a mine may say that somebody met it or laid it."""
MINED: Final = frozenset({"mined", "mining"})
TORCHING: Final = frozenset({"torched", "torching"})
ALIGHT: Final = frozenset({"ablaze", "afire", "alight"})
BEHIND: Final = frozenset(
    {"exploded", "exploding", "detonated", "blew", "planted", "laid", "buried", "hidden", "under"}
)
"""Words right behind a mine which say that it was laid or went off."""


def find_laid(scan: Scan, passage: Passage) -> list[Told]:
    """Return the mines and the fires of one sentence."""
    words, syntax = set(passage.line.lower), passage.syntax
    found: list[Told] = []
    if syntax is not None and words & ({"mine", "mines"} | MINED):
        found += _mines(passage, syntax)
    if syntax is not None and words & (TORCHING | ALIGHT):
        found += _fires(scan, passage, syntax)
    return found


def _mines(passage: Passage, syntax: Syntax) -> list[Told]:
    """Return mines that somebody met, laid or died by; no gold mine, and none that is only spoken of."""
    found: list[Told] = []
    for at, word in enumerate(passage.line.lower):
        before = set(passage.line.lower[max(at - NEAR, 0) : at])
        bare = word in ("mine", "mines") and syntax.upos[at] == "NOUN" and syntax.labels[at] != "compound"
        named = passage.word(at - 1) in closed("mines for digging") or passage.word(at - 1) == "land"
        met = before & (closed("setting off a mine", "laying") | {"by", "off"})
        behind = set(passage.line.lower[at + 1 : at + 4]) & BEHIND
        if bare and not named and (met or behind):
            found.append(("mine", at, at + 1))
        head = syntax.object(at) if word in MINED and syntax.upos[at] == "VERB" else None
        if head is not None and syntax.words[head] in closed("roads") | {"track", "culvert", "path", "bridge"}:
            found.append(("mine", at, at + 1))
    return found


def _fires(scan: Scan, passage: Passage, syntax: Syntax) -> list[Told]:
    """Return fires that somebody lit: "torched", "set them alight"; not what shells or rockets set ablaze."""
    for at, word in enumerate(passage.line.lower):
        verb = at if word in TORCHING else syntax.heads[at] if word in ALIGHT else -1
        if verb < 0 or syntax.words[verb] not in TORCHING | {"set", "setting"}:
            continue
        done_by = syntax.oblique(verb, ("by", "with"))
        passive = syntax.child(verb, "aux") is not None and syntax.object(verb) is None
        head = done_by if passive else syntax.subject(verb)
        people = head is None or syntax.upos[head] == "PRON" or _is_somebody(scan, passage, head)
        denied = any(syntax.words[child] in words_of("negation") for child in syntax.children[verb])
        if people and not denied:
            return [("incendiary", min(verb, at), max(verb, at) + 1)]
    return []


def _is_somebody(scan: Scan, passage: Passage, head: int) -> bool:
    return any(group.first <= head < group.last for group in find_groups(scan, passage))
