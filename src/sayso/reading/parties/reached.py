"""What a blow reaches that is no object of its verb: "slammed into a plant", "turned his gun on", "aimed at a patrol".

Three shapes, each by the tree: a verb of hitting with a preposition that leads to what was hit; a weapon with a
participle that says for whom it was meant or where it was put; a verb by which only attackers lay hold of something.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.means.target_words import target_nouns
from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.target_phrases import target_at, target_hit
from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, verb_table
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.sentences.passages import Hit, Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.records import Target

ONTO: Final = (
    "into",
    "onto",
    "through",
    "on",
    "upon",
    "at",
    "amid",
    "amidst",
    "among",
    "amongst",
    "towards",
    "toward",
    "against",
)
"""Prepositions that lead from a verb of hitting to what was hit."""
PUT: Final = ("under", "beneath", "underneath", "outside", "beside", "near", "at", "to", "inside", "on", "in")
"""Prepositions that lead from what was put somewhere to the thing it was put against."""
MEANT: Final = ("at", "for", "to", "against")
"""Prepositions that lead from what was aimed, sent or meant to its target."""
CROWDS: Final = ("goers", "ppers", "llers", "ngers", "ivers")
"""How nouns for people whom nobody counts end: "shoppers", "strollers"."""
LONGEST: Final = 7
"""Longer noun phrases are no names of things."""
PARTICIPLES: Final = ("acl", "amod", "advcl", "dep")


@cache
def _reaching() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("reach", sorted(closed("reaching verbs")))]))


@cache
def _holding() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("hold", sorted(closed("laying hold of")))]))


def find_reached(scan: Scan, passage: Passage) -> list[Mention]:
    """Return what blows, weapons and attackers reach in a sentence that tells of a happening."""
    syntax = passage.syntax
    if syntax is None:
        return []
    return [
        *_hit_by_verb(scan, passage, syntax),
        *_meant(scan, passage, syntax),
        *_laid_hold_of(scan, passage, syntax),
        *_set_alight(scan, passage, syntax),
    ]


def _hit_by_verb(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[Mention]:
    for hit in scan.hits(_reaching(), passage.number):
        verb = syntax.verb_in(hit.first, hit.last)
        if verb is None or not _armed(scan, passage, syntax, verb):
            continue
        for at in syntax.children[verb]:
            head = _led_to(syntax, verb, at)
            if head is not None:
                yield from _target(scan, passage, syntax, head, verb)
                break


def _led_to(syntax: Syntax, verb: int, at: int) -> int | None:
    """Return the noun that a preposition of hitting leads to; "amid people queuing" is a clause to the parser."""
    case = syntax.child(at, "case", "mark")
    if at < verb or case is None or syntax.words[case] not in ONTO:
        return None
    if syntax.labels[at] == "advcl":
        return syntax.child(at, "nsubj") if syntax.words[case].startswith("am") else None
    return at if syntax.labels[at] in ("obl", "nmod") else None


def _armed(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb moves a weapon or a vehicle, as its subject or its object: no rumour hits the floor."""
    heads = [at for at in syntax.children[verb] if syntax.labels[at] in ("nsubj", "obj")]
    subject = syntax.subject(verb)
    heads += [subject] if subject is not None else []
    heads += [other for at in heads for other in syntax.joined(at)]
    weapons = scan.hits(weapon_matcher(), passage.number)
    vehicles = closed("driven")
    return any(
        any(hit.first <= at < hit.last for hit in weapons)
        or syntax.words[at] in vehicles
        or syntax.words[at].removesuffix("s") in closed("things laid", "hurled")
        for at in heads
    )


