"""How a phrase becomes a ``Place``: its modifiers are taken off, its name looked up, its candidates ranked.

The ranking is a table of reasons (``score``), in units of a factor ten of population: a place in a country that the
report is about is worth a hundred times its people.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from sayso.values.facts import WIDE, PlaceFact, PlaceLookup
from sayso.values.place import Frame, Place, kilometres

# Reasons for a candidate, in powers of ten of population.
OF_LEVEL: Final = {"country": 1.8, "province": 0.0, "district": -1.0, "settlement": 1.0, "area": 2.0}
OUR_OWN: Final = 4.0  # areas and quarters of our own table: few, well known, without population
CAPITAL: Final = 0.7
ALTERNATE_NAME: Final = -1.5
NO_COORDINATES: Final = -0.5
UNKNOWN_POPULATION: Final = 4.0
FIRST_COUNTRY: Final = 2.0
OTHER_COUNTRY: Final = 1.5
SAME_DIVISION: Final = 1.5
NEARBY: Final = 0.5
NEARBY_KM: Final = 300.0
ONLY_ONE: Final = 1.0
# Below this a name stays unresolved: a hamlet's spelling variant with nothing in the report to speak for it.
THRESHOLD: Final = 4.0
# Two candidates closer than this are not told apart; what they share is kept.
MARGIN: Final = 0.1

_QUOTES: Final = "\"'“”‘’«»"
_EDGE: Final = re.compile(rf"^[\s{_QUOTES},;:(]+|[\s{_QUOTES},;:!?)]+$")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_WINDS: Final = "north|south|east|west|northeast|northwest|southeast|southwest"
_DISTANCE: Final = re.compile(
    r"^(?:about |some |around |nearly |roughly )?[\d.,]+ ?(?:km|kilomet(?:er|re)s?|miles?|mi|met(?:er|re)s?|m)\s*"
    rf"(?:\([^)]*\)\s*)?(?:from|(?:to the )?(?:{_WINDS}) (?:of|from)|outside|away from)\s+",
    re.IGNORECASE,
)
_INSIDE: Final = re.compile(r"^(.+?)\s+(?:in|inside|within|at)\s+(.+)$")
_WHOSE: Final = re.compile(r"^([A-ZÀ-Þ].*?)(?:'s|’s|s'|s’)\s+([a-z].*)$")


@cache
def tables() -> dict[str, Any]:
    """Return the closed tables of ``place.toml``, longest phrase first, with one regular expression a table."""
    raw = tomllib.loads((Path(__file__).parent / "place.toml").read_text(encoding="utf-8"))
    level_of = {noun: name for name, nouns in raw["level"].items() for noun in nouns}
    return {
        "nearby": re.compile(rf"^(?:{_alternatives(raw['nearby'])})\s+(.+)$", re.IGNORECASE),
        "part": re.compile(rf"^(?:{_alternatives(raw['part'])})\s+(.+)$", re.IGNORECASE),
        "level_of": level_of,
        "kind_of": re.compile(
            rf"^(?:(.*?)\s+)?({_alternatives(level_of)})\s+(?:of\s+)?((?:al-|el-|as-|ar-|an-|ad-)?[A-ZÀ-Þ].*)$"
        ),
        "of_kind": re.compile(rf"^(.+?)\s+({_alternatives(level_of)})$", re.IGNORECASE),
        "facility": re.compile(rf"^(?:(.*)\s+)?({_alternatives(raw['facility']['nouns'])})$", re.IGNORECASE),
        **_name_tables(raw),
    }


def _name_tables(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the tables about the forms of names; used by ``place_names``."""
    behind, before = _alternatives(raw["kind"]["behind"]), _alternatives(raw["kind"]["before"])
    return {
        "short": [(re.compile(rf"\b{short}(?=\s|$)"), full) for short, full in raw["short"]["forms"]],
        "directions": frozenset(word for word in raw["part"] if " " not in word),
        "kind_on": raw["kind"]["added"],
        "kind_off": re.compile(rf"^(?:(.+)\s(?:{behind})|(?:{before})\s(.+))$"),
        "thing_of": re.compile(rf"^(?:{_alternatives(raw['thing']['of'])})\s(.+)$"),
        "area_of": {word.lower(): area for area, words in raw["people"].items() for word in words},
    }


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def read_place(words: str, lookup: PlaceLookup, frame: Frame) -> Place:
    """Return the place a phrase names; see ``Place.parse``."""
    phrase = _ARTICLE.sub("", _POSSESSIVE.sub("", _EDGE.sub("", words)))
    for way in (_within, _plain, _capital, _facility, _of_kind, _near, _part):
        found = way(phrase, lookup, frame)
        if found is not None:
            return found.model_copy(update={"words": words})
    return Place(name=None, words=words)


