"""What a noun phrase names as a target: a thing of the lexicon, people who can be counted, a body, a place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.means.target_words import target_nouns
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.sentences.verbs import Form, verb_table
from sayso.records import Target
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan


@cache
def strike_verbs() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    """Return the matcher of verbs by which something is struck."""
    return PhraseMatcher(verb_table([("strike", sorted(closed("strike words")))]))


def target_at(scan: Scan, passage: Passage, first: int, last: int) -> Hit[Target] | None:
    """Return what the tokens [first, last) name, if it can be a target: a thing of the lexicon or people."""
    while first < last and passage.word(first) in closed("determiners") | {"over", "about"}:
        first += 1
    idle = closed("generic targets") | (closed("no actors") - {"car", "vehicle", "truck"})
    things = [hit for hit in scan.hits(target_nouns(), passage.number) if hit.last == last]
    if first >= last or (passage.word(last - 1) in idle and not things):
        return None
    people = False
    parts = (at + 1 for at in range(first, last - 1) if passage.word(at) in closed("no aim"))
    of = next((at for at in parts if passage.word(at) == "of"), None)
    if of is not None:
        return target_at(scan, passage, of + 1, last)  # "fired at the tyres of · a bus"
    owned = _thing_of(scan, passage, first, last)
    if owned is not None:
        return owned
    for group in find_groups(scan, passage):
        if things and group.last < last:
            continue  # "police lines"
        if group.named and first - 1 <= group.first < last <= group.noun:
            return target_hit(scan, passage, group.noun, group.last, "person", "person")  # "killed a general, X Y"
        if (
            first <= group.noun < last and group.last >= last - 1 and not group.pronoun and group.quantity is not None
        ) or (first <= group.noun < last and group.plural and not group.pronoun):
            if group.word and group.word.name == "members" and "of" in passage.line.lower[group.noun : last]:
                return target_at(scan, passage, passage.line.lower.index("of", group.noun) + 1, last)
            if group.generic or (group.attackers and not group.plural):
                people = True
                continue
            kind = "person" if group.named else (group.word.kind if group.word else "unknown")
            return target_hit(
                scan,
                passage,
                group.noun,
                group.last,
                kind,
                group.word.name.replace(" ", "_") if group.word else "person",
            )
    for noun in reversed(scan.hits(target_nouns(), passage.number)):
        owner = passage.word(noun.last) in ("'s", "’s") and noun.last < last  # "the town's gasworks"
        if first <= noun.first and noun.last <= last and not owner:
            end = _with_name(passage, noun.last, last)
            return target_hit(scan, passage, first, end, noun.value.kind, noun.value.class_name)
    return None if people else _by_name(scan, passage, first, last)


def _thing_of(scan: Scan, passage: Passage, first: int, last: int) -> Hit[Target] | None:
    """Return the thing of the lexicon that owns what "of" leads to: "the residence of the ambassador"."""
    of = next((at for at in range(first, last) if passage.word(at) == "of"), None)
    if of is None or of + 1 >= last:
        return None
    part = passage.word(of - 1) in ("one", "two", "three", "several", "dozens", "scores", "some")
    nouns = scan.hits(target_nouns(), passage.number)
    ends = last if part else of
    thing = next((noun for noun in nouns if noun.last == ends and first <= noun.first), None)
    if thing is None:
        return None
    return target_hit(scan, passage, first, last, thing.value.kind, thing.value.class_name)


def _with_name(passage: Passage, at: int, last: int) -> int:
    """Return where "the harbour of Sidra Bahr" ends; a plain noun ends at itself."""
    return last if passage.word(at) == "of" and passage.line.capital(at + 1) else at


def _by_name(scan: Scan, passage: Passage, first: int, last: int) -> Hit[Target] | None:
    words = scan.report.text[slice(*passage.offsets(first, last))]
    body = scan.world.actor(words)
    if body:
        value = Target(name=body.name, kind=body.kind, country=body.country, class_=None, words=words)
        return Hit(first, last, value)
    if passage.line.capital(first) and scan.world.places(words):
        return Hit(first, last, Target(name=words, kind="place", country=None, class_=None, words=words))
    return None


def target_hit(scan: Scan, passage: Passage, first: int, last: int, kind: str, class_name: str | None) -> Hit[Target]:
    """Return the tokens [first, last) as a target of a kind and class; whose it is where they name a country."""
    words = scan.report.text[slice(*passage.offsets(first, last))]
    class_name = "military_base" if class_name == "market" and _is_armed(scan, passage, first, last) else class_name
    country = None
    for index in range(first, last):
        fact = scan.world.country(passage.line.tokens[index].text) if passage.line.capital(index) else None
        country = country or (fact.code if fact else None)
    return Hit(first, last, Target(name=words, kind=kind, country=country, class_=class_name, words=words))


def _is_armed(scan: Scan, passage: Passage, first: int, last: int) -> bool:
    """Tell whether a workplace is that of fighters or soldiers: "a headquarters of the rebels"."""
    words = passage.line.lower[first:last]
    if not closed("workplaces of forces") & set(words):
        return False
    armed = closed("rebel words", "militaries", "men of a body") - {"members", "men", "units", "elements"}
    of = first + words.index("of") + 1 if "of" in words else last
    body = scan.world.actor(scan.report.text[slice(*passage.offsets(of, last))]) if of < last else None
    return bool((armed | {"terrorist"}) & set(words)) or (body is not None and body.kind in ("armed_group", "military"))
