"""What an export of many incidents costs: seconds, processor seconds, bytes, and the most memory of its process.

    python -m evaluation.exports FOLDER [FORMAT…] [--incidents N…]

exports the project in FOLDER in each format (all, if none is named), each in a process of its own, for N incidents
(all of them if left out). Memory is flat where the most megabytes at 10 N are about those at N. A ledger of 100,000
incidents is had from ``evaluation.linking.growth`` (2,000 reports) and ``evaluation.linking.multiply`` (147 times).
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sayso.exports.out import pieces, undisturbed
from sayso.exports.profiles import NAMES, format_for
from sayso.exports.registry import MODULES, Format, format_of
from sayso.exports.selection import selection
from sayso.ledger import open_ledger

SECONDS: Final = 60
"""What 100,000 incidents may take."""


class Took(NamedTuple):
    """What one export took."""

    incidents: int
    seconds: float
    processor: float
    size: int
    mb: float


def wanted(name: str) -> Format:
    """Return a format, or a profile, by its name."""
    return format_of(name) if name in MODULES else format_for(name)


def export(folder: Path, name: str, most: int | None) -> Took:
    """Export once and return what it took; memory is that of this process since its start."""
    began, busy = time.perf_counter(), time.process_time()
    size = 0
    with undisturbed(), open_ledger(folder) as ledger, selection(ledger, limit=most) as chosen:
        found = wanted(name)
        if found.folder is not None:
            with tempfile.TemporaryDirectory(dir=folder.parent) as place:
                found.folder(chosen, Path(place))
                size = sum(file.stat().st_size for file in Path(place).iterdir())
        else:
            size = sum(len(piece) for piece in pieces(found, chosen))
        number = len(chosen.ids)
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Took(number, time.perf_counter() - began, time.process_time() - busy, size, most_mb)


def in_child(folder: Path, name: str, most: int | None) -> Took:
    """Export in a process of its own."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            os.write(writer, " ".join(map(str, export(folder, name, most))).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        told = stream.read().split()
    _, status = os.waitpid(child, 0)
    if status or len(told) != len(Took._fields):
        raise RuntimeError(f"exporting {name} failed")
    return Took(int(told[0]), float(told[1]), float(told[2]), int(told[3]), float(told[4]))


def main(given: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("formats", nargs="*", default=[*MODULES, *NAMES])
    parser.add_argument("--incidents", type=int, nargs="*", default=[])
    asked = parser.parse_args(given)
    print(f"{'format':<15}{'incidents':>10}{'seconds':>9}{'cpu':>9}{'MB out':>9}{'MB memory':>11}")
    for name in asked.formats:
        for most in asked.incidents or [None]:
            took = in_child(asked.folder, name, most)
            line = f"{name:<15}{took.incidents:>10}{took.seconds:9.1f}{took.processor:9.1f}"
            print(f"{line}{took.size / 1e6:9.1f}{took.mb:11.0f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