def _meant(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[Mention]:
    """Yield whom a weapon was meant for ("aimed at …") and what it was put against ("fixed beneath the car of …")."""
    for at, word in enumerate(passage.line.lower):
        tried = syntax.oblique(at, ("on", "against")) if word in ("attempt", "attempts") else None
        if tried is not None:
            tried = syntax.child(tried, "nmod") if syntax.words[tried] in ("life", "lives") else tried
            yield from _target(scan, passage, syntax, tried, at) if tried is not None else ()
        aimed = word in closed("aimed")
        if not (aimed or word in closed("put somewhere")) or syntax.labels[at] not in PARTICIPLES:
            continue
        noun = syntax.heads[at]
        if noun < 0 or not any(hit.first <= noun < hit.last for hit in scan.hits(weapon_matcher(), passage.number)):
            continue
        head = syntax.oblique(at, MEANT if aimed else PUT)
        if head is not None and syntax.words[head] in closed("parts of buildings"):
            head = syntax.child(head, "nmod") or head
        if head is not None and (aimed or _is_thing(scan, passage, head)):
            yield from _target(scan, passage, syntax, head, at)


def _is_thing(scan: Scan, passage: Passage, head: int) -> bool:
    """Tell whether a noun heads a target of the lexicon other than a home or a road's furniture."""
    known = any(hit.first <= head < hit.last for hit in scan.hits(target_nouns(), passage.number))
    return known and passage.word(head) not in closed("roads") | {"track", "tracks"}


def _laid_hold_of(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[Mention]:
    """Yield what attackers boarded, stopped, intercepted."""
    for hit in scan.hits(_holding(), passage.number):
        verb = syntax.verb_in(hit.first, hit.last)
        doer = syntax.doer(verb) if verb is not None else None
        if verb is None or doer is None:
            continue
        passive = syntax.child(verb, "aux") is not None and syntax.object(verb) is None
        agent = syntax.oblique(verb, ("by",)) if passive else doer
        head = doer if passive else syntax.object(verb)
        if agent is not None and head is not None and _attacks(scan, passage, agent):
            yield from _target(scan, passage, syntax, head, verb, whatever=True)


def _attacks(scan: Scan, passage: Passage, head: int) -> bool:
    """Tell whether a noun is one for attackers: "pirates", "armed men", "hooded youths"."""
    groups = (group for group in find_groups(scan, passage) if group.first <= head < group.last)
    return any(group.attackers for group in groups) or passage.phrase(head - 1, head + 1) in closed("armed attackers")


def _set_alight(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[Mention]:
    """Yield what is set alight, the words apart: "set the village · ablaze", "set fire · to a school"."""
    for at, word in enumerate(passage.line.lower):
        if word not in ("set", "sets", "setting", "put") or syntax.upos[at] != "VERB":
            continue
        head = syntax.object(at)
        if head is not None and syntax.words[head] in ("fire", "light"):
            head = syntax.oblique(at, ("to",)) or syntax.oblique(head, ("to",))
        elif not any(passage.word(child) in closed("alight") for child in syntax.children[at]):
            continue
        if head is not None:
            yield from _target(scan, passage, syntax, head, at, whatever=True)


def _target(
    scan: Scan, passage: Passage, syntax: Syntax, head: int, trigger: int, *, whatever: bool = False
) -> Iterator[Mention]:
    """Yield a target at a head: as the lexicon knows it, else people; ``whatever``: else any plain noun phrase."""
    first, last = syntax.phrase(head)
    found: Hit[Target] | None = target_at(scan, passage, first, last)
    first += passage.word(first) in closed("determiners")
    plain = syntax.upos[head] == "NOUN" and last - first <= LONGEST
    idle = closed("no aim", "generic targets", "hurt parts") | words_of("day", "time")
    crowd = passage.word(head) in closed("crowds of people") or passage.word(head).endswith(CROWDS)
    if found is None and plain and passage.word(head) not in idle and (crowd or whatever):
        found = target_hit(scan, passage, first, last, "civilians" if crowd else "unknown", None)
    if found is not None:
        yield mention(passage, "target", found.value, (found.first, found.last), (trigger, trigger + 1))