def score(fact: PlaceFact, frame: Frame) -> float:
    """Return how much speaks for a candidate before the others are looked at."""
    people = math.log10(fact.population) if fact.population else UNKNOWN_POPULATION
    points = people + OF_LEVEL[fact.level] + (CAPITAL if fact.feature == "PPLC" and fact.primary else 0)
    points += OUR_OWN if fact.feature in {"", WIDE} else 0
    points += 0 if fact.primary else ALTERNATE_NAME
    points += 0 if fact.lat is not None or fact.level == "country" else NO_COORDINATES
    return points + _from_frame(fact, frame)


def _from_frame(fact: PlaceFact, frame: Frame) -> float:
    if fact.country is None:
        return 0.0
    points = 0.0
    if fact.country in frame.countries:
        points = FIRST_COUNTRY if fact.country == frame.countries[0] else OTHER_COUNTRY
    elif any(place.country == fact.country for place in frame.places):
        points = OTHER_COUNTRY
    if fact.admin1 and any((place.country, place.admin1) == (fact.country, fact.admin1) for place in frame.places):
        points += SAME_DIVISION
    return points + (NEARBY if any(_near_by(fact, place) for place in frame.places) else 0.0)


def _near_by(fact: PlaceFact, place: Place) -> bool:
    if fact.lat is None or fact.lon is None or place.lat is None or place.lon is None or place.precision == "area":
        return False
    return kilometres(fact.lat, fact.lon, place.lat, place.lon) <= NEARBY_KM


def choose(facts: tuple[PlaceFact, ...], frame: Frame, *, floor: float = THRESHOLD) -> Place | None:
    """Return the best candidate; what the best share where they tie; None where none is good enough."""
    if not facts:
        return None
    one = ONLY_ONE if len({(fact.country, fact.admin1) for fact in facts}) == 1 else 0.0
    ranked = sorted(((score(fact, frame) + one, -position) for position, fact in enumerate(facts)), reverse=True)
    if ranked[0][0] < floor:
        return None
    best = facts[-ranked[0][1]]
    rivals = [facts[-position] for points, position in ranked[1:] if points > ranked[0][0] - MARGIN]
    rivals = [rival for rival in rivals if (rival.country, rival.admin1) != (best.country, best.admin1)]
    return shared([best, *rivals]) if rivals and best.level == "settlement" else place_of(best)


def shared(facts: list[PlaceFact]) -> Place:
    """Return what candidates that cannot be told apart have in common: their name, perhaps their country."""
    countries = {fact.country for fact in facts}
    name = facts[0].name if len({fact.name for fact in facts}) == 1 else None
    country = facts[0].country if len(countries) == 1 else None
    return Place(name=name if country else None, country=country, precision="settlement" if country else None, words="")


def place_of(fact: PlaceFact) -> Place:
    """Return a fact as a place: no coordinates for a country or a wide area."""
    pinned = fact.level != "country" and fact.feature != WIDE
    return Place(
        name=fact.name,
        country=fact.country,
        admin1=fact.admin1,
        lat=fact.lat if pinned else None,
        lon=fact.lon if pinned else None,
        geonames=fact.geonames,
        precision=fact.level,
        words="",
    )


# -- the ways to read a phrase, in the order in which they are tried ---------------------------------------------------


def _plain(phrase: str, lookup: PlaceLookup, frame: Frame) -> Place | None:
    """Read a name and nothing but: "Talcahuano"."""
    return choose(lookup.places(phrase), frame)


def _within(phrase: str, lookup: PlaceLookup, frame: Frame) -> Place | None:
    """Read a place inside another: "Paris, Texas", "a market in Kabul", "Aleppo's old city"."""
    inner, comma, outer = phrase.partition(",")
    if not comma:
        found, whose = _INSIDE.match(phrase), _WHOSE.match(phrase)
        if found:
            inner, outer = found[1], found[2]
        elif whose and whose[2] != "capital":
            inner, outer = whose[2], whose[1]
        else:
            return None
    if not outer.strip():
        return _plain(inner, lookup, frame)
    return _inside(inner.strip(), outer.strip(), lookup, frame)


def _inside(inner: str, outer: str, lookup: PlaceLookup, frame: Frame) -> Place | None:
    around = _containers(outer, lookup, frame)
    if not around:
        return read_place(inner, lookup, frame) if outer[:1].islower() else None
    name = _bare_name(inner, lookup)
    held = [(fact, box) for box in around for fact in lookup.places(name) if _holds(box, fact)]
    if held:
        box = held[0][1]
        facts = tuple(fact for fact, other in held if other is box)
        return choose(facts, frame, floor=0.0)
    outside = read_place(outer, lookup, frame)
    if inner.islower() and not _is_thing(inner):  # "a village in Helmand": the words tell no more than Helmand
        return outside
    return (
        _in_settlement(inner, outside)
        if _is_thing(inner)
        else outside.model_copy(update={"name": None, "lat": None, "lon": None, "geonames": None, "precision": None})
    )


