"""Where: names of places with a word of place before them, read with all the place names of their report."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.means.target_words import target_nouns
from sayso.reading.sentences.deathbeds import is_of_a_deathbed, is_where_taken
from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.marks import share_of
from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.where.country import View, view_of
from sayso.reading.where.here import find_here, find_item, written_from
from sayso.reading.where.place_words import (
    OWNS,
    REACH,
    attributive,
    certainly_place,
    kind_words,
    located,
    modifies_noun,
    told_otherwise,
)
from sayso.reading.where.stretches import find_stretches
from sayso.reading.where.struck import is_struck
from sayso.values import Place
from sayso.values.place_names import known
from sayso.values.place_reading import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.language.analysis import Marks
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.values.place_ranking import Resolution

SCENE: Final = 35
"""Marked with so many per cent, a name is a scene."""


def find_places(
    scan: Scan, apart: list[tuple[int, int]], found: Sequence[Resolution], marks: Marks | None = None
) -> list[list[Hit[Place]]]:
    """Return places where something may have happened, by passage.

    Args:
        scan: the report.
        apart: code points whose places are nobody's scene: holders, datelines.
        found: what the place names of the report stand for.
        marks: what the model marks; a name that it takes for a scene needs no word of place before it.

    """
    view = view_of(scan, found)
    return [_in_passage(view, passage, apart, marks) for passage in scan.passages]


def _in_passage(view: View, passage: Passage, apart: list[tuple[int, int]], marks: Marks | None) -> list[Hit[Place]]:
    hits: list[Hit[Place]] = []
    stretches = [*find_item(view, passage), *find_stretches(view, passage, _run_end)]
    for first, last in _runs(passage):
        start, end = passage.offsets(first, last)
        if (
            told_otherwise(view.scan, passage, first, last)
            or _is_what_was_hit(view.scan, passage, first, last)
            or (hits and first < hits[-1].last)
            or any(one.first < last and first < one.last for one in stretches)
            or is_of_a_deathbed(passage, first, last)
            or is_where_taken(passage, first, last)
            or any(a < end and start < b for a, b in apart)
        ):
            continue
        if passage.line.shouting:
            hits += _in_headline(view, passage, first, last)
        elif (
            located(passage, first, last, kind=bool(kind_words(passage, last)))
            or attributive(passage, last)
            or _on_island(view, passage, first, last)
            or is_struck(view, passage, first, last)
            or share_of(passage, marks, "where", first, last) >= SCENE
        ):
            hit = _read(view, passage, first, last)
            hits += [hit] if hit else []
    hits = [
        hit for hit, after in zip(hits, [*hits[1:], None][: len(hits)], strict=True) if not _owns(passage, hit, after)
    ]
    more = [*stretches, *find_here(view, passage)] if not passage.line.shouting else []
    return sorted([*hits, *more], key=lambda hit: hit.first) if more else hits


def _is_what_was_hit(scan: Scan, passage: Passage, first: int, last: int) -> bool:
    """Tell whether the one word that opens a line is a noun of what is attacked: "Market blast leaves 21 dead"."""
    return last - first == 1 and first == 0 and any(hit.first == 0 for hit in scan.hits(target_nouns(), passage.number))


def _owns(passage: Passage, hit: Hit[Place], after: Hit[Place] | None) -> bool:
    """Tell whether a place only says whose the next one is: "Pakistan's Balochistan province"."""
    return after is not None and passage.word(hit.last) in OWNS and after.first - hit.last <= REACH


def _in_headline(view: View, passage: Passage, first: int, last: int) -> list[Hit[Place]]:
    """Return the place that a headline's capitals hold: its longest part that the report names as a place elsewhere.

    A part that only the headline names must stand behind a word of place, and be known.
    """
    text = view.scan.report.text
    for size in range(min(last - first, 4), 0, -1):
        for at in range(first, last - size + 1):
            words = text[slice(*passage.offsets(at, at + size))]
            here = words.casefold() in view.known
            if (here and not view.scan.world.demonym(words)) or (
                passage.word(at - 1) in closed("locatives") and known(words, view.scan.world)
            ):
                hit = _read(view, passage, at, at + size)
                return [hit] if hit and hit.value.name else []
    return []


def _runs(passage: Passage) -> list[tuple[int, int]]:
    """Return runs of capitalised words, with a second run behind a comma ("El Paso, Texas")."""
    found, index = [], 0
    while index < len(passage):
        last = _run_end(passage, index) if passage.line.capitals[index] else index
        first = _first_of_name(passage, index, last)
        if first < last:
            found.append((first, last))
        index = max(index + 1, last)
    return found


@cache
def _small() -> frozenset[str]:
    return words_of("preposition", "conjunction", "subordinator")


def _first_of_name(passage: Passage, index: int, last: int) -> int:
    """Drop the small words that are capitalised only because the sentence begins there: "In Kirkuk"."""
    small = _small()
    while index < last and passage.word(index) in small:
        index += 1
    return index


def _run_end(passage: Passage, index: int) -> int:
    line = passage.line
    last = index
    while last < len(line) and (
        (line.capital(last) and line.word(last) and line.at(last) not in words_of("day"))
        or (last > index and line.at(last) in closed("name particles") | {"-", "of"} and line.capital(last + 1))
        or (last > index and line.at(last) in ("al", "el") and line.at(last + 1) == "-")
    ):
        last += 1
        if line.at(last) == line.at(last + 2) == "-" and len(line.at(last + 1)) <= 3 and line.capital(last + 3):
            last += 3  # "Croix-des-Bouquets"
    return last + (last > index and line.at(last - 1) in closed("numbered places") and line.at(last).isdigit())


def _on_island(view: View, passage: Passage, first: int, last: int) -> bool:
    """Tell whether "on" stands before an island or peninsula of one country: "on Jolo", not "talks on Kashmir"."""
    facts = view.scan.world.places(_text(view, passage, first, last)) if passage.word(first - 1) == "on" else ()
    return any(fact.level == "area" and fact.country is not None for fact in facts)


def _read(view: View, passage: Passage, first: int, last: int) -> Hit[Place] | None:
    world = view.scan.world
    first += passage.word(first) == "the"
    first += first < last and _owner(view, passage, first)
    if first >= last:
        return None
    words = _text(view, passage, first, last)
    if passage.word(last) == "-" and passage.word(last + 1) in closed("joined to a nation"):
        return None  # "English-speaking regions", "an Iranian-built drone"
    if world.demonym(words) and not world.places(words):
        return _belonging(view, passage, first, last)
    end = last + kind_words(passage, last)
    outer = _outer(view, passage, end)
    place = _parsed(view, passage, (first, end), outer)
    if place.name is None and end > last:
        place, end = _parsed(view, passage, (first, last), outer), last
    if place.name is None and last - first > 1:
        cut = _cut(view, passage, first, last)
        if cut:
            return cut
    last = outer[0] if outer and place.name else end
    nearer = _nearer(view, passage, (first, last), place)
    if nearer:
        return nearer
    if place.name is None:
        kind = kind_words(passage, last)
        if not (certainly_place(passage, first, last, kind) or _is_marked(view, passage, first, last)):
            return None
        if _somebody(view, passage, first, last):
            return None
        last += kind
        place = _unknown(
            view, passage, (first, last), place.country or (_country_of(view, outer[1]) if outer else None)
        )
    if place.country is None and tables()["facility"].match(place.name or "") and last - first == 1:
        return None  # "School" with nothing that says which
    said = tables()["level_of"].get(passage.word(last - 1))  # "Ghazni province left …": the noun is there already
    if place.precision in ("country", "area", "province", None) and not said and modifies_noun(passage, last):
        return _belonging(view, passage, first, last) if place.precision == "country" else None
    return Hit(first, last, place.model_copy(update={"words": _text(view, passage, first, last)}))


def _nearer(view: View, passage: Passage, run: tuple[int, int], place: Place) -> Hit[Place] | None:
    """Return the place that the words behind a name tell better than the name.

    "The Burundian capital, Bujumbura"; "the Tree Hill synagogue in Pittsburgh", which only the town leads to; "the
    Gulshan area of the city", which lies where the city named before does.
    """
    first, last = run
    if passage.phrase(last, last + 2) == "of the" and passage.word(last + 2) in ("city", "capital", "town"):
        city = _town_before(view, passage.offsets(first, last)[0])
        return _called(view, passage, (first, last + 3), city) if city and place.country != city.country else None
    if passage.word(last) == "here" and place.lat is None and (town := written_from(view)) is not None:
        return _called(view, passage, (first, last + 1), town)  # "in the Kohati area here"
    capital = passage.word(last - 1) == "capital" and passage.word(last) == ","
    unplaced = place.lat is None and passage.word(last) == "in" and place.precision != "country"
    if not (capital or unplaced) or not passage.line.capital(last + 1):
        return None
    stop = _run_end(passage, last + 1)
    resolved = view.by_span.get(passage.offsets(last + 1, stop))
    town = resolved.place if resolved and resolved.place.precision == "settlement" else None
    if town is None or (capital and town.country != place.country):
        return None
    outer = _outer(view, passage, stop)
    return _called(view, passage, (first, outer[0] if outer else stop), town)


def _town_before(view: View, place: int) -> Place | None:
    """Return the town that was named last before a code point."""
    before = [one for (_, end), one in view.by_span.items() if end <= place and one.place.precision == "settlement"]
    return before[-1].place if before else None


def _called(view: View, passage: Passage, run: tuple[int, int], place: Place) -> Hit[Place]:
    return Hit(*run, place.model_copy(update={"words": _text(view, passage, *run)}))


def _cut(view: View, passage: Passage, first: int, last: int) -> Hit[Place] | None:
    """Return the place in a run that is no name as a whole: "Atareb Aleppo Province", "Homs State" (television)."""
    whole = passage.word(last - 1).isdigit()  # "Mile 51", "Qala-e-Wakil" are no names with something behind them
    for at in () if whole else range(last - 1, first, -1):
        if "-" in (passage.word(at), passage.word(at - 1)):
            continue
        head, tail = _text(view, passage, first, at), _text(view, passage, at, last)
        if any(fact.level in ("province", "country") for fact in known(tail, view.scan.world)):
            place = Place.parse(f"{head}, {tail}", view.scan.world, view.frame)
            if place.name or place.country:
                name = place.name or head
                more = {
                    "name": name,
                    "words": _text(view, passage, first, last),
                    "precision": place.precision or "settlement",
                }
                return Hit(first, last, place.model_copy(update=more))
        resolved = view.by_span.get(passage.offsets(first, at))
        if resolved and resolved.place.name and not modifies_noun(passage, last):
            return Hit(first, at, resolved.place)
    return None


def _owner(view: View, passage: Passage, at: int) -> bool:
    """Tell whether a word is a country's name that lost its apostrophe: "Syrias Homs"."""
    words = _text(view, passage, at, at + 1)
    world = view.scan.world
    return words.endswith("s") and not world.places(words) and world.country(words[:-1]) is not None


