"""The town that a report is written from, which "here" stands for: that of its dateline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import Hit
from sayso.values import Place

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage
    from sayso.reading.where.country import View

_TOWN: Final = re.compile(r"\s*([A-ZÀ-Þ][\w'’\- ]{2,30}?)(?:, [^\n(:–—-]{2,30})?\s*(?:\(|--|[—–:]|- | -)")
"""A town, perhaps with its country or a day, up to the mark that ends a dateline."""
NOT_HERE: Final = frozenset({"from", "to", "that", "'s", "’s"})
"""Words beside "here" that make it no scene."""


def written_from(view: View) -> Place | None:
    """Return the town of the dateline; None where there is none or nobody knows it."""
    memo, key = view.scan.memo, ("town of the dateline", 0)
    if key not in memo:
        memo[key] = _town(view)
    found: Place | None = memo[key]
    return found


def _town(view: View) -> Place | None:
    text = view.scan.report.text
    found = _TOWN.match(view.scan.report.dateline or "") or _TOWN.match(text)
    if found is None:
        return None
    told = next((one.place for (start, _), one in view.by_span.items() if start == found.start(1)), None)
    if told is not None and told.precision == "settlement":
        return told
    place = Place.parse(found[1].title() if found[1].isupper() else found[1], view.scan.world, view.frame)
    return place if place.precision == "settlement" else None


def find_here(view: View, passage: Passage) -> list[Hit[Place]]:
    """Return "here" as the town of the dateline: "a bomb exploded outside a mosque here on Friday"."""
    found = []
    for at, word in enumerate(passage.line.lower):
        beside = (passage.word(at - 1), passage.word(at + 1))
        if word == "here" and at and not NOT_HERE.intersection(beside) and (town := written_from(view)) is not None:
            found.append(Hit(at, at + 1, town.model_copy(update={"words": "here"})))
    return found
