"""What a report tells as news of its own beside what it is about: a further attack, an item of a round-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.happenings.surroundings import FINENESS, Facts, own_moment, own_place

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.passages import Scan

ITEM = 2
"""So many words may stand before the day that opens an item of a round-up ("Also on 7 March, …")."""


def is_news(scan: Scan, row: Happening, facts: Facts) -> bool:
    """Tell whether a further happening is told as news: a main clause with a day and a place of its own.

    An item of a round-up, whose paragraph begins with its day, needs no place.
    """
    strong = any(other.strong for other in facts.happenings.get(row.passage, []))
    told = strong and row.part in ("verb", "weapon") and row.status == "happened"
    place, moment = own_place(scan, row, facts), own_moment(scan, row, facts)
    fine = place is not None and FINENESS.get(place.precision, 3) <= FINENESS["province"]
    main = scan.passages[row.passage].clauses.starts[row.first] == 0
    item = _opens_item(scan, row.passage, facts) or (main and _opens_paragraph(scan, row.passage))
    return told and ((fine and main) or item) and moment is not None and moment.resolved


def _opens_paragraph(scan: Scan, number: int) -> bool:
    """Tell whether a sentence is the first of its paragraph."""
    block = scan.passages[number].line.sentence.block
    return number == 0 or scan.passages[number - 1].line.sentence.block != block


def _opens_item(scan: Scan, number: int, facts: Facts) -> bool:
    """Tell whether a sentence opens its paragraph, and a day opens the sentence: "On 7 March, …"."""
    passage = scan.passages[number]
    opens = _opens_paragraph(scan, number)
    dated = (passage.tokens_of(*item.anchor)[0] for item in facts.times.get(number, []))
    return opens and any(first <= ITEM for first in dated)
