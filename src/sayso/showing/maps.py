"""A map of incidents as one SVG: no script, no network; for notebooks and papers.

A place that is known only as a country has no pin: it is counted under the map. Where a place is a district, province
or area its disc is as wide as that may be. Outlines of countries (Natural Earth) are drawn where the desk's assets are.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

from sayso.records import Incident

OUTLINES: Final = Path(__file__).parents[1] / "web" / "static" / "packed" / "countries.json"
RADIUS_KM: Final = {"point": 2, "settlement": 5, "district": 25, "province": 100, "area": 150}
"""How far from the point a place may reach, by its precision."""
WIDTH: Final = 800
LEAST_KM: Final = 300
"""Width of what is shown at the least."""
_DEGREE: Final = 111.2  # kilometres
_SMALLEST: Final = 5.0  # units of the SVG

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Map:
    """A map: ``svg`` is the picture, ``shown`` and ``without`` count incidents with and without a place to draw."""

    svg: str
    shown: int
    without: int

    def _repr_svg_(self) -> str:
        """Return the picture, for notebooks."""
        return self.svg


@dataclass(frozen=True, slots=True)
class _View:
    """What is shown, in degrees, and how many units of the SVG a degree is."""

    west: float
    north: float
    east: float
    south: float
    unit: float

    def at(self, lon: float, lat: float) -> Point:
        squeeze = math.cos(math.radians((self.north + self.south) / 2))
        return (lon - self.west) * self.unit * squeeze, (self.north - lat) * self.unit


def map_of(incidents: Iterable[Incident]) -> Map:
    """Return a map of the incidents whose place has coordinates; what is disputed is drawn in red."""
    found = list(incidents)
    placed = [each for each in found if each.where and each.where.lat is not None and each.where.lon is not None]
    view = _view([(each.where.lon or 0.0, each.where.lat or 0.0) for each in placed if each.where])
    height = (view.north - view.south) * view.unit
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + 24:.0f}" role="img"'
        f' aria-label="Map of {len(placed)} incidents" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="#eef3f7"/>',
        *_outlines(view),
        *(_disc(each, view) for each in placed),
        f'<text x="4" y="{height + 17:.0f}">{escape(_legend(len(placed), len(found) - len(placed)))}</text>',
        "</svg>",
    ]
    return Map("\n".join(parts), len(placed), len(found) - len(placed))


def _legend(shown: int, without: int) -> str:
    missing = f"; {without} without a place that can be drawn" if without else ""
    return f"{shown} incident{'s' * (shown != 1)}{missing}. Red: something is disputed."


def _view(points: list[Point]) -> _View:
    """Return what holds all points, with a margin; the whole world where there is none."""
    if not points:
        return _View(-180, 80, 180, -60, WIDTH / (360 * math.cos(math.radians(10))))
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    middle = (min(lats) + max(lats)) / 2
    squeeze = max(0.1, math.cos(math.radians(middle)))
    tall = max(max(lats) - min(lats), LEAST_KM / _DEGREE / 2) * 1.3
    wide = max((max(lons) - min(lons)) * 1.3, LEAST_KM / _DEGREE / squeeze, tall)
    tall = max(tall, wide * squeeze / 2)
    west, north = (min(lons) + max(lons) - wide) / 2, middle + tall / 2
    return _View(west, north, west + wide, north - tall, WIDTH / (wide * squeeze))


def _disc(incident: Incident, view: _View) -> str:
    place = incident.where
    assert place is not None
    x, y = view.at(place.lon or 0.0, place.lat or 0.0)
    reach = RADIUS_KM.get(place.precision or "settlement", 5) / _DEGREE * view.unit
    disputed = [finding.field.replace("_", " ") for finding in incident.findings if finding.status == "disputed"]
    told = incident.title + (f" (disputed: {', '.join(dict.fromkeys(disputed))})" if disputed else "")
    colour = "#b3261e" if disputed else "#1f5f8b"
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{max(reach, _SMALLEST):.1f}" fill="{colour}" fill-opacity="0.45"'
        f' stroke="{colour}"><title>{escape(told)}</title></circle>'
    )


def _outlines(view: _View) -> Iterator[str]:
    for arc in _arcs():
        seen = [view.west <= lon <= view.east and view.south <= lat <= view.north for lon, lat in arc]
        if any(seen):
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (view.at(*point) for point in arc))
            yield f'<polyline points="{points}" fill="none" stroke="#8b9aa6" stroke-width="0.8"/>'


@cache
def _arcs() -> tuple[tuple[Point, ...], ...]:
    """Return the borders and coasts of the packed outlines (TopoJSON: arcs of differences), in degrees."""
    if not OUTLINES.is_file():
        return ()
    data: dict[str, Any] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    (across, down), (west, south) = data["transform"]["scale"], data["transform"]["translate"]
    arcs = []
    for arc in data["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * across + west, y * down + south))
        arcs.append(tuple(points))
    return tuple(arcs)
