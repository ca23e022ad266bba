"""All that is said to SQLite alone: how it is opened, locked, kept append-only, searched, checked and copied.

Its sibling is ``postgres``; everything else of the ledger is SQLAlchemy Core and runs on both.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from sayso.errors import SaysoError, SetupError

Mode = Literal["read", "write"]

_DURABLE: Final = (  # FULL: a commit that was acknowledged survives a power cut; NORMAL loses some (measured)
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
)
_TRIES: Final = 100
"""Times that several processes begin to read before it is given up; each takes some milliseconds."""
_SEARCH: Final = (
    "CREATE VIRTUAL TABLE report_search USING fts5("
    "title, text, content='reports', content_rowid='seq', tokenize='unicode61 remove_diacritics 2')"
)
_MEANINGS: Final = (  # what SQLite says → what is wrong, what can be done
    ("disk is full", "the disk is full", "make room and run it again: what was acknowledged is stored"),
    ("readonly database", "the ledger may not be written", "check its permissions, or open it for reading"),
    ("read-only", "the ledger may not be written", "check its permissions, or open it for reading"),
    ("database is locked", "another process is writing", "wait for it, or raise ledger.wait_seconds in sayso.toml"),
    ("database is busy", "another process is writing", "wait for it, or raise ledger.wait_seconds in sayso.toml"),
    ("disk i/o error", "the disk fails", "check the disk: what was acknowledged is stored"),
    ("not a database", "this is no ledger", "restore it from a backup"),
    ("malformed", "the ledger is damaged", "run `sayso doctor`, and restore it from a backup"),
    ("unable to open", "the ledger cannot be opened", "check that it is there and may be read"),
    ("append-only", "the ledger is append-only: rows are never changed", "add a new row instead"),
)


class Restless(Exception):  # noqa: N818 - no fault of anybody's
    """Others wrote each time that several processes were about to look at one snapshot."""


def table_options(*, clustered: bool = False) -> dict[str, bool]:
    """Return what a table is made with: only values of its columns' types, and, if asked, rows kept in its key."""
    return {"sqlite_strict": True} | ({"sqlite_with_rowid": False} if clustered else {})


def engine(file: Path, mode: Mode, wait_seconds: float) -> sa.Engine:
    """Return an engine on the database ``file``; in mode ``write`` every transaction begins as a writer.

    A transaction that begins as a reader and writes later can fail half-way when another process wrote in between;
    ``BEGIN IMMEDIATE`` waits for its turn at the start instead.
    """

    def connect() -> sqlite3.Connection:
        connection = _open(file, "mode=rw" if mode == "write" else "mode=ro", wait_seconds)
        for pragma in _DURABLE:
            connection.execute(pragma)
        return connection

    made = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.QueuePool)
    begin = "BEGIN IMMEDIATE" if mode == "write" else "BEGIN"
    sa.event.listen(made, "begin", lambda connection: connection.exec_driver_sql(begin))
    return made


