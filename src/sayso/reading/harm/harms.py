"""``Harm``: groups of people that one trigger counts; and harm told by wounds, hospitals and "shot himself"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.sentences.grammar import BREAKS
from sayso.reading.sentences.groups import group_matcher
from sayso.reading.sentences.noun_phrases import coordinated_after, subject_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, use_of, verb_table
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.values import Actor

WOUND_REACH = 5
"""How many words may stand between "suffered" and "wounds"."""
HOSTAGE_REACH = 9
"""How many words may stand between "took" and "hostage"."""
WARD_REACH = 9
"""How many words may stand between "taken" and "hospital"."""


@dataclass(frozen=True, slots=True)
class Harm:
    """Groups that one trigger counts for one field.

    Attributes:
        field: a field of ``vocab/casualties.toml``.
        trigger: tokens of the trigger.
        groups: the groups, True with those that are a part of another.
        zero: the trigger is denied.
        holder: who sets a toll.
        weak: left out where the report counts such harm outright.

    """

    field: str
    trigger: tuple[int, int]
    groups: tuple[tuple[Group, bool], ...]
    zero: bool = False
    holder: Actor | None = None
    weak: bool = False


@cache
def _verbs(name: str) -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([(name, sorted(closed(name)))]))


def by_wounds(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the injured of "suffered a minor gunshot wound" and "were rushed to Saint Ann hospital"."""
    harms = []
    for name, nouns, reach in (("suffering", "wounds", WOUND_REACH), ("taking to hospital", "hospitals", WARD_REACH)):
        for hit in scan.hits(_verbs(name), passage.number):
            use = use_of(passage, hit.first, hit.last, hit.value[1])
            passive = use is not None and use.voice == "passive"
            if use is None or use.modal or use.negated or passive != (name == "taking to hospital"):
                continue
            at = _noun_ahead(passage, use.last, nouns, reach)
            if at is None or (passive and "to" not in passage.line.lower[use.last : at]):
                continue
            found = subject_groups(passage, groups, use.begin)
            if found and not found[0][0].attackers and not _dies(passage, at):
                harms.append(Harm("injured", (use.first, at + 1), tuple(found), weak=True))
    return [*harms, *_sent_to_hospital(scan, passage, groups), *_left_with_wounds(passage, groups)]


def _left_with_wounds(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the injured of "leaving eight others with gunshot wounds"."""
    harms = []
    for group in groups:
        if passage.word(group.last) == "with" and passage.word(group.first - 1) in ("left", "leaving", "leaves"):
            at = _noun_ahead(passage, group.last + 1, "wounds", WOUND_REACH)
            harms += [Harm("injured", (group.first - 1, at + 1), ((group, False),))] if at is not None else []
    return harms


def hostage_takings(passage: Passage) -> list[tuple[int, int]]:
    """Return where verb and noun stand apart: "took dozens of foreigners hostage", "was held captive"."""
    found = []
    for index, word in enumerate(passage.line.lower):
        if word in ("hostage", "captive"):
            before = range(index - 2, max(index - HOSTAGE_REACH, -1), -1)
            verb = next((at for at in before if passage.word(at) in closed("taking hostage")), None)
            found += [(verb, index)] if verb is not None else []
    return found


def by_hostages(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the abducted of "took dozens of foreigners hostage"."""
    harms = []
    for verb, noun in hostage_takings(passage):
        after = coordinated_after(passage, groups, verb + 1)
        people = [hit.first for hit in scan.hits(group_matcher(), passage.number) if verb < hit.first < noun]
        after = [(group, part) for group, part in after if group.last <= noun or people]  # no budget is held hostage
        found = [(replace(group, last=min(group.last, noun)), part) for group, part in after if group.first < noun]
        if found:
            harms.append(Harm("abducted", (verb, verb + 1), tuple(found)))
    return harms


def by_takings(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the abducted of "27 pupils had been taken": only where the report tells of an abduction."""
    harms = []
    for index, word in enumerate(passage.line.lower) if _tells_of_abduction(scan) else ():
        use = use_of(passage, index, index + 1, frozenset({"participle"})) if word == "taken" else None
        if use is None or use.voice != "passive" or use.modal or not use.helpers:
            continue
        if passage.word(use.last) in closed("taken otherwise"):
            continue
        found = subject_groups(passage, groups, use.begin)
        if found and not found[0][0].pronoun:
            harms.append(Harm("abducted", (use.first, use.last), tuple(found), use.negated))
    return harms


def _tells_of_abduction(scan: Scan) -> bool:
    key = ("abduction", 0)
    if key not in scan.memo:
        scan.memo[key] = any(word in closed("abducting") for p in scan.passages for word in p.line.lower)
    return bool(scan.memo[key])


def _sent_to_hospital(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the injured of "the shooting sent two boys to hospital"."""
    harms = []
    for hit in scan.hits(_verbs("sending"), passage.number):
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        found = coordinated_after(passage, groups, hit.last) if use and use.voice in ("active", "gerund") else []
        if use and found and not use.modal and not use.negated and "to" not in use.helpers:
            at = _noun_ahead(passage, found[-1][0].last, "hospitals", WARD_REACH)
            if at is not None and passage.word(found[-1][0].last) == "to":
                harms.append(Harm("injured", (use.first, at + 1), tuple(found)))
    return harms


def by_own_hand(passage: Passage, groups: list[Group], first: int, last: int, field: str, begin: int) -> Harm | None:
    """Return the harm of "the boy shot himself": the subject is the one harmed."""
    if passage.word(last) not in ("himself", "herself", "themselves", "self"):
        return None
    found = subject_groups(passage, groups, begin)
    return Harm(field, (first, last + 1), tuple(found)) if found else None


def _noun_ahead(passage: Passage, at: int, name: str, reach: int) -> int | None:
    for index in range(at, min(at + reach, len(passage))):
        if passage.word(index) in closed(name):
            return index
        if passage.word(index) in BREAKS - {"-", "."}:
            return None
    return None


def _dies(passage: Passage, at: int) -> bool:
    """Tell whether the sentence goes on to say that they died."""
    return any(word in closed("dying words") for word in passage.line.lower[at:])
