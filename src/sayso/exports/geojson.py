"""GeoJSON (RFC 7946): one feature an incident, for QGIS and web maps; a country is no point, so it has no geometry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sayso.exports.registry import Format
from sayso.exports.selection import Selection
from sayso.exports.streams import Piece, Stream
from sayso.tables.columns import Column, Table
from sayso.tables.contents import INCIDENTS
from sayso.tables.rows import Row, incident_row
from sayso.values.place import radius_km

FEATURES = Table(
    "features",
    "one incident",
    (
        *(column for column in INCIDENTS.columns if column.name not in ("lat", "lon")),
        Column(
            "radius_km", "number", "how far from its point the place may reach, by its precision: a rule of thumb", "km"
        ),
    ),
)


def pieces(chosen: Selection) -> Iterator[Piece]:
    """Yield a feature a line."""
    for summary in chosen.summaries():
        yield None, json.dumps(feature(incident_row(summary)), ensure_ascii=False)


def feature(row: Row) -> dict[str, Any]:
    """Return the feature of a row of ``incidents``; no geometry where no point is known."""
    known = row["lat"] is not None and row["lon"] is not None and row["precision"] != "country"
    properties: dict[str, Any] = {name: row[name] for name in FEATURES.names if name != "radius_km"}
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if known else None,
        "properties": properties | {"radius_km": radius_km(row["precision"]) if known else None},
    }


FORMAT = Format(
    "geojson",
    "GeoJSON: incidents on a map, with precision and radius (QGIS, Leaflet, geopandas)",
    ".geojson",
    "application/geo+json",
    stream=Stream(pieces, '{"type": "FeatureCollection", "features": [\n', ",\n", "\n]}\n"),
    tables=(FEATURES,),
    schema="https://www.rfc-editor.org/rfc/rfc7946",
)
