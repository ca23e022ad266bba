"""Another happening of the same day elsewhere: "Hours later rockets fell on Pisky" is not the shelling of Donetsk.

READING, "What is one incident?": one place (or one connected operation), one stretch of time. Two villages that no map
has do not speak against each other by themselves; with a word that turns to something else they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.happenings.surroundings import hangs_on
from sayso.reading.sentences.passages import closed_matcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.happenings.drafts import Draft
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.passages import Scan
    from sayso.values import Place

FINE: Final = ("settlement", "point", "district")
NEAR: Final = 12
"""So many words may stand between what turns to something else and the happening."""


def is_another(scan: Scan, drafts: Sequence[Draft], row: Happening, place: Place | None) -> bool:
    """Tell whether a happening told in a later sentence, which turns to it, has a place that no incident has."""
    told = row.strong and not row.definite and not row.background and row.part in ("verb", "weapon", "noun")
    if not told or place is None or place.name is None or place.precision not in FINE:
        return False
    news = [draft for draft in drafts if not draft.background]
    if not news or news[0].headline or row.passage <= news[0].first.passage:
        return False
    passage = scan.passages[row.passage]
    turns = scan.hits(closed_matcher("turns to another happening"), row.passage)
    if not any(abs(hit.first - row.first) <= NEAR and hangs_on(passage, hit, row) for hit in turns):
        return False  # "later the ministry said a bomb went off at a school" is another account of the same
    return all(_elsewhere(draft.place, place) for draft in news)


def _elsewhere(one: Place | None, other: Place) -> bool:
    """Tell whether a named place is not that of an incident: none that it has, holds, or lies in."""
    if one is None or one.name is None:
        return True
    known = one.precision in FINE and not (one.contains(other) or other.contains(one))
    return known and one.name not in other.name and other.name not in one.name  # type: ignore[operator]
