"""The dead named, listed or laid to somebody's charge: "named the dead as …", "54 names", "ten counts of murder"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.corrections import PRONOUNS, subject_of
from sayso.reading.harm.harms import Harm
from sayso.reading.sentences.groups import Group
from sayso.reading.sentences.noun_phrases import coordinated_after
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

NAMING_REACH: Final = 5
"""How many words may stand between "the dead man" and "named", and between "named" and "as"."""
GIVEN_REACH: Final = 12
"""How many words may stand between "named the dead" and "as": "named the dead in Sunday's bombing as"."""
DEAD: Final = ("dead", "deceased", "slain", "murdered", "killed")
NAMING: Final = frozenset(
    {"named", "names", "naming", "identified", "identifies", "identifying", "gave", "gives", "listed"}
)
"""Verbs between who tells it and "the dead as"."""
LISTS: Final = frozenset({"are", "count", "has", "list", "number", "register", "toll"})
"""What goes before the number of names on a list."""
MURDER: Final = frozenset({"homicide", "manslaughter", "murder"})
NOT_DONE: Final = frozenset({"and", "attempted", "conspiracy", "solicitation", "threatening"})
CRIME: Final = 6
"""How many words "aggravated first-degree murder" may take."""
LISTING: Final = 6
"""How many words may stand between "a list" and its number of names."""


def named_dead(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return those killed whom "the dead man was named as Ana Ruiz", "named the dead as X and Y" name."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        if word not in NAMING:
            continue
        passive = passage.word(index - 1) in ("was", "were", "been")
        harms += _were_named(passage, groups, index) if passive else _names_them(scan, passage, groups, index)
    return harms


def _were_named(passage: Passage, groups: list[Group], index: int) -> list[Harm]:
    """Return the one of "the dead man was named · as Ana Ruiz"."""
    before = range(index - 1, max(index - NAMING_REACH, -1), -1)
    begin = next((at for at in before if passage.word(at) in DEAD), None)
    until = _as(passage, index, NAMING_REACH)
    named = [g for g in groups if until is not None and g.first in (until + 1, until + 2) and g.named]
    return [Harm("killed", (begin, index + 1), ((named[0], True),))] if begin is not None and named else []


def _names_them(scan: Scan, passage: Passage, groups: list[Group], index: int) -> list[Harm]:
    """Return those of "named · the dead as a sergeant and Ana Ruiz"."""
    begin = index + 1 + (passage.word(index + 1) in ("the", "those"))
    until = _as(passage, begin + 1, GIVEN_REACH) if passage.word(begin) in DEAD and begin > index + 1 else None
    named = coordinated_after(passage, groups, until + 1) if until is not None else []
    if any(group.quantity is None or (group.word is None and not group.named) for group, _ in named):
        return []  # "gave the dead as nine" is a toll
    parts = tuple((group, True) for group, _ in named)
    return [Harm("killed", (begin, begin + 1), parts, holder=_namer(scan, passage, index))] if parts else []


def _namer(scan: Scan, passage: Passage, verb: int) -> Actor | None:
    """Return who names them; a pronoun is left for ``claims.py``."""
    if passage.word(verb - 1) in PRONOUNS:
        return Actor(name=None, kind="unknown", words=passage.line.tokens[verb - 1].text)
    return subject_of(scan, passage, verb)


def _as(passage: Passage, at: int, reach: int) -> int | None:
    return next((n for n in range(at, min(at + reach, len(passage))) if passage.word(n) == "as"), None)


def by_names(scan: Scan, passage: Passage, *, told: bool) -> list[Harm]:
    """Return the killed of "published a list of 54 names", where deaths were told before."""
    words = set(passage.line.lower)
    if not told or "names" not in words or words & closed("named otherwise"):
        return []
    harms = []
    for count in scan.counts(passage):
        before = passage.line.lower[max(count.first - LISTING, 0) : count.first]
        listed = passage.word(count.last) == "names" and LISTS & set(before)
        if listed and count.value.low > 1:
            group = Group(count.first, count.first, count.last, count.value, None)
            harms.append(Harm("killed", (count.last, count.last + 1), ((group, False),)))
    return harms


def by_charges(scan: Scan, passage: Passage) -> list[Harm]:
    """Return the killed of "charged with ten counts of murder": a count for each; attempted murder kills nobody."""
    harms = []
    for count in scan.counts(passage) if "counts" in passage.line.lower else ():
        if passage.phrase(count.last, count.last + 2) != "counts of":
            continue
        crime = passage.line.lower[count.last + 2 : count.last + 2 + CRIME]
        noun = next((n for n, word in enumerate(crime) if word in MURDER), None)
        if noun is not None and not NOT_DONE & set(crime[:noun]):
            group = Group(count.first, count.first, count.last, count.value, None)
            harms.append(Harm("killed", (count.last, count.last + 3 + noun), ((group, False),)))
    return harms