def _text(view: View, passage: Passage, first: int, last: int) -> str:
    return view.scan.report.text[slice(*passage.offsets(first, last))]


def _parsed(view: View, passage: Passage, run: tuple[int, int], outer: tuple[int, str] | None) -> Place:
    """Return what a run stands for: as it was resolved with the report's other names, else read by itself."""
    words = _text(view, passage, *run)
    resolved = view.by_span.get(passage.offsets(*run))
    if outer:
        return Place.parse(f"{words}, {outer[1]}", view.scan.world, view.frame)
    division = _division(view, passage, run[0], words)
    if division is not None:
        return division
    level = tables()["level_of"].get(passage.word(run[1] - 1))
    if resolved and (resolved.place.name or level is None):
        place = resolved.place
    else:
        place = Place.parse(words, view.scan.world, view.frame)
    return Place(name=None, words=words, country=None) if _is_strange(view, passage, run, place) else place


def _is_strange(view: View, passage: Passage, run: tuple[int, int], place: Place) -> bool:
    """Tell whether a place lies in a country that nobody names, where facilities, villages and quarters do not lie.

    "X fish market" is no market abroad; "the X district", "Y's X" is a quarter of the town that is spoken of, though a
    village of the name lies on the other side of the world.
    """
    countries = view.frame.countries
    if place.precision == "point":
        return bool(countries) and place.country not in (None, *countries)
    if place.precision not in ("settlement", "district") or place.country is None:
        return False
    quarter = closed("quarters").intersection((passage.word(run[1] - 1), passage.word(run[1])))
    owner = _text(view, passage, run[0] - 2, run[0] - 1) if passage.word(run[0] - 1) in OWNS else ""
    part = bool(quarter) or (bool(owner) and view.scan.world.country(owner) is None)
    others = {one.place.country for one in view.by_span.values() if one.place.name != place.name}
    return part and bool(others - {None}) and place.country not in others


