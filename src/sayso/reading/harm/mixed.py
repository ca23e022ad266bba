"""Counts that stand beside others: dead and injured under one number, wounds told beside the dead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.harm.harms import Harm
from sayso.reading.harm.shares import AMONG
from sayso.reading.sentences.groups import Group, find_groups

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Hit, Passage, Scan
    from sayso.values import Quantity

MIXED: Final = ("killed", "dead", "injured", "wounded", "missing", "hurt")
"""Words of harm that one number may count together."""


def beside_the_dead(harm: Harm, harms: list[Harm]) -> Harm:
    """Return wounds told of beside the dead as those of others: "six died and 47 people had gunshot wounds"."""
    dead = any(one.field == "killed" and not one.zero and one.trigger[1] <= harm.trigger[0] for one in harms)
    many = all(group.plural for group, _ in harm.groups)
    return replace(harm, weak=False) if harm.weak and dead and many else harm


def unmixed(scan: Scan, passage: Passage, harms: list[Harm]) -> list[Harm]:
    """Return "more than sixty killed and injured" as casualties, which cannot be split (READING: "Numbers")."""
    mixed = {}
    ends = {group.first: group.last for group in find_groups(scan, passage)}
    for count in scan.counts(passage):
        at = ends.get(count.first, count.last)
        at += passage.word(at) in ("were", "was")
        at += passage.word(at) in ("reported", "left", "either")
        both = (
            passage.word(at) in MIXED and passage.word(at + 1) in ("and", "or", "/") and passage.word(at + 2) in MIXED
        )
        if both and AMONG.get(passage.word(at)) != AMONG.get(passage.word(at + 2)):
            mixed[count.first] = Harm("casualties", (at, at + 3), ((_bare(count), False),))
    kept = [harm for harm in harms if not any(group.first in mixed for group, _ in harm.groups)]
    return [*kept, *mixed.values()]


def _bare(count: Hit[Quantity]) -> Group:
    return Group(count.first, count.first, count.last, count.value, None)
