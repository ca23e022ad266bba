"""How long the pages of a desk take: server time over HTTP on this computer, one client, one request after the other.

    python -m evaluation.desk FOLDER

asks the desk of the project in FOLDER and prints, for each page, the median and the worst of REPEATS requests in
milliseconds, the median of processor time (which other work on the machine changes little), what is asked for, the
weight of the first page with its map (gzip), and the memory. A ledger of 100,000 reports is had from
``evaluation.linking.growth`` (2,000) and ``evaluation.linking.multiply`` (50 times).
"""

from __future__ import annotations

import gzip
import re
import resource
import statistics
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from evaluation.desk.screenshots import served

REPEATS: Final = 9
ASKED: Final = 8
"""Incidents and reports that are looked at, spread over the list."""
FILTERS: Final = (
    "since=2033-05-01&until=2033-05-31", "kind=shooting", "place=region+5", "near=33.5,40&radius=50",
    "status=killed:disputed", "actor=brigade", "holder=ministry", "outlet=paper+7", "text=bakery",
    "since=2035-01-01&kind=shooting&place=region+5&holder=ministry",
)  # fmt: skip
WITH_MAP: Final = (
    "desk.css", "desk.js", "map.js", "packed/htmx.min.js", "packed/leaflet.js", "packed/leaflet.css",
    "packed/countries.json",
)  # fmt: skip


class Took(NamedTuple):
    """One page: median and worst milliseconds, median of the processor, and what is asked for (0: nothing)."""

    page: str
    median: float
    worst: float
    busy: float
    floor: int


def measure(base: str) -> Iterator[Took]:
    """Ask for pages and yield what they took."""
    first = _get(f"{base}/incidents")
    incidents = _spread(sorted(set(re.findall(r"/incident/in\w+", first))))
    reports = _spread(sorted(set(re.findall(r"/report/re\w+", _get(f"{base}/reports")))))
    yield _took(base, "first page", ["/incidents"] * REPEATS, 200)
    for query in FILTERS:
        yield _took(base, f"filter {query}", [f"/incidents?{query}"] * REPEATS, 300)
    yield _took(base, "map of all", ["/incidents/map.json"] * REPEATS, 300)
    yield _took(base, "page 200 of the list", ["/incidents?page=200"] * REPEATS, 300)
    yield _took(base, "incident", incidents * 2, 150)
    yield _took(base, "report", reports * 2, 0)
    for page in ("/disputes", "/search?q=bakery", "/sources", "/charts", "/reports", "/log", "/review", "/read"):
        yield _took(base, page, [page] * REPEATS, 0)


def _spread(found: list[str]) -> list[str]:
    return found[:: max(1, len(found) // ASKED)][:ASKED]


def _took(base: str, name: str, paths: list[str], floor: int) -> Took:
    _get(f"{base}{paths[0]}")
    times, busy = [], []
    for path in paths:
        began, worked = time.perf_counter(), time.process_time()
        _get(f"{base}{path}")
        times.append(1000 * (time.perf_counter() - began))
        busy.append(1000 * (time.process_time() - worked))
    return Took(name, statistics.median(times), max(times), statistics.median(busy), floor)


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=300) as answer:
        return str(answer.read().decode())


def weight(base: str) -> int:
    """Return the bytes of the first page with its styles, scripts and outlines, each as gzip."""
    files = [_get(f"{base}/incidents"), _get(f"{base}/incidents/map.json")]
    files += [_get(f"{base}/static/{name}") for name in WITH_MAP]
    return sum(len(gzip.compress(text.encode())) for text in files)


def main(folder: Path) -> None:
    """Measure and print."""
    with served(folder) as base:
        for row in measure(base):
            asked = f"  (asked: {row.floor})" if row.floor else ""
            print(f"{row.page:<70}{row.median:8.0f} ms  worst {row.worst:6.0f}  cpu {row.busy:6.0f}{asked}", flush=True)
        print(f"first page with map, gzip: {weight(base) / 1024:.0f} KB (asked: 400)")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory of server and client: {most:.0f} MB (asked: 500)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
