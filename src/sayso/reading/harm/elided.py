"""Bare numbers that go on counting those before them: "killed one soldier and wounded three", three soldiers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sayso.reading.harm.multiples import MULTIPLES
from sayso.reading.harm.of_whom import of_whom
from sayso.reading.sentences.groups import Group, actor_of

if TYPE_CHECKING:
    from sayso.reading.harm.harms import Harm
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.values import Actor

APART: Final = frozenset(
    {"who", "which", "when", "while", "as", "since", "where", "civilians", "overall", "altogether"}
)
"""What may not stand between: something else begins there."""
REACH: Final = 14
"""How many words may stand between the group and the number that goes on with it."""
ANYBODY: Final = frozenset({"civilian", "civilians", "citizen", "citizens", "resident", "residents"})
"""Words for those killed that do not go on to the wounded: "killed a civilian and wounded 32" leaves the 32 open."""
FIELDS: Final = ("killed", "injured", "missing", "arrested", "abducted")


def with_elided(scan: Scan, passage: Passage, harms: list[Harm]) -> list[Harm]:
    """Return the harms of one sentence, bare numbers counted of the group that the harm joined to theirs names."""
    rows = sorted((harm for harm in harms if harm.field in FIELDS), key=lambda harm: harm.groups[0][0].first)
    taken: dict[int, Harm] = {}
    for before, harm in pairwise(rows):
        last, bare = before.groups[-1][0], harm.groups[0][0]
        whose = taken[id(before)].of if id(before) in taken else _named(scan, passage, before, bare)
        if whose is not None and before.field != harm.field and _goes_on(scan, passage, last, harm, bare):
            taken[id(harm)] = replace(harm, of=whose)
    return [taken.get(id(harm), harm) for harm in harms]


def _named(scan: Scan, passage: Passage, before: Harm, bare: Group) -> Actor | None:
    """Return whom a harm is said to be of, where that is a counted group and none of the attackers.

    As many as the ``bare`` number says: "a soldier died and four were hurt" has four soldiers.
    """
    group, part = before.groups[-1]
    told = group.word is not None and not group.generic and not group.attackers and not group.named
    told = told and passage.word(group.last - 1) not in ANYBODY
    exact = group.quantity is not None and (group.quantity.high is not None or group.first < group.noun)
    counted = replace(group, quantity=bare.quantity)
    return before.of or (actor_of(scan, passage, counted) if told and exact and not part else None)


def _goes_on(scan: Scan, passage: Passage, named: Group, harm: Harm, bare: Group) -> bool:
    if passage.word(bare.first) in MULTIPLES:
        return False  # "arrested three youths over the triple homicide"
    if harm.of is not None or len(harm.groups) > 1 or not _is_bare(bare) or _opens(bare) > _opens(named):
        return False
    between = passage.line.lower[named.last : bare.first]
    joined = {"and", ",", ";", "with"} & set(between)
    shared = passage.word(named.first - 1) in ("them", "whom") or (_opens(named) and {"leaving", "left"} & set(between))
    near = 0 < len(between) <= REACH and not APART & set(between) and not shared
    return bool(joined) and near and of_whom(scan, passage, bare, harm.field) is None


def _opens(group: Group) -> bool:
    """Tell whether a number has no upper bound: "at least 14" surely goes on only with another such number."""
    return group.quantity is not None and group.quantity.high is None


def _is_bare(group: Group) -> bool:
    counted = group.quantity is not None and group.quantity.low > 0
    counted = counted and group.quantity is not None and group.quantity.words.lower() not in ("another", "others")
    return group.word is None and not group.named and not group.pronoun and group.first == group.noun and counted
