"""Whom "them" takes up: the people that were last spoken of as several, in this sentence or the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage, Scan

TAKEN_UP = ("them", "whom", "him")
BACK = 1
"""So many sentences back may stand whom a pronoun takes up."""


def antecedent(scan: Scan, passage: Passage, at: int) -> tuple[Passage, Group] | None:
    """Return whom the pronoun at token ``at`` most likely takes up, and where; None where nobody stands before it.

    "them" takes up the last ones spoken of as several, "him" the last one alone; who only speaks ("residents said") and
    shares ("three of them") are passed over. "whom" is of the people right before it; soldiers and police act on
    attackers.
    """
    if passage.word(at) == "whom":
        last = next((group for group in reversed(find_groups(scan, passage)) if group.last <= at), None)
        return (passage, last) if last is not None and _stands_alone(passage, last) else None
    many = passage.word(at) != "him"
    for number in range(passage.number, max(passage.number - 1 - BACK, -1), -1):
        place = scan.passages[number]
        end = at if number == passage.number else len(place)
        before = [group for group in find_groups(scan, place) if group.last <= end and _stands_alone(place, group)]
        before = [group for group in before if number < passage.number or not _does_it(passage, group, at)]
        fitting = [group for group in before if _several(group) == many]
        if _forces_at(scan, passage, at):
            fitting = [group for group in fitting if group.attackers] or fitting
        if fitting:
            return place, fitting[-1]
    return None


def _stands_alone(passage: Passage, group: Group) -> bool:
    speaks = any(passage.word(at) in closed("said of counts") for at in (group.last, group.first - 1))
    return not (group.pronoun or speaks or group.word is None or group.generic)


def _does_it(passage: Passage, group: Group, at: int) -> bool:
    """Tell whether a group does what is done to the pronoun: "soldiers shot three of them" is of others."""
    syntax = passage.syntax
    verb = syntax.verb_over(at) if syntax else None
    doer = syntax.subject(verb) if syntax and verb is not None else None
    return doer is not None and group.first <= doer < group.last and group.last <= (verb or 0)


def _forces_at(scan: Scan, passage: Passage, at: int) -> bool:
    """Tell whether soldiers or police do it to the pronoun: then it is of attackers, where any stand before it."""
    doers = (group for group in find_groups(scan, passage) if _does_it(passage, group, at))
    return any(group.word is not None and group.word.kind in ("military", "police") for group in doers)


def _several(group: Group) -> bool:
    number = group.quantity
    return group.plural or (number is not None and (number.high is None or number.high > 1))


def pronoun_in(passage: Passage, first: int, last: int) -> int | None:
    """Return where a pronoun stands in or right behind the tokens [first, last): "them", "three of them"."""
    return next((at for at in range(first, min(last + 2, len(passage))) if passage.word(at) in TAKEN_UP), None)
