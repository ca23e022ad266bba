"""How a ledger is made, opened and found."""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy as sa

from sayso.errors import SetupError
from sayso.ledger import schema, sqlite
from sayso.ledger.chain import Entry, head_of, write_head
from sayso.ledger.database import database_of
from sayso.ledger.evidence import cannot_write
from sayso.ledger.linker import Linker
from sayso.ledger.store import Ledger
from sayso.ledger.upgrade import upgrade, version_of
from sayso.settings import Project, Settings, find_project, load_project, make_project


def create(
    folder: str | os.PathLike[str],
    *,
    database: str | None = None,
    role: str | None = None,
    linker: Linker | None = None,
) -> Ledger:
    """Make a project in ``folder`` and return its ledger, open for writing.

    Args:
        folder: of the project.
        database: address of a PostgreSQL database; a file in the folder if left out. Where a ledger is in it already,
            the project joins those that share it.
        role: of that database, which may read and add from now on.
        linker: what brings accounts together.

    Raises:
        UsageError: there is a project already.
        SetupError: the folder or the database cannot be written.

    """
    project = make_project(Path(folder), Settings(database=database) if database else None)
    try:
        _make(project, role)
    except SetupError:
        (project.folder / "sayso.toml").unlink(missing_ok=True)  # the next try finds no half-made project
        raise
    return Ledger(project, "write", linker=linker)


def _make(project: Project, role: str | None) -> None:
    if project.address is None:
        try:
            project.evidence.mkdir(exist_ok=True)
        except OSError as error:
            raise cannot_write(error, project.evidence) from error
        sqlite.make_file(project.database)
    database = database_of(project)
    engine = database.engine("write")
    try:
        with database.meaning(), engine.begin() as connection:
            if version_of(connection) is None:
                upgrade(connection)
                Entry(connection, {"revision": schema.VERSION}).finish("opened", "ledger")
            if role is not None:
                _admit(connection, role)
            head = head_of(connection)
    finally:
        engine.dispose()
    write_head(project.head, head)


def _admit(connection: sa.Connection, role: str) -> None:
    from sayso.ledger import postgres

    if connection.dialect.name != "postgresql":
        raise SetupError("a file knows no roles", way_out="its permissions say who may read and write it")
    append_only = [table.name for table in schema.APPEND_ONLY]
    others = [table.name for table in (*schema.DERIVED, *schema.STATE)]
    postgres.admit(connection, role, append_only=[*append_only, "evidence"], others=others)


def open_ledger(
    path: str | os.PathLike[str] | Project, mode: sqlite.Mode = "read", *, linker: Linker | None = None
) -> Ledger:
    """Open the ledger of the project in the folder ``path``; see :class:`Ledger`."""
    project = path if isinstance(path, Project) else load_project(Path(path))
    return Ledger(project, mode, linker=linker)


def find_ledger(path: str | os.PathLike[str] | None = None, mode: sqlite.Mode = "read") -> Ledger:
    """Open the ledger of a project: ``sayso.open("project")``.

    Args:
        path: folder of the project; if left out, what ``SAYSO_PROJECT`` says, or the nearest folder with a
            ``sayso.toml``.
        mode: "read" or "write".

    Raises:
        SetupError: there is no project, or its ledger cannot be opened.

    """
    return Ledger(find_project(path), mode)
