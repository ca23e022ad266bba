"""Stretches that two names bound: "between Gossi and Hombori", "the road linking X and Y", "the track from X to Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.passages import Hit, closed
from sayso.values import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.reading.sentences.passages import Passage
    from sayso.reading.where.country import View

JOINING: Final = {"between": "and", "linking": "and", "connecting": "and", "joining": "and", "from": "to"}
"""Words that open a stretch, and the word before its second end."""
OTHER_JOINTS: Final = frozenset({"with", "to"})
"""Words before the second end that "linking" and "connecting" take as well."""
BACK: Final = 4
"""So many words before "from" may name the road ("the dirt track leading from")."""
FACILITY: Final = 3
"""So many words may follow the second name to say what it is ("the Grasberg mine")."""


def find_stretches(view: View, passage: Passage, run_end: Callable[[Passage, int], int]) -> list[Hit[Place]]:
    """Return the stretches named in a sentence by their two ends, one of which at least is a known place."""
    found = []
    for at, word in enumerate(passage.line.lower):
        if word in JOINING and (hit := _stretch(view, passage, at, run_end)) is not None:
            found.append(hit)
    return found


def _stretch(view: View, passage: Passage, at: int, run_end: Callable[[Passage, int], int]) -> Hit[Place] | None:
    word = passage.word(at)
    road = _road_before(passage, at)
    if (word == "from" and road is None) or passage.word(at - 1) in closed("between two sides"):
        return None
    one = _name(passage, at + 1, run_end)
    joint = passage.word(one[1]) if one else ""
    if one is None or not (joint == JOINING[word] or (word != "between" and joint in OTHER_JOINTS)):
        return None
    other = _name(passage, one[1] + 1, run_end)
    if other is None or not (_is_place(view, passage, one) or _is_place(view, passage, other)):
        return None
    if any(_is_side(view, passage, run) for run in (one, other)):
        return None
    first = road if road is not None else at
    words = view.scan.report.text[slice(*passage.offsets(first, other[1]))]
    place = Place(name=words, country=_country(view, passage, one, other), precision="area", words=words)
    return Hit(first, other[1], place)


def _road_before(passage: Passage, at: int) -> int | None:
    """Return the word for a road right before a stretch: "the road (that leads) from"."""
    behind = range(at - 1, max(at - BACK, -1), -1)
    road = next((back for back in behind if passage.word(back) in closed("roads") | {"track", "line"}), None)
    between = range(road + 1, at) if road is not None else ()
    stop = any(passage.word(back) in words_of("preposition") or passage.word(back) == "," for back in between)
    return None if stop else road


def _name(passage: Passage, at: int, run_end: Callable[[Passage, int], int]) -> tuple[int, int] | None:
    """Return the name at a token, "the" before it and what it is behind it included: "the Grasberg mine"."""
    at += passage.word(at) == "the"
    if not passage.line.capital(at):
        return None
    last = run_end(passage, at)
    if passage.word(at - 1) == "the":
        last += next((size for size in range(1, FACILITY) if passage.word(last + size - 1) in closed("facilities")), 0)
        last += passage.word(last) in ("mine", "junction", "crossing", "area")
    return at, last


def _text(view: View, passage: Passage, run: tuple[int, int]) -> str:
    return view.scan.report.text[slice(*passage.offsets(*run))]


def _is_place(view: View, passage: Passage, run: tuple[int, int]) -> bool:
    return bool(view.scan.world.places(_text(view, passage, run))) or passage.offsets(*run) in view.by_span


def _is_side(view: View, passage: Passage, run: tuple[int, int]) -> bool:
    """Tell whether a name is that of a party or a country, between which there is no place."""
    words, world = _text(view, passage, run), view.scan.world
    return world.actor(words) is not None or world.country(words) is not None or words.casefold() in view.scan.people


def _country(view: View, passage: Passage, *runs: tuple[int, int]) -> str | None:
    """Return the country that the ends lie in, as far as they were resolved; else that of most places."""
    ends = [view.by_span.get(passage.offsets(*run)) for run in runs]
    found = {one.place.country for one in ends if one is not None and one.place.country}
    return found.pop() if len(found) == 1 else view.main
