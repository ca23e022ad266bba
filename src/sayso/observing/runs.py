"""The files of runs: one a running command, written whole or not at all, and the sums of all that have ended.

A command that was killed leaves its file behind; it is told by its process, which is gone, and its counts go into the
sums with the next command that ends. Readers take no lock: the sums name the runs that are in them, so that a run whose
file still lies there is counted once.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from sayso.settings import Project

FOLDER: Final = "runs"
"""In the project."""
SUMS: Final = "sums.json"
LOCK: Final = "lock"
SILENT: Final = 300.0
"""Seconds after which a run on another machine that says nothing is taken for ended."""
REMEMBERED: Final = 200
"""Runs whose names the sums keep, so that none is counted twice."""


@dataclass(slots=True)
class Status:
    """What one command does at the moment.

    Attributes:
        id: of the run; what it logs begins with it.
        command: its word: add, watch, retry.
        host: the machine it runs on.
        pid: its process there.
        ticks: when that process started, in ticks of the system; 0 where the system does not say.
        began: ISO 8601 in UTC.
        updated: when it last said something.
        sources: what it was given, the first few.
        now: what it is doing: take, parse, read, store, wait; empty before the first report.
        counts: taken, stored, duplicate, quarantined, unreadable → how many.
        gated: of the stored: how many the gate held back.
        bytes_done: of the sources, as far as they are done.
        bytes_total: of all sources; None where that cannot be known.
        seconds: stage → seconds spent in it.
        rate: reports a second in the last minute.
        waiting: reports taken in and not done.
        workers: processes or machines that read, besides this one.
        shards: on their way to workers.
        due: when a watcher looks again.
        troubles: the last things that went wrong, oldest first: at, place, problem.

    """

    id: str
    command: str
    host: str = ""
    pid: int = 0
    ticks: int = 0
    began: str = ""
    updated: str = ""
    sources: list[str] = field(default_factory=list)
    now: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    gated: int = 0
    bytes_done: int = 0
    bytes_total: int | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    rate: float = 0.0
    waiting: int = 0
    workers: int = 0
    shards: int = 0
    due: str | None = None
    troubles: list[dict[str, str]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Reports of which it is known what became of them."""
        return sum(number for verdict, number in self.counts.items() if verdict != "taken")

    def left_seconds(self) -> float | None:
        """Return how long it will take at the pace so far; None where nobody can know."""
        if not self.bytes_total or not self.bytes_done or self.bytes_done > self.bytes_total:
            return None
        taken = (_moment(self.updated) - _moment(self.began)).total_seconds()
        return taken * (self.bytes_total - self.bytes_done) / self.bytes_done


@dataclass(slots=True)
class Sums:
    """What all commands that have ended did together.

    Attributes:
        runs: command → how many have ended.
        killed: command → how many of them were killed.
        counts: command → what became of reports → how many.
        gated: command → how many of the stored the gate held back.
        seconds: command → stage → seconds.
        ended: command → when the last one ended, ISO 8601 in UTC.
        within: names of the runs that are in these sums, newest last.
        last: the run that ended last.

    """

    runs: dict[str, int] = field(default_factory=dict)
    killed: dict[str, int] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    gated: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, dict[str, float]] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    within: list[str] = field(default_factory=list)
    last: dict[str, Any] | None = None

    def take(self, status: Status, *, killed: bool) -> None:
        """Count a run that has ended."""
        command = status.command
        self.runs[command] = self.runs.get(command, 0) + 1
        self.killed[command] = self.killed.get(command, 0) + killed
        self.gated[command] = self.gated.get(command, 0) + status.gated
        for kept, new in ((self.counts, status.counts), (self.seconds, status.seconds)):
            of_command: dict[str, Any] = kept.setdefault(command, {})
            for name, value in new.items():
                of_command[name] = of_command.get(name, 0) + value
        self.ended[command] = max(self.ended.get(command, ""), status.updated)
        self.within = [*self.within, status.id][-REMEMBERED:]
        if self.last is None or self.last["updated"] <= status.updated:
            self.last = asdict(status)


def folder_of(project: Project) -> Path:
    """Return the folder of the files of runs."""
    return project.folder / FOLDER


def now() -> str:
    """Return this moment as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new(command: str, sources: list[str], bytes_total: int | None) -> Status:
    """Return the status of a command of this process that begins."""
    moment = now()
    return Status(
        os.urandom(4).hex(), command, host(), os.getpid(), ticks_of(os.getpid()), moment, moment, sources[:5],
        bytes_total=bytes_total,
    )  # fmt: skip


def write(folder: Path, status: Status) -> None:
    """Write the file of a run in the place of its former one; raises OSError."""
    folder.mkdir(exist_ok=True)
    _put(folder / f"{status.id}.json", asdict(status))


def end(folder: Path, status: Status) -> None:
    """Put a run that has ended, and those that were killed, into the sums; raises OSError."""
    folder.mkdir(exist_ok=True)
    with _locked(folder):
        found = sums(folder)
        gone = [each for each in statuses(folder) if each.id != status.id and not is_alive(each)]
        for each in (*gone, status):
            if each.id not in found.within:
                found.take(each, killed=each is not status)
        _put(folder / SUMS, asdict(found))
        for each in (*gone, status):
            (folder / f"{each.id}.json").unlink(missing_ok=True)


def sums(folder: Path) -> Sums:
    """Return what has ended; nothing where no command ever did."""
    told = _json(folder / SUMS)
    return Sums(**{each.name: told[each.name] for each in fields(Sums) if each.name in told}) if told else Sums()


def statuses(folder: Path) -> list[Status]:
    """Return the runs whose files lie there and that are not in the sums, oldest first: alive, or killed."""
    within = set(sums(folder).within)
    told = (_json(file) for file in folder.glob("*.json") if file.name != SUMS)
    known = {each.name for each in fields(Status)}
    found = [Status(**{name: value for name, value in each.items() if name in known}) for each in told if each]
    return sorted((each for each in found if each.id not in within), key=lambda each: (each.began, each.id))


def is_alive(status: Status) -> bool:
    """Tell whether a run goes on: its process is there, and no other that has its number by now."""
    if status.host != host():
        return (datetime.now(UTC) - _moment(status.updated)).total_seconds() < SILENT
    try:
        os.kill(status.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # somebody else's process is one, too
    return not status.ticks or ticks_of(status.pid) == status.ticks


def ticks_of(pid: int) -> int:
    """Return when a process started, in ticks of the system; 0 where there is no /proc or no such process."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0


@cache
def host() -> str:
    """Return the name of this machine."""
    return socket.gethostname()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _json(file: Path) -> dict[str, Any] | None:
    """Return what stands in a file; None for one that is gone by now, or is none of ours."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _put(file: Path, told: dict[str, Any]) -> None:
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(told, ensure_ascii=True, sort_keys=True), encoding="utf-8")
    part.replace(file)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