def _open(file: Path, query: str, wait_seconds: float) -> sqlite3.Connection:
    """Connect; where nobody may write beside a database that is at rest, read it as one that cannot change."""
    address = f"{file.absolute().as_uri()}?{query}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=wait_seconds, check_same_thread=False)
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except sqlite3.OperationalError:
        unwritten = file.with_name(f"{file.name}-wal")
        if query != "mode=ro" or (unwritten.exists() and unwritten.stat().st_size):
            raise
        connection.close()
        connection = sqlite3.connect(f"{address}&immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    return connection


@contextlib.contextmanager
def shared(engine: sa.Engine, join: Callable[[str], None]) -> Iterator[sa.Connection]:
    """Give a snapshot that others see too.

    A snapshot of SQLite cannot be handed on. All begin to read, one after the other, and where a connection that only
    watches tells that nobody committed meanwhile, all see the same; else all begin again.

    Args:
        engine: on the database, for reading.
        join: makes all others begin to read anew; it is given a ticket, here an empty one.

    Raises:
        Restless: somebody committed each time.

    """
    with contextlib.closing(engine.raw_connection()) as watching:
        for _ in range(_TRIES):
            before = _version(watching)
            with engine.begin() as connection:
                look(connection, "")
                join("")
                if _version(watching) == before:
                    yield connection
                    return
    raise Restless


def look(connection: sa.Connection, _ticket: str) -> None:
    """Take the snapshot of a transaction that has just begun: SQLite takes it at the first row that is read."""
    connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").all()


def _version(watching: Any) -> int:
    """Return a number that is another one when somebody else committed since this connection asked last."""
    return int(watching.driver_connection.execute("PRAGMA data_version").fetchone()[0])


def make_file(file: Path) -> None:
    """Make an empty database in WAL mode, which it keeps; raises SetupError where it cannot be written."""
    with meaning(file), contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


@contextlib.contextmanager
def meaning(place: Path) -> Iterator[None]:
    """Turn what the driver raises into a SetupError that says what is wrong and what can be done (exit code 5)."""
    try:
        yield
    except SaysoError:
        raise
    except (DatabaseError, sqlite3.Error) as error:
        raise _explain(error, place) from error


def _explain(error: Exception, place: Path) -> Exception:
    said = str(getattr(error, "orig", None) or error)
    for words, problem, way_out in _MEANINGS:
        if words in said.lower():
            return SetupError(problem, place=str(place), way_out=way_out)
    return SetupError(f"the database fails: {said}", place=str(place), way_out="run `sayso doctor`")


def guard(connection: sa.Connection, tables: Sequence[str]) -> None:
    """Add the triggers that refuse to change or delete rows of ``tables``."""
    for table in tables:
        for deed in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def make_search(connection: sa.Connection) -> None:
    """Add the full-text index over the reports."""
    connection.exec_driver_sql(_SEARCH)


def index_report(connection: sa.Connection, seq: int) -> None:
    """Put the report that entry ``seq`` added into the full-text index."""
    connection.exec_driver_sql(
        "INSERT INTO report_search(rowid, title, text) SELECT seq, title, text FROM reports WHERE seq = ?", (seq,)
    )


def search(connection: sa.Connection, words: str, *, limit: int, before: int | None = None) -> list[tuple[int, str]]:
    """Return ``seq`` and a snippet of the reports in which all ``words`` stand, the best first.

    Args:
        connection: of this database.
        words: as a person types them; each is looked up as it stands, whatever it is made of.
        limit: at most so many.
        before: only reports whose ``seq`` is not greater.

    """
    query = _all_of(words)
    if not query:
        return []
    rows = connection.exec_driver_sql(
        "SELECT rowid, snippet(report_search, 1, '', '', ' … ', 24) FROM report_search "
        "WHERE report_search MATCH ? AND rowid <= ? ORDER BY rank, rowid LIMIT ?",
        (query, before if before is not None else 2**62, limit),
    )
    return [(row[0], row[1]) for row in rows]


def matching(_connection: sa.Connection, words: str, *, before: int | None = None) -> sa.Select[Any]:
    """Return a query for ``seq`` of the reports in which all ``words`` stand; see :func:`search`."""
    match = sa.text("SELECT rowid AS seq FROM report_search WHERE report_search MATCH :words AND rowid <= :before")
    bound = match.bindparams(words=_all_of(words) or '""', before=2**62 if before is None else before)
    return sa.select(bound.columns(sa.column("seq", sa.Integer)).subquery("matching").c.seq)


def _all_of(words: str) -> str:
    """Return the query for texts that have all these words as they stand."""
    return " ".join('"' + word.replace('"', '""') + '"' for word in words.split())


def check_search(connection: sa.Connection) -> None:
    """Raise SetupError unless the full-text index says of every report what the report says."""
    try:
        connection.exec_driver_sql("INSERT INTO report_search(report_search, rank) VALUES('integrity-check', 1)")
    except DatabaseError as error:
        raise SetupError(
            "the full-text index does not fit the reports", way_out="sayso doctor --repair makes it again"
        ) from error


def remake_search(connection: sa.Connection) -> None:
    """Make the full-text index again from the reports."""
    connection.exec_driver_sql("INSERT INTO report_search(report_search) VALUES('rebuild')")


def problems(connection: sa.Connection) -> list[str]:
    """Return what SQLite itself finds wrong: broken pages, indexes and references, and missing triggers."""
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    found += [
        f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return found


def missing_triggers(connection: sa.Connection, tables: Sequence[str]) -> list[str]:
    """Return the names of triggers of :func:`guard` that are not there, or not as they were made."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    there: dict[str, str] = {row[0]: row[1] for row in rows}
    wanted = {f"{table}_no_{deed}": f"'{table} is append-only'" for table in tables for deed in ("update", "delete")}
    return sorted(
        name for name, says in wanted.items() if says not in there.get(name, "") or "BEFORE" not in there[name]
    )


def backup(source: sa.Connection, target: Path) -> None:
    """Copy the whole database, as it stands at one moment, while others write."""
    raw: Any = source.connection.driver_connection
    with contextlib.closing(sqlite3.connect(target)) as copy:
        raw.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
