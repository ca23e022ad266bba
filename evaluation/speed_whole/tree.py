"""The memory of a process and of all it has started, watched from outside through /proc (Linux)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

EVERY: Final = 0.2
"""Seconds between two looks."""
PROC: Final = Path("/proc")


class Watch:
    """Looks at a process tree until the block ends.

    Attributes:
        peak_mb: the most that all processes held together, what they share counted once (PSS); 0 where /proc is not.
        peak_rss_mb: the most that their resident memories added up to: what they share is counted for each.
        processes: the most processes at once.
        cpu: seconds of the processor that all of them took, up to the last look at each.

    """

    def __init__(self, root: int) -> None:
        self.peak_mb = self.peak_rss_mb = 0.0
        self.processes = 0
        self._root = root
        self._used: dict[int, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def cpu(self) -> float:
        """Seconds of the processor of all processes that were seen."""
        return sum(self._used.values())

    def _watch(self) -> None:
        while not self._ended.wait(EVERY):
            there = list(family(self._root))
            self.processes = max(self.processes, len(there))
            self._used |= {pid: used for pid in there if (used := _seconds(pid))}
            self.peak_mb = max(self.peak_mb, sum(_kilobytes(pid, "smaps_rollup", "Pss:") for pid in there) / 1024)
            self.peak_rss_mb = max(self.peak_rss_mb, sum(_kilobytes(pid, "status", "VmRSS:") for pid in there) / 1024)


def family(root: int) -> Iterator[int]:
    """Yield a process and all that it and its children have started."""
    parents: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue  # it has ended meanwhile
        parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(folder.name))
    waiting = [root]
    while waiting:
        yield (pid := waiting.pop())
        waiting += parents.get(pid, [])


def _seconds(pid: int) -> float:
    """Return the seconds of the processor that a process has taken; 0 where it has ended meanwhile."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _kilobytes(pid: int, file: str, name: str) -> int:
    try:
        for line in (PROC / str(pid) / file).read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    except OSError:
        pass  # it has ended meanwhile
    return 0
