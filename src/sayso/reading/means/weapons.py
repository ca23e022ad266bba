"""With what it was done, how many were fired or laid, and how many of them failed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.reading.means.interceptions import Interception, find_interceptions
from sayso.reading.means.ruled_out import is_ruled_out
from sayso.reading.means.told import by_blast, told_weapons
from sayso.reading.means.weapon_counts import by_which, failed_alone, failed_of_them, stopped_counts, use_counts
from sayso.reading.means.weapon_words import WeaponWords, weapon_matcher, words_of_class
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.grammar import BREAKS, words_of
from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.sentences.verbs import Form, Use, use_of, verb_table
from sayso.records import Weapon
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.records import Stance

REACH = 9
"""How many words may stand between a weapon and the verb of its use."""


@dataclass(frozen=True, slots=True)
class WeaponUse:
    """A weapon noun with the verb of its use, over the tokens [first, last) of the verb; ``noun`` is the weapon."""

    words: WeaponWords
    noun: tuple[int, int]
    first: int
    last: int
    use: Use
    kind: str
    failed: bool


@cache
def _verbs(name: str) -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([(name, sorted(closed(name)))]))


def weapon_uses(scan: Scan, passage: Passage) -> list[WeaponUse]:
    """Return the uses of weapons in a passage: "more than 20 missiles were launched", "Iran fired rockets"."""
    stopped = [row for row in find_interceptions(scan, passage) if row.direct]
    found = [_stopped_use(row) for row in stopped]
    nouns = [hit for hit in scan.hits(weapon_matcher(), passage.number) if hit.value[1] == "nouns"]
    if not nouns:
        return found
    verbs = [(hit, hit.value[1], True) for hit in scan.hits(_verbs("weapon failure"), passage.number)]
    verbs += [(hit, hit.value[1], False) for hit in scan.hits(_verbs("weapon use"), passage.number)]
    acts = [(hit, hit.value[1], False) for hit in scan.hits(_verbs("weapon as subject"), passage.number)]
    for noun in nouns:
        near = sorted(
            [*verbs, *(row for row in acts if noun.last <= row[0].first)],
            key=lambda row: (min(abs(row[0].first - noun.last), abs(noun.first - row[0].last)), not row[2]),
        )
        for hit, kinds, failed in near:
            use = use_of(passage, hit.first, hit.last, kinds)
            if use and _belongs(passage, noun, use, hit) and _turned_on(passage, noun, use):
                words = _as_used(noun.value[0], passage, hit)
                found.append(WeaponUse(words, (noun.first, noun.last), hit.first, hit.last, use, words.kind, failed))
                break
    return found


def _as_used(words: WeaponWords, passage: Passage, verb: Hit[Any]) -> WeaponWords:
    """Return the weapon as its verb has it: bombs that are dropped come from aircraft."""
    dropped = any(passage.word(at) in closed("dropping") for at in range(verb.first, verb.last))
    return words_of_class("aircraft") if dropped and words.class_ == "bomb" else words


def _stopped_use(row: Interception) -> WeaponUse:
    entry: WeaponWords = row.noun.value[0]
    return WeaponUse(entry, (row.noun.first, row.noun.last), row.first, row.last, row.use, entry.kind, failed=True)


def _belongs(
    passage: Passage, noun: Hit[tuple[WeaponWords, str]], use: Use, hit: Hit[tuple[str, frozenset[Form]]]
) -> bool:
    """Tell whether the weapon is subject or object of the verb: nothing but its phrase stands in between."""
    if noun.last <= use.begin:
        if use.voice in ("active", "gerund") and passage.word(use.first) in closed("handling a weapon"):
            return False  # "…, leaving ten dead": nobody leaves the weapon
        relative = passage.word(use.begin - 1) in ("that", "which") and use.begin - 1 >= noun.last
        between = range(noun.last, use.begin - relative)
        return len(between) <= REACH and not any(_parts(passage, index) for index in between)
    if hit.last <= noun.first:
        between = range(hit.last, noun.first)
        if any(_recovered(passage, index) for index in between):
            return False
        if any(passage.word(index) in ("with", "using", "by") for index in between):
            return len(between) <= REACH
        return len(between) <= 6 and not any(
            _parts(passage, index) or passage.word(index) in words_of("preposition") - {"of", "with", "at", "than"}
            for index in between
        )
    return False


def _turned_on(passage: Passage, noun: Hit[tuple[WeaponWords, str]], use: Use) -> bool:
    """Tell whether a weapon that is "used" is used against somebody: "used mortars and drones against the post"."""
    if passage.phrase(noun.first, noun.last) in ("device", "devices"):
        return passage.word(use.first) in closed("going off", "defusing")  # no telephone
    if passage.word(use.first) not in ("use", "used", "using", "uses"):
        return True
    behind = passage.line.lower[noun.last : noun.last + REACH]
    ends = use.voice == "passive" and any(word in closed("used in") for word in behind)  # "was used in the attack"
    return "against" in behind or ends


def _recovered(passage: Passage, index: int) -> bool:
    """Tell whether a verb of its own takes the weapon: "killing ten policemen · and seizing · two machine guns"."""
    return passage.word(index) in closed("recovering weapons") and passage.word(index - 1) in ("and", ",", "then")


def _parts(passage: Passage, index: int) -> bool:
    word = passage.word(index)
    return (
        word in BREAKS - {","}
        or word in closed("clause openers")
        or (word in words_of("auxiliary") and word not in ("'s", "’s"))
    )


def find_weapons(scan: Scan) -> list[Mention]:
    """Return weapons, their counts and the counts of those that failed, as mentions."""
    found: list[Mention] = []
    for passage in scan.passages:
        told = told_weapons(scan, passage)
        found += told
        uses = {use.noun: use for use in weapon_uses(scan, passage)}
        taken = {(row.noun.first, row.noun.last) for row in find_interceptions(scan, passage) if row.direct}
        found += stopped_counts(scan, passage)
        found += [*failed_alone(scan, passage), *failed_of_them(scan, passage), *by_which(scan, passage)]
        for hit in scan.hits(weapon_matcher(), passage.number):
            use = uses.get((hit.first, hit.last))
            if _told_already(passage, hit, told):
                continue
            entry, part = hit.value
            entry = use.words if use else entry
            meant = (
                _instrument(passage, hit.first)
                or _is_bomb(passage, hit)
                or _was_met(passage, hit)
                or _is_it(passage, hit)
            )
            if part == "nouns" and use is None and not meant:
                continue
            if part == "attacks" and (passage.word(hit.last) == "down" or _only_judged(passage, hit.first)):
                continue
            found.append(_weapon(scan, passage, hit, entry))
            if use and (hit.first, hit.last) not in taken:
                found += use_counts(scan, passage, use)
    return [*found, *by_blast(scan, found)]


def _told_already(passage: Passage, hit: Hit[tuple[WeaponWords, str]], told: list[Mention]) -> bool:
    """Tell whether a weapon stands in words that were read as a whole: "a van packed with · explosives"."""
    start, end = passage.offsets(hit.first, hit.last)
    return any(item.anchor[0] <= start and end <= item.anchor[1] for item in told)


def _was_met(passage: Passage, hit: Hit[tuple[WeaponWords, str]]) -> bool:
    """Tell whether somebody set off what was laid: "a bus hit a mine", "ran over a land mine"."""
    before = passage.line.lower[max(hit.first - 3, 0) : hit.first]
    return hit.value[0].class_ == "mine" and any(word in closed("setting off a mine") | {"over"} for word in before)


def _is_it(passage: Passage, hit: Hit[tuple[WeaponWords, str]]) -> bool:
    """Tell whether a sayer tells what it was: "this was a drone"."""
    syntax = passage.syntax
    subject = syntax.child(hit.last - 1, "nsubj") if syntax else None
    cop = syntax.child(hit.last - 1, "cop") if syntax else None
    return subject is not None and cop is not None and passage.word(subject) in ("this", "it", "that")


def _is_bomb(passage: Passage, hit: Hit[tuple[WeaponWords, str]]) -> bool:
    """Tell whether a weapon's name alone says what went off: "the toll of a car bomb", not a bare "bomb"."""
    return hit.last - hit.first > 1 and passage.word(hit.last - 1) in ("bomb", "bombs")


