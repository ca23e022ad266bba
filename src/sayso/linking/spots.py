"""Where and when an account says it happened, as linking compares it: places with coordinates, ordinals of days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict

from sayso.linking.terms import words
from sayso.records import Claim, Incident, Report
from sayso.values import Moment, Place
from sayso.values.place import kilometres

LISTED: Final = 16
ONE_TOWN: Final = 12.0  # kilometres within which two spots may be one


class PlaceMark(BaseModel):
    """A place as it is compared: what the gazetteer made of the words, or the words."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None

    @property
    def fine(self) -> bool:
        """Tell whether it is a spot on the map: a settlement, a district, a facility in one."""
        return self.precision in {"point", "settlement", "district"} and self.lat is not None

    @property
    def is_town(self) -> bool:
        """Tell whether it is a settlement, on the map or one that no map has: streets and courts lie in some town."""
        return bool(self.name) and self.precision == "settlement"

    def kilometres(self, other: PlaceMark) -> float | None:
        """Return the distance, or None where either has no coordinates."""
        if self.lat is None or self.lon is None or other.lat is None or other.lon is None:
            return None
        return kilometres(self.lat, self.lon, other.lat, other.lon)


def ordinal_of(iso: str | None) -> int | None:
    """Return the ordinal of a day; None for anything coarser."""
    try:
        return date.fromisoformat((iso or "")[:10]).toordinal()
    except ValueError:
        return None


def days_of(claims: Sequence[Claim], incident: Incident | None) -> tuple[tuple[int, int], ...]:
    """Return the first and last day of each time that is told, as ordinals."""
    moments = [claim.value for claim in claims if isinstance(claim.value, Moment)]
    if incident is not None and incident.when is not None:
        moments.append(incident.when)
    found = {(first, last) for moment in moments for first, last in [(_first(moment), _last(moment))] if first and last}
    return tuple(sorted((first, last) for first, last in found if first is not None and last is not None))[:LISTED]


def _first(moment: Moment) -> int | None:
    iso = moment.earliest
    return ordinal_of(iso if iso is None or len(iso) >= len("2020-01-01") else (iso + "-01-01")[:10])


def _last(moment: Moment) -> int | None:
    iso = moment.latest
    if iso is None or len(iso) >= len("2020-01-01"):
        return ordinal_of(iso)
    year, month = int(iso[:4]), int(iso[5:7] or 12)
    following = date(year + month // 12, month % 12 + 1, 1) if year < date.max.year else date.max
    return (following - timedelta(days=1)).toordinal()


def places_of(claims: Sequence[Claim], incident: Incident | None) -> tuple[PlaceMark, ...]:
    """Return the places that are told, that of the incident first."""
    places = [claim.value for claim in claims if isinstance(claim.value, Place) and claim.field == "where"]
    if incident is not None and incident.where is not None:
        places.insert(0, incident.where)
    marks = (
        PlaceMark(
            name=" ".join(word.form for word in words(place.name or place.words)),
            country=place.country,
            admin1=place.admin1,
            lat=place.lat,
            lon=place.lon,
            precision=place.precision,
        )
        for place in places
    )
    return tuple(dict.fromkeys(marks))[:LISTED]


def asides_of(
    report: Report, incident: Incident | None, claims: Sequence[Claim], own: Sequence[PlaceMark]
) -> tuple[PlaceMark, ...]:
    """Return the towns where the report places its other incidents, without those that may be the place of this one."""
    others = [claim for claim in claims if claim.evidence.report == report.id and incident is not None]
    marks = places_of([claim for claim in others if incident and claim.incident != incident.id], None)
    towns = (mark for mark in marks if mark.is_town)
    return tuple(mark for mark in towns if not any(_may_be(mark, place) for place in own))


def _may_be(one: PlaceMark, other: PlaceMark) -> bool:
    """Tell whether two marks may be of one spot: by name, by distance, or because one of them is no spot."""
    distance = one.kilometres(other) if one.fine and other.fine else None
    return one.name == other.name or (distance is not None and distance <= ONE_TOWN)
