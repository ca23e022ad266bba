"""What there is to see of a project at this moment: its running commands, its sums, its ledger, its disk."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from sayso.errors import SaysoError
from sayso.ledger import Ledger, open_ledger, schema
from sayso.observing import runs
from sayso.observing.runs import Status, Sums
from sayso.settings import Project

_RELEASED: Final = sa.exists().where(schema.reports.c.sha256 == schema.quarantine.c.sha256)
COUNTED: Final[Mapping[str, sa.Select[Any]]] = {
    "reports": sa.select(sa.func.count()).select_from(schema.reports),
    "incidents": sa.select(sa.func.count()).select_from(schema.summaries),
    "claims": sa.select(sa.func.count()).select_from(schema.claims),
    "quarantined": sa.select(sa.func.count()).select_from(schema.quarantine).where(~_RELEASED),
    "entries": sa.select(sa.func.coalesce(sa.func.max(schema.log.c.seq), 0)),
}
"""What is counted in the ledger → how."""


@dataclass(frozen=True, slots=True)
class View:
    """A project at one moment.

    Attributes:
        running: commands that go on.
        killed: commands that were killed and are not in the sums yet.
        sums: of the commands that have ended.
        ledger: what is in it → how many; empty where it cannot be opened.
        bytes: of the database; None where it cannot be known.
        free: bytes free on the disk of the project.
        problem: why the ledger cannot be opened.

    """

    running: list[Status]
    killed: list[Status]
    sums: Sums
    ledger: Mapping[str, int] = field(default_factory=dict)
    bytes: int | None = None
    free: int | None = None
    problem: str | None = None

    def counted(self) -> dict[str, dict[str, int]]:
        """Return command → what became of reports → how many, of all runs there ever were."""
        return self._summed(self.sums.counts, "counts")

    def seconds(self) -> dict[str, dict[str, float]]:
        """Return command → stage → seconds, of all runs there ever were."""
        return self._summed(self.sums.seconds, "seconds")

    def gated(self) -> dict[str, int]:
        """Return command → how many reports the gate held back, of all runs there ever were."""
        found = dict(self.sums.gated)
        for status in (*self.running, *self.killed):
            found[status.command] = found.get(status.command, 0) + status.gated
        return found

    def troubles(self) -> list[dict[str, str]]:
        """Return what went wrong last, newest first: of what runs, else of what ran last."""
        there = [trouble for status in (*self.running, *self.killed) for trouble in status.troubles]
        if not there and self.sums.last:
            there = list(self.sums.last["troubles"])
        return sorted(there, key=lambda each: each["at"], reverse=True)

    def _summed(self, ended: Mapping[str, Mapping[str, Any]], name: str) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {command: dict(each) for command, each in ended.items()}
        for status in (*self.running, *self.killed):
            of_command = found.setdefault(status.command, {})
            for key, value in getattr(status, name).items():
                of_command[key] = of_command.get(key, 0) + value
        return found


def look(project: Project, ledger: Ledger | None = None) -> View:
    """Return what there is to see; a ledger that cannot be opened is told, not raised.

    Args:
        project: the folder with its settings.
        ledger: of the project, where it is open already.

    """
    folder = runs.folder_of(project)
    there = runs.statuses(folder)
    alive = [status for status in there if runs.is_alive(status)]
    killed = [status for status in there if status not in alive]
    sums, free = runs.sums(folder), _free(project.folder)
    try:
        with nullcontext(ledger) if ledger else open_ledger(project) as opened:
            counts, size = _of_ledger(opened)
    except SaysoError as error:
        return View(alive, killed, sums, free=free, problem=str(error))
    return View(alive, killed, sums, counts, size, free)


def _of_ledger(ledger: Ledger) -> tuple[dict[str, int], int | None]:
    project = ledger.project
    with ledger.snapshot() as connection:
        counts = {name: connection.execute(query).scalar() or 0 for name, query in COUNTED.items()}
        if project.address is not None:
            return counts, connection.execute(sa.text("SELECT pg_database_size(current_database())")).scalar()
    return counts, sum(_size(project.database.with_name(project.database.name + end)) for end in ("", "-wal"))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
