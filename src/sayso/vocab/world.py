"""The types of the hand-written tables of world facts, from which the gazetteer is built (with GeoNames and others)."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from sayso.values import ActorKind
from sayso.vocab.loader import Entry, load_table


class CountryEntry(Entry):
    """What the sources of the gazetteer do not say of a country."""

    code: str = Field(pattern="^[A-Z]{3}$", description="ISO 3166 alpha-3")
    name: str | None = None
    adjective: str | None = None
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)


class AreaEntry(Entry):
    """A place that GeoNames' lists do not hold: an area, a quarter, a small town."""

    name: str
    country: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    precision: Literal["area", "district", "province", "settlement"]
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    wide: bool = Field(default=False, description="too wide for a pin: the point is for measuring distances only")
    within: str | None = Field(default=None, description="name of the first-level division or city it lies in")
    aliases: tuple[str, ...] = ()


class ShortNameEntry(Entry):
    """A short form of a division's or a city's name."""

    name: str
    of: str = Field(description="a division's GeoNames code ('US.IL') or a city's GeoNames id")


class ActorEntry(Entry):
    """A body that news names."""

    name: str
    kind: ActorKind
    country: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    sector: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    aliases: tuple[str, ...] = ()


class LeaderEntry(Entry):
    """A head of state or government, with the days of each term."""

    name: str
    office: str
    country: str = Field(pattern="^[A-Z]{3}$")
    terms: tuple[tuple[str] | tuple[str, str], ...] = Field(min_length=1)


class CodeEntry(Entry):
    """The ISO 3166-1 codes of a country or territory."""

    code: str = Field(pattern="^[A-Z]{3}$", description="alpha-3")
    alpha2: str = Field(pattern="^[A-Z]{2}$")
    number: int | None = Field(default=None, description="M49 and ISO numeric code")


@cache
def iso_codes() -> dict[str, CodeEntry]:
    """Return alpha-3 → the codes of a country."""
    return {entry.code: entry for entry in load_table("iso3166", CodeEntry)}
