"""All that is said to PostgreSQL alone: how it is opened, locked, kept append-only, searched and checked.

One database holds one ledger. Writers take turns by an advisory lock, so that each sees what the one before wrote;
readers see the ledger as it stood at their first query. Needs psycopg 3 (``pip install 'sayso[postgres]'``).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, NoSuchModuleError

from sayso.errors import SaysoError, SetupError
from sayso.ledger import lexemes
from sayso.ledger.sqlite import Mode

SCHEMES: Final = ("postgresql://", "postgres://")
_DRIVER: Final = "postgresql+psycopg"
_WRITERS: Final = 0x53415953_4F000001  # the advisory lock of this database's writers: "SAYSO", 1
_MEANINGS: Final = (  # SQLSTATE, or how it begins → what is wrong, what can be done
    ("53100", "the disk of the database is full", "make room and run it again: what was acknowledged is stored"),
    ("55P03", "another process is writing", "wait for it, or raise ledger.wait_seconds in sayso.toml"),
    ("42501", "this may not be done with the rights of this account", "ask who runs the database for the rights"),
    ("25006", "the ledger may not be written", "connect to the primary server, or open it for reading"),
    ("57P", "the database is being shut down or started", "run it again: what was acknowledged is stored"),
    ("08", "the connection to the database broke", "run it again: what was acknowledged is stored"),
    ("28", "the database refuses this account", "check user and password (PGPASSWORD, ~/.pgpass)"),
    ("3D000", "there is no database of this name", "make it: createdb NAME"),
    ("XX00", "the ledger is damaged", "run `sayso doctor`, and restore it from a backup"),
)
_REFUSE: Final = """
CREATE OR REPLACE FUNCTION sayso_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END $$
"""
_SEARCH: Final = (
    "CREATE TABLE report_words ("
    "seq bigint NOT NULL, part integer NOT NULL, words tsvector NOT NULL, PRIMARY KEY (seq, part))",
    "CREATE INDEX report_words_by_word ON report_words USING gin (words)",
)
_FILE: Final = sa.text("INSERT INTO report_words VALUES (:seq, :part, CAST(:words AS tsvector))")
_EVIDENCE: Final = (
    'CREATE TABLE evidence (sha256 text COLLATE "C" PRIMARY KEY, packed bytea NOT NULL)',
    "ALTER TABLE evidence ALTER COLUMN packed SET STORAGE EXTERNAL",  # compressed already
)
_AT_ONCE: Final = 200
_SNIPPET: Final = 24
"""Words of a snippet, as many as on SQLite."""


def engine(address: str, mode: Mode, wait_seconds: float) -> sa.Engine:
    """Return an engine on the database at ``address``; in mode ``write`` every transaction waits for its turn.

    Raises:
        SetupError: psycopg is not installed, or the address is none.

    """
    try:
        url = sa.make_url(address).set(drivername=_DRIVER)
        made = sa.create_engine(
            url,
            isolation_level="READ COMMITTED" if mode == "write" else "REPEATABLE READ",
            connect_args={"connect_timeout": 10, "application_name": "sayso"},
            pool_pre_ping=True,
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise SetupError("PostgreSQL needs psycopg", way_out="pip install 'sayso[postgres]'") from error
    except (sa.exc.ArgumentError, ValueError) as error:
        raise SetupError("no address of a database", place=place(address), way_out=_FORM) from error
    sa.event.listen(made, "connect", _durable)
    if mode == "write":
        sa.event.listen(made, "begin", lambda connection: _take_turn(connection, wait_seconds))
    return made


@contextlib.contextmanager
def shared(engine: sa.Engine, join: Callable[[str], None]) -> Iterator[sa.Connection]:
    """Give a snapshot that others see too: ``join`` is given the server's name of it, for their :func:`look`."""
    with engine.begin() as connection:
        join(str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar()))
        yield connection


def look(connection: sa.Connection, ticket: str) -> None:
    """Take the snapshot that another process has exported, in a transaction that has just begun."""
    if not re.fullmatch(r"[0-9A-Fa-f-]+", ticket):
        raise ValueError(f"no name of a snapshot: {ticket!r}")
    connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{ticket}'")


_FORM: Final = "write it as postgresql://USER@HOST/DATABASE"


