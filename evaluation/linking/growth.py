"""How a ledger grows: what adding costs as it fills with synthetic reports, and how long asking takes at the end.

    python -m evaluation.linking.growth FOLDER 1000 10000 100000

makes a project in FOLDER, adds synthetic readings (``synthetic.py``) up to each size, and prints the milliseconds that
a report cost on top of reading it (wall clock and processor, mean since the size before), the most memory, the size
of the database, and the median milliseconds of each question. What FOLDER holds already is not added again, so that
this can be killed and resumed, and asked once more.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from evaluation.linking.synthetic import readings
from sayso.intake import Capture
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.asking.questions import find_incident, list_incidents, search
from sayso.ledger.asking.selecting import Near, Query
from sayso.ledger.asking.telling import grounds
from sayso.ledger.opening import create
from sayso.ledger.storing import Reader, store
from sayso.records import Reading

READER: Final = Reader("0.0", "synthetic")
BATCH: Final = 32
"""Reports whose bytes wait for the disk together, as in ``sayso.adding``."""
ASKED: Final = 15
"""Times that each question is asked, each time about another incident."""
PAGE: Final = 50
"""Incidents of a list, as ``sayso incidents`` prints them."""
MB: Final = 1024 * 1024


def grow(ledger: Ledger, given: Iterable[Reading]) -> tuple[float, float]:
    """Store readings and return what a report cost, in milliseconds: wall clock, processor."""
    wall, processor, number = 0.0, 0.0, 0
    rows = iter(given)
    while batch := list(islice(rows, BATCH)):
        began, busy = time.perf_counter(), time.process_time()
        captures = [Capture(row.reports[0].text.encode(), f"{row.reports[0].id}.txt", "text") for row in batch]
        ledger.evidence.keep(item.raw for item in captures)
        for item, reading in zip(captures, batch, strict=True):
            store(ledger, item, reading, READER)
        ledger.freshen()
        wall += time.perf_counter() - began
        processor += time.process_time() - busy
        number += len(batch)
    return 1000 * wall / max(1, number), 1000 * processor / max(1, number)


def questions(ledger: Ledger, seed: int = 1) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield each question and the median milliseconds that its answer took: wall clock, processor."""
    chance = random.Random(seed)
    rows = list_incidents(ledger, Query(background=True), limit=2000).rows
    ids = [row["within"] for row in chance.choices(rows, k=ASKED)]
    largest = max(rows, key=lambda row: row["reports"])["within"]
    for name, query in FILTERS.items():
        yield f"incidents {name}".rstrip(), _median(partial(list_incidents, ledger, query, limit=PAGE), [()] * ASKED)
    yield "show", _median(partial(find_incident, ledger), [(number,) for number in ids])
    yield "show (the one of most reports)", _median(partial(find_incident, ledger), [(largest,)] * ASKED)
    yield "why", _median(lambda number: grounds(find_incident(ledger, number), "killed"), [(number,) for number in ids])
    yield "search", _median(partial(search, ledger), [(word,) for word in ("delegation", "mortar rounds", "bakery")])


FILTERS: Final = {
    "": Query(),
    "--since --until": Query(since="2033-05-01", until="2033-05-31"),
    "--kind": Query(kind="shooting"),
    "--place": Query(place="region 5"),
    "--near": Query(near=Near(33.5, 40.0, 50.0)),
    "--status killed:disputed": Query(status="killed:disputed"),
    "--actor": Query(actor="brigade"),
    "--holder": Query(holder="ministry"),
    "--outlet": Query(outlet="paper 7"),
    "--text": Query(text="bakery"),
    "--since --kind --place --holder": Query(since="2035", kind="shooting", place="region 5", holder="ministry"),
}
"""What is asked of the list."""


def _median(ask: Callable[..., object], given: Sequence[tuple[str, ...]]) -> tuple[float, float]:
    """Return the median milliseconds of an answer: wall clock, processor."""
    wall, processor = [], []
    for arguments in given:
        began, busy = time.perf_counter(), time.process_time()
        ask(*arguments)
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - busy)
    return 1000 * statistics.median(wall), 1000 * statistics.median(processor)


def main() -> None:
    """Grow a ledger where none is, and ask it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000])
    given = parser.parse_args()
    with open_ledger(given.folder, "write") if given.folder.exists() else create(given.folder) as ledger:
        _fill(ledger, sorted(given.sizes))
    with open_ledger(given.folder) as ledger:
        print(f"{'':<34}{'ms_wall':>9}{'ms_cpu':>9}")
        for name, (wall, processor) in questions(ledger):
            print(f"{name:<34}{wall:9.1f}{processor:9.1f}", flush=True)


def _fill(ledger: Ledger, sizes: Sequence[int]) -> None:
    there = sum(1 for _ in ledger.current_readings())
    rows = islice((reading for _, reading in readings(sizes[-1])), there, None)
    print("reports\tms_wall\tms_cpu\tmb\tdatabase_mb\tincidents", flush=True)
    for size in sizes:
        if size <= there:
            continue
        wall, processor = grow(ledger, islice(rows, size - there))
        there = size
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        stored = ledger.project.database.stat().st_size / MB
        incidents = list_incidents(ledger, Query(background=True), limit=1).total
        print(f"{size}\t{wall:.1f}\t{processor:.1f}\t{most:.0f}\t{stored:.0f}\t{incidents}", flush=True)


if __name__ == "__main__":
    main()
