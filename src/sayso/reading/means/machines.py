"""Whose aircraft, vessel or vehicle it is: "an army helicopter", "the regime's jets", "warplanes of the coalition"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at, actor_before, actor_behind
from sayso.reading.sentences.names import PAIRING
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

Found = tuple[Actor, int, int]
"""An actor and its tokens [first, last)."""
OWNERS: Final = ("state", "government", "military", "police", "armed_group", "party")
"""Kinds of actors who can own what strikes."""
POSSESSIVE: Final = ("'s", "’s", "'", "’")
LONGEST: Final = 7
"""So many words may stand between an owner and his machine ("government Mi-8 transport helicopter")."""


def machine_owner(scan: Scan, passage: Passage, head: int) -> Found | None:
    """Return whose the machine at ``head`` is: by what stands before it, or behind its "of"; None for no machine.

    What it strikes is then struck by him who owns it: "two Russian Su-24 jets bombed …".
    """
    if passage.word(head) not in closed("armed vehicles", "arms of a force"):
        return None
    syntax = passage.syntax
    first = max(syntax.phrase(head)[0] if syntax else head, head - LONGEST)
    if (own := by_pronoun(scan, passage, head)) is not None:
        return own
    for at in range(head, first, -1):
        if passage.word(at) == "-":
            return None  # "an Iranian-made missile": whose it is, is not said
        found = _possessor(scan, passage, at) if passage.word(at - 1) in POSSESSIVE else force_before(scan, passage, at)
        if found is not None:
            return found if found[0].kind in OWNERS else None
    if passage.word(head + 1) != "of":
        return None
    found = actor_behind(scan, passage, head + 2, syntax.phrase(head)[1] if syntax else None)
    return found if found and found[0].kind in OWNERS else None


def by_pronoun(scan: Scan, passage: Passage, head: int) -> Found | None:
    """Return "its planes", "our forces", to be led back to whoever says so (``claims.own_author``)."""
    children = passage.syntax.children[head] if passage.syntax else ()
    whose = next((at for at in children if at < head and passage.word(at) in ("its", "our", "their")), None)
    if whose is None:
        return None
    words = scan.report.text[slice(*passage.offsets(whose, head + 1))]
    return Actor(name=words, kind="military", words=words), whose, head + 1


def agent_owner(scan: Scan, passage: Passage, at: int) -> Found | None:
    """Return whose machine begins at ``at``, behind the "by" of a passive: "was struck by · an army helicopter"."""
    syntax = passage.syntax
    ahead = range(at, min(at + LONGEST, len(passage)))
    things = closed("armed vehicles", "arms of a force")
    head = next((i for i in ahead if passage.word(i) in things), None)
    same = syntax is not None and head is not None and syntax.phrase(head)[0] <= at
    return machine_owner(scan, passage, head) if same and head is not None else None


def _possessor(scan: Scan, passage: Passage, end: int) -> Found | None:
    """Return who stands before the "'s" that ends at ``end``; "the Russian occupation" is Russia, by partisan words."""
    found = actor_before(scan, passage, end - 1, max(end - LONGEST, 0))
    if found is not None and found[0].kind in OWNERS:
        return found
    nation = passage.word(end - 2) in closed("partisan words for states") and passage.line.capital(end - 3)
    return force_before(scan, passage, end - 2) if nation else found


def force_before(scan: Scan, passage: Passage, first: int) -> Found | None:
    """Return the state or group in "a US airstrike", "Taliban attacks": never plain place names."""
    for begin in (first - 2, first - 1):
        if begin < 0 or not passage.line.capital(begin) or passage.word(begin) in closed("determiners") | PAIRING:
            continue
        words = scan.report.text[slice(*passage.offsets(begin, first))]
        body = scan.world.actor(words)
        if body and body.kind in ("armed_group", "military"):
            actor = actor_at(scan, passage, begin, first)
            return (actor, begin, first) if actor else None
        state = scan.world.demonym(words) or (
            scan.world.country(words) if words.replace(".", "") in ("US", "UK", "U.S", "USA") else None
        )
        if state and begin == first - 1:
            return Actor(name=state.name, kind="state", country=state.code, words=words), begin, first
    return _force(scan, passage, first)


def _force(scan: Scan, passage: Passage, first: int) -> Found | None:
    """Return the government or army of "Syrian regime air strikes", "army shelling", whose it is told before it."""
    word = passage.word(first - 1)
    if first > 0 and word in closed("rebel words"):
        said = passage.line.tokens[first - 1].text
        return Actor(name=said, kind="armed_group", words=said), first - 1, first
    if first < 1 or not (word in closed("governments") or word in closed("militaries")):
        return None
    begin = first - 2 if first > 1 and _whose(scan, passage.line.tokens[first - 2].text) else first - 1
    actor = actor_at(scan, passage, begin, first)
    return (actor, begin, first) if actor else None


def _whose(scan: Scan, name: str) -> bool:
    """Tell whether a name says whose government or army it is: a nation's, a country's, a ruler's ("Assad regime")."""
    ruler = name[:1].isupper() and scan.world.leader(name)
    return bool(scan.world.demonym(name) or scan.world.country(name) or ruler)
