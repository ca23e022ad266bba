"""Sites: places around which an alert looks, from a CSV with the columns ``name,lat,lon`` and, where wanted, ``km``."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sayso.errors import InputError
from sayso.values.place import kilometres

RADIUS: Final = 50.0
"""Kilometres around a site where nothing else is said."""
MOST: Final = 10_000
"""Sites of one alert."""
_WAY_OUT: Final = "a header name,lat,lon or name,lat,lon,km and one site a row, like Depot,33.31,44.36,25"


@dataclass(frozen=True, slots=True)
class Site:
    """A place that somebody cares for: its name, degrees north and east, and how far around it counts, in km."""

    name: str
    lat: float
    lon: float
    km: float = RADIUS

    def distance(self, lat: float, lon: float) -> float:
        """Return how far away a point is, in kilometres."""
        return kilometres(self.lat, self.lon, lat, lon)


def read_sites(file: Path) -> tuple[Site, ...]:
    """Return the sites of a CSV file in UTF-8.

    Raises:
        InputError: it cannot be read, or a row is no site; every such row is named.

    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = getattr(error, "strerror", None) or "it is not in UTF-8"
        raise InputError(f"cannot be read: {problem}", place=str(file), way_out="check the file") from error
    try:
        return _sites(csv.DictReader(io.StringIO(text)))
    except ValueError as error:
        raise InputError(str(error), place=str(file), way_out=_WAY_OUT) from None


def _sites(rows: csv.DictReader[str]) -> tuple[Site, ...]:
    header = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    if not {"name", "lat", "lon"} <= set(header):
        raise ValueError("it has no columns name, lat, lon")
    rows.fieldnames = header
    found: list[Site] = []
    problems: list[str] = []
    for row in rows:
        try:
            found.append(_site({key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}))
        except (ValueError, AttributeError) as error:
            problems.append(f"line {rows.line_num}: {error}")
    if problems or not found or len(found) > MOST:
        raise ValueError("; ".join(problems[:5]) or f"it has {len(found)} sites; 1 to {MOST} are fine")
    return tuple(found)


def _site(row: dict[str, str]) -> Site:
    if not row["name"]:
        raise ValueError("it has no name")
    lat, lon, km = float(row["lat"]), float(row["lon"]), float(row.get("km") or RADIUS)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("it lies on no map: degrees north, then degrees east")
    if not (math.isfinite(km) and 0 < km <= 20_000):
        raise ValueError("km has 0 to 20000")
    return Site(" ".join(row["name"].split()), lat, lon, km)


def near(sites: Iterable[Site], lat: float | None, lon: float | None) -> Sequence[tuple[Site, float]]:
    """Return the sites that a point lies around, with the distance in km, the nearest first; none without a point."""
    if lat is None or lon is None:
        return ()
    found = [(site, far) for site in sites if (far := site.distance(lat, lon)) <= site.km]
    return sorted(found, key=lambda pair: (pair[1], pair[0].name))
