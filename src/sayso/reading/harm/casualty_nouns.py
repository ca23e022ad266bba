"""People harmed that nouns count: "five deaths", "no US injuries or casualties", "the murder of two nuns"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.harm.casualty_words import casualty_phrases
from sayso.reading.harm.denied_any import DENYING, is_none
from sayso.reading.harm.harms import Harm
from sayso.reading.sentences.group_words import group_matcher
from sayso.reading.sentences.groups import Group
from sayso.reading.sentences.noun_phrases import coordinated_after
from sayso.reading.sentences.passages import closed
from sayso.values import Quantity

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

WANTED: Final = 5
"""How many words before a noun of harm may say that it is only wanted: "called for the arrest of two officers"."""
ASKED: Final = 8
"""How many words before it "information" may stand that is to lead to an arrest."""
LEADING: Final = frozenset({"leading", "leads", "lead"})
OF_REACH: Final = 7
"""How many words may stand between a noun of harm and its "of"."""
CAUSING: Final = frozenset({"cause", "caused", "causing", "inflict", "inflicted", "suffer", "suffered", "sustained"})
"""Verbs before "any injuries" whose denial makes them none."""
SUFFERED: Final = frozenset(
    {"suffer", "suffered", "suffering", "sustain", "sustained", "sustaining", "received", "with"}
)
TOLL: Final = frozenset({"casualties", "deaths", "fatalities", "injuries", "losses", "dead", "wounded"})
"""What nobody has of whom "any" is denied."""
CAUSING_NONE: Final = ("without causing", "without inflicting", "without any", "without suffering")
"""What may stand before a noun of harm that did not come about."""

EARLIER: Final = ("prior", "previous")
"""Words for harm that is not that of the incident."""
BODIES: Final = ("body", "bodies", "corpse", "corpses", "coffin", "coffins")
"""What is found of the dead: that there are none yet ("found no bodies") does not say that nobody died."""


def by_nouns(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Count by nouns: "five deaths", "no US injuries or casualties", "the murder of two nuns"."""
    harms: list[Harm] = []
    for hit in scan.hits(casualty_phrases("nouns"), passage.number):
        if _is_wanted(passage, hit.first) or modifies_another(passage, hit.last - 1):
            continue
        if passage.word(hit.first - 1) in EARLIER:
            continue  # "has four prior arrests"
        if passage.word(hit.last) in closed("parts"):
            after = coordinated_after(passage, groups, hit.last + 1)
            harms += [Harm(hit.value, (hit.first, hit.last), tuple((g, True) for g, _ in after))] if after else []
        elif passage.word(hit.last) == "of" and passage.word(hit.first - 1) != "no":
            after = coordinated_after(passage, groups, hit.last + 1)
            harms += [Harm(hit.value, (hit.first, hit.last), tuple(after))] if after else []
        elif passage.phrase(hit.last, hit.last + 1) in ("was", "were") and passage.word(hit.first - 1) == "the":
            after = coordinated_after(passage, groups, hit.last + 1)
            share = [(g, True) for g in groups if g.last == hit.last and g.first < hit.first]
            told = after and not (_is_a_number(after[0][0]) and passage.word(hit.first - 2) == "of" and not share)
            harms += [_identified(hit.value, hit.last, share, after)] if told else []  # "the oldest of the dead was 70"
        else:
            counted = _counted_noun(scan, passage, hit.first, hit.last)
            parts = _among_them(passage, groups, hit.last) if counted else []
            harms += [Harm(hit.value, (hit.first, hit.last), ((counted, False), *parts))] if counted else []
    return [*harms, *_whose(scan, passage, groups)]


def _is_a_number(group: Group) -> bool:
    return group.word is None and not group.named


