"""Turns of phrase that tell of people harmed: "the latest fatality", "shaken but unhurt", "one with a broken arm".

Also "gashed a guard's face", "the number of pilgrims killed as 23", "nine lives were lost".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.harm.corrections import toll_before, toll_counts, toll_setter
from sayso.reading.harm.harms import Harm
from sayso.reading.harm.shares import harm_among
from sayso.reading.harm.wounds import wound_ahead
from sayso.reading.sentences.groups import Group, actor_of
from sayso.reading.sentences.noun_phrases import subject_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import clause_end
from sayso.values import Actor, Quantity

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

COPULAS: Final = frozenset({"become", "became", "becomes", "is", "was", "are", "were", "been", "be"})
NEXT: Final = 6
"""How many words may stand between "the latest" and the harm: "the latest Bangladeshi blogger to be murdered"."""
SAFE: Final = frozenset({"unhurt", "unharmed", "unscathed", "uninjured"})
HURTING: Final = {
    "killing": "killed",
    **dict.fromkeys(("hurting", "injuring", "wounding", "harming", "hitting", "scratching", "touching"), "injured"),
}
"""What "without" denies of anyone, and the field it fills."""
SAFE_REACH: Final = 3
"""How many words may stand between somebody and "unhurt"."""
TOLL_REACH: Final = 8
"""How many words behind "the number of pilgrims killed" its number may stand."""


def by_turns(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the people of whom these turns tell; each looks for its word first."""
    words = set(passage.line.lower)
    harms: list[Harm] = []
    if words & closed("coming next") and words & COPULAS:
        harms += _next_in_line(passage, groups)
    if words & SAFE:
        harms += _unhurt(passage, groups)
    if "without" in words:
        harms += _without_harm(passage)
    if "with" in words:
        harms += _with_a_wound(scan, passage, groups)
    if words & closed("parts of the body"):
        harms += _by_parts_of_theirs(scan, passage)
    if "number" in words:
        harms += _number_of(scan, passage, groups)
    if "lives" in words and "lost" in words:
        harms += _lives_lost(passage, groups)
    return harms


def counts_by_number(passage: Passage, group: Group) -> bool:
    """Tell whether a group stands in "the number of pilgrims killed": its number is told elsewhere."""
    at = group.first - (passage.word(group.first - 1) == "the")
    return passage.phrase(at - 2, at) == "number of"


