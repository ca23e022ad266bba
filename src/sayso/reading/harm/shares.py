"""Counts that lean on others: "two were among the dead", "33 had died in X, 21 in Y and eight in Z"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.harm.harms import Harm, tells_of_abduction
from sayso.reading.sentences.grammar import BREAKS, words_of
from sayso.reading.sentences.groups import Group
from sayso.reading.sentences.noun_phrases import HARMED, coordinated_after, subject_groups
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

AMONG: Final = {
    "shot": "hit",
    "dead": "killed",
    "killed": "killed",
    "died": "killed",
    "murdered": "killed",
    "slain": "killed",
    "executed": "killed",
    "massacred": "killed",
    "deaths": "killed",
    "fatalities": "killed",
    "wounded": "injured",
    "injured": "injured",
    "hurt": "injured",
    "missing": "missing",
    "abducted": "abducted",
    "kidnapped": "abducted",
    "taken": "abducted",
    "hostages": "abducted",
    "captives": "abducted",
    "arrested": "arrested",
    "captured": "arrested",
    "detained": "arrested",
    "held": "arrested",
    "detainees": "arrested",
}
"""What those are called "among" whom somebody is."""
HELD: Final = ("held", "captured", "detained")
"""What is done to hostages where a report tells of an abduction."""
ASIDE: Final = 12
"""How many words may tell who says so between "among the dead" and its verb."""
THAT_OF: Final = ("those of", "that of", "bodies of")
"""What a body or a death is taken up by: "nine bodies, one of them that of a nurse"."""
DESCRIBING: Final = ("amod", "compound", "advmod")
"""Relations of the words between a copula and who they were: "three were · serving · officers"."""
THOSE: Final = frozenset({"the", "those", "people", "who", "were", "was", "had", "reported", "confirmed"})


def harm_among(scan: Scan, word: str) -> str | None:
    """Return the field that a participle behind those counted fills: "the number of staff · held"."""
    return "abducted" if word in HELD and tells_of_abduction(scan) else AMONG.get(word)


def is_compound(passage: Passage, at: int) -> bool:
    """Tell whether a noun at ``at`` only describes the next one: "three of them · track workers"."""
    syntax = passage.syntax
    inside = syntax is not None and 0 <= at < len(syntax.labels) and syntax.labels[at] == "compound"
    return bool(inside and syntax and syntax.heads[at] == at + 1 and not passage.line.capital(at))


def past_modifiers(passage: Passage, groups: list[Group], at: int) -> int:
    """Return where a noun phrase of people begins behind words that only describe them."""
    syntax, begin = passage.syntax, at
    while syntax is not None and at < len(passage) and not any(group.first == at for group in groups):
        if syntax.labels[at] not in DESCRIBING or syntax.heads[at] <= at or passage.line.capital(at):
            return begin
        at += 1
    return at


def among_them(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the people of "two journalists were among those held", "a nurse is among the dead"."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        if word != "among":
            continue
        at = index + 1
        harms += _among_a_number(scan, passage, groups, index)
        while passage.word(at) in THOSE:
            at += 1
        field = AMONG.get(passage.word(at)) if at > index + 1 else None
        if field and (index == 0 or passage.word(index - 1) in BREAKS):
            harms += _named_behind(passage, groups, (index, at + 1), field)
        if passage.word(index - 1) not in words_of("be") | {"been", "also"}:
            continue
        begin = index - 1
        while passage.word(begin - 1) in words_of("be", "auxiliary") | {"also", "been"}:
            begin -= 1
        found = subject_groups(passage, groups, begin) if field else []
        if field and found:
            harms.append(Harm(field, (index, at + 1), tuple((group, True) for group, _ in found)))
    return harms


def _among_a_number(scan: Scan, passage: Passage, groups: list[Group], among: int) -> list[Harm]:
    """Return all those of "a girl among five shot", "a nurse is among nine people killed", and who is named of them."""
    count = next((count for count in scan.counts(passage) if count.first == among + 1), None)
    whole = next((group for group in groups if group.first == among + 1), None)
    if count is None:
        return []
    at = whole.last if whole is not None else count.last
    field = AMONG.get(passage.word(at))
    if field is None:
        return []
    whole = whole or Group(count.first, count.first, count.last, count.value, None, plural=True)
    begin = among
    while passage.word(begin - 1) in words_of("be", "auxiliary") | {"also", "been"}:
        begin -= 1
    named = [(group, True) for group, _ in subject_groups(passage, groups, begin, near=begin == among)]
    if any(group.pronoun or group.plural for group, _ in named) or (begin < among and not named):
        return []  # "they were among more than a dozen shot that night": of other places, too
    return [Harm(field, (among, at + 1), ((whole, False), *named))]


def _named_behind(passage: Passage, groups: list[Group], trigger: tuple[int, int], field: str) -> list[Harm]:
    """Return the people of "Among the dead, police said, were two guards and a nurse": the verb stands before them."""
    ahead = range(trigger[1], min(trigger[1] + ASIDE, len(passage)))
    verb = next((at for at in ahead if passage.word(at) in ("was", "were", "are", "is")), None)
    found = coordinated_after(passage, groups, verb + 1) if verb is not None else []
    return [Harm(field, trigger, tuple((group, True) for group, _ in found))] if found else []


def parts_of_them(scan: Scan, passage: Passage, harms: list[Harm], groups: list[Group]) -> list[Harm]:
    """Return the parts that no verb of their own counts: "61 wounded people, eleven of them children"."""
    counted = [harm for harm in harms if harm.field not in ("casualties", "hit") and not harm.zero]
    found = []
    for share in (group for group in groups if passage.word(group.last - 1) in ("them", "whom") and group.quantity):
        at = share.last + (passage.word(share.last) in ("were", "are", "was", "of"))  # "two of them of children"
        at += 2 * (passage.phrase(at, at + 2) in THAT_OF)
        named = any(group.first == at for group in groups)  # "gold miners" is a noun for people as a whole
        at = past_modifiers(passage, groups, at + (not named and is_compound(passage, at)))
        after = next((group for group in groups if group.first == at and group.word is not None), None)
        adjoins = next((harm for harm in counted for group, _ in harm.groups if group.last == share.first), None)
        last = adjoins or _counted_before(counted, share.first - 1)
        apart = passage.phrase(share.first - 1, share.first) in (",", "(", "-", "and")
        if last is None or not (adjoins or apart):
            continue  # "21 people · six of them soldiers": the comma may be lost
        if after is not None and after.quantity is not None and (after.plural or after.quantity.high == 1):
            part = replace(_with_joined(passage, after, groups), first=share.first, quantity=share.quantity)
            found.append(Harm(last.field, last.trigger, ((part, True),)))
    return found


def _with_joined(passage: Passage, group: Group, groups: list[Group]) -> Group:
    """Return a group with the one that one number counts with it: "15 of them · women and children"."""
    uncounted = (one for one in groups if one.first == group.last + 1 and one.noun == one.first and one.plural)
    joined = next(uncounted, None) if group.plural and passage.word(group.last) == "and" else None
    if joined is None or joined.word is None or passage.word(joined.last) in HARMED:
        return group
    return replace(group, last=joined.last)


def among_the_counted(passage: Passage, harms: list[Harm], groups: list[Group]) -> list[Harm]:
    """Return the parts of "19 bodies were found, among them those of five children", "six died, including a boy"."""
    counted = [harm for harm in harms if harm.field not in ("casualties", "hit") and not _is_of_none(harm)]
    found = []
    for index in range(len(passage) if counted else 0):
        at = _of_whom(passage, index)
        last = _counted_before(counted, index) if at is not None else None
        if at is None or last is None:
            continue
        at += 2 * (passage.phrase(at, at + 2) in THAT_OF)
        parts = [group for group, _ in coordinated_after(passage, groups, at)]
        own = next((n for n, group in enumerate(parts) if passage.word(group.last) in HARMED), len(parts))
        if parts[:own]:
            found.append(Harm(last.field, last.trigger, tuple((group, True) for group in parts[:own])))
    return [*found, *_included(passage, counted, groups)]


def _is_of_none(harm: Harm) -> bool:
    """Tell whether nobody was harmed: "no one was hurt in a fire set while people, including two boys, were inside"."""
    return harm.zero or all(group.quantity is not None and group.quantity.high == 0 for group, _ in harm.groups)


def _included(passage: Passage, counted: list[Harm], groups: list[Group]) -> list[Harm]:
    """Return the parts told behind their whole: "killed six of them, a boy of nine included"."""
    found = []
    for group in groups:
        at = group.last + 2 * (passage.word(group.last) == "of")  # "a boy of nine included"
        told = passage.word(at) == "included" or passage.phrase(at, at + 2) == "among them"
        last = _counted_before(counted, group.first - 1) if told else None
        if last is not None and passage.word(group.first - 1) in (",", "(", "-"):
            found.append(Harm(last.field, last.trigger, ((group, True),)))
    return found


def _of_whom(passage: Passage, index: int) -> int | None:
    """Return where those begin whom ", among them", ", including" or "dead including" at ``index`` names."""
    if passage.word(index) == ",":
        if passage.phrase(index + 1, index + 3) in ("among them", "among whom", *THAT_OF):
            return index + 3
        return index + 2 if passage.word(index + 1) == "including" else None
    return index + 1 if passage.word(index) == "including" and passage.word(index - 1) in HARMED else None


def _counted_before(counted: list[Harm], at: int) -> Harm | None:
    """Return the harm of those a share is of: the group ending at ``at``, wherever its verb stands; else the last."""
    beside = next((harm for harm in counted for group, _ in harm.groups if group.last == at), None)
    before = [harm for harm in counted if max(harm.trigger[1], harm.groups[-1][0].last) <= at + 1]
    return beside or max(before, key=lambda harm: harm.groups[-1][0].last, default=None)


def of_the_harmed(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return whom an apposition tells of the harmed: "one of the wounded, a pregnant woman, was stable"."""
    harms = []
    for share in groups:
        field = AMONG.get(passage.word(share.last - 1)) if passage.word(share.last) == "," and share.quantity else None
        after = next((group for group in groups if group.first == share.last + 1), None) if field else None
        of = "of" in passage.line.lower[share.first : share.last]
        if field and of and after is not None and after.quantity and after.quantity.low == share.quantity.low:  # type: ignore[union-attr]
            harms.append(Harm(field, (share.last - 1, share.last), ((after, True),)))
    return harms


def place_by_place(scan: Scan, passage: Passage, harms: list[Harm]) -> list[Harm]:
    """Return the numbers that go on counting in other places: "33 had died in X, 21 in Y and eight in Z"."""
    counted = [harm for harm in harms if harm.field not in ("casualties", "hit") and not harm.zero]
    if not counted:
        return []
    last = max(counted, key=lambda harm: max(harm.trigger[1], harm.groups[-1][0].last))
    floor = max(last.trigger[1], last.groups[-1][0].last)
    found, placed = [], False
    for count in scan.counts(passage):
        before, behind = passage.word(count.first - 1), passage.word(count.last)
        named = behind in ("in", "at", "near") and passage.line.capital(count.last + 1)
        placed = placed or any(passage.word(at) in closed("locatives") for at in range(floor, count.first))
        if count.first >= floor and before in (",", "and") and named and placed:
            group = Group(count.first, count.first, count.last, count.value, None)
            found.append(Harm(last.field, last.trigger, ((group, True),)))
    return found
