"""People harmed that adjectives count: "five dead", "left two people dead", "found the couple dead"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.casualty_words import casualty_phrases
from sayso.reading.harm.harms import Harm
from sayso.reading.sentences.noun_phrases import coordinated_after, subject_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import forms, use_of

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage, Scan

BEFORE: Final = frozenset({"all", "left", "still", "already", "remain", "remained", "found"})
"""What may stand between those counted and the adjective, beside forms of "be"."""
FINDING: Final = forms("find") | forms("discover")
FINDING_REACH: Final = 16
"""How many words behind the verb "dead" may stand."""


def by_adjectives(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Count by adjectives: "five dead", "left two people dead", "three are missing"."""
    harms = []
    for hit in scan.hits(casualty_phrases("adjectives"), passage.number):
        begin = hit.first
        while passage.word(begin - 1) in closed("be") | BEFORE:
            begin -= 1
        found = (
            []
            if passage.word(begin - 1) in closed("determiners")
            else subject_groups(passage, groups, begin, near=begin == hit.first)
        )
        found = found or _found_so(passage, groups, hit.first)
        share = bool(found) and passage.phrase(found[0][0].first - 2, found[0][0].first) == "of the"
        if found and not share:  # "two of the nine dead"
            harms.append(Harm(hit.value, (hit.first, hit.last), tuple(found)))
    return harms


def _found_so(passage: Passage, groups: list[Group], at: int) -> list[tuple[Group, bool]]:
    """Return those of "officers found a girl and her father, 56, dead": the adjective stands behind its object."""
    before = range(at - 1, max(at - FINDING_REACH, -1), -1)
    verb = next((index for index in before if passage.word(index) in FINDING), None)
    use = use_of(passage, verb, verb + 1, FINDING[passage.word(verb)]) if verb is not None else None
    found = coordinated_after(passage, groups, verb + 1) if verb is not None and use and use.voice != "passive" else []
    between = passage.line.lower[found[-1][0].last : at] if found else ("",)
    return found if all(word == "," or word.isdigit() for word in between) else []