def place(address: str) -> str:
    """Return the address as it may be shown: without a password."""
    try:
        return sa.make_url(address).render_as_string(hide_password=True)
    except (sa.exc.ArgumentError, ValueError):
        return re.sub(r"//[^@/]*@", "//***@", address)


def _durable(connection: Any, _record: object) -> None:
    """Make sure that a commit which is acknowledged is on the disk, whatever the server's default says."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
        )
    connection.commit()


def _take_turn(connection: sa.Connection, wait_seconds: float) -> None:
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(wait_seconds * 1000))}")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


@contextlib.contextmanager
def meaning(address: str) -> Iterator[None]:
    """Turn what the driver raises into a SetupError that says what is wrong and what can be done (exit code 5)."""
    try:
        yield
    except SaysoError:
        raise
    except DatabaseError as error:
        raise _explain(error, place(address)) from error


def _explain(error: DatabaseError, where: str) -> SetupError:
    said = " ".join(str(error.orig).split())
    if "append-only" in said:
        problem = "the ledger is append-only: rows are never changed"
        return SetupError(problem, place=where, way_out="add a new row instead")
    state = getattr(error.orig, "sqlstate", None)
    for begins, problem, way_out in _MEANINGS:
        if state and state.startswith(begins):
            return SetupError(problem, place=where, way_out=way_out)
    if state is None:
        problem = f"the database cannot be reached: {said}"
        return SetupError(problem, place=where, way_out="check that it runs, and the address in sayso.toml")
    return SetupError(f"the database fails: {said}", place=where, way_out="run `sayso doctor`")


def guard(connection: sa.Connection, tables: Sequence[str]) -> None:
    """Add the triggers that refuse to change or delete rows of ``tables``, and take these rights from everybody else.

    The owner of a table keeps the right to change it, as checks of references need it; the triggers hold for all.
    """
    connection.exec_driver_sql(_REFUSE)
    for table in tables:
        for deed in ("UPDATE", "DELETE", "TRUNCATE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION sayso_refuse()"
            )
        connection.exec_driver_sql(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC")


def make_evidence(connection: sa.Connection) -> None:
    """Add the table of raw bytes, append-only as well."""
    for statement in _EVIDENCE:
        connection.exec_driver_sql(statement)


def admit(connection: sa.Connection, role: str, *, append_only: Sequence[str], others: Sequence[str]) -> None:
    """Let a role of the database read and add, and change only what is derived."""
    name = connection.dialect.identifier_preparer.quote(role)
    listed = ", ".join((*append_only, "alembic_version"))
    connection.exec_driver_sql(f"GRANT SELECT, INSERT ON {listed} TO {name}")
    connection.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(others)}, report_words TO {name}")


# -- full text --------------------------------------------------------------------------------------------------------


def make_search(connection: sa.Connection) -> None:
    """Add the full-text index over the reports: a row for each part of a text, so that no text is too long."""
    for statement in _SEARCH:
        connection.exec_driver_sql(statement)


def index_report(connection: sa.Connection, seq: int) -> None:
    """Put the report that entry ``seq`` added into the full-text index."""
    rows = connection.exec_driver_sql("SELECT seq, title, text FROM reports WHERE seq = %s", (seq,))
    for row in rows.all():
        connection.execute(_FILE, list(_parts(*row)))


def _parts(seq: int, title: str | None, text: str) -> Iterator[dict[str, Any]]:
    for part, words in enumerate(lexemes.parts(title, text)):
        yield {"seq": seq, "part": part, "words": lexemes.vector(words)}


def search(connection: sa.Connection, words: str, *, limit: int, before: int | None = None) -> list[tuple[int, str]]:
    """Return ``seq`` and a snippet of the reports in which all ``words`` stand, the best first; see ``sqlite``."""
    phrases = lexemes.phrases(words)
    if not phrases:
        return []
    found = matching(connection, words, before=before)
    ranked = sa.text(
        "SELECT seq, sum(ts_rank(words, CAST(:any AS tsquery))) AS rank FROM report_words GROUP BY seq"
    ).bindparams(any=" | ".join(map(lexemes.query, phrases)))
    ranks = ranked.columns(sa.column("seq", sa.BigInteger), sa.column("rank", sa.Double)).subquery("ranks")
    query = sa.select(ranks.c.seq).where(ranks.c.seq.in_(found)).order_by(ranks.c.rank.desc(), ranks.c.seq)
    reports = sa.table("reports", sa.column("seq"), sa.column("text"))
    texts = sa.select(reports.c.seq, reports.c.text)
    listed = list(connection.execute(query.limit(limit)).scalars())
    there = {row.seq: row.text for row in connection.execute(texts.where(reports.c.seq.in_(listed)))}
    return [(seq, lexemes.snippet(there[seq], phrases, _SNIPPET)) for seq in listed]


def matching(_connection: sa.Connection, words: str, *, before: int | None = None) -> sa.Select[Any]:
    """Return a query for ``seq`` of the reports in which all ``words`` stand; see :func:`search`."""
    table = sa.table("report_words", sa.column("seq", sa.BigInteger), sa.column("words"))
    until = table.c.seq <= (2**62 if before is None else before)
    phrases = lexemes.phrases(words)
    if not phrases:
        return sa.select(table.c.seq).where(sa.false())
    each = [
        sa.select(table.c.seq).where(until, table.c.words.op("@@")(sa.cast(lexemes.query(phrase), _Query())))
        for phrase in phrases
    ]
    return reduce(lambda query, other: query.where(table.c.seq.in_(other)), each[1:], each[0]).distinct()


class _Query(sa.types.UserDefinedType[str]):
    """The type of a query of full text."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """Return its name."""
        return "tsquery"


def check_search(connection: sa.Connection) -> None:
    """Raise SetupError unless the full-text index says of every report what the report says."""
    wanted = sa.text(
        "SELECT count(*) FROM report_words AS own JOIN unnest("
        "CAST(:seqs AS bigint[]), CAST(:parts AS integer[]), CAST(:words AS text[])) AS wanted (seq, part, words) "
        "ON own.seq = wanted.seq AND own.part = wanted.part AND own.words = CAST(wanted.words AS tsvector)"
    )
    right = number = 0
    for rows in _all_parts(connection):
        number += len(rows)
        columns = {f"{name}s": [row[name] for row in rows] for name in ("seq", "part")}
        right += connection.execute(wanted, {**columns, "words": [row["words"] for row in rows]}).scalar() or 0
    there = connection.exec_driver_sql("SELECT count(*) FROM report_words").scalar()
    if not right == number == there:
        raise SetupError("the full-text index does not fit the reports", way_out="sayso doctor --repair makes it again")


def remake_search(connection: sa.Connection) -> None:
    """Make the full-text index again from the reports."""
    connection.exec_driver_sql("DELETE FROM report_words")
    for rows in _all_parts(connection):
        connection.execute(_FILE, rows)


def _all_parts(connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows that the index must have, some hundred at once."""
    last = 0
    query = "SELECT seq, title, text FROM reports WHERE seq > %s ORDER BY seq LIMIT %s"
    while reports := connection.exec_driver_sql(query, (last, _AT_ONCE)).all():
        last = reports[-1][0]
        if rows := [part for report in reports for part in _parts(*report)]:
            yield rows


# -- checks -----------------------------------------------------------------------------------------------------------


def problems(connection: sa.Connection) -> list[str]:
    """Return what PostgreSQL itself holds for broken: references that were never checked, and indexes."""
    unchecked = connection.exec_driver_sql("SELECT conname FROM pg_constraint WHERE NOT convalidated")
    invalid = connection.exec_driver_sql("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
    found = [f"the reference {row[0]} is not checked" for row in unchecked]
    return found + [f"the index {row[0]} is broken" for row in invalid]


def missing_triggers(connection: sa.Connection, tables: Sequence[str]) -> list[str]:
    """Return the names of triggers of :func:`guard` that are not there, not as they were made, or switched off."""
    rows = connection.exec_driver_sql(
        "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE t.tgenabled IN ('O', 'A') AND p.proname = 'sayso_refuse' AND p.prosrc LIKE %s",
        ("%RAISE EXCEPTION%append-only%",),
    )
    there = {row[0] for row in rows}
    deeds = ("update", "delete", "truncate")
    return sorted({f"{table}_no_{deed}" for table in tables for deed in deeds} - there)
