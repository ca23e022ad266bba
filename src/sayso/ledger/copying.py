"""A copy of a whole project as it stands at one moment, while others go on adding: a backup, or a move of databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from sayso.errors import SetupError, UsageError
from sayso.ledger import schema, sqlite
from sayso.ledger.chain import head_of, write_head
from sayso.ledger.database import database_of, dialect_of
from sayso.ledger.evidence import cannot_write
from sayso.ledger.store import Ledger
from sayso.ledger.upgrade import upgrade, version_of
from sayso.settings import CONFIG, Project, Settings, make_project

_AT_ONCE: Final = 1000
_FILES_AT_ONCE: Final = 32


def backup(ledger: Ledger, folder: Path) -> Project:
    """Copy the project to a new folder and return the copy; ``sayso doctor --project`` verifies it.

    The database goes first: the evidence of every report in it was on the disk before the report was. A ledger on a
    server becomes one in a file.

    Raises:
        UsageError: the folder is there already and is not empty.
        SetupError: it cannot be written.

    """
    if ledger.project.address is not None:
        return copy(ledger, folder)
    _check_empty(folder)
    made = Project(folder, ledger.project.settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ledger.snapshot() as connection:
            sqlite.backup(connection, made.database)
        made.evidence.mkdir(exist_ok=True)
        _copy_evidence(ledger, made)
        shutil.copyfile(ledger.project.folder / CONFIG, folder / CONFIG)
    except OSError as error:
        raise cannot_write(error, folder) from error
    return made


def copy(ledger: Ledger, folder: Path, *, database: str | None = None) -> Project:
    """Copy the project row by row to a new one, in a file or on a server: the same log, the same hashes.

    Args:
        ledger: what is copied.
        folder: of the new project.
        database: address of an empty PostgreSQL database; a file in the folder if left out.

    Raises:
        UsageError: the folder is there already and is not empty.
        SetupError: it cannot be written, or there is a ledger in the database.

    """
    _check_empty(folder)
    made = make_project(folder, Settings(database=database) if database else None)
    if database is None:
        made.evidence.mkdir(exist_ok=True)
        sqlite.make_file(made.database)
    target = database_of(made)
    engine = target.engine("write")
    try:
        with ledger.snapshot() as source, target.meaning(), engine.begin() as connection:
            if version_of(connection) is not None:
                problem = "there is a ledger in this database"
                raise SetupError(problem, place=target.place, way_out="name an empty database")
            upgrade(connection)
            for table in schema.metadata.sorted_tables:
                for rows in _rows(source, table):
                    connection.execute(sa.insert(table), rows)
            dialect_of(connection).remake_search(connection)
    finally:
        engine.dispose()
    _copy_evidence(ledger, made)
    return made


def _check_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("is there already", place=str(folder), way_out="name a new folder")


def _rows(source: sa.Connection, table: sa.Table) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a table, a thousand at once; those that others refer to come first."""
    order = [table.c.seq] if "seq" in table.c else list(table.primary_key.columns)
    with source.execute(sa.select(table).order_by(*order), execution_options={"yield_per": _AT_ONCE}) as result:
        for part in result.mappings().partitions():
            yield [dict(row) for row in part]


def _copy_evidence(ledger: Ledger, made: Project) -> None:
    """Copy what the copied database names, checking each against its SHA-256, and write the head of its log."""
    database = database_of(made)
    target, engine = database.evidence(), database.engine("read")
    try:
        with database.meaning(), engine.begin() as connection:
            reports, quarantine = schema.reports.c.sha256, schema.quarantine.c.sha256
            named = connection.execute(sa.union(sa.select(reports), sa.select(quarantine))).scalars()
            for part in _batches(named):
                target.keep([ledger.evidence.read(sha256) for sha256 in part])
            head = head_of(connection)
    finally:
        engine.dispose()
        target.close()
    write_head(made.head, head)


def _batches(named: Iterable[str]) -> Iterator[tuple[str, ...]]:
    waiting = iter(named)
    while part := tuple(islice(waiting, _FILES_AT_ONCE)):
        yield part
