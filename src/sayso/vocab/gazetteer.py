"""``Gazetteer``: facts of the world behind names, from one read-only SQLite file that ships with sayso.

It fulfils the protocols of ``sayso.values.facts``. The file is opened at the first question; answers are remembered.
Built by ``training/build_gazetteer.py``; its table ``meta`` credits the sources.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from sayso.errors import SetupError
from sayso.values.facts import ActorFact, CountryFact, LeaderFact, Level, PlaceFact
from sayso.vocab.names import is_name, level, without_arabic_article

FILE: Final = Path(__file__).parent / "gazetteer.sqlite"
SCHEMA: Final = "sayso.gazetteer/1"
REMEMBERED: Final = 50_000  # answers kept per question; names repeat within and between reports
_LEVELS: Final[tuple[Level, ...]] = ("country", "province", "district", "settlement", "area")
_NAME, _DEMONYM, _METONYM = range(3)

_PLACES: Final = """
SELECT p.name, p.country, COALESCE(a.name, ''), COALESCE(b.name, ''), p.level, p.feature, p.population, p.lat, p.lon,
       p.id, n.main
FROM place_name n JOIN place p ON p.id = n.place
LEFT JOIN place a ON a.id = p.admin1 LEFT JOIN place b ON b.id = p.admin2
WHERE n.name = ? ORDER BY p.population DESC, p.id
"""
_GEONAMES_END: Final = 100_000_000  # ids from here on are ours, not those of GeoNames
_COUNTRY: Final = "SELECT code, name, adjective, capital, lat, lon, geonames FROM country WHERE code = ?"
_COUNTRY_OF: Final = "SELECT kind, code FROM country_name WHERE name = ? ORDER BY kind, code"
_ACTORS: Final = """
SELECT a.name, a.kind, a.country, a.sector, a.source FROM actor_name n JOIN actor a ON a.id = n.actor
WHERE n.name = ? ORDER BY a.id
"""
_LEADERS: Final = """
SELECT l.name, l.office, l.country, l.since, l.until FROM leader_name n JOIN leader l ON l.id = n.leader
WHERE n.name = ? ORDER BY l.since DESC, l.id
"""
R = TypeVar("R")


class Gazetteer:
    """Read-only look-ups by name; safe to share between threads. ``Gazetteer.default()`` is the one that ships.

    Args:
        path: the SQLite file.

    """

    def __init__(self, path: Path = FILE) -> None:
        self._path = path
        self._open: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self.places: Callable[[str], tuple[PlaceFact, ...]] = lru_cache(REMEMBERED)(self._places)
        self._codes: Callable[[str], tuple[tuple[Any, ...], ...]] = lru_cache(REMEMBERED)(self._ask_codes)
        self._actors: Callable[[str], tuple[ActorFact, ...]] = lru_cache(REMEMBERED)(self._ask_actors)
        self._leaders: Callable[[str], tuple[LeaderFact, ...]] = lru_cache(REMEMBERED)(self._ask_leaders)
        self._of_code: Callable[[str], CountryFact | None] = lru_cache(None)(self._ask_code)

    @staticmethod
    @lru_cache(1)
    def default() -> Gazetteer:
        """Return the shipped gazetteer; always the same object."""
        return Gazetteer()

    def country(self, name: str) -> CountryFact | None:
        """Return the country of a name or demonym; None where unknown or written in lower case.

        News writes no alpha-3 codes: what looks like one is another body ("the ATF"), or a word in capitals ("AND").
        """
        rows = self._codes(level(name)) if is_name(name) and not _is_pronoun(name) else ()
        for kind, code in rows:
            if kind in {_NAME, _DEMONYM}:
                return self.by_code(code)
        return self.by_code(name) if name == "USA" else None

    def by_code(self, code: str) -> CountryFact | None:
        """Return the country of an ISO 3166 alpha-3 code."""
        return self._of_code(code)

    def demonym(self, word: str) -> CountryFact | None:
        """Return the country whose people or things a word names ("Dutch", "Filipinas"); None for anything else."""
        rows = self._codes(level(word)) if is_name(word) else ()
        return next((self.by_code(code) for kind, code in rows if kind == _DEMONYM), None)

    def government(self, name: str) -> CountryFact | None:
        """Return the country whose government a seat of power stands for ("the Kremlin", "Tehran")."""
        rows = self._codes(level(name)) if is_name(name) else ()
        return next((self.by_code(code) for kind, code in rows if kind == _METONYM), None)

    def actor(self, name: str, countries: Collection[str] = ()) -> ActorFact | None:
        """Return the body of that name, acronym or spelling.

        Args:
            name: as written; "al Shabab", "Al-Shabaab" and "AL-SHABAAB" are one.
            countries: alpha-3 codes the report is about; they settle a name that several bodies share.

        Returns:
            None where unknown, or shared and not settled. Our own table goes before the other sources.

        """
        found = self._actors(level(name)) if is_name(name) and not _is_word(name) else ()
        pool = [fact for fact in found if fact.country in countries] or found
        pool = [fact for fact in pool if fact.source == "sayso"] or pool
        return pool[0] if len({fact.name for fact in pool}) == 1 else None

    def leader(self, name: str, on: str | None = None) -> LeaderFact | None:
        """Return who of that (full or last) name led a country.

        Args:
            name: a person's full or last name.
            on: ISO day; the term must hold that day. Without it, the latest term.

        Returns:
            None where unknown, and where people of different countries share the name.

        """
        found = self._leaders(level(name)) if is_name(name) else ()
        found = tuple(fact for fact in found if on is None or _holds(fact, on))
        return found[0] if len({fact.country for fact in found}) == 1 else None

    def office(self, office: str, country: str, on: str) -> LeaderFact | None:
        """Return who held an office ("president") of a country (alpha-3) on an ISO day.

        None where unknown, and on the day on which it passed from one to another.
        """
        rows = self._query(
            "SELECT name, office, country, since, until FROM leader WHERE country = ? ORDER BY since DESC", country
        )
        facts = [LeaderFact(*row) for row in rows if row[1] == office]
        held = [fact for fact in facts if _holds(fact, on)]
        return held[0] if len({fact.name for fact in held}) == 1 else None

    def meta(self) -> dict[str, str]:
        """Return credits, licence and the digests of what the file was built from."""
        return dict(self._query("SELECT key, value FROM meta WHERE 1 OR key = ?", ""))

    # -- questions to the file --------------------------------------------------------------------------------------

    def _places(self, name: str) -> tuple[PlaceFact, ...]:
        """Return every place of that name, the most populous first; empty for names in lower case."""
        if not is_name(name):
            return ()
        key = level(name)
        rows = self._query(_PLACES, key) or self._query(_PLACES, without_arabic_article(key))
        return tuple(_place(row) for row in rows)

    def _ask_codes(self, key: str) -> tuple[tuple[Any, ...], ...]:
        return tuple(self._query(_COUNTRY_OF, key))

    def _ask_actors(self, key: str) -> tuple[ActorFact, ...]:
        rows = self._query(_ACTORS, key) or self._query(_ACTORS, without_arabic_article(key))
        return tuple(ActorFact(*row) for row in rows)

    def _ask_leaders(self, key: str) -> tuple[LeaderFact, ...]:
        return tuple(LeaderFact(*row) for row in self._query(_LEADERS, key))

    def _ask_code(self, code: str) -> CountryFact | None:
        rows = self._query(_COUNTRY, code)
        return CountryFact(*rows[0]) if rows else None

    def _query(self, question: str, value: str) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                if self._open is None:
                    self._open = self._connect()
                return self._open.execute(question, (value,)).fetchall()
        except sqlite3.Error as error:
            raise _damaged(self._path, str(error)) from error

    def _connect(self) -> sqlite3.Connection:
        if not self._path.is_file():
            raise _damaged(self._path, "no such file")
        place = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(place, uri=True, check_same_thread=False)
        found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        if found != (SCHEMA,):
            raise _damaged(self._path, f"expected {SCHEMA}, found {found and found[0]}")
        return connection


def _place(row: tuple[Any, ...]) -> PlaceFact:
    name, country, admin1, admin2, number, feature, population, lat, lon, own, main = row
    return PlaceFact(
        name=name,
        country=country,
        admin1=admin1 or None,
        admin2=admin2 or None,
        level=_LEVELS[number],
        feature=feature,
        population=population,
        lat=None if lat is None else lat / 100_000,
        lon=None if lon is None else lon / 100_000,
        geonames=own if own < _GEONAMES_END else None,
        primary=bool(main),
    )


def _holds(fact: LeaderFact, day: str) -> bool:
    """Compare at the precision of the shorter date, so that a year counts as the whole year."""
    since, until = fact.since, fact.until
    return since[: len(day)] <= day[: len(since)] and (until is None or day[: len(until)] <= until[: len(day)])


def _is_pronoun(name: str) -> bool:
    """Tell "Us" at the start of a sentence from "US"."""
    return name.lower() == "us" and name != "US"


def _is_word(name: str) -> bool:
    """Tell "In" and "Who" at the head of a sentence, and "MPs", from the acronyms that are written like them."""
    return (name.lower() in _WORDS and not name.isupper()) or (name[-1:] == "s" and name[:-1].isupper())


_WORDS: Final = frozenset(
    {"an", "ant", "es", "fad", "fan", "far", "fat", "in", "is", "let", "mas", "mod", "num", "raw", "san", "tip", "who"}
)


def _damaged(path: Path, problem: str) -> SetupError:
    return SetupError(f"the gazetteer cannot be read: {problem}", place=str(path), way_out="reinstall sayso")
