"""Places that a sentence names around or inside its scene: "a pharmacy · in Liège", "Lyon's · Part-Dieu station".

Rules choose one place for a happening. A report tells more: the region around the town, the town whose station it is,
the building that has no name. They are gathered here; the grammar and the model's marks tell which of them are scenes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.marks import share_of
from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.where.country import view_of
from sayso.values import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.language.analysis import Marks
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.values.place_ranking import Resolution

LONGEST: Final = 9
"""So many words may describe a building: "the parking lot of a primary school"."""
BEFORE_NAMES: Final = frozenset({"of", "over", ",", "(", "on", "'s", "’s"})
"""What may stand before the name of a place that nobody knows, besides words of place."""
HINTED: Final = 6
"""Per cent below which a building is nobody's scene: streets and houses stand in every report."""


def find_sites(
    scan: Scan, found: Sequence[Resolution], places: Sequence[Sequence[Hit[Place]]], marks: Marks | None
) -> list[list[Hit[Place]]]:
    """Return, by passage and in text order, named places that are no scene by rule, and buildings without a name.

    Args:
        scan: the report.
        found: what the place names of the report stand for.
        places: by passage, the places where something may have happened.
        marks: what the model marks; without it no building is looked for.

    """
    rows = scan.spread([(one.toponym.start, one.toponym.end, one) for one in found])
    main = view_of(scan, found).main
    sites = []
    for passage, taken in zip(scan.passages, places, strict=True):
        names = rows.get(passage.number, [])
        hits = [*_named(scan, passage, names, taken, main), *_unnamed(scan, passage, taken, marks)]
        sites.append(sorted(hits, key=lambda hit: hit.first))
    return sites


def _named(
    scan: Scan, passage: Passage, names: Sequence[Hit[Resolution]], taken: Sequence[Hit[Place]], main: str | None
) -> Iterator[Hit[Place]]:
    for row in names:
        words, place = row.value.toponym.words, row.value.place
        nation = scan.world.demonym(words.split()[0]) is not None and (not place.name or words.split()[-1].islower())
        told = any(_is_told(hit, row, place.name or words) for hit in taken)
        if nation or told or place.precision == "country" or words.casefold() in scan.people:
            continue
        if place.name is None:
            before = row.first - 1 - (passage.word(row.first - 1) == "the")
            if passage.word(before) not in closed("locatives") | BEFORE_NAMES:
                continue  # ships and people have names too
            place = Place(name=words, country=main, precision="settlement" if main else None, words=words)
        owned = place.precision == "point" and scan.world.demonym(words.split()[0]) is not None
        yield Hit(row.first, row.last, place.model_copy(update={"country": None}) if owned else place)


def _is_told(hit: Hit[Place], row: Hit[Resolution], name: str) -> bool:
    """Tell whether a place read by rule has a name already; "Strabane, County Tyrone" has not told the county."""
    if row.last <= hit.first or hit.last <= row.first:
        return False
    return row.first == hit.first or name == hit.value.name or hit.value.precision in ("area", "point")


def _unnamed(scan: Scan, passage: Passage, taken: Sequence[Hit[Place]], marks: Marks | None) -> Iterator[Hit[Place]]:
    syntax = passage.syntax
    for at, word in enumerate(passage.line.lower if syntax and marks else ()):
        if syntax is None or word not in closed("sites") or syntax.upos[at] not in ("NOUN", "PROPN"):
            continue
        if syntax.labels[at] in ("compound", "flat") or any(hit.first <= at < hit.last for hit in taken):
            continue
        first, last = _phrase(passage, syntax, at)
        if first + LONGEST >= last and share_of(passage, marks, "where", first, last) >= HINTED:
            words = scan.report.text[slice(*passage.offsets(first, last))]
            named = any(passage.line.capital(part) for part in range(max(first, 1), last))
            yield Hit(first, last, Place(name=words if named else None, precision="point", words=words))


def _phrase(passage: Passage, syntax: Syntax, head: int) -> tuple[int, int]:
    """Return the noun phrase of a building without what the grammar may put before it: "dozen shells on · a roof"."""
    first, last = syntax.phrase(head)
    small = closed("determiners") | words_of("preposition", "conjunction")
    stops = (at for at in range(head - 1, first - 1, -1) if passage.word(at) in small)
    return next((at for at in stops if not _is_hyphened(passage, at)), first - 1) + 1, last


def _is_hyphened(passage: Passage, at: int) -> bool:
    """Tell whether a word is joined to the next by a hyphen: "farm-to-market road"."""
    return passage.word(at + 1) == "-" and passage.line.end(at + 1) == passage.line.start(at + 1)
