"""``Place``: where, at the precision the words give, never a pin for a country."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from pydantic import Field

from sayso.values.base import Value
from sayso.values.facts import PlaceLookup

Precision = Literal["point", "settlement", "district", "province", "country", "area"]

EARTH_RADIUS_KM = 6371.0
# Two settlements nearer than this may be one to two reporters: one says the town, the other its suburb.
APART_KM = 30.0
_SMALL: frozenset[str | None] = frozenset({"point", "settlement", "district"})


class Place(Value):
    """A named place. Coordinates are WGS 84 degrees and absent when only the country is known.

    A facility ("the embassy in Baghdad") keeps its own name with precision "point"; division, coordinates and
    GeoNames id are those of the settlement it lies in, as far as the words tell.
    """

    name: str | None = Field(description="canonical name, or null when the gazetteer does not know it")
    country: str | None = Field(default=None, description="ISO 3166 alpha-3")
    admin1: str | None = Field(default=None, description="name of the first-level division")
    lat: float | None = Field(default=None, ge=-90, le=90, description="degrees north")
    lon: float | None = Field(default=None, ge=-180, le=180, description="degrees east")
    geonames: int | None = Field(default=None, description="GeoNames id")
    precision: Precision | None = Field(default=None, description="what kind of area the name stands for")
    words: str = Field(description="the place as written")

    @classmethod
    def parse(cls, words: str, lookup: PlaceLookup, frame: Frame | None = None) -> Place:
        """Read a phrase that names a place.

        Args:
            words: the phrase as written ("northern Iraq", "Paris, Texas", "a market in Kabul").
            lookup: the facts of the world.
            frame: what the report is about; it settles names that several places share.

        Returns:
            Always a place; what the facts do not settle is null, and the words are kept.

        """
        from sayso.values.place_reading import read_place

        return read_place(words, lookup, frame or Frame())

    def same(self, other: Place) -> bool | None:
        """Tell whether both are one place; None where the words do not settle it."""
        if not self.name or not other.name:
            return None
        if self.name == other.name and self.precision == other.precision and self.country == other.country:
            return None if self.admin1 and other.admin1 and self.admin1 != other.admin1 else True
        if self.country and other.country and self.country != other.country:
            return False
        if "area" in {self.precision, other.precision} or "point" in {self.precision, other.precision}:
            return None
        return False if self.precision == other.precision and self.distance(other) != 0 else None

    def contains(self, other: Place) -> bool | None:
        """Tell whether ``other`` lies in this place; None where the facts do not say."""
        if self.same(other):
            return True
        if not self.name or not (other.country and self.country):
            return None
        if self.country != other.country:
            return False
        return self._holds_in_country(other)

    def _holds_in_country(self, other: Place) -> bool | None:
        if self.precision == "country":
            return True
        if other.precision == "country":
            return False
        if self.precision == "province" and other.admin1:
            return other.precision != "province" and other.admin1 == self.admin1
        if self.precision == "settlement" and other.precision == "point" and other.geonames is not None:
            return other.geonames == self.geonames
        return None

    def contradicts(self, other: Place) -> bool | None:
        """Tell whether a thing cannot have happened in both; None where one may be a rougher word for the other."""
        if self.same(other) or self.contains(other) or other.contains(self):
            return False
        if self.country and other.country and self.country != other.country:
            return True
        if "area" in {self.precision, other.precision}:
            return None
        if self.precision == other.precision == "province":
            return True if self.name and other.name else None
        return self._apart(other)

    def _apart(self, other: Place) -> bool | None:
        if self.admin1 and other.admin1 and self.admin1 != other.admin1 and self.country == other.country:
            distance = self.distance(other)
            small = self.precision in _SMALL and other.precision in _SMALL
            return None if small and distance is not None and distance <= APART_KM else True
        distance = self.distance(other) if {self.precision, other.precision} <= _SMALL else None
        return True if distance is not None and distance > APART_KM else None

    def distance(self, other: Place) -> float | None:
        """Return the distance in kilometres over the sphere; None where either has no coordinates."""
        if self.lat is None or self.lon is None or other.lat is None or other.lon is None:
            return None
        return kilometres(self.lat, self.lon, other.lat, other.lon)

    def format(self) -> str:
        """Return the place for a reader: "Talcahuano, Biobio, CHL", or the words where it is not resolved."""
        if not self.name:
            return self.words
        parts = [self.name, self.admin1 if self.admin1 != self.name else None, self.country]
        return ", ".join(part for part in parts[: 3 if self.precision != "country" else 1] if part)


class Frame(NamedTuple):
    """What a report is about, as far as it is known when a name is read."""

    countries: tuple[str, ...] = ()  # alpha-3, the weightiest first
    places: tuple[Place, ...] = ()  # read before, in this report


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance of two points in degrees (haversine)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat, half_lon = (phi2 - phi1) / 2, math.radians(lon2 - lon1) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


_RADIUS_KM: dict[str | None, float] = {
    "point": 4.0,  # a facility has the coordinates of its settlement
    "settlement": 4.0,
    "district": 25.0,
    "area": 60.0,
    "province": 90.0,
}


def radius_km(precision: str | None) -> float | None:
    """Return how far from its coordinates a place of this precision may reach, in km; None where nobody can say.

    A rule of thumb for maps, not measured: towns, districts and provinces differ by far more than that.
    """
    return _RADIUS_KM.get(precision)
