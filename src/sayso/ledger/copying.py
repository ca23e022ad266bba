"""A backup: the whole project as it stands at one moment, while others go on adding."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa

from sayso.errors import UsageError
from sayso.ledger import schema, sqlite
from sayso.ledger.chain import head_of, write_head
from sayso.ledger.evidence import Evidence, cannot_write
from sayso.ledger.store import Ledger
from sayso.settings import CONFIG, Project


def backup(ledger: Ledger, folder: Path) -> Project:
    """Copy the project to a new folder and return the copy; ``sayso doctor --project`` verifies it.

    The database goes first: the evidence of every report in it was on the disk before the report was.

    Raises:
        UsageError: the folder is there already and is not empty.
        SetupError: it cannot be written.

    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("is there already", place=str(folder), way_out="name a new folder")
    copy = Project(folder, ledger.project.settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ledger.snapshot() as connection:
            sqlite.backup(connection, copy.database)
        _copy_evidence(ledger, copy)
        shutil.copyfile(ledger.project.folder / CONFIG, folder / CONFIG)
    except OSError as error:
        raise cannot_write(error, folder) from error
    return copy


def _copy_evidence(ledger: Ledger, copy: Project) -> None:
    """Copy what the copied database names, checking each against its SHA-256, and write the head of its log."""
    target = Evidence(copy.evidence)
    target.folder.mkdir(exist_ok=True)
    engine = sqlite.engine(copy.database, "read", copy.settings.wait_seconds)
    with sqlite.meaning(copy.database), engine.begin() as connection:
        reports, quarantine = schema.reports.c.sha256, schema.quarantine.c.sha256
        for sha256 in connection.execute(sa.union(sa.select(reports), sa.select(quarantine))).scalars():
            target.keep([ledger.evidence.read(sha256)])
        head = head_of(connection)
    engine.dispose()
    write_head(copy.head, head)
