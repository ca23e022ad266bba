"""Counts that lean on others: "two were among the dead", "33 had died in X, 21 in Y and eight in Z"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.harms import Harm
from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.groups import Group
from sayso.reading.sentences.noun_phrases import subject_groups
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

AMONG: Final = {
    "dead": "killed",
    "killed": "killed",
    "died": "killed",
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
    "detained": "arrested",
    "held": "arrested",
    "detainees": "arrested",
}
"""What those are called "among" whom somebody is."""
THOSE: Final = frozenset({"the", "those", "people", "who", "were", "was", "had", "reported", "confirmed"})


def among_them(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the people of "two journalists were among those held", "a nurse is among the dead"."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        if word != "among" or passage.word(index - 1) not in words_of("be") | {"been", "also"}:
            continue
        at = index + 1
        while passage.word(at) in THOSE:
            at += 1
        field = AMONG.get(passage.word(at)) if at > index + 1 else None
        begin = index - 1
        while passage.word(begin - 1) in words_of("be") | words_of("auxiliary") | {"also", "been"}:
            begin -= 1
        found = subject_groups(passage, groups, begin) if field else []
        if field and found:
            harms.append(Harm(field, (index, at + 1), tuple((group, True) for group, _ in found)))
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