def _division(view: View, passage: Passage, first: int, words: str) -> Place | None:
    """Return the division in "the northern province of X", of which there may be a town as well."""
    noun = passage.word(first - 2) if passage.word(first - 1) == "of" else ""
    if tables()["level_of"].get(noun) != "province":
        return None
    place = Place.parse(f"{words} {noun}", view.scan.world, view.frame)
    return place if place.precision == "province" else None


def _somebody(view: View, passage: Passage, first: int, last: int) -> bool:
    """Tell whether an unknown name is that of a person: one that the report names elsewhere, or of the tables."""
    words = _text(view, passage, first, last)
    return words.casefold() in view.scan.people or view.scan.world.leader(words) is not None


def _is_marked(view: View, passage: Passage, first: int, last: int) -> bool:
    """Tell whether the model takes an unknown name behind "at" or "around", or one that was struck, for a place's."""
    near = passage.word(first - 1) in closed("locatives") or passage.word(first - 1) == "the"
    near = near or is_struck(view, passage, first, last)
    near = near or (passage.word(first - 1) == "of" and passage.word(first - 2) in closed("done to a place"))
    return near and passage.offsets(first, last) in view.by_span


def _unknown(view: View, passage: Passage, run: tuple[int, int], country: str | None) -> Place:
    """Return a place that the facts do not know, by its name; its country is that of most of the report's places."""
    words = _text(view, passage, *run)
    country = country or view.main
    return Place(name=words, country=country, words=words, precision="settlement" if country else None)


