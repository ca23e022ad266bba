"""Every place name of a report, resolved with all the others: what ``sayso places`` prints, and the exam ``places``.

Names are found by the model's entity layer where it ran, and by rule: runs of capitalised words whose whole is a
name that the gazetteer knows, or that a word of place stands before. A part of a longer name is never taken for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import Line, lines, words_of
from sayso.reading.sentences.passages import closed
from sayso.values.place_frame import Hints
from sayso.values.place_names import known, named
from sayso.values.place_ranking import Resolution, Toponym, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.language.analysis import Analysis
    from sayso.vocab.gazetteer import Gazetteer

ENTITY: Final = frozenset({"LOC", "GPE", "PLACE"})
NOBODYS_PLACE: Final = frozenset({"PER", "ORG"})
LONGEST: Final = 6  # longer runs of capitals are headlines or lists
WELL_KNOWN: Final = 100_000  # a settlement of so many people is taken for a place without a word of place before it

Run = tuple[int, int]
_OUTLET: Final = re.compile(
    r"^[A-Z][A-Z .'’-]+[A-Z](?:[,/] [^()\n]{1,30}?)? (\([A-Z][^()\n]{1,40}\)) ?[-–—:]", re.MULTILINE
)
"""Who sends a report, in the brackets of its dateline: "KALDOR, June 12 (Free Valley) – "."""


def read_toponyms(analysis: Analysis, world: Gazetteer) -> tuple[Resolution, ...]:
    """Return the place names of a report in text order, each with what it stands for."""
    report = analysis.report
    found = find_toponyms(analysis, world)
    return resolve(report.text, found, world, Hints(dateline=report.dateline))


def find_toponyms(analysis: Analysis, world: Gazetteer) -> list[Toponym]:
    """Return the place names of a report in text order; demonyms ("Iraqi") too, for they stand for their country.

    Where the model ran: its places, and those of the rules that the facts know and that it takes for nobody's name.
    """
    text = analysis.report.text
    people = _people(analysis, world)
    spans = [span for line in lines(analysis) for span in _in_line(line, text, world, people)]
    if "entity" in analysis.tags:
        chunks = [chunk for chunk in analysis.chunks("entity") if chunk.label in ENTITY | NOBODYS_PLACE]
        taken = [(analysis.tokens[c.first].start, analysis.tokens[c.last - 1].end) for c in chunks]
        marked = [span for span, chunk in zip(taken, chunks, strict=True) if chunk.label in ENTITY]
        marked = [(start, end) for start, end in marked if not _body(text[start:end], world)]
        familiar = [span for span in apart(spans, taken) if known(text[slice(*span)], world)]
        spans = sorted(marked + familiar)
    outlets = [outlet.span(1) for outlet in _OUTLET.finditer(text)]
    if outlets:  # whoever sends a report is no place, and has no vote on the countries of its places
        spans = [span for span in spans if not any(start <= span[0] < end for start, end in outlets)]
    return [Toponym(start, end, text[start:end]) for start, end in spans]


def _body(words: str, world: Gazetteer) -> bool:
    """Tell whether a name is that of a body and of no place: "Reuters", "SANA", though there is a Saña in Peru."""
    actor = world.actor(words)
    return actor is not None and (not known(words, world) or (actor.kind == "media" and words.isupper()))


def apart(spans: list[Run], taken: list[Run]) -> list[Run]:
    """Return the spans that share nothing with those taken; both in text order, those taken without overlaps."""
    starts = [start for start, _ in taken]
    found = []
    for start, end in spans:
        at = bisect_left(starts, end) - 1
        if at < 0 or taken[at][1] <= start:
            found.append((start, end))
    return found


def _in_line(line: Line, text: str, world: Gazetteer, people: frozenset[str]) -> Iterator[Run]:
    for first, last in _runs(line, text, world):
        start, end = line.start(first), line.end(last)
        words = text[start:end]
        if _is_place(line, first, last, words, world, people):
            yield start, end


def _runs(line: Line, text: str, world: Gazetteer) -> Iterator[Run]:
    """Yield runs of capitalised words as token ranges; one that is no name loses the small words it begins with."""
    index = 0
    while index < len(line):
        last = _run_end(line, index) if line.capitals[index] else index
        if last == index:
            index += 1
            continue
        first = _first_of_name(line, index, last)
        if first < last <= first + LONGEST:
            yield from _parts(line, first, last, text, world)
        index = last


def _parts(line: Line, first: int, last: int, text: str, world: Gazetteer) -> Iterator[Run]:
    """Yield the run, or the demonym it begins with and the rest: "Iraqi Kurdistan" stays, "British MP" is cut."""
    unknown = last - first > 1 and not known(text[line.start(first) : line.end(last)], world)
    if unknown and world.demonym(text[line.start(first) : line.end(first + 1)]):
        yield first, first + 1
        first += 1
    yield first, last


def _run_end(line: Line, index: int) -> int:
    last = index
    while last < len(line) and (
        (line.capital(last) and line.word(last) and line.at(last) not in words_of("day"))
        or (last > index and line.at(last) in closed("name particles") | {"-", "of", "and"} and _joins(line, last))
    ):
        last += 1
        if line.at(last) == line.at(last + 2) == "-" and len(line.at(last + 1)) <= 3 and line.capital(last + 3):
            last += 3  # "Port-au-Prince"
    return last


def _joins(line: Line, at: int) -> bool:
    """Tell whether a small word inside a run joins two parts of one name: "Gulf of Aden", "Port-au-Prince"."""
    if line.at(at) == "and":
        return False
    return line.capital(at + 1) and line.word(at + 1)


@cache
def _small() -> frozenset[str]:
    return closed("determiners") | words_of("preposition", "conjunction", "subordinator")


def _first_of_name(line: Line, index: int, last: int) -> int:
    """Drop what is capitalised only because the sentence begins there."""
    small = _small()
    while index < last and (line.at(index) in small or (index == 0 and line.at(index) in words_of("adverb"))):
        index += 1
    return index


def _people(analysis: Analysis, world: Gazetteer) -> frozenset[str]:
    """Return the last names of people whose full names the report gives: "Lund" where it names an Ana Lund."""
    found = set()
    for line in lines(analysis):
        index = 0
        while index < len(line):
            last = _run_end(line, index) if line.capitals[index] else index
            first = _first_of_name(line, index, last) if last > index + 1 else last
            if 2 <= last - first <= 4:
                words = analysis.report.text[line.start(first) : line.end(last)]
                nobody = known(words, world) or world.actor(words) or world.demonym(line.tokens[first].text)
                if not nobody and line.at(last - 1) not in closed("organisation words"):
                    found.add(line.at(last - 1))
            index = max(index + 1, last)
    return frozenset(found)


def _is_place(line: Line, first: int, last: int, words: str, world: Gazetteer, people: frozenset[str]) -> bool:
    """Tell whether a run of capitals is a place name here."""
    if line.at(last) == "-" and line.at(last + 1)[:1].isdigit():
        return False  # "the Mi-35": a model, not a state
    found = named(words, world)
    facts = found.facts
    if last - first == 1 and line.at(first) in people and not _governed(line, first):
        return False
    if not facts:
        named_whole = " of " in words and line.at(first - 1) == "the"  # "in the Gulf of X"
        return (
            _governed(line, first - named_whole)
            and last - first <= 4
            and world.actor(words) is None
            and not _titled(line, first)
        )
    if world.actor(words) is not None and not world.country(words):
        return False
    exact = [fact for fact in facts if fact not in found.changed]
    if any(fact.level in {"country", "province", "area"} or fact.population >= WELL_KNOWN for fact in exact):
        return not _titled(line, first) or world.country(words) is not None
    return _governed(line, first) or _in_chain(line, first, last) or last - first > 1


def _governed(line: Line, first: int) -> bool:
    """Tell whether a word of place stands right before: "in X", "near X", "the town of X"."""
    before = line.at(first - 1)
    if before in closed("locatives") or before == "from":
        return True
    if before in closed("directions"):
        return line.at(first - 2) in closed("locatives")
    return before == "of" and any(line.at(at) in closed("kinds of place") for at in (first - 2, first - 3))


def _in_chain(line: Line, first: int, last: int) -> bool:
    """Tell whether a larger place follows or another stands before: "X, Ohio"."""
    return (line.at(last) == "," and line.capital(last + 1)) or (line.at(first - 1) == "," and line.capital(first - 2))


def _titled(line: Line, first: int) -> bool:
    """Tell whether a title of a person stands before."""
    return line.at(first - 1).rstrip(".") in {"mr", "mrs", "ms", "dr", "gen", "col", "capt", "sgt", "lt", "sen", "rep"}
