"""Damage told by what it leaves: "gouged a hole in the hull", "14 bullet holes in it", "shops lost their windows"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.parties.targets import object_span
from sayso.reading.sentences.passages import closed
from sayso.records import Extent

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage

Opening = tuple[Extent, "tuple[int, int] | None", tuple[int, int]]
"""Extent, the thing (None where it is not named) and the trigger, as token ranges."""
BY: Final = frozenset({"bullet", "shrapnel"})
VERB_REACH: Final = 6
"""How many words may stand between "gouged" and "hole", "lost" and "windows"."""
LOST_FOR_GOOD: Final = frozenset({"repair", "off"})
MEASURES: Final = frozenset(
    {"metre", "meter", "foot", "feet", "inch", "yard", "centimetre", "centimeter", "wide", "long"}
)


def find_openings(passage: Passage) -> list[Opening]:
    """Return the things that a hole, gash or crater was made in, and those that lost their windows."""
    words = set(passage.line.lower)
    found: list[Opening] = []
    if words & closed("openings"):
        found += _holes(passage)
    if words & {"lost", "losing"} and words & closed("panes"):
        found += _lost_panes(passage)
    if words & LOST_FOR_GOOD:
        found += _beyond_repair(passage)
    return found


def _beyond_repair(passage: Passage) -> list[Opening]:
    syntax, found = passage.syntax, []
    for index, word in enumerate(passage.line.lower) if syntax else ():
        lost = (word == "repair" and passage.word(index - 1) == "beyond") or passage.phrase(
            index - 2, index + 1
        ) == "write - off"
        head = syntax.child(index, "nsubj") if syntax is not None and lost else None
        if syntax is not None and head is not None:
            row: Opening = ("destroyed", syntax.phrase(head), (index - 1, index + 1))
            found.append(row)
    return found


def _holes(passage: Passage) -> list[Opening]:
    found: list[Opening] = []
    for index, word in enumerate(passage.line.lower):
        if word not in closed("openings"):
            continue
        before = range(index - 1, max(index - VERB_REACH, -1), -1)
        verb = next((at for at in before if passage.word(at) in closed("opening verbs")), None)
        shot = passage.word(index - 1) in BY
        if verb is None and not shot:
            continue
        thing = object_span(passage, index + 2) if passage.word(index + 1) in ("in", "through", "into") else None
        solid = thing is not None and any(passage.word(at) in closed("solid things") for at in range(*thing))
        measured = thing is None and any(passage.word(at) in MEASURES for at in before)
        if solid or measured:
            found.append(("minor" if shot else "some", thing, (index - shot if verb is None else verb, index + 1)))
    return found


def _lost_panes(passage: Passage) -> list[Opening]:
    syntax, found = passage.syntax, []
    for index, word in enumerate(passage.line.lower) if syntax else ():
        if syntax is None or word not in closed("panes"):
            continue
        verb = next(
            (at for at in range(index - 1, max(index - VERB_REACH, -1), -1) if passage.word(at) in ("lost", "losing")),
            None,
        )
        head = syntax.subject(verb) if verb is not None else None
        if verb is not None and head is not None and syntax.upos[head] == "NOUN":
            row: Opening = ("minor", syntax.phrase(head), (verb, index + 1))
            found.append(row)
    return found
