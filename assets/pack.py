"""Put what the desk takes from npm beside its own files: `make web`, after `npm ci`.

The outlines are Natural Earth 1:50m as TopoJSON; names and numbers of countries, which nobody looks at, are left out.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
TARGET = HERE.parent / "src" / "sayso" / "web" / "static" / "packed"
COPIED = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "LICENSE.htmx": "htmx.org/LICENSE",
    "LICENSE.leaflet": "leaflet/LICENSE",
    "LICENSE.world-atlas": "world-atlas/LICENSE",
}


def outlines(topology: dict[str, object]) -> dict[str, object]:
    """Return the countries' shapes without their names."""
    countries = topology["objects"]["countries"]  # type: ignore[index]
    shapes = [{key: shape[key] for key in ("type", "arcs") if key in shape} for shape in countries["geometries"]]
    kept = {"countries": {"type": countries["type"], "geometries": shapes}}
    return {**topology, "objects": kept}


def main() -> None:
    """Copy and trim."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, source in COPIED.items():
        shutil.copyfile(MODULES / source, TARGET / name)
    atlas = json.loads((MODULES / "world-atlas" / "countries-50m.json").read_text(encoding="utf-8"))
    (TARGET / "countries.json").write_text(json.dumps(outlines(atlas), separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
