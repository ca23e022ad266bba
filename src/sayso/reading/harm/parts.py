"""Who they were: parts of those counted that a copula or a list tells, "eight were traders", "the dead are a nurse …".

Also "two of the nine dead were policemen", "of the injured, three are girls", "22 died: two guards and twenty pupils".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sayso.reading.harm.harms import Harm
from sayso.reading.harm.shares import AMONG, past_modifiers
from sayso.reading.sentences.noun_phrases import ASIDE, SAYING, coordinated_after
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Hit, Passage, Scan
    from sayso.values import Quantity

ASKED: Final = 3
"""So many words before the dead may stand what only asks who they were."""
COPULAS: Final = frozenset({"is", "was", "are", "were"})
ALL: Final = frozenset({"all", "mostly", "both", "also", "mainly"})
"""What may stand between a copula and who they were."""
BEFORE: Final = frozenset(
    {"", ",", ";", "and", "only", "whom", "them", "dead", "victims", "wounded", "injured", "while", "that"}
)
"""What may stand before a bare number that is a part of those counted."""
REST: Final = ("the other", "the remaining")
"""What makes a bare number the rest of those counted: "the other four were farmers"."""
OWNERS: Final = frozenset({"the", "those", "its", "their", "his", "these"})
DEAD_ONE: Final = frozenset({"man", "woman", "boy", "girl", "person", "victim", "fatality"})
LISTS: Final = frozenset({":", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentence before counted last: the field and how many."""

    field: str
    quantity: Quantity


def by_parts(
    scan: Scan, passage: Passage, harms: list[Harm], groups: list[Group], told: Told | None, *, dead: bool = False
) -> list[Harm]:
    """Return the parts of those counted in this sentence or the one before.

    ``dead``: deaths were told a few sentences ago, for "five of the victims were Mexicans".
    """
    counted = [harm for harm in harms if harm.field in AMONG.values() and not harm.zero]
    found = _in_a_list(passage, counted, groups)
    if COPULAS & set(passage.line.lower):
        found += _bare_numbers(scan, passage, counted, groups, told)
        found += _of_the_harmed(scan, passage, groups, told, dead=dead)
        found += _one_more(passage, groups)
        found += _among_them(passage, groups, told)
    return found


def _in_a_list(passage: Passage, counted: list[Harm], groups: list[Group]) -> list[Harm]:
    """Return the parts of "four people died: two guards, a driver and a cook", where they add up."""
    found = []
    for index, word in enumerate(passage.line.lower if counted else ()):
        if word not in LISTS and not _behind_number(passage, counted, index):
            continue
        last = max((harm for harm in counted if harm.trigger[1] <= index), key=lambda h: h.trigger, default=None)
        listed = [group for group, _ in coordinated_after(passage, groups, index + 1)] if last is not None else []
        whole = last.groups[0][0].quantity if last is not None else None
        low = sum(group.quantity.low for group in listed if group.quantity is not None)
        if last is not None and whole is not None and listed and low == whole.low and len(listed) > 1:
            found.append(Harm(last.field, last.trigger, tuple((group, True) for group in listed)))
    return found


def _behind_number(passage: Passage, counted: list[Harm], index: int) -> bool:
    """Tell whether a comma follows a bare number of those counted: "put the dead at 13 · , seven men and six women"."""
    wholes = (group for harm in counted for group, part in harm.groups if not part and group.word is None)
    return passage.word(index) == "," and any(group.last == index for group in wholes)


def _bare_numbers(
    scan: Scan, passage: Passage, counted: list[Harm], groups: list[Group], told: Told | None
) -> list[Harm]:
    """Return the parts of "Eight were traders, three were farmers", "of whom 15 were women"."""
    found: list[Harm] = []
    for count in scan.counts(passage):
        rest = passage.phrase(count.first - 2, count.first) in REST
        if passage.word(count.last) not in COPULAS or not (rest or passage.word(count.first - 1) in BEFORE):
            continue
        whole = _whole(passage, counted, told, count.first)
        who = _who(passage, groups, count.last + 1) if whole is not None and _fewer(count.value, whole.quantity) else []
        if whole is not None and who:
            found.append(_part(whole.field, count, who[0]))
    return found


