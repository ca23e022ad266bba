"""Who used a banned weapon: "the army used chlorine", "the use of poison gas by government forces", "X using sarin".

To use such a weapon is the deed; of other weapons the report tells what was done with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_behind, subject_actor
from sayso.reading.means.machines import OWNERS
from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import clause_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.means.machines import Found
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

USING: Final = ("use", "uses", "used", "using", "employed", "employing", "deployed", "deploying")
BANNED: Final = ("gas", "gases", "munitions")
"""Nouns that with a word before them name such a weapon, or take one up: "the gas", "cluster munitions"."""
BY: Final = 14
"""So many words may stand between "the use of" and its "by"."""


def find_users(scan: Scan, passage: Passage) -> list[Mention]:
    """Return who is told to have used a banned weapon, as mentions; what is denied stands in ``cleared``."""
    syntax = passage.syntax
    if syntax is None or not set(USING) & set(passage.line.lower):
        return []
    rows = [*_by_verbs(scan, passage, syntax), *_by_nouns(scan, passage, syntax)]
    return [
        mention(passage, "perpetrator", actor, (first, last), (at, at + 1))
        for at, (actor, first, last) in rows
        if actor.kind in OWNERS
    ]


def _by_verbs(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[tuple[int, Found]]:
    for verb, word in enumerate(passage.line.lower):
        if word not in USING or syntax.upos[verb] != "VERB" or not _banned(scan, passage, syntax.object(verb)):
            continue
        helpers = {syntax.words[at] for at in syntax.children[verb]}
        if helpers & (closed("hypothetical", "habits", "negation") | {"to", "has", "have", "if"}):
            continue
        found = _own_subject(scan, passage, syntax, verb) or subject_actor(
            scan, passage, verb, clause_start(passage, verb)
        )
        if found is not None and found[2] <= verb:
            yield verb, found


def _own_subject(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> Found | None:
    """Return who stands right before "using": "allegations about the army using gas"."""
    if passage.word(verb) != "using" or syntax.upos[verb - 1] not in ("NOUN", "PROPN"):
        return None
    first, _ = syntax.phrase(verb - 1)
    return actor_behind(scan, passage, first, verb)


def _by_nouns(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[tuple[int, Found]]:
    for noun, word in enumerate(passage.line.lower):
        if word != "use" or syntax.upos[noun] != "NOUN" or passage.word(noun + 1) != "of":
            continue
        ahead = range(noun + 2, min(noun + BY, len(passage)))
        if not any(_banned(scan, passage, at) for at in ahead):
            continue
        by = next((at for at in ahead if passage.word(at) == "by"), None)
        found = actor_behind(scan, passage, by + 1) if by is not None else None
        if found is not None:
            yield noun, found


def _banned(scan: Scan, passage: Passage, at: int | None) -> bool:
    if at is None:
        return False
    if passage.word(at) in BANNED:
        return True
    hits = (hit for hit in scan.hits(weapon_matcher(), passage.number) if hit.first <= at < hit.last)
    return any(hit.value[0].class_ == "chemical" or passage.word(hit.first) in ("barrel", "cluster") for hit in hits)
