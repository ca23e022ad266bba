"""``Place``: where, at the precision the words give, never a pin for a country."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sayso.values.base import Value

Precision = Literal["point", "settlement", "district", "province", "country", "area"]


class Place(Value):
    """A named place. Coordinates are WGS 84 degrees and absent when only the country is known."""

    name: str | None = Field(description="canonical name, or null when the gazetteer does not know it")
    country: str | None = Field(default=None, description="ISO 3166 alpha-3")
    admin1: str | None = Field(default=None, description="name of the first-level division")
    lat: float | None = Field(default=None, ge=-90, le=90, description="degrees north")
    lon: float | None = Field(default=None, ge=-180, le=180, description="degrees east")
    geonames: int | None = Field(default=None, description="GeoNames id")
    precision: Precision | None = Field(default=None, description="what kind of area the name stands for")
    words: str = Field(description="the place as written")