def _next_in_line(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the killed of "a student has become the latest fatality", "is the sixth reporter to be murdered"."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        named = word in closed("coming next") and passage.word(index - 1) == "the"
        verb = index - 2 - (passage.word(index - 2) in ("also", "thus"))
        if not named or passage.word(verb) not in COPULAS:
            continue
        behind = passage.line.lower[index + 1 : index + 1 + NEXT]
        dies = next((n for n, one in enumerate(behind) if one in closed("dying next")), None)
        if dies is None or not (behind[dies] in closed("fatality nouns") or "to" in behind[:dies]):
            continue
        begin = verb - (passage.word(verb - 1) in ("has", "have", "had"))
        found = subject_groups(passage, groups, begin)
        harms += [Harm("killed", (index, index + 2 + dies), tuple(found))] if found else []
    return harms


def _unhurt(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return those who were not hurt: "freed the captives, shaken but unhurt", "secured their release, unharmed"."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        near = [g for g in groups if g.last <= index <= g.last + SAFE_REACH] if word in SAFE else []
        near = near or (_they(passage, index) if word in SAFE else [])
        if near and not any(passage.word(at) in closed("determiners") for at in range(near[-1].last, index)):
            harms.append(Harm("injured", (index, index + 1), ((near[-1], False),), zero=True))
    return harms


def _they(passage: Passage, at: int) -> list[Group]:
    """Return the pronoun of "they are all unharmed": nobody says who they are."""
    before = range(at - 1, max(at - SAFE_REACH - 2, -1), -1)
    they = next((index for index in before if passage.word(index) in ("they", "all", "everyone", "everybody")), None)
    if they is None or not any(passage.word(index) in COPULAS for index in range(they, at)):
        return []
    return [Group(they, they, they + 1, Quantity(low=0, high=0, words=passage.line.tokens[they].text), None)]


def _without_harm(passage: Passage) -> list[Harm]:
    """Return the nobody of "went off without hurting anyone"."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        anyone = passage.word(index + 2) in ("anyone", "anybody")
        field = HURTING.get(passage.word(index + 1)) if word == "without" and anyone else None
        if field is not None:
            none = Quantity(low=0, high=0, words=passage.line.tokens[index].text)
            nobody = Group(index + 2, index + 2, index + 3, none, None)
            harms.append(Harm(field, (index, index + 2), ((nobody, False),), zero=True))
    return harms


def _with_a_wound(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the parts of "all the guards were freed, one with a broken arm", counted of those before them."""
    harms = []
    for number, group in enumerate(groups):
        bare = group.word is None and group.quantity is not None and not group.named and not group.pronoun
        if not bare or passage.word(group.last) != "with" or passage.word(group.first - 1) not in (",", "and", ";"):
            continue
        wound = wound_ahead(passage, group.last + 1)
        before = next((one for one in reversed(groups[:number]) if one.word is not None and not one.generic), None)
        if wound is not None:
            of = actor_of(scan, passage, before) if before is not None else None
            harms.append(Harm("injured", (group.last, wound + 1), ((group, True),), of=of))
    return harms


def _by_parts_of_theirs(scan: Scan, passage: Passage) -> list[Harm]:
    """Return whose part of the body was harmed: "gashed a guard's face", "slit the throats of two guards"."""
    syntax, harms = passage.syntax, []
    for index, word in enumerate(passage.line.lower) if syntax else ():
        if syntax is None or word not in closed("parts of the body") or syntax.upos[index] != "NOUN":
            continue
        verb = syntax.verb_over(index)
        if verb is None or verb > index or syntax.labels[index] not in ("obj", "obl") or syntax.heads[index] != verb:
            continue
        if syntax.words[verb] not in closed("harming parts"):
            continue
        owner = _owner(scan, passage, syntax, index)
        field = "killed" if word in ("throat", "throats") else "injured"
        if owner is not None:
            group, of = owner
            harms.append(Harm(field, (verb, index + 1), ((group, False),), of=of))
    return harms


def _owner(scan: Scan, passage: Passage, syntax: Syntax, part: int) -> tuple[Group, Actor] | None:
    """Return whose a part of the body is, as a group of their number."""
    owner = next(
        (at for at in syntax.children[part] if syntax.labels[at] == "nmod" and syntax.upos[at] == "NOUN"), None
    )
    if owner is None:
        return None
    first, last = syntax.phrase(owner)
    last = owner + 1 if owner < part else last
    count = next((hit for hit in scan.counts(passage) if first <= hit.first < last), None)
    one = passage.word(first) in ("a", "an", "the") and not passage.word(owner).endswith("s")
    if count is None and not one:
        return None
    noun = count.last if count is not None else first + 1
    text = scan.report.text[slice(*passage.offsets(noun, last))]
    quantity = count.value if count is not None else Quantity(low=1, high=1, words=text)
    group = Group(first, noun, last, quantity, None)
    return group, Actor(name=text, kind="civilians", words=text)


def _number_of(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the toll of "gave the number of pilgrims killed as 23", with who gives it."""
    harms = []
    for group in groups:
        field = harm_among(scan, passage.word(group.last)) if counts_by_number(passage, group) else None
        if field is None or group.word is None or group.word.generic:
            continue
        at = group.last + 1
        number = group.first - 2 - (passage.word(group.first - 1) == "the")
        found = toll_before(scan, passage, number)
        found = found or toll_counts(scan, passage, at, min(clause_end(passage, at), at + TOLL_REACH))
        for count in found[:1]:
            bare = replace(group, first=count.first, noun=count.first, last=count.last, quantity=count.value, word=None)
            of = actor_of(scan, passage, group)
            holder = toll_setter(scan, passage, group.first - 2)
            harms.append(Harm(field, (group.last, at), ((bare, False),), holder=holder, of=of))
    return harms


def _lives_lost(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the killed of "nine lives were lost", "with twelve lives lost"."""
    harms = []
    for group in groups:
        if passage.word(group.last - 1) != "lives" or group.quantity is None or group.first == group.noun:
            continue
        at = group.last
        while passage.word(at) in ("were", "was", "have", "had", "been", "are"):
            at += 1
        if passage.word(at) == "lost":
            bare = replace(group, noun=group.first, last=group.last - 1, word=None)
            harms.append(Harm("killed", (group.last - 1, at + 1), ((bare, False),)))
    return harms
