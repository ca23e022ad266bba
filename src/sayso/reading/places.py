"""Where: names of places with a word of place before them, read against the gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.grammar import BREAKS, is_adverb, words_of
from sayso.reading.passages import Hit, closed
from sayso.values import Place
from sayso.values.place import Frame

if TYPE_CHECKING:
    from sayso.reading.passages import Passage, Scan

REACH = 9
"""How many words may stand between "in" and the name ("in the northern border city of X")."""


def find_places(scan: Scan, apart: list[tuple[int, int]]) -> list[list[Hit[Place]]]:
    """Return places where something may have happened, by passage.

    Args:
        scan: the report.
        apart: code points whose places are nobody's scene: holders, datelines.

    """
    frame = Frame(countries=_countries(scan))
    rows: list[list[Hit[Place]]] = []
    for passage in scan.passages:
        found: list[Hit[Place]] = []
        for first, last in _runs(passage):
            start, end = passage.offsets(first, last)
            if any(a < end and start < b for a, b in apart):
                continue
            if not _located(passage, first) and not _attributive(passage, last):
                continue
            hit = _read(scan, passage, first, last, frame)
            if hit:
                found.append(hit)
        rows.append(found)
    return rows


def _countries(scan: Scan) -> tuple[str, ...]:
    """Return the countries a report names, the most often named first."""
    tally: dict[str, int] = {}
    for passage in scan.passages:
        index = 0
        while index < len(passage):
            code, last = country_at(scan, passage, index) if not passage.line.shouting else (None, index + 1)
            if code:
                tally[code] = tally.get(code, 0) + 1
            index = last
    return tuple(sorted(tally, key=lambda code: (-tally[code], code)))


def country_at(scan: Scan, passage: Passage, index: int) -> tuple[str | None, int]:
    """Return the country that the longest name at ``index`` names, and where it ends: "South Sudan" is not Sudan."""
    if passage.line.capital(index):
        for last in range(min(index + 3, len(passage)), index, -1):
            fact = scan.world.country(scan.report.text[slice(*passage.offsets(index, last))])
            if fact:
                return fact.code, last
    return None, index + 1


def _runs(passage: Passage) -> list[tuple[int, int]]:
    """Return runs of capitalised words, with a second run behind a comma ("El Paso, Texas")."""
    found, index = [], 0
    while index < len(passage):
        last = _run_end(passage, index)
        if last == index:
            index += 1
            continue
        found.append((index, last))
        index = last
    return found


def _run_end(passage: Passage, index: int) -> int:
    line = passage.line
    last = index
    while last < len(line) and (
        (line.capital(last) and line.word(last) and line.at(last) not in words_of("day"))
        or (last > index and line.at(last) in (*closed("name particles"), "-", "of") and line.capital(last + 1))
        or (last > index and line.at(last) in ("al", "el") and line.at(last + 1) == "-")
    ):
        last += 1
    return last


def _located(passage: Passage, first: int) -> bool:
    """Tell whether a word of place governs the name at ``first``."""
    for index in range(first - 1, max(first - REACH, -1) - 1, -1):
        if index < 0:
            return False
        word = passage.word(index)
        if word in ("a", "an"):
            return False  # "in an SUV"
        if word in words_of("day") or word in words_of("time"):
            return False
        if word == "of":
            return any(passage.word(at) in closed("kinds of place") for at in range(max(index - 2, 0), index))
        if word in closed("locatives"):
            return True
        if (
            word in BREAKS - {"-", ","}
            or word in closed("be")
            or word in closed("clause openers")
            or word in ("by", "from", "with", "for", "against")
        ):
            return False
        if word == "," and not passage.line.capital(index - 1):
            return False
    return False


def _attributive(passage: Passage, last: int) -> bool:
    """Tell whether the name stands before a word for an attack: "a Kabul car bombing"."""
    return any(passage.phrase(last, last + size) in closed("attack nouns") for size in (1, 2)) or (
        passage.phrase(last, last + 2)
        in ("car bombing", "suicide bombing", "car bomb", "truck bombing", "mosque attack")
    )


def _read(scan: Scan, passage: Passage, first: int, last: int, frame: Frame) -> Hit[Place] | None:
    if passage.word(first) in ("the",):
        first += 1
    if first >= last:
        return None
    words = scan.report.text[slice(*passage.offsets(first, last))]
    if scan.world.demonym(words) and not scan.world.places(words):
        return _belonging(scan, passage, first, last, frame)
    outer = _outer(scan, passage, last)
    if outer:
        place = Place.parse(f"{words}, {outer[1]}", scan.world, frame)
        last = outer[0] if place.name else last
    else:
        place = Place.parse(words, scan.world, frame)
    if place.name is None:
        if not _certainly_place(passage, first):
            return None
        country = _country_of(scan, outer[1]) if outer else (frame.countries[0] if len(frame.countries) == 1 else None)
        place = Place(name=words, country=country, words=words, precision="settlement" if country else None)
    if place.precision in ("country", "area", "province", None) and _modifies_noun(passage, last):
        return _belonging(scan, passage, first, last, frame) if place.precision == "country" else None
    words = scan.report.text[slice(*passage.offsets(first, last))]
    return Hit(first, last, place.model_copy(update={"words": words}))


def _modifies_noun(passage: Passage, last: int) -> bool:
    """Tell whether a name only says whose the next noun is ("the US airstrike", "the Red Sea port")."""
    word = passage.word(last)
    return passage.line.word(last) and not (
        word in words_of("preposition")
        or word in words_of("conjunction")
        or word in words_of("auxiliary")
        or word in words_of("subordinator")
        or word in words_of("relative")
        or word in words_of("day")
        or word in words_of("time")
        or is_adverb(word)
        or word.endswith(("ed", "ing"))
        or word in closed("bare number followers")
    )


def _belonging(scan: Scan, passage: Passage, first: int, last: int, frame: Frame) -> Hit[Place] | None:
    """Return the place in "Iraqi military bases": a demonym with a facility behind it."""
    end = last
    while end < min(last + 4, len(passage)) and passage.line.word(end) and _modifies_noun(passage, end):
        end += 1
    if end == last or not any(passage.word(at) in closed("facilities") for at in range(last, end)):
        return None
    words = scan.report.text[slice(*passage.offsets(first, end))]
    fact = scan.world.country(scan.report.text[slice(*passage.offsets(first, last))])
    place = Place.parse(words, scan.world, frame)
    country = place.country or (fact.code if fact else None)
    return Hit(first, end, place.model_copy(update={"words": words, "name": place.name or words, "country": country}))


def _country_of(scan: Scan, words: str) -> str | None:
    fact = scan.world.country(words)
    return fact.code if fact else None


def _outer(scan: Scan, passage: Passage, last: int) -> tuple[int, str] | None:
    """Return the larger place that follows: ", Texas", ", in western Libya", " in northern Mali", with its end."""
    at = last + 1 if passage.word(last) == "," else last
    while passage.word(at) in ("in", "in", "the") or passage.word(at) in closed("directions"):
        at += 1
    if at == last or not passage.line.capital(at):
        return None
    end = _run_end(passage, at)
    words = scan.report.text[slice(*passage.offsets(at, end))]
    known = scan.world.country(words) or any(fact.level in ("province", "country") for fact in scan.world.places(words))
    return (end, words) if known else None


def _certainly_place(passage: Passage, first: int) -> bool:
    """Tell whether the words before an unknown name say that it is a place: "in X", "the town of X"."""
    before = passage.word(first - 1)
    if before == "of":
        return any(passage.word(index) in closed("kinds of place") for index in range(max(first - 4, 0), first - 1))
    return before in ("in", "near", "outside", "inside")
