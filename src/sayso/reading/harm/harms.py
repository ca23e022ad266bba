"""``Harm``: groups of people that one trigger counts; and harm told by wounds, hospitals and "shot himself"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import BREAKS, words_of
from sayso.reading.sentences.group_words import group_matcher
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

DEATH_REACH = 9
"""How many words may stand between "beat" and "to death"."""
HITTING: Final = ("hit", "struck", "grazed")
WITH_A_WEAPON: Final = ("shot", "stabbed", "slashed", "knifed")
"""Of these only wounds in a limb are surely survived: elsewhere they are told as "shot"."""
FORMS: Final[frozenset[Form]] = frozenset({"past", "participle", "base", "third", "ing"})


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
        of: who was counted, where the groups are bare numbers ("army losses of two").

    """

    field: str
    trigger: tuple[int, int]
    groups: tuple[tuple[Group, bool], ...]
    zero: bool = False
    holder: Actor | None = None
    weak: bool = False
    of: Actor | None = None


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
            if passage.word(use.first) in words_of("auxiliary") and not _is_main(passage, use.first):
                continue  # "a doctor had treated wounds"
            at = _noun_ahead(passage, use.last, nouns, reach)
            if at is None or (passive and "to" not in passage.line.lower[use.last : at]):
                continue
            found = subject_groups(passage, groups, use.begin)
            dead = passage.word(at) in closed("morgues") or (found and _is_of_bodies(found[0][0]))
            if found and not dead and not found[0][0].attackers and not _dies(passage, at):
                harms.append(Harm("injured", (use.first, at + 1), tuple(found), weak=True))
    return [*harms, *_sent_to_hospital(scan, passage, groups), *_left_with_wounds(passage, groups)]


def _is_of_bodies(group: Group) -> bool:
    return group.word is not None and group.word.name == "bodies"


def _is_main(passage: Passage, at: int) -> bool:
    return passage.syntax is not None and passage.syntax.upos[at] == "VERB"


def _left_with_wounds(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the injured of "leaving eight others with gunshot wounds"."""
    harms = []
    for group in groups:
        if passage.word(group.last) == "with" and passage.word(group.first - 1) in ("left", "leaving", "leaves"):
            at = _noun_ahead(passage, group.last + 1, "wounds", WOUND_REACH)
            harms += [Harm("injured", (group.first - 1, at + 1), ((group, False),))] if at is not None else []
    return harms


def by_deaths(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the killed of "slashing a woman to death", "was clubbed to death": any verb may stand before."""
    syntax, harms = passage.syntax, []
    for index, word in enumerate(passage.line.lower) if syntax else ():
        if syntax is None or word != "death" or passage.word(index - 1) != "to":
            continue
        if passage.word(index - 2) in ("condemned", "sentenced", "close", "next"):
            continue
        verb = next(
            (at for at in range(index - 2, max(index - DEATH_REACH, -1), -1) if syntax.upos[at] == "VERB"), None
        )
        use = use_of(passage, verb, verb + 1, FORMS) if verb is not None else None
        if use is None or use.modal or use.negated or ("to" in use.helpers and "have" not in use.helpers):
            continue
        if passage.word(use.first).startswith(("sentenc", "condemn")):
            continue  # "sentenced him to death": he lives
        between = [group for group in groups if use.last <= group.first and group.last <= index - 1]
        found = coordinated_after(passage, between, use.last) or [(group, False) for group in between[-1:]]
        if not between and any(word in words_of("be") for word in use.helpers):
            found = subject_groups(passage, groups, use.begin)
        if found:
            harms.append(Harm("killed", (use.first, index + 1), tuple(found)))
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


def by_removals(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the abducted of "gunmen took eighteen passengers off the bus", "led away a clerk": attackers do it."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        vehicle = word == "off" and any(passage.word(at) in closed("driven") for at in (index + 1, index + 2))
        if not (vehicle or word == "away") or not any(group.attackers and group.last <= index for group in groups):
            continue
        before = range(index - 1, max(index - HOSTAGE_REACH, -1), -1)
        verb = next((at for at in before if passage.word(at) in closed("taking away")), None)
        taken = [(group, False) for group in groups if verb is not None and verb < group.first and group.last == index]
        if verb == index - 1 and word == "away":
            taken = coordinated_after(passage, groups, index + 1)
        if verb is not None and taken and not taken[0][0].attackers:
            harms.append(Harm("abducted", (verb, verb + 1), tuple(taken)))
    return harms


def by_takings(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the abducted of "27 pupils had been taken": where the report tells of an abduction, or "into the bush"."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        if word != "taken" or not (tells_of_abduction(scan) or _carried_off(passage, index + 1)):
            continue
        use = use_of(passage, index, index + 1, frozenset({"participle"}))
        if use is None or use.voice != "passive" or use.modal or not use.helpers:
            continue
        away = _carried_off(passage, use.last) or passage.phrase(use.last, use.last + 3) == "in the direction"
        if passage.word(use.last) in closed("taken otherwise") and not away:
            continue
        found = subject_groups(passage, groups, use.begin)
        if found and not found[0][0].pronoun:
            harms.append(Harm("abducted", (use.first, use.last), tuple(found), use.negated))
    return harms


def by_lives(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the killed of "the raid cost nine lives", "the unrest has claimed some 700 lives"."""
    harms = []
    for group in groups:
        at = group.first - 1
        taken = passage.word(group.last - 1) in ("life", "lives") and passage.word(at) in closed("taking lives")
        use = use_of(passage, at, at + 1, FORMS) if taken and group.quantity is not None else None
        if use is not None and not use.modal and not use.negated and "to" not in use.helpers:
            lives = replace(group, noun=group.first, last=group.last - 1, word=None)
            harms.append(Harm("killed", (at, group.last), ((lives, False),)))
    return harms


def by_body_parts(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the injured of "his wife was hit in the arm", "two guards were struck by bullets"."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        use = use_of(passage, index, index + 1, FORMS) if word in (*HITTING, *WITH_A_WEAPON) else None
        if use is None or use.modal or use.negated or not any(word in words_of("be") for word in use.helpers):
            continue
        parts = "limbs" if word in WITH_A_WEAPON else "hurt parts"
        noun = _noun_ahead(passage, use.last, parts, WOUND_REACH)
        found = subject_groups(passage, groups, use.begin) if noun is not None else []
        if noun is not None and found and not found[0][0].attackers and not _dies(passage, noun, clause=True):
            lives = passage.word(noun) in closed("limbs")
            harms.append(Harm("injured", (use.first, noun + 1), tuple(found), weak=not lives))
    return harms


def _carried_off(passage: Passage, at: int) -> bool:
    """Tell whether people were taken where captors take them: "into the bush"."""
    into = passage.word(at) == "into"
    return into and _noun_ahead(passage, at + 1, "captors' country", WOUND_REACH) is not None


def tells_of_abduction(scan: Scan) -> bool:
    """Tell whether a report speaks of an abduction anywhere."""
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
        if passage.word(index) in BREAKS - {"."}:
            return None
    return None


def _dies(passage: Passage, at: int, *, clause: bool = False) -> bool:
    """Tell whether the sentence (or only its ``clause``) goes on to say that they died."""
    ahead = range(at, len(passage)) if clause else range(0)
    joined = closed("dying words") | {"later", "bled"}  # "was hit in the chest and died"
    stops = (i for i in ahead if passage.word(i) in (",", ";", "and") and passage.word(i + 1) not in joined)
    end = next(stops, len(passage))
    return any(word in closed("dying words") for word in passage.line.lower[at:end])