def _containers(outer: str, lookup: PlaceLookup, frame: Frame) -> list[PlaceFact]:
    """Candidates for the larger place, the likeliest first; for "Basra, Iraq" only those that lie in Iraq."""
    inner, comma, rest = outer.partition(",")
    facts = list(lookup.places(_bare_name(inner.strip(), lookup)))
    if comma and rest.strip():
        boxes = _containers(rest.strip(), lookup, frame)
        facts = [fact for fact in facts if any(_holds(box, fact) for box in boxes)] or facts
    return sorted(facts, key=lambda fact: -score(fact, frame))


def _holds(box: PlaceFact, fact: PlaceFact) -> bool:
    """Tell whether a candidate lies in a larger candidate."""
    if box.country != fact.country or fact.level == "country":
        return False
    if box.level == "country":
        return True
    if box.level == "province":
        return fact.admin1 == box.name and fact.level != "province"
    if box.level == "district":
        return fact.admin2 == box.name and fact.level == "settlement"
    return False


def _bare_name(phrase: str, lookup: PlaceLookup) -> str:
    """Take articles, directions and nouns of kind off, unless the phrase is a name with them."""
    name = _ARTICLE.sub("", phrase)
    while not lookup.places(name):
        found = tables()["part"].match(name) or tables()["of_kind"].match(name)
        kind = tables()["kind_of"].match(name)
        if found is None and kind is None:
            break
        name = _ARTICLE.sub("", kind[3] if kind else found[1])
    return name


def _capital(phrase: str, lookup: PlaceLookup, frame: Frame) -> Place | None:
    """Read "the Iraqi capital" and "the capital of Iraq"."""
    found = re.match(r"^(?:(?P<whose>.+?)(?:['’]s)? capital|capital of (?P<of>.+))$", phrase)
    country = lookup.country(_ARTICLE.sub("", found["whose"] or found["of"])) if found else None
    if country is None or country.capital is None:
        return None
    facts = tuple(fact for fact in lookup.places(country.capital) if fact.country == country.code)
    return choose(facts, frame, floor=0.0)


def _facility(phrase: str, lookup: PlaceLookup, frame: Frame) -> Place | None:
    """Read a thing at one point, "Baghdad airport", inside the settlement that its name begins with, if it does."""
    if not _is_thing(phrase):
        return None
    words = tables()["facility"].match(phrase)[1] or ""
    parts = words.split()
    for end in range(len(parts), 0, -1):
        town = choose(lookup.places(_POSSESSIVE.sub("", " ".join(parts[:end]))), frame)
        if town is not None and town.precision in {"settlement", "district"}:
            return _in_settlement(phrase, town)
    return Place(name=phrase, precision="point", words="")


def _is_thing(phrase: str) -> bool:
    return tables()["facility"].match(phrase) is not None


def _in_settlement(thing: str, around: Place) -> Place:
    pin = (
        {} if around.precision in {"settlement", "district", "point"} else {"lat": None, "lon": None, "geonames": None}
    )
    return around.model_copy(update={"name": _ARTICLE.sub("", thing), "precision": "point", **pin})


def _of_kind(phrase: str, lookup: PlaceLookup, frame: Frame) -> Place | None:
    """Read a name with its kind, "Ghazni province", "the Iraqi city of Mosul": the noun chooses the level."""
    before = after = None
    if found := tables()["kind_of"].match(phrase):
        before, noun, name = found[1], found[2], found[3]
    elif after := tables()["of_kind"].match(phrase):
        name, noun = after[1], after[2]
    else:
        return None
    level = tables()["level_of"][noun.lower()]
    facts = _of_country(lookup.places(name), before, lookup)
    of_level = tuple(fact for fact in facts if fact.level == level) or facts
    found_one = choose(of_level, frame, floor=0.0 if len(of_level) == 1 else THRESHOLD)
    return found_one or (read_place(name, lookup, frame) if after else None)


def _of_country(facts: tuple[PlaceFact, ...], before: str | None, lookup: PlaceLookup) -> tuple[PlaceFact, ...]:
    """Keep the candidates in the country of "the northern Iraqi (city of …)", if there are any."""
    named = [country.code for word in (before or "").split() if (country := lookup.country(word))]
    return tuple(fact for fact in facts if fact.country in named) or facts


def _near(phrase: str, lookup: PlaceLookup, frame: Frame) -> Place | None:
    """Read an area around a place: "near Tehran", "12 km north of Tehran"."""
    rest = _DISTANCE.sub("", phrase)
    found = tables()["nearby"].match(phrase)
    if rest == phrase and found is None:
        return None
    around = read_place(found[1] if rest == phrase and found else rest, lookup, frame)
    return around.model_copy(update={"precision": "area"}) if around.name else around


def _part(phrase: str, lookup: PlaceLookup, frame: Frame) -> Place | None:
    """Read a part: "northern Iraq" is an area, "central Baghdad" is still in the town."""
    found = tables()["part"].match(phrase)
    if found is None:
        return None
    whole = read_place(found[1], lookup, frame)
    rough = whole.precision in {"country", "province"}
    return whole.model_copy(update={"precision": "area"}) if rough else whole
