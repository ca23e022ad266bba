"""Damage told without a verb that does it: "the huts are ash", "left roofless", "lost its roof"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.means.target_words import target_nouns
from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.passages import closed
from sayso.records import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.parties.openings import Opening
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

STATES: Final[dict[str, Extent]] = {"nothing left": "destroyed", "unusable": "major", "alight": "some"}
"""Closed lists of states that damage leaves a thing in, and how bad they are."""
BURNT: Final = frozenset({"burned", "burnt"})
LEAVING: Final = frozenset({"left", "leaving", "leaves", "rendered", "rendering", "made"})
"""Verbs whose object is in the state that follows: "left the hall · roofless"."""
UNREAL: Final = frozenset({"would", "could", "might", "may", "will", "if", "almost", "nearly"})


def find_ruins(scan: Scan, passage: Passage) -> Iterator[Opening]:
    """Yield the things that lie in ruins, that lost an outer part, and whose burning or destruction is spoken of."""
    syntax = passage.syntax
    for index, word in enumerate(passage.line.lower) if syntax else ():
        if syntax is None:
            return
        if word not in _telling():
            continue
        extent = next((extent for name, extent in STATES.items() if word in closed(name)), None)
        if word in BURNT and (head := _burnt(scan, passage, syntax, index)) is not None:
            yield "destroyed", syntax.phrase(head), (index, index + 1)
        elif extent is not None and (head := _in_that_state(syntax, index)) is not None:
            yield extent, syntax.phrase(head), (index, index + 1)
        elif word in closed("outer parts") and (head := _loser(syntax, index)) is not None:
            yield "major", syntax.phrase(head), (syntax.heads[index], index + 1)
        elif word in closed("destroying nouns"):
            head = syntax.oblique(index, ("of",))
            if head is not None and _stands(scan, passage, head):
                yield "destroyed", syntax.phrase(head), (index, index + 1)


@cache
def _telling() -> frozenset[str]:
    """Return the words that ruins are told with, without "fire", which is a noun, mostly."""
    states = frozenset[str]().union(*map(closed, STATES))
    return (BURNT | states | closed("outer parts", "destroying nouns")) - {"fire"}


def _in_that_state(syntax: Syntax, at: int) -> int | None:
    """Return what is said to be in a state: the subject of "is", the object of "left"; None where it is not so."""
    words = {syntax.words[child] for child in syntax.children[at]}
    if words & (UNREAL | words_of("negation")):
        return None
    found = None
    if syntax.child(at, "cop") is not None:
        found = syntax.child(at, "nsubj")
    verb = syntax.heads[at]
    if (
        found is None
        and verb >= 0
        and syntax.words[verb] in LEAVING
        and syntax.labels[at] in ("xcomp", "obl", "advmod")
    ):
        passive = syntax.child(verb, "aux") is not None and syntax.object(verb) is None
        found = syntax.subject(verb) if passive else syntax.object(verb)
    return found if found is not None and syntax.upos[found] == "NOUN" else None


def _burnt(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> int | None:
    """Return the thing that burnt of itself: "two lorries burnt"; who burnt something is none."""
    head = syntax.child(verb, "nsubj") if syntax.upos[verb] == "VERB" else None
    done = syntax.child(verb, "obj", "aux") is not None
    return head if head is not None and not done and _stands(scan, passage, head) else None


def _loser(syntax: Syntax, part: int) -> int | None:
    """Return the house that lost a roof or a front."""
    verb = syntax.heads[part]
    if verb < 0 or syntax.labels[part] != "obj" or syntax.words[verb] not in ("lost", "losing", "lose"):
        return None
    head = syntax.subject(verb)
    return head if head is not None and syntax.upos[head] == "NOUN" else None


def _stands(scan: Scan, passage: Passage, head: int) -> bool:
    """Tell whether a noun is a thing that can burn or fall: of the lexicon of targets or a building."""
    known = any(hit.first <= head < hit.last for hit in scan.hits(target_nouns(), passage.number))
    return known or passage.word(head) in closed("sites")
