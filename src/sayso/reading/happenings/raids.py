"""What a "raid" is beside other violence: a part of it, or a search by the forces of a state (READING, "Kinds").

"Gunmen killed nine soldiers on the flow station … The raid began at five": no search, whatever else is searched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.happenings.senses import is_armed_group
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.passages import Scan

SEARCH: Final = "arrest_raid"
ABOVE: Final = 4
"""So many joined verbs are climbed: "killed nine soldiers and sank two boats in a dawn raid"."""


def with_attacks(scan: Scan, rows: list[Happening]) -> list[Happening]:
    """Return the happenings; a raid that others take part in, or that takes up what was told, is no search."""
    kept: list[Happening] = []
    for row in rows:
        raid = row.kind == SEARCH and row.part == "noun" and not row.background
        raid = raid and scan.passages[row.passage].word(row.last - 1) in closed("attackers' raids")
        attack = raid and (_takes_up(row, kept) or _of_attackers(scan, row, rows))
        kept.append(replace(row, kind="other") if attack else row)
    return kept


def _takes_up(row: Happening, before: list[Happening]) -> bool:
    """Tell whether "the raid" takes up violence told before, and no search has been told of till then."""
    told = [one for one in before if one.strong and not one.background and one.passage < row.passage]
    return row.definite and bool(told) and not any(one.kind == SEARCH for one in before)


def _of_attackers(scan: Scan, row: Happening, rows: list[Happening]) -> bool:
    """Tell whether violence is told to be done "in a raid", or those who did it there are attackers."""
    passage = scan.passages[row.passage]
    if not closed("signs of a search").isdisjoint(passage.line.lower):
        return False
    syntax = passage.syntax
    verb = syntax.verb_over(row.last - 1) if syntax else None
    beside = [one for one in rows if one.passage == row.passage and one.strong and not one.carried and one is not row]
    for _ in range(ABOVE):
        if syntax is None or verb is None or verb < 0:
            return False
        head = syntax.doer(verb)
        if head is not None and is_armed_group(scan, passage, syntax, head):
            return True
        if head is not None and any(g.attackers and g.first <= head < g.last for g in find_groups(scan, passage)):
            return True
        if any(one.kind != SEARCH and one.first <= verb < one.last for one in beside):
            return True
        verb = syntax.heads[verb] if syntax.labels[verb] == "conj" else None
    return False
