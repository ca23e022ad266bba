"""Of whom a count of people harmed is: the noun it counts, or whom a bare number or a pronoun takes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.harm.multiples import MULTIPLES
from sayso.reading.sentences.antecedents import TAKEN_UP, antecedent
from sayso.reading.sentences.groups import Group, actor_of, find_groups
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

BACK = 3
"""So many sentences back may stand whom "the four" takes up."""
WARD = 5
"""How many words "in the town's main hospital" may take."""


def of_whom(scan: Scan, passage: Passage, group: Group, field: str) -> Actor | None:
    """Return whom a group counts for one field; None for all, or where nothing tells."""
    one_more = group.word is None and passage.word(group.last - 1) in closed("ordinals")  # "and wounded a third"
    if one_more or (
        {"more", "another"} & {passage.word(group.last - 1), passage.word(group.last)}
        and (group.word is None or group.word.name == "others")
    ):
        return _more_of(scan, passage, group) or _carried_over(scan, passage, group, ordinal=one_more)
    if passage.phrase(group.noun, group.last) in ("the wounded", "the injured", "those wounded", "those injured"):
        words = scan.report.text[slice(*passage.offsets(group.last - 1, group.last))]
        return Actor(name=None, kind="unknown", words=words)  # "eight of the wounded died" is a share
    if group.word is None and passage.word(group.first) in MULTIPLES:
        return None  # "held over the triple homicide": the held are not the dead
    if group.word is None and not group.pronoun and not group.named:
        behind = _among_whom(scan, passage, group) or _all_of_them(scan, passage, group)
        if behind is not None:
            return actor_of(scan, passage, behind)
        if passage.word(group.first - 1) == "the" and group.last == group.first + 1:
            return _counted_before(scan, passage, group)  # "the four are on remand"
    if group.pronoun and field == "arrested":
        return _the_attacker(scan, passage, group)
    if group.pronoun or (group.word is None and not group.named):
        return _taken_up(scan, passage, group) or _country(scan, passage, group)
    return actor_of(scan, passage, group)


def _the_attacker(scan: Scan, passage: Passage, group: Group) -> Actor | None:
    """Return the attacker whom "he was arrested" takes up: the last one named, in this sentence or the one before."""
    for number in (passage.number, passage.number - 1):
        place = scan.passages[max(number, 0)]
        before = [one for one in find_groups(scan, place) if number < passage.number or one.last <= group.first]
        alone = [one for one in before if one.attackers and not one.plural]
        if alone:
            return actor_of(scan, place, alone[-1])
    return None


def _among_whom(scan: Scan, passage: Passage, group: Group) -> Group | None:
    """Return of whom a bare number is: "nine dead among the militiamen", "no injuries to our staff"."""
    at = group.last + (passage.word(group.last) in closed("casualty nouns") | {"killed"})
    to = passage.word(at) == "to" and passage.word(at - 1) in ("injuries", "injury", "harm")
    if passage.word(at) != "among" and not to:
        return None
    behind = (at + 1, at + 2) if passage.word(at + 1) in closed("determiners") else (at + 1,)
    return next((one for one in find_groups(scan, passage) if one.first in behind and not one.pronoun), None)


def _all_of_them(scan: Scan, passage: Passage, group: Group) -> Group | None:
    """Return who all of them are: "put the injured at six, all night-shift workers", "six, all of them policemen"."""
    at = group.last + 1
    if passage.word(group.last) != "," or passage.word(at) not in ("all", "both", "mostly"):
        return None
    at += 2 * (passage.phrase(at + 1, at + 3) in ("of them", "of whom"))
    return next((one for one in find_groups(scan, passage) if one.first in (at, at + 1) and one.word is not None), None)


def _counted_before(scan: Scan, passage: Passage, group: Group) -> Actor | None:
    """Return the group of the same number that the sentences before named last."""
    for number in range(passage.number, max(passage.number - BACK - 1, -1), -1):
        place = scan.passages[number]
        same = [
            one
            for one in find_groups(scan, place)
            if one.word is not None and not one.generic and one.quantity is not None and group.quantity is not None
            if (number < passage.number or one.last <= group.first)
            and (one.quantity.low, one.quantity.high) == (group.quantity.low, group.quantity.high)
        ]
        if same:
            return actor_of(scan, place, same[-1])
    return None


def _taken_up(scan: Scan, passage: Passage, group: Group) -> Actor | None:
    """Return whom the pronoun of "killing seven of them", "of whom two died" takes up."""
    beside = [one for one in find_groups(scan, passage) if one.last == group.first - 1 and one.word is not None]
    if beside and passage.word(group.first - 1) == "," and passage.word(group.last - 1) == "them":
        return actor_of(scan, passage, beside[0])  # "the crew, none of them hurt"
    of = passage.word(group.last) == "of" and passage.word(group.last + 1) in TAKEN_UP
    before = [one for one in find_groups(scan, passage) if one.last <= group.first and one.quantity and one.plural]
    if before and before[-1].generic and before[-1].word is not None:
        return None  # "30 people were taken to hospital, six of them in critical condition"
    inside = next((at for at in range(group.first, group.last) if passage.word(at) in TAKEN_UP), None)
    at = group.last + 1 if of else inside
    found = antecedent(scan, passage, at) if at is not None else None
    return actor_of(scan, *found) if found is not None else None


def _more_of(scan: Scan, passage: Passage, group: Group) -> Actor | None:
    """Return of whom "four more of the travellers" are."""
    at = group.last + (passage.word(group.last) == "more")
    if passage.word(at) != "of" or passage.word(at + 1) not in closed("determiners"):
        return None
    behind = next((one for one in find_groups(scan, passage) if one.first == at + 1 and one.word is not None), None)
    return actor_of(scan, passage, behind) if behind is not None else None


def _carried_over(scan: Scan, passage: Passage, group: Group, *, ordinal: bool = False) -> Actor | None:
    """Return the group that "seven more" goes on counting: the last one named in the sentence, no semicolon between.

    ``ordinal``: "a third" counts on from two attackers too; "three more" are rather others.
    """
    before = [
        g
        for g in find_groups(scan, passage)
        if g.last <= group.first and g.word and g.plural and g.quantity and (not g.generic or g.word.name == "members")
    ]
    if not before or ";" in passage.line.lower[before[-1].last : group.first]:
        return None
    if before[-1].attackers and not ordinal and passage.word(group.first) != "another":
        return None
    return actor_of(scan, passage, before[-1])


def _country(scan: Scan, passage: Passage, group: Group) -> Actor | None:
    """Return the nation in "no US injuries"; None for a bare number."""
    for index in range(group.noun, group.last):
        fact = scan.world.country(passage.line.tokens[index].text) if passage.line.capital(index) else None
        if fact:
            return Actor(name=fact.name, kind="state", country=fact.code, words=passage.line.tokens[index].text)
    counted = passage.phrase(group.noun, group.last) if group.last > group.noun else ""
    held = group.last + (passage.word(group.last) in ("hostages", "captives"))
    if held > group.last and group.first == group.noun:  # "38 hostages were rescued"
        return Actor(name=None, kind="civilians", words=passage.line.tokens[group.last].text)
    last = _end_of_share(passage, group.last) if counted in ("bodies", "corpses") else group.last
    if counted == "people" or last > group.last:
        start, end = passage.offsets(group.noun, last)
        return Actor(name=None, kind="unknown", words=scan.report.text[start:end])
    return None


def _end_of_share(passage: Passage, at: int) -> int:
    """Return where "in one hospital" ends behind "35 bodies": those seen in one place are a share; else ``at``."""
    ahead = range(at + 1, min(at + WARD, len(passage)))
    here = passage.word(at) in ("in", "at")
    ends = closed("hospitals", "worn by the dead")
    return next((index + 1 for index in ahead if here and passage.word(index) in ends), at)
