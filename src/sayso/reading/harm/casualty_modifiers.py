"""People harmed that a participle before their noun tells of: "60 wounded civilians", "two kidnapped priests"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.reading.harm.casualty_words import casualty_verbs
from sayso.reading.harm.harms import Harm
from sayso.reading.sentences.counted_words import describes

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage, Scan


def by_modifiers(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Count the groups with a number that such a participle describes."""
    harms = []
    for hit in scan.hits(casualty_verbs("verbs"), passage.number):
        field, forms = hit.value
        if field in ("hit", "displaced") or "participle" not in forms or not describes(passage, hit.first):
            continue
        group = next((g for g in groups if g.first < hit.first and hit.last < g.last and g.quantity), None)
        share = group is not None and "of" in passage.line.lower[group.first : hit.first]  # "two of four seized …"
        if group is not None and not share:
            harms.append(Harm(field, (hit.first, hit.last), ((replace(group, noun=hit.last), False),)))
    return [*harms, *_missing(passage, groups)]


def _missing(passage: Passage, groups: list[Group]) -> list[Harm]:
    """Return the people of "lists eight missing men"."""
    harms = []
    for index, word in enumerate(passage.line.lower):
        if word == "missing":
            found = next((g for g in groups if g.first < index < g.last - 1 and g.quantity and g.plural), None)
            harms += [Harm("missing", (index, index + 1), ((replace(found, noun=index + 1), False),))] if found else []
    return harms
