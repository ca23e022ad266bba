"""Whose arms it was: "the shells came from Northern positions", "the jets were Eastern", "unprovoked Eastern fire"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.means.machines import force_before, machine_owner
from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.means.machines import Found
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

SHOT: Final = frozenset(
    {"fired", "launched", "came", "come", "coming", "shot", "lobbed", "originated", "flew", "flown", "released", "sent"}
)
"""Verbs before the "from" of where fire came from."""
FIRE: Final = frozenset({"fire", "firing", "shelling", "shellfire", "bombardment", "gunfire"})
BEFORE: Final = 9
"""So many words before "from" may tell what came from there."""
CIVIL: Final = frozenset(
    {"plane", "planes", "ship", "ships", "boat", "boats", "vessel", "vessels", "patrol", "line", "lines"}
)
"""What may be of a state without having shot."""
REACH: Final = 6
"""So many words may stand between "from" and "positions"."""


def find_whose_arms(scan: Scan, passage: Passage, known: list[Mention]) -> list[Mention]:
    """Return the states and forces whose positions, guns or aircraft are told to have done it, the known ones aside."""
    syntax = passage.syntax
    if syntax is None:
        return []
    taken = [item.anchor for item in known if item.passage == passage.number]
    rows = [*_from_where(scan, passage, syntax), *_told_whose(scan, passage, syntax)]
    return [one for one in rows if not any(a < one.anchor[1] and one.anchor[0] < b for a, b in taken)]


def _from_where(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[Mention]:
    words = passage.line.lower
    for at in range(1, len(words)):
        if words[at] == "from" and words[at - 1] in SHOT and _of_fire(scan, passage, at):
            ahead = range(at + 1, min(at + 1 + REACH, len(words)))
            head = next((i for i in ahead if words[i] in closed("arms of a force", "armed vehicles")), None)
            inside = head is not None and syntax.phrase(head)[0] <= at + 2
            owner = machine_owner(scan, passage, head) if head is not None and inside else None
            if owner is not None:
                yield mention(passage, "perpetrator", owner[0], owner[1:], (at - 1, at + 1), stance="accuses")
        elif words[at] in FIRE and (own := _whose_fire(scan, passage, at)) is not None:
            yield mention(passage, "perpetrator", own[0], own[1:], (at, at + 1))


def _of_fire(scan: Scan, passage: Passage, at: int) -> bool:
    """Tell whether fire or a weapon came from there, no ambulance."""
    before = range(max(at - BEFORE, 0), at)
    shot = any(passage.word(i) in FIRE or passage.word(i) in ("shot", "shots", "attack", "it", "they") for i in before)
    return shot or any(hit.last - 1 in before for hit in scan.hits(weapon_matcher(), passage.number))


def _whose_fire(scan: Scan, passage: Passage, at: int) -> Found | None:
    """Return the state whose fire it was: "unprovoked Eastern firing"; not "returned Eastern fire"."""
    answered = {"returned", "answered", "silenced", "amid", "despite"} & set(passage.line.lower[max(at - 4, 0) : at])
    found = None if answered else force_before(scan, passage, at)
    return found if found is not None and found[0].kind == "state" else None


def _told_whose(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[Mention]:
    """Yield the state in "the jets were Eastern", "said the missile was Eastern": by its adjective alone."""
    things = closed("armed vehicles", "arms of a force") - CIVIL
    for head, tag in enumerate(syntax.upos):
        if tag not in ("ADJ", "PROPN") or not passage.line.capital(head) or syntax.child(head, "cop") is None:
            continue
        subject = syntax.child(head, "nsubj")
        state = scan.world.demonym(passage.line.tokens[head].text)
        negated = any(syntax.words[at] in closed("negation") for at in syntax.children[head])
        if state is not None and subject is not None and syntax.words[subject] in things:
            words = passage.line.tokens[head].text
            actor = Actor(name=state.name, kind="state", country=state.code, words=words)
            stance = "denies" if negated else "accuses"
            yield mention(passage, "perpetrator", actor, (head, head + 1), (subject, head + 1), stance=stance)  # type: ignore[arg-type]
