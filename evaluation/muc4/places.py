"""Places of incidents: names of the task's own lists found in a text, and written as the key writes them.

The lists (``taskdoc/places``, ``set-list-location``) are read from the data folder; nothing of them is in the project.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from evaluation.muc4.gold import letters_of
from sayso.language.analysis import Analysis

INTEREST = (
    "EL SALVADOR", "COLOMBIA", "PERU", "GUATEMALA", "CHILE", "HONDURAS", "BOLIVIA", "ECUADOR", "ARGENTINA",
    "PANAMA", "NICARAGUA", "VENEZUELA", "BRAZIL", "MEXICO", "COSTA RICA", "SPAIN", "UNITED STATES",
)  # fmt: skip
_WIDE = ("REGION", "OFFICIAL REGION", "DEPARTMENT", "PROVINCE", "STATE", "COMMISSARIAT", "INTENDANCY", "COUNTY", "ZONE")
_NARROW = (
    "NEIGHBORHOOD",
    "SUBURB",
    "DISTRICT",
    "SECTOR",
    "UNIVERSITY",
    "CAMPUS",
    "SCHOOL",
    "AIRPORT",
    "FARM",
    "HAMLET",
)
_LINE = re.compile(r"^([A-Z?][A-Z ]+|\?): (.+)$")
_STEP = re.compile(r"\s*([^:()]+?)\s*\(([^()]*)\)")
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A place of the lists: its country, its name, what it is, and the place it lies in, where the lists say so."""

    country: str
    name: str
    kind: str

    @property
    def width(self) -> int:
        """0 for a division of a country, 1 for a town, 2 for a part of one."""
        return 0 if self.kind in _WIDE else 2 if self.kind in _NARROW else 1

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"


@dataclass(frozen=True, slots=True)
class Atlas:
    """The lists: letters of a name → the places so called."""

    places: Mapping[str, tuple[Named, ...]]
    longest: int

    def of(self, name: str) -> tuple[Named, ...]:
        """Return the places called ``name``."""
        return self.places.get(letters_of(name), ())


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place in a text: tokens [first, last), and what it may be."""

    first: int
    last: int
    places: tuple[Named, ...]


@lru_cache(2)
def read_atlas(folder: Path) -> Atlas:
    """Return the lists in the folder ``taskdoc``."""
    found: dict[str, dict[Named, None]] = defaultdict(dict)
    for place in _listed(folder):
        found[letters_of(place.name)][place] = None
    for country in INTEREST:
        found[letters_of(country)][Named(country, country, "COUNTRY")] = None
    for other, name in _synonyms(folder / "places" / "places-synonyms.v3"):
        for place in list(found.get(letters_of(name), ())):
            found[letters_of(other)].setdefault(place)
    places = {name: tuple(entries) for name, entries in found.items()}
    return Atlas(places, max(map(len, places)))


def toponyms(analysis: Analysis, atlas: Atlas) -> list[Toponym]:
    """Return the names of the atlas in a text, the longest at each place, left to right."""
    out: list[Toponym] = []
    words = [letters_of(token.text) for token in analysis.tokens]
    at = 0
    while at < len(words):
        hit = next(_ending(words, at, atlas), None) if words[at] else None
        if hit:
            out.append(hit)
        at = hit.last if hit else at + 1
    return out


def _ending(words: list[str], first: int, atlas: Atlas) -> Iterator[Toponym]:
    for last in range(min(len(words), first + _MOST_WORDS), first, -1):
        if words[last - 1] and (places := atlas.places.get("".join(words[first:last]))):
            yield Toponym(first, last, places)


def _listed(folder: Path) -> Iterator[Named]:
    for file in ("containing-areas-part1.v5", "containing-areas-part2"):
        for line in (folder / "places" / file).read_text(encoding="latin-1").splitlines():
            match = _LINE.match(line.strip())
            if match and match[1] != "?":
                for name, kind in _STEP.findall(match[2].partition("*")[0]):
                    yield Named(match[1].strip(), name.strip(), kind.strip(" ?") or "AREA")


def _synonyms(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text(encoding="latin-1").splitlines():
        match = re.match(r"([A-Z0-9. ]+?) (?:=|->) ([A-Z0-9. ]+?)\s*(?:<-NEW)?$", line)
        if match:
            yield match[1], match[2]


def parts(value: str) -> list[str]:
    """Return the names of a location of the key, the country first."""
    steps = [re.sub(r"\(.*?\)", "", step).strip() for step in value.split(":")]
    return [name for step in steps for name in re.split(r"\s+- ", step) if name]