def _only_judged(passage: Passage, first: int) -> bool:
    """Tell whether an attack word is only the object of a judgement: "condemned the bombing" says nothing of means."""
    return any(passage.word(index) in closed("judging verbs") for index in range(max(first - 4, 0), first))


def _instrument(passage: Passage, first: int) -> bool:
    """Tell whether "with", "by means of" or an attack word makes the noun the instrument: "attacked with grenades"."""
    for index in range(first - 1, max(first - 6, -1), -1):
        word = passage.word(index)
        if word == "by" and passage.word(index - 1) in ("backed", "supported", "escorted", "accompanied", "followed"):
            return False  # "soldiers, backed by helicopters"
        if word in (
            "with",
            "using",
            "used",
            "wielded",
            "firing",
            "carrying",
            "wielding",
            "throwing",
            "launching",
            "brandishing",
            "by",
            "armed",
            "packed",
        ):
            return True
        if word in closed("clause ends") or word in closed("be"):
            return False
    return False


def _weapon(scan: Scan, passage: Passage, hit: Hit[tuple[WeaponWords, str]], entry: WeaponWords) -> Mention:
    last = _laid(passage, hit.last) if entry.class_ == "bomb" else hit.last
    start, end = passage.offsets(hit.first, last)
    value = Weapon(**{"class": entry.class_}, words=scan.report.text[start:end])
    stance: Stance | None = "denies" if is_ruled_out(passage, hit.first) else None
    return mention(passage, "weapon", value, (hit.first, last), stance=stance)


def _laid(passage: Passage, last: int) -> int:
    """Return the end of a bomb’s phrase with the participle that tells how it got there: "a device planted"."""
    at = last
    while at < last + 3 and passage.word(at) in ("that", "which", "was", "were", "had", "been"):
        at += 1
    return at + 1 if passage.word(at) in closed("laying") else last
