"""How a ledger is made, opened and found."""

from __future__ import annotations

import os
from pathlib import Path

from sayso.ledger import schema, sqlite
from sayso.ledger.chain import Entry, write_head
from sayso.ledger.evidence import cannot_write
from sayso.ledger.linker import Linker
from sayso.ledger.store import Ledger
from sayso.ledger.upgrade import upgrade
from sayso.settings import Project, find_project, load_project, make_project


def create(folder: str | os.PathLike[str], *, linker: Linker | None = None) -> Ledger:
    """Make a project in ``folder`` and return its ledger, open for writing.

    Raises:
        UsageError: there is a project already.
        SetupError: the folder cannot be written.

    """
    project = make_project(Path(folder))
    try:
        project.evidence.mkdir(exist_ok=True)
    except OSError as error:
        raise cannot_write(error, project.evidence) from error
    sqlite.make_file(project.database)
    engine = sqlite.engine(project.database, "write", project.settings.wait_seconds)
    with sqlite.meaning(project.database), engine.begin() as connection:
        upgrade(connection)
        entry = Entry(connection, {"revision": schema.VERSION})
        head = entry.finish("opened", "ledger")
    engine.dispose()
    write_head(project.head, head)
    return Ledger(project, "write", linker=linker)


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
