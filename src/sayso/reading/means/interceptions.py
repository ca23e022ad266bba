"""Weapons stopped on their way: "shot down 48 of 61 drones", "19 of which were intercepted" (READING: "Numbers").

Who stops them is no perpetrator, and what is stopped is neither damaged nor a target. A single drone that is shot down
is another matter: that is what the report is about (kind ``shootdown``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.sentences.verbs import Form, Use, use_of, verb_table
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.means.weapon_words import WeaponWords
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.values import Quantity

PROJECTILES: Final = ("rocket", "missile", "mortar", "artillery", "drone")
"""Classes of weapons that can be stopped in the air."""
LONE: Final = frozenset({"drone", "uav", "quadcopter", "aircraft", "vehicle"})
"""Last words of what flies alone: one that is shot down is a downing, several are an attack that was stopped."""
LAUNCHERS: Final = frozenset({"launcher", "launchers", "artillery"})


@dataclass(frozen=True, slots=True)
class Interception:
    """Weapons that a verb [first, last) stops; ``noun`` names them; how many were stopped, and of how many."""

    noun: Hit[tuple[WeaponWords, str]]
    first: int
    last: int
    use: Use
    stopped: Hit[Quantity] | None
    launched: Hit[Quantity] | None
    direct: bool = True  # the noun stands in what the verb acts on, not in the clause or sentence before


@cache
def _verbs() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("stop", sorted(closed("intercepting")))]))


def find_interceptions(scan: Scan, passage: Passage) -> list[Interception]:
    """Return what is stopped on its way in one sentence; nothing where the sentence has no grammar."""
    key = ("interceptions", passage.number)
    if key not in scan.memo:
        scan.memo[key] = _find(scan, passage, passage.syntax) if passage.syntax is not None else []
    found: list[Interception] = scan.memo[key]
    return found


def is_interception(scan: Scan, passage: Passage, first: int) -> bool:
    """Tell whether the verb (or its auxiliary) at ``first`` stops weapons on their way."""
    return any(row.use.begin <= first < row.last for row in find_interceptions(scan, passage))


def _find(scan: Scan, passage: Passage, syntax: Syntax) -> list[Interception]:
    found = []
    for hit in scan.hits(_verbs(), passage.number):
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        verb = syntax.verb_in(hit.first, hit.last)
        meant = use is not None and "to" in use.helpers and "have" not in use.helpers
        if use is None or verb is None or use.modal or use.negated or meant:
            continue
        head = syntax.subject(verb) if use.voice == "passive" else syntax.object(verb)
        if head is None and use.voice != "passive":
            head = _loose_number(syntax, verb)
        heads = syntax.joined(head) if head is not None else []
        inner = [at for one in heads for at in syntax.children[one] if syntax.labels[at] == "nmod" and at > one]
        heads += [at for one in inner for at in syntax.joined(one) if at != one]  # "48 of 61 drones and two missiles"
        for one in heads:
            row = _stopped(scan, passage, syntax, one, (hit, use))
            found += [row] if row is not None else []
    return found


def _loose_number(syntax: Syntax, verb: int) -> int | None:
    """Return the object of "shot down 48 of 61 drones" where the grammar takes the number, or its noun, for loose."""
    head = syntax.oblique(verb, ("of",))
    loose = (at for at in syntax.children[verb] if at > verb and syntax.labels[at] == "nummod")
    return head if head is not None else next(loose, None)


def _stopped(
    scan: Scan, passage: Passage, syntax: Syntax, head: int, verb: tuple[Hit[Any], Use]
) -> Interception | None:
    """Return the interception of what ``head`` names: weapons, or a number that counts weapons named before."""
    first, last = syntax.phrase(head)
    hit, use = verb
    counts = [count for count in scan.counts(passage) if first <= count.first < last]
    counts = [count for count in counts if passage.word(count.first) not in ("a", "an")]
    noun = next((one for one in reversed(_nouns(scan, passage)) if first <= one.first and one.last <= last), None)
    if noun is None:
        before = _named_before(scan, passage, syntax, head) if counts else None
        return Interception(before, hit.first, hit.last, use, counts[0], None, direct=False) if before else None
    if passage.word(noun.last - 1) in LAUNCHERS or syntax.heads[noun.last - 1] in range(noun.last, last):
        return None  # "destroyed a missile depot"
    counts = [count for count in counts if count.last <= noun.first]
    if passage.word(noun.last - 1) in LONE and not (counts and counts[0].value.high != 1):
        return None
    whole = counts[1] if len(counts) > 1 and "of" in passage.line.lower[counts[0].last : counts[1].first] else None
    return Interception(noun, hit.first, hit.last, use, counts[0] if counts else None, whole)


def _nouns(scan: Scan, passage: Passage) -> list[Hit[tuple[WeaponWords, str]]]:
    """Return the nouns of a sentence for what is fired or launched."""
    hits = scan.hits(weapon_matcher(), passage.number)
    return [hit for hit in hits if hit.value[1] == "nouns" and hit.value[0].class_ in PROJECTILES]


def _named_before(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> Hit[tuple[WeaponWords, str]] | None:
    """Return the weapons that "19", "19 of which", "three of them" counts: the last named before."""
    if syntax.upos[head] not in ("NUM", "PRON", "DET"):
        return None
    here = [hit for hit in _nouns(scan, passage) if hit.last <= head]
    before = scan.passages[passage.number - 1] if passage.number and not here else None
    return next(reversed([*(_nouns(scan, before) if before else ()), *here]), None)
