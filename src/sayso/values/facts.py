"""What a place or an actor is read against: facts of the world, and the look-up that gives them.

The values know only these shapes; ``sayso.vocab.gazetteer.Gazetteer`` fulfils the protocols from its SQLite file.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Literal, NamedTuple, Protocol

Level = Literal["country", "province", "district", "settlement", "area"]

WIDE: Final = "WIDE"
"""Feature of areas of our own table that are too wide for a pin: their point is for measuring distances only."""


class PlaceFact(NamedTuple):
    """One place a name may stand for."""

    name: str
    country: str | None  # ISO 3166 alpha-3
    admin1: str | None  # name of the first-level division it lies in (its own, for a division)
    admin2: str | None
    level: Level
    feature: str  # GeoNames feature code ("PPLC" a capital), "" for what is not from GeoNames, or WIDE
    population: int  # 0 where unknown
    lat: float | None  # degrees north
    lon: float | None  # degrees east
    geonames: int | None
    primary: bool  # the name asked for is its main name, not an alternate one


class CountryFact(NamedTuple):
    """One country or territory with an ISO code."""

    code: str  # ISO 3166 alpha-3; "XKX" for Kosovo, as widely used
    name: str  # usual English name
    adjective: str  # as in names of its forces: "Iraqi", "United States"
    capital: str | None
    lat: float | None  # of its middle; for scoring distances, never for a pin
    lon: float | None
    geonames: int | None


class ActorFact(NamedTuple):
    """One body with a name: an armed group, a force, an organisation, a medium."""

    name: str
    kind: str  # an ActorKind
    country: str | None
    sector: str | None  # PLOVER
    source: str  # "sayso", "UCDP" or "World Factbook"


class LeaderFact(NamedTuple):
    """One person's term at the head of a state or government."""

    name: str
    office: str
    country: str
    since: str  # ISO 8601, as precise as known
    until: str | None  # None: still in office when the facts were taken


class PlaceLookup(Protocol):
    """What ``Place.parse`` needs to know about the world."""

    def places(self, name: str) -> tuple[PlaceFact, ...]:
        """Return every place of that name; empty where unknown."""
        ...

    def country(self, name: str) -> CountryFact | None:
        """Return the country by name or demonym."""
        ...


class ActorLookup(PlaceLookup, Protocol):
    """What ``Actor.parse`` needs to know about the world."""

    def by_code(self, code: str) -> CountryFact | None:
        """Return the country of an ISO 3166 alpha-3 code."""
        ...

    def demonym(self, word: str) -> CountryFact | None:
        """Return the country whose people or things a word names ("Dutch"); None for anything else."""
        ...

    def government(self, name: str) -> CountryFact | None:
        """Return the country whose government a seat of power stands for ("the Kremlin")."""
        ...

    def actor(self, name: str, countries: Collection[str] = ()) -> ActorFact | None:
        """Return the body of that name, acronym or spelling; ``countries`` settle a shared acronym."""
        ...

    def leader(self, name: str, on: str | None = None) -> LeaderFact | None:
        """Return who of that name led a country, on the ISO day ``on`` where given."""
        ...


class OfficeLookup(Protocol):
    """The dated tables of who led a country."""

    def office(self, office: str, country: str, on: str) -> LeaderFact | None:
        """Return who held an office of a country (alpha-3) on an ISO day; None where unknown."""
        ...