def _belonging(view: View, passage: Passage, first: int, last: int) -> Hit[Place] | None:
    """Return the place in "Iraqi military bases": a demonym with a facility behind it."""
    end = last
    while end < min(last + 4, len(passage)) and passage.line.word(end) and modifies_noun(passage, end):
        end += 1
        if passage.word(end - 1) in closed("facilities") and passage.word(end) not in closed("facilities"):
            break
    if end == last or passage.word(end - 1) not in closed("facilities"):
        return None
    words = _text(view, passage, first, end)
    fact = view.scan.world.country(_text(view, passage, first, last))
    place = Place.parse(words, view.scan.world, view.frame)
    nearer = _nearer(view, passage, (first, end), place)
    if nearer:
        return nearer
    abroad = passage.word(end - 1) in closed("abroad")  # "the French embassy" is not in France
    country = None if abroad else place.country or (fact.code if fact else None)
    return Hit(first, end, place.model_copy(update={"words": words, "name": place.name or words, "country": country}))


def _country_of(view: View, words: str) -> str | None:
    """Return the country of a larger place: itself, or the one that a division lies in, where one is likeliest."""
    fact = view.scan.world.country(words)
    return fact.code if fact else Place.parse(words, view.scan.world, view.frame).country


def _outer(view: View, passage: Passage, last: int) -> tuple[int, str] | None:
    """Return the larger place that follows: ", Texas", ", in western Libya", " in Aleppo province", with its end."""
    at = last + 1 if passage.word(last) == "," else last
    while passage.word(at) in ("in", "the") or passage.word(at) in closed("directions"):
        at += 1
    if passage.word(at + 1) in OWNS and view.scan.world.country(_text(view, passage, at, at + 1)):
        at += 2  # "Owo, in Nigeria's Ondo state"
        at += passage.word(at) in closed("directions")
    if at == last or not passage.line.capital(at):
        return None
    end = _run_end(passage, at)
    words = _text(view, passage, at, end)
    if (kind := kind_words(passage, end)) and tables()["level_of"].get(passage.word(end)):
        return end + kind, _text(view, passage, at, end + kind)
    world = view.scan.world
    if world.demonym(words) and not world.places(words):
        return None  # "in northern Mali, the French presidency said"
    known = world.country(words) or any(fact.level in ("province", "country") for fact in world.places(words))
    return (end, words) if known else None
