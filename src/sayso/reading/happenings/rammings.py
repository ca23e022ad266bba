"""Vehicles driven into people, told with the vehicle between verb and "into": "ploughed a van into a crowd"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.happenings.frames import SOMEBODY
from sayso.reading.means.target_words import target_nouns
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, Use, use_of, verb_table
from sayso.records import Weapon
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

CROWDED = ("event", "market", "place_of_worship", "school")
"""Classes of targets that are full of people; a car that is driven into a house is an accident as often."""


@cache
def _verbs() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("ram", sorted(closed("ramming")))]))


def find_rammings(scan: Scan, passage: Passage) -> list[tuple[int, int, Use]]:
    """Return the verbs [first, last) that drive a vehicle into people or a crowded place, and how they are used."""
    syntax, found = passage.syntax, []
    for hit in scan.hits(_verbs(), passage.number) if syntax else ():
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        verb = syntax.verb_in(hit.first, hit.last) if syntax else None
        if syntax is None or use is None or verb is None or use.modal or use.negated:
            continue
        vehicle = syntax.subject(verb) if use.voice == "passive" else syntax.object(verb)
        struck = syntax.oblique(verb, ("into", "through", "at", "towards", "toward", "over"))
        if vehicle is not None and syntax.words[vehicle] in closed("driven") and struck is not None:
            people = syntax.words[struck] in SOMEBODY or any(
                g.first <= struck < g.last for g in find_groups(scan, passage)
            )
            people = people or bool(
                {syntax.words[struck], passage.phrase(struck - 1, struck + 1)} & closed("crowds struck")
            )
            hits = scan.hits(target_nouns(), passage.number)
            crowd = any(n.first <= struck < n.last and n.value.class_name in CROWDED for n in hits)
            found += [(hit.first, hit.last, use)] if people or crowd else []
    return found


def find_driven(scan: Scan, passage: Passage) -> list[Mention]:
    """Return the vehicles that were driven into people, as weapons."""
    syntax, found = passage.syntax, []
    for first, last, use in find_rammings(scan, passage):
        verb = syntax.verb_in(first, last) if syntax else None
        head = syntax.subject(verb) if syntax and verb is not None and use.voice == "passive" else None
        head = syntax.object(verb) if syntax and verb is not None and head is None else head
        if syntax is not None and head is not None:
            words = scan.report.text[slice(*passage.offsets(*syntax.phrase(head)))]
            value = Weapon(**{"class": "vehicle"}, words=words)
            found.append(mention(passage, "weapon", value, (head, head + 1), (first, last)))
    return found