def _whose(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return whom an "of" behind a noun of harm names, near or far: "the arrest in the same town of a commander"."""
    harms = []
    for kind in ("of", "nouns"):
        for hit in scan.hits(casualty_phrases(kind), passage.number):
            at = _behind_of(passage, hit.last, near=kind == "of")
            if at is not None and not _is_wanted(passage, hit.first):
                after = coordinated_after(passage, groups, at)
                harms += [Harm(hit.value, (hit.first, hit.last), tuple(after))] if after else []
    return harms


def _is_wanted(passage: Passage, first: int) -> bool:
    """Tell whether harm is only wanted or feared: "demanded the arrest of two officers".

    Information "leading to the arrest of" somebody is asked for where nobody has been arrested.
    """
    before = [passage.word(index) for index in range(first - WANTED, first)]
    asked = not LEADING.isdisjoint(before) and "information" in passage.line.lower[max(first - ASKED, 0) : first]
    return asked or any(word in closed("wanting harm") for word in before)


def modifies_another(passage: Passage, at: int) -> bool:
    """Tell whether a noun of harm only says of what sort the next is: "31 · arrest · warrants", "murder charges"."""
    syntax = passage.syntax
    inside = syntax is not None and at < len(syntax.labels)
    return bool(inside and syntax and syntax.labels[at] == "compound" and syntax.heads[at] > at)


def _behind_of(passage: Passage, last: int, *, near: bool) -> int | None:
    """Return where those begin whom the "of" of a noun ending at ``last`` names; ``near``: it may stand right there."""
    if passage.word(last) == "of" or passage.word(last - 1) == "to":
        return last + (passage.word(last) == "of") if near else None
    deed = passage.word(last - 1) in closed("deeds of harm") and passage.word(last - 2) != "to"
    for at in range(last, min(last + OF_REACH, len(passage)) if deed else last):
        if passage.word(at) == "of":
            return at + 1
        if not passage.line.word(at) or (passage.syntax is not None and passage.syntax.upos[at] in ("VERB", "AUX")):
            break
    return None


def _among_them(passage: Passage, groups: list[Group], at: int) -> list[tuple[Group, bool]]:
    """Return the parts of "53 bodies, among them 16 children"."""
    if passage.phrase(at, at + 3) not in (", among them", ", including the", ", many of"):
        return []
    return [(group, True) for group, _ in coordinated_after(passage, groups, at + 3)]


def _identified(field: str, at: int, share: list[tuple[Group, bool]], after: list[tuple[Group, bool]]) -> Harm:
    """Return the count for "two of the dead were policemen": the number before, the group after."""
    if share and share[0][0].quantity and after[0][0].word:
        group = replace(after[0][0], quantity=share[0][0].quantity, first=share[0][0].first)
        return Harm(field, (share[0][0].first, at), ((group, True), *((part, True) for part, _ in after[1:])))
    return Harm(field, (at - 1, at), tuple((g, True) for g, _ in after))


def _counted_noun(scan: Scan, passage: Passage, first: int, last: int) -> Group | None:
    """Return the number before a casualty noun: "five deaths", "no US injuries or casualties"."""
    if passage.word(last) in ("toll", "tolls", "figures", "rate"):
        return None
    kind = _kind_of_dead(scan, passage, first)
    if kind:
        return kind
    begin = _modifiers_before(passage, first)
    begin -= passage.phrase(begin - 2, begin) in CAUSING_NONE
    before = {*CAUSING, *(DENYING if passage.word(last - 1) in TOLL else ())}  # not "denied any execution"
    caused = passage.word(begin - 1) == "any" and passage.word(begin - 2) in before
    if caused and is_none(passage, begin - 1):  # "neither blast caused any injuries"
        return Group(begin - 1, begin - 1, begin, Quantity(low=0, high=0, words="any"), None)
    if passage.word(begin - 1) in ("no", "without", "zero") or passage.word(begin) == "no":
        at = begin if passage.word(begin) != "no" else begin + 1
        if passage.word(last - 1) in BODIES:
            return None
        zero = Quantity(low=0, high=0, words=passage.line.tokens[at - 1].text)
        return Group(at - 1, at, first, zero, None) if at < first else Group(at - 1, at - 1, at, zero, None)
    for count in scan.counts(passage):
        if count.last in (first, first - 1) or count.last == begin:
            if count.last < first and _no_modifier(passage, first - 1):
                return None
            if passage.word(count.first - 1) in ("last", "remaining"):
                return None  # "freed their last two hostages"
            if passage.phrase(count.first - 2, count.first) in ("of the", "of its", "of their"):
                return None  # "two of the nine dead"
            if passage.word(count.first - 1) in SUFFERED and count.value.vague and passage.word(last - 1) == "injuries":
                return None  # "suffered multiple injuries": how many one person has
            if count.value.high == 0 and passage.word(last - 1) in BODIES:
                return None  # "not one corpse"
            noun = last if passage.word(last - 1) in ("bodies", "corpses") else first
            return (
                Group(count.first, count.last, noun, count.value, None)
                if count.last < noun
                else Group(count.first, count.first, count.last, count.value, None)
            )
    return None


def _no_modifier(passage: Passage, index: int) -> bool:
    word = passage.word(index)
    return word in closed("determiners") or word in closed("connectors") or word in closed("prepositions")


def _kind_of_dead(scan: Scan, passage: Passage, first: int) -> Group | None:
    """Return "sixteen other journalist(s)" before "deaths": a counted group that ends where the noun begins."""
    for hit in scan.hits(group_matcher(), passage.number):
        if hit.last == first:
            for count in scan.counts(passage):
                between = passage.line.lower[count.last : hit.first]
                if count.last <= hit.first and all(word in ("other", "more") for word in between):
                    return Group(count.first, hit.first, hit.last, count.value, hit.value[0], plural=True)
    return None


def _modifiers_before(passage: Passage, first: int) -> int:
    """Return where "US injuries or" begins before "casualties": names, a few adjectives, joined casualty nouns."""
    begin = first
    while begin > 0 and first - begin < 6:
        word = passage.word(begin - 1)
        joined = word in ("or", "and", "/") and passage.word(begin - 2) in closed("casualty nouns")
        if not (
            joined
            or word in closed("casualty nouns")
            or word in closed("casualty modifiers")
            or passage.line.capital(begin - 1)
        ):
            break
        begin -= 1
    return begin
