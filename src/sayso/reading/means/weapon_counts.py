"""How many weapons were launched, planted or fired, and how many of them failed or were stopped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.means.interceptions import find_interceptions
from sayso.reading.means.weapon_words import WeaponWords, weapon_matcher
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.grammar import BREAKS, words_of
from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.sentences.verbs import Form, use_of, verb_table
from sayso.values import Quantity
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.means.weapons import WeaponUse
    from sayso.reading.sentences.passages import Passage, Scan

LAUNCHED: Final = frozenset({"missile", "rocket", "mortar", "drone", "grenade", "bomb", "artillery"})
"""Classes of what is spent when it is used, so that "by two missiles" counts launches."""
ONE_MORE: Final = frozenset({"second", "third", "fourth", "fifth", "sixth", "other"})
"""What one more weapon is called that needs no noun: "a third failed to explode"."""
NEEDS_PASSIVE: Final = frozenset({
    "intercepted", "shot", "brought", "downed", "picked", "defused", "disarmed", "neutralised", "neutralized", "made",
})  # fmt: skip
"""Verbs of which the subject fails only in the passive: "three intercepted …" are frigates."""
BACK: Final = 2
"""So many sentences back the weapons may be named of which it is said how many failed."""


@cache
def _failing() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("failing", sorted(closed("weapon failure")))]))


def stopped_counts(scan: Scan, passage: Passage) -> list[Mention]:
    """Return how many were stopped on their way, and of how many: "shot down 48 of 61 drones"."""
    found = []
    for row in find_interceptions(scan, passage):
        for field, count in (("weapon_failed", row.stopped), ("weapon_count", row.launched)):
            if count is not None:
                span = (count.first, max(count.last, row.noun.last) if row.direct else count.last)
                found.append(mention(passage, field, count.value, span, (row.first, row.last)))  # type: ignore[arg-type]
    return found


def use_counts(scan: Scan, passage: Passage, use: WeaponUse) -> list[Mention]:
    """Return the number before the weapon, as launched or as failed; and "three of them" that failed."""
    found = []
    counted = _count_of(scan, passage, use.noun[0])
    if counted:
        field = "weapon_failed" if use.failed else "weapon_count"
        found.append(mention(passage, field, counted.value, (counted.first, use.noun[1]), (use.first, use.last)))  # type: ignore[arg-type]
    for hit in scan.hits(_failing(), passage.number):
        share = [
            c
            for c in scan.counts(passage)
            if passage.phrase(c.last, c.last + 2) in ("of them", "of which", "of these", "of the")
            and 0 <= hit.first - c.last <= 6
        ]
        if share and not use.failed:
            found.append(
                mention(
                    passage, "weapon_failed", share[-1].value, (share[-1].first, share[-1].last), (hit.first, hit.last)
                )
            )
    return found


def _count_of(scan: Scan, passage: Passage, noun: int) -> Hit[Quantity] | None:
    """Return the number that counts the weapon: at most three modifiers between ("two Katyusha rockets")."""
    for count in scan.counts(passage):
        between = range(count.last, noun)
        if (
            count.last <= noun
            and len(between) <= 3
            and all(
                passage.word(i) not in BREAKS
                and passage.word(i) not in words_of("preposition") | closed("clause openers")
                for i in between
            )
        ):
            return None if passage.word(count.first) in ("a", "an") else count
    return None


def failed_alone(scan: Scan, passage: Passage) -> list[Mention]:
    """Return one weapon that failed or was made safe: "the grenade did not go off", "sappers defused a device"."""
    syntax, found = passage.syntax, []
    nouns = _one_each(scan, passage)
    found += [_one(scan, passage, noun, (noun.first - 1, noun.first)) for noun in nouns if _unexploded(passage, noun)]
    for hit in scan.hits(_failing(), passage.number) if nouns and syntax else ():
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        verb = syntax.verb_in(hit.first, hit.last) if syntax else None
        if syntax is None or use is None or verb is None or use.modal or passage.word(verb) in closed("shooting down"):
            continue
        made_safe = passage.word(verb) in closed("defusing") and use.voice != "passive"
        head = syntax.object(verb) if made_safe else syntax.subject(verb)
        meant = "to" in use.helpers and "have" not in use.helpers
        noun = next((one for one in nouns if head is not None and one.first <= head < one.last), None)
        if noun is not None and not meant:
            found.append(_one(scan, passage, noun, (use.first, use.last)))
    return found


def failed_of_them(scan: Scan, passage: Passage) -> list[Mention]:
    """Return how many of weapons told of before failed: "three were intercepted", "a third failed to explode"."""
    syntax, found = passage.syntax, []
    for hit in scan.hits(_failing(), passage.number) if syntax else ():
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        verb = syntax.verb_in(hit.first, hit.last) if syntax else None
        head = syntax.subject(verb) if syntax is not None and verb is not None else None
        if syntax is None or use is None or verb is None or head is None or use.modal or head > verb:
            continue
        if passage.word(verb) in NEEDS_PASSIVE and use.voice != "passive":
            continue
        value = _of_them(scan, passage, head)
        if value is not None and _spoken_of(scan, passage):
            found.append(mention(passage, "weapon_failed", value, (head, head + 1), (use.first, use.last)))
    return found


def _of_them(scan: Scan, passage: Passage, head: int) -> Quantity | None:
    """Return the number that a word without a noun stands for: "three", "a third", "the other"."""
    assert passage.syntax is not None
    word, before = passage.word(head), passage.word(head - 1)
    if word in ONE_MORE and before in ("a", "the", "another"):
        return Quantity(low=1, high=1, words=word)
    whole = passage.syntax.upos[head] == "NUM" or word in ("others", "more")
    counts = (hit.value for hit in scan.counts(passage) if hit.first <= head < hit.last or hit.last == head)
    return next(counts, None) if whole else None


def _spoken_of(scan: Scan, passage: Passage) -> bool:
    """Tell whether weapons that can fail are named in this sentence or the two before it, and people are not."""
    near = range(max(passage.number - BACK, 0), passage.number + 1)
    nouns = [hit for number in near for hit in scan.hits(weapon_matcher(), number) if hit.value[1] == "nouns"]
    return any(hit.value[0].class_ in LAUNCHED for hit in nouns)


def _one_each(scan: Scan, passage: Passage) -> list[Hit[tuple[WeaponWords, str]]]:
    """Return the nouns for single weapons that no number counts."""
    hits = [hit for hit in scan.hits(weapon_matcher(), passage.number) if hit.value[1] == "nouns"]
    one = [hit for hit in hits if not passage.word(hit.last - 1).endswith("s")]
    return [hit for hit in one if _count_of(scan, passage, hit.first) is None]


def _unexploded(passage: Passage, noun: Hit[tuple[WeaponWords, str]]) -> bool:
    return "unexploded" in passage.line.lower[max(noun.first - 2, 0) : noun.first]


def _one(scan: Scan, passage: Passage, noun: Hit[tuple[WeaponWords, str]], trigger: tuple[int, int]) -> Mention:
    words = scan.report.text[slice(*passage.offsets(noun.first, noun.last))]
    return mention(passage, "weapon_failed", Quantity(low=1, high=1, words=words), (noun.first, noun.last), trigger)


def by_which(scan: Scan, passage: Passage) -> list[Mention]:
    """Return the number of those by which something was hit: "was flattened by two missiles"."""
    found = []
    for hit in scan.hits(weapon_matcher(), passage.number):
        entry, part = hit.value
        count = _count_of(scan, passage, hit.first) if part == "nouns" and entry.class_ in LAUNCHED else None
        if count is not None and passage.word(count.first - 1) == "by" and count.last <= hit.first:
            found.append(
                mention(passage, "weapon_count", count.value, (count.first, hit.last), (count.first, hit.last))
            )
    return found
