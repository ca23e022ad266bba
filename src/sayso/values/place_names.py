"""Which candidates a toponym has, under the name as written and the forms that names take.

A part of a longer name never stands for the whole: "Gulf of Ruiz" is not the Gulf, "Lake Paris" is not Paris. Only a
noun of kind may be added or left off ("Clarke" for Clarke County), a direction ("South Lagos": a part), or a thing at
one point be found in the settlement its name begins with ("Lagos University").
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from sayso.values.facts import Level, PlaceFact, PlaceLookup
from sayso.values.place_reading import tables

HOLDING_WORDS: Final = 5  # longer names are headlines or lists
WELL_KNOWN: Final = 100_000  # people in a settlement whose name in a longer one tells where that is
_EDGE: Final = re.compile(r"^[\s\"'“”‘’«»,;:(]+|[\s\"'“”‘’«»,;:!?)]+$")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_ACRONYM: Final = re.compile(r"^[A-Z]{2,3}$")
_SHORT_WORD: Final = re.compile(r"^[A-Z][a-z]{1,2}$")
_INITIALS: Final = re.compile(r"^(?:[A-Z]\.? ?){1,3}(?:[A-Z][a-z]{1,3}\.)?$")


class Named(NamedTuple):
    """The candidates of a name and how they were come by."""

    facts: tuple[PlaceFact, ...] = ()
    changed: tuple[PlaceFact, ...] = ()  # those found under a changed name
    level: Level | None = None  # the level that a noun of kind in the name says
    thing: bool = False  # a thing at one point inside the candidates
    part: bool = False  # a part of the candidates
    inside: bool = False  # an unknown name inside the candidates


def named(words: str, lookup: PlaceLookup) -> Named:
    """Return the candidates of a toponym as written; none where it is unknown."""
    name = _ARTICLE.sub("", _POSSESSIVE.sub("", _EDGE.sub("", words)))
    if name.lower() in tables()["directions"]:  # "Western" alone names nothing
        return Named()
    facts = _exact(name, lookup)
    more = tuple(fact for form in _forms(name, known=bool(facts)) for fact in lookup.places(form) if fact not in facts)
    if any(fact.primary and fact.level in {"province", "country"} for fact in facts):  # "Oklahoma" is not Oklahoma City
        more = tuple(fact for fact in more if fact.level not in {"settlement", "district"})
    if facts or more:
        return Named(_unique((*facts, *more)), more, level=_level_said(name))
    return _direction(name, lookup) or _thing(name, lookup) or Named()


def known(words: str, lookup: PlaceLookup) -> tuple[PlaceFact, ...]:
    """Return the candidates of a toponym."""
    return named(words, lookup).facts


def _unique(facts: tuple[PlaceFact, ...]) -> tuple[PlaceFact, ...]:
    return tuple(dict.fromkeys(facts))


def _exact(name: str, lookup: PlaceLookup) -> tuple[PlaceFact, ...]:
    """Return the places of that name; a country by its people's or things' word ("Dutch") too."""
    facts = lookup.places(name)
    if _ACRONYM.match(name):  # "EU" is not the town of Eu
        facts = tuple(fact for fact in facts if fact.name.upper() != name)
    country = None if _SHORT_WORD.match(name) else lookup.country(name)
    if _SHORT_WORD.match(name):  # "Car" is not the CAR
        facts = tuple(fact for fact in facts if fact.level not in {"country", "province"})
    if country is not None and not any(fact.country == country.code and fact.level == "country" for fact in facts):
        facts += tuple(
            fact for fact in lookup.places(country.name) if fact.level == "country" and fact.country == country.code
        )
    if area := tables()["area_of"].get(name.lower()):
        facts += lookup.places(area)
    return facts


def _level_said(name: str) -> Level | None:
    """Return the level that the last or first word says: "Clarke County", "Province of X"."""
    levels = tables()["level_of"]
    words = name.lower().split()
    return (levels.get(words[-1]) or levels.get(words[0])) if len(words) > 1 else None


def _forms(name: str, *, known: bool) -> list[str]:
    """Return other forms of a name: abbreviations written out, nouns of kind added or left off."""
    forms = []
    for pattern, full in tables()["short"]:
        if pattern.search(name):
            forms.append(pattern.sub(full, name))
    if _INITIALS.match(name):
        forms.append(name.replace(" ", ""))
    if found := tables()["kind_off"].match(name):
        forms += [] if known else [found[1] or found[2]]
    elif " " not in name or len(name.split()) == 2:
        forms += [form.format(name) for form in tables()["kind_on"][: 2 if known else None]]
    return forms


_STREET: Final = re.compile(r" (?:street|road|avenue|lane|drive|boulevard|alley|highway|motorway)$", re.IGNORECASE)


def _direction(name: str, lookup: PlaceLookup) -> Named | None:
    found = tables()["part"].match(name)
    facts = _exact(found[1], lookup) if found else ()
    return Named(facts, part=True) if facts else None


def _thing(name: str, lookup: PlaceLookup) -> Named | None:
    """Return the settlements or divisions in the name of a thing: "Lagos University", "University of Lagos".

    A country in such a name says whose the thing is, not where: "the US embassy". A street says even less: "London
    Road" lies in any town but London.
    """
    if _STREET.search(name):
        return None
    found = tables()["facility"].match(name)
    parts = (found[1] or "").split() if found else []
    for end in range(len(parts), 0, -1):
        facts = _below_countries(_exact(" ".join(parts[:end]), lookup))
        if facts:
            return Named(facts, thing=True)
    behind = tables()["thing_of"].match(name)
    facts = _below_countries(_exact(behind[1], lookup)) if behind else ()
    return Named(facts, thing=True) if facts else None


def holding(words: str, lookup: PlaceLookup) -> PlaceFact | None:
    """Return the well-known place whose name an unknown longer name begins with or ends in: "Lagos Trade Fair".

    It tells roughly where to look, never what the longer name stands for. A country in the name of an embassy says
    whose it is.
    """
    parts = _EDGE.sub("", words).split()
    if not 2 <= len(parts) <= HOLDING_WORDS or tables()["facility"].match(words):
        return None
    heads = [" ".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]
    tails = [" ".join(parts[start:]) for start in range(1, len(parts)) if parts[start - 1] == "of"]
    for part in (*heads, *tails):
        facts = [fact for fact in _exact(part, lookup) if fact.primary and _well_known(fact)]
        if facts:
            return max(facts, key=lambda fact: fact.population)
    return None


def _well_known(fact: PlaceFact) -> bool:
    return fact.level in {"country", "province"} or fact.population >= WELL_KNOWN


def _below_countries(facts: tuple[PlaceFact, ...]) -> tuple[PlaceFact, ...]:
    """Return the candidates smaller than a country, if none is a country."""
    return () if any(fact.level == "country" for fact in facts) else facts
