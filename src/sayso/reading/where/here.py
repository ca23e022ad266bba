"""The town that a report is written from, which "here" stands for: that of its dateline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import Hit, closed
from sayso.values import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.where.country import View

_TOWN: Final = re.compile(r"\s*([A-ZÀ-Þ][\w'’\- ]{2,30}?)(?:, [^\n(:–—-]{2,30})?\s*(?:\(|--|[—–:]|- | -)")
"""A town, perhaps with its country or a day, up to the mark that ends a dateline."""
NOT_HERE: Final = frozenset({"from", "to", "that", "'s", "’s"})
"""Words beside "here" that make it no scene."""


ITEM_ENDS: Final = frozenset({"-", "--", "–", "—", ":"})
"""Marks behind the place that an item of a bulletin begins with."""
SHORT: Final = 2
"""Capitals of so many letters are no town: "US - …"."""


def written_from(view: View) -> Place | None:
    """Return the town of the dateline; None where there is none or nobody knows it."""
    memo, key = view.scan.memo, ("town of the dateline", 0)
    if key not in memo:
        memo[key] = _town(view)
    found: Place | None = memo[key]
    return found


def find_item(view: View, passage: Passage) -> list[Hit[Place]]:
    """Return the place that an item of a bulletin begins with: "KIRKUK - A bomb killed …" among others like it."""
    run = _items(view.scan).get(passage.number)
    if run is None:
        return []
    words = view.scan.report.text[slice(*passage.offsets(*run))]
    place = Place.parse(words.title(), view.scan.world, view.frame)
    return [Hit(*run, place.model_copy(update={"words": words}))] if place.name else []


def of_an_item(hits: Sequence[Hit[Place]], passage: Passage) -> Hit[Place] | None:
    """Return the place that the item begins with, which all of its sentence is of."""
    first = next(iter(hits), None)
    heads = first is not None and first.first < SHORT and first.value.words.isupper()
    return first if heads and first is not None and passage.word(first.last) in ITEM_ENDS else None


def _items(scan: Scan) -> dict[int, tuple[int, int]]:
    """Return the tokens of the places that items begin with, by passage; none where a report has only one."""
    memo, key = scan.memo, ("places of items", 0)
    if key not in memo:
        found = {}
        for passage in scan.passages:
            tokens = passage.line.tokens
            first = next((at for at in range(min(len(tokens), 2)) if tokens[at].text.isalpha()), 0)
            last = next(
                (at for at in range(first, min(len(tokens), first + 4)) if not tokens[at].text.isupper()), first
            )
            if last > first and passage.word(last) in ITEM_ENDS and len(tokens[first].text) > SHORT:
                found[passage.number] = (first, last)
        memo[key] = found if len(found) > 1 else {}
    items: dict[int, tuple[int, int]] = memo[key]
    return items


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
    """Return "here" as the town of the dateline and "the capital" as that of the report's country."""
    found = []
    for at, word in enumerate(passage.line.lower):
        if word not in ("here", "capital"):
            continue
        beside = (passage.word(at - 1), passage.word(at + 1))
        if word == "here" and at and not NOT_HERE.intersection(beside) and (town := written_from(view)) is not None:
            found.append(Hit(at, at + 1, town.model_copy(update={"words": "here"})))
        if word == "capital" and (place := _capital(view, passage, at)) is not None:
            found.append(Hit(at - 1, at + 1, place))
    return found


def _capital(view: View, passage: Passage, at: int) -> Place | None:
    """Return the capital that a sentence names by no more than "the capital" behind a word of place."""
    bare = passage.word(at - 1) == "the" and passage.word(at - 2) in closed("locatives")
    more = passage.word(at + 1) in ("of", "'s", "’s", "-") or passage.line.capital(at + 1)
    named = passage.word(at + 1) == "," and passage.line.capital(at + 2)  # "in the capital, Bujumbura,"
    country = view.scan.world.by_code(view.main) if view.main and bare and not (more or named) else None
    if country is None:
        return None
    place = Place.parse(f"{country.name} capital", view.scan.world, view.frame)
    return place.model_copy(update={"words": "the capital"}) if place.name else None
