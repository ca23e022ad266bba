"""Which database a project has, and whoever speaks its own language: SQLite in the project's folder, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa

from sayso.ledger import sqlite
from sayso.ledger.evidence import Evidence, Folder
from sayso.ledger.sqlite import Mode
from sayso.settings import Project

if TYPE_CHECKING:
    from sayso.ledger.evidence_rows import Rows


class Dialect(Protocol):
    """What only one kind of database says in its own words; the modules ``sqlite`` and ``postgres`` do."""

    def guard(self, connection: sa.Connection, tables: Sequence[str]) -> None:
        """Make tables append-only."""

    def make_search(self, connection: sa.Connection) -> None:
        """Add the full-text index over the reports."""

    def index_report(self, connection: sa.Connection, seq: int) -> None:
        """Put the report that entry ``seq`` added into the full-text index."""

    def search(
        self, connection: sa.Connection, words: str, *, limit: int, before: int | None = None
    ) -> list[tuple[int, str]]:
        """Return ``seq`` and a snippet of the reports in which all ``words`` stand, the best first."""
        ...

    def matching(self, connection: sa.Connection, words: str, *, before: int | None = None) -> sa.Select[Any]:
        """Return a query for ``seq`` of the reports in which all ``words`` stand."""
        ...

    def check_search(self, connection: sa.Connection) -> None:
        """Raise SetupError unless the full-text index says of every report what the report says."""

    def remake_search(self, connection: sa.Connection) -> None:
        """Make the full-text index again from the reports."""

    def problems(self, connection: sa.Connection) -> list[str]:
        """Return what the database itself finds wrong."""
        ...

    def missing_triggers(self, connection: sa.Connection, tables: Sequence[str]) -> list[str]:
        """Return which guards of append-only tables are not there."""
        ...

    def shared(self, engine: sa.Engine, join: Callable[[str], None]) -> AbstractContextManager[sa.Connection]:
        """Give a snapshot that others see too, who ``look`` at what ``join`` is given a ticket for."""
        ...

    def look(self, connection: sa.Connection, ticket: str) -> None:
        """Take the snapshot that a ticket means, in a transaction that has just begun."""


def dialect_of(connection: sa.Connection | sa.Engine) -> Dialect:
    """Return whoever speaks the language of the database that a connection leads to."""
    if connection.dialect.name == "sqlite":
        return sqlite
    from sayso.ledger import postgres

    return postgres


class Database(Protocol):
    """Where the ledger of a project is kept."""

    @property
    def place(self) -> str:
        """Name of the database in messages."""
        ...

    @property
    def missing(self) -> bool:
        """Whether it is known not to be there."""
        ...

    def engine(self, mode: Mode) -> sa.Engine:
        """Return an engine on it; in mode ``write`` every transaction waits for its turn among writers."""
        ...

    def meaning(self) -> AbstractContextManager[None]:
        """Turn what its driver raises into a SetupError that says what is wrong and what can be done."""
        ...

    def evidence(self) -> Evidence:
        """Return the store of raw bytes."""
        ...


@dataclass(frozen=True, slots=True)
class InFile:
    """A file of SQLite in the project's folder, raw bytes in a folder beside it."""

    file: Path
    bytes_in: Path
    wait_seconds: float

    @property
    def place(self) -> str:
        """The file."""
        return str(self.file)

    @property
    def missing(self) -> bool:
        """Whether there is no such file."""
        return not self.file.is_file()

    def engine(self, mode: Mode) -> sa.Engine:
        """Return an engine on the file."""
        return sqlite.engine(self.file, mode, self.wait_seconds)

    def meaning(self) -> AbstractContextManager[None]:
        """Explain what SQLite says."""
        return sqlite.meaning(self.file)

    def evidence(self) -> Folder:
        """Return the folder."""
        return Folder(self.bytes_in)


@dataclass(frozen=True, slots=True)
class OnServer:
    """A database of a PostgreSQL server, raw bytes in a table of it: several machines share them."""

    address: str
    wait_seconds: float

    @property
    def place(self) -> str:
        """The address without its password."""
        from sayso.ledger import postgres

        return postgres.place(self.address)

    @property
    def missing(self) -> bool:
        """Never known before it is asked."""
        return False

    def engine(self, mode: Mode) -> sa.Engine:
        """Return an engine on the server's database."""
        from sayso.ledger import postgres

        return postgres.engine(self.address, mode, self.wait_seconds)

    def meaning(self) -> AbstractContextManager[None]:
        """Explain what PostgreSQL says."""
        from sayso.ledger import postgres

        return postgres.meaning(self.address)

    def evidence(self) -> Rows:
        """Return the table."""
        from sayso.ledger.evidence_rows import Rows

        return Rows(self)


def database_of(project: Project) -> Database:
    """Return the database that a project's settings name."""
    wait_seconds = project.settings.wait_seconds
    if project.address is not None:
        return OnServer(project.address, wait_seconds)
    return InFile(project.database, project.evidence, wait_seconds)
