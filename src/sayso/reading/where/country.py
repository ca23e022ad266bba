"""What the place names of a report say together: the country most lie in, and what the others are read against."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from sayso.values.place import Frame
from sayso.values.place_ranking import countries_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.sentences.passages import Scan
    from sayso.values.place_ranking import Resolution

MAIN_SHARE: Final = 0.6
"""So large a share of a report's places must lie in a country for an unknown name to be taken to lie there too."""


class View(NamedTuple):
    """What the names of a report are read against."""

    scan: Scan
    frame: Frame
    by_span: dict[tuple[int, int], Resolution]  # code points of a name → what it stands for
    known: frozenset[str]  # names that stand for a place somewhere in the report, lower case
    main: str | None  # the country most of the report's places lie in


def view_of(scan: Scan, found: Sequence[Resolution]) -> View:
    """Return what the place names of a report say together."""
    settled = tuple(dict.fromkeys(one.place for one in found if one.place.name and one.place.precision != "country"))
    located = [one for one in found if one.place.country]
    named = [one for one in located if not scan.world.demonym(one.toponym.words)]  # "Russian jets" tell no place
    fine = [one for one in named if one.place.precision != "country"]
    main = _most(named or located)
    main = main if not fine or _most(fine) == main else None
    countries = countries_of(found)
    by_span = {(one.toponym.start, one.toponym.end): one for one in found}
    known = frozenset(one.toponym.words.casefold() for one in found)
    return View(scan, Frame(countries, settled[:MOST_PLACES]), by_span, known, main)


def _most(places: Sequence[Resolution]) -> str | None:
    """Return the country that most of some places lie in."""
    tally = Counter(one.place.country for one in places)
    best = min(tally, key=lambda code: (-tally[code], str(code)), default=None)
    return best if tally[best] >= MAIN_SHARE * tally.total() else None


MOST_PLACES: Final = 40
"""So many places of a report are held against each further name; the bound keeps hostile input linear."""