def _whole(passage: Passage, counted: list[Harm], told: Told | None, at: int) -> Told | None:
    """Return of whom a bare number at ``at`` is a part: those its sentence counted or named before, else ``told``."""
    before = [h for h in counted if max(h.trigger[1], h.groups[-1][0].last) <= at and h.groups[0][0].quantity]
    if before:
        last = max(before, key=lambda harm: harm.groups[-1][0].last)
        return Told(last.field, last.groups[0][0].quantity)  # type: ignore[arg-type]
    opened = passage.phrase(0, 2) in ("of the", "among the") and AMONG.get(passage.word(2))
    return replace(told, field=opened) if told is not None and opened else told


def _fewer(part: Quantity, whole: Quantity) -> bool:
    return part.low < whole.low or (whole.high is None and not part.vague)


def _who(passage: Passage, groups: list[Group], at: int) -> list[Group]:
    """Return those named right behind a copula."""
    at += passage.word(at) in ALL
    at = past_modifiers(passage, groups, at)
    return [group for group, _ in coordinated_after(passage, groups, at) if group.word is not None or group.named]


def _part(field: str, count: Hit[Quantity], who: Group) -> Harm:
    part = replace(who, first=count.first, quantity=count.value) if not who.named else who
    return Harm(field, (count.first, count.last), ((part, True),))


def _of_the_harmed(scan: Scan, passage: Passage, groups: list[Group], told: Told | None, *, dead: bool) -> list[Harm]:
    """Return the parts of "two of the nine dead were policemen", and those of "the victims were a nurse and a cook"."""
    found = []
    for index, word in enumerate(passage.line.lower):
        field = _field(word, told, dead=dead)
        if field and {"if", "whether"} & set(passage.line.lower[max(index - ASKED, 0) : index]):
            continue  # "it was unclear if the dead were customers"
        verb = _past_sayer(passage, index + 1) if field else index + 1
        who = _who(passage, groups, verb + 1) if field and passage.word(verb) in COPULAS else []
        if field is None or not who:
            continue
        share = next((count for count in scan.counts(passage) if _shares(passage, count.last, index)), None)
        if share is not None:
            found.append(_part(field, share, who[0]))
        elif (
            passage.word(index - 1) in OWNERS
            and passage.word(index - 2) != "of"
            and all(group.quantity is not None for group in who)
        ):
            found.append(Harm(field, (index, index + 1), tuple((group, len(who) == 1) for group in who)))
    return found


def _past_sayer(passage: Passage, at: int) -> int:
    """Return where a sentence goes on behind ", he said,": "two of the dead, he said, were policemen"."""
    if passage.word(at) != ",":
        return at
    comma = next((end for end in range(at + 2, at + ASIDE) if passage.word(end) == ","), None)
    said = comma is not None and SAYING & set(passage.line.lower[at:comma])
    return comma + 1 if comma is not None and said else at


def _field(word: str, told: Told | None, *, dead: bool) -> str | None:
    if word == "victims":
        last = told.field if told is not None and told.field in ("killed", "injured") else None
        return last or ("killed" if dead else None)
    return AMONG.get(word)


def _shares(passage: Passage, at: int, noun: int) -> bool:
    """Tell whether a number ending at ``at`` is of those at ``noun``: "two · of the (nine) dead"."""
    of = passage.word(at) == "of" and passage.word(at + 1) in OWNERS
    return of and noun in (at + 2, at + 3)


def _one_more(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return who "the third to die was a boy of nine", "the other dead man was a baker" names."""
    found = []
    for index, word in enumerate(passage.line.lower):
        if passage.word(index + 1) not in COPULAS:
            continue
        dies = word == "die" and passage.word(index - 1) == "to" and passage.word(index - 2) in closed("ordinals")
        dead = word in DEAD_ONE and passage.word(index - 1) in ("dead", "slain", "murdered")
        who = _who(passage, groups, index + 2) if dies or dead else []
        found += [Harm("killed", (index, index + 1), ((who[0], True),))] if who else []
    return found


def _among_them(passage: Passage, groups: list[Group], told: Told | None) -> list[Harm]:
    """Return the parts of those of the sentence before that "Among them were a nurse and two guards" names."""
    opens = passage.phrase(0, 2) == "among them" and told is not None and told.field in ("killed", "injured")
    who = _who(passage, groups, 3) if opens and passage.word(2) in COPULAS else []
    fits = who and all(group.quantity is not None and group.quantity.low > 0 for group in who)
    return [Harm(told.field, (0, 2), tuple((group, True) for group in who))] if fits and told is not None else []
