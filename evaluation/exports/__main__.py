"""What an export of many incidents costs: seconds, processor seconds, bytes, and the most memory of all its processes.

    python -m evaluation.exports FOLDER [FORMAT…] [--incidents N…] [--workers N…]

exports the project in FOLDER in each format (all, if none is named) with ``sayso export``, as users do, for N incidents
(all of them if left out) with N processes (one a processor if left out). Memory is looked at four times a second: what
the process and its workers have for their own, and their share of what they have in common; it is flat where the most
megabytes at 10 N are about those at N. ``sha256`` tells whether the bytes are the same for any number of workers.

A ledger of 100,000 incidents is had from ``evaluation.linking.growth`` (2,000 reports) and
``evaluation.linking.multiply`` (144 times).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sayso.exports.profiles import NAMES
from sayso.exports.registry import MODULES, format_of

SECONDS: Final = 60
"""What 100,000 incidents may take on two cores."""
EVERY: Final = 0.25
"""Seconds between two looks at the memory."""


class Took(NamedTuple):
    """What one export took: seconds on the clock, seconds of all processors, bytes, megabytes, SHA-256 of its files."""

    seconds: float
    processor: float
    size: int
    mb: float
    sha256: str


def export(folder: Path, name: str, most: int | None, workers: int | None) -> Took:
    """Export once and return what it took; raises RuntimeError with what the command said where it fails."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        out = Path(place) / "out"
        command = [sys.executable, "-m", "sayso", "export", *_named(name), "--background", "--project", str(folder)]
        command += ["--out", str(out), *(["--limit", str(most)] if most else [])]
        command += ["--workers", str(workers)] if workers else []
        before, began = os.times(), time.perf_counter()
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
            mb = _most_memory(running)
            said = running.communicate()[1]
        seconds, after = time.perf_counter() - began, os.times()
        if running.returncode:
            raise RuntimeError(f"exporting {name} failed ({running.returncode}): {said.strip()}")
        files = sorted(out.iterdir()) if out.is_dir() else [out]
        busy = after.children_user + after.children_system - before.children_user - before.children_system
        return Took(seconds, busy, sum(file.stat().st_size for file in files), mb, _digest(files))


def _named(name: str) -> list[str]:
    return [name] if name in MODULES else ["csv", "--profile", name]


def _most_memory(running: subprocess.Popen[str]) -> float:
    """Return the most megabytes that a process and those below it had, looked at until it ends."""
    most = 0
    while running.poll() is None:
        most = max(most, sum(map(_memory, _family(running.pid))))
        time.sleep(EVERY)
    return most / 1024


def _family(process: int) -> list[int]:
    """Return a process and all below it."""
    try:
        tasks = Path(f"/proc/{process}/task")
        below = [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]
    except OSError:  # it has just ended
        return []
    return [process, *(each for child in below for each in _family(child))]


def _memory(process: int) -> int:
    """Return the kilobytes that a process has: its own, and its share of what others have too."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _digest(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def main(given: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("formats", nargs="*", default=[*MODULES, *NAMES])
    parser.add_argument("--incidents", type=int, nargs="*", default=[])
    parser.add_argument("--workers", type=int, nargs="*", default=[])
    asked = parser.parse_args(given)
    print(
        f"{'format':<15}{'incidents':>10}{'workers':>9}{'seconds':>9}{'cpu':>9}{'MB out':>9}{'MB memory':>11}  sha256"
    )
    for name in asked.formats:
        alone = name in MODULES and format_of(name).at_once
        for most in asked.incidents or [None]:
            for workers in [1] if alone else asked.workers or [None]:
                took = export(asked.folder, name, most, workers)
                line = f"{name:<15}{most or 'all':>10}{workers or 'all':>9}{took.seconds:9.1f}{took.processor:9.1f}"
                print(f"{line}{took.size / 1e6:9.1f}{took.mb:11.0f}  {took.sha256[:12]}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
