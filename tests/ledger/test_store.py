"""The database itself: its version, its guards, its errors, and how it is opened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.schema import CreateTable

import sayso
from sayso.errors import SetupError
from sayso.ledger import Ledger, open_ledger, schema, sqlite
from sayso.ledger.upgrade import check_version
from sayso.records import Judgement
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of

NewLedger = Callable[[str], Ledger]
ROOT = os.geteuid() == 0


def test_the_migrations_make_the_tables_of_the_schema(file_ledger: Ledger) -> None:
    """Names, columns, types, keys and indexes; and word for word, as SQLite keeps them."""
    ours = {table.name for table in schema.metadata.tables.values()}
    with file_ledger.snapshot() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda _o, name, kind, _r, _c: kind != "table" or name in ours}
        )
        assert compare_metadata(context, schema.metadata) == []
        made = dict(connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all())
        for table in schema.metadata.sorted_tables:
            assert "STRICT" in made[table.name]
            wanted = str(CreateTable(table).compile(connection))
            assert ("WITHOUT ROWID" in wanted) == ("WITHOUT ROWID" in made[table.name]), table.name


@pytest.mark.parametrize("table", [table.name for table in schema.APPEND_ONLY])
def test_rows_are_never_changed_or_taken_away(file_ledger: Ledger, table: str) -> None:
    put(file_ledger, [capture_of(text_of()), capture_of(text_of(killed=8)), capture_of("")])
    (accounts,) = file_ledger.clusters().values()
    file_ledger.judge(Judgement(decision="same", about=accounts, who="A", when="2031-05-01T12:00:00Z", why="so"))
    with file_ledger.transaction("event", "x") as entry:  # what no foretold reading has
        reading = next(iter(file_ledger.readings_of(next(file_ledger.reports()).id)))["id"]
        row = {"reading": reading, "position": 0, "id": "ev_0", "record": "{}", "type": "ASSAULT", "status": "happened"}
        entry.add(schema.events, [row])
    connection = sqlite3.connect(file_ledger.project.database)
    for deed in (f"UPDATE {table} SET seq = seq", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            connection.execute(deed)
    connection.close()


def test_a_value_of_another_type_is_refused(file_ledger: Ledger) -> None:
    with (
        pytest.raises(SetupError, match="cannot store TEXT value in INTEGER column"),
        file_ledger.derived() as connection,
    ):
        connection.execute(sa.text("INSERT INTO block_sizes VALUES ('a', 'many')"))


def test_nothing_is_written_for_a_transaction_that_adds_nothing(ledger: Ledger) -> None:
    head = ledger.head()
    with ledger.transaction("nothing", "at all"):
        pass
    assert ledger.head() == head


def test_a_transaction_that_fails_leaves_no_trace(ledger: Ledger) -> None:
    head = ledger.head()
    with pytest.raises(ZeroDivisionError):
        _add_and_fail(ledger)
    assert ledger.head() == head
    assert list(ledger.quarantined()) == []


def _add_and_fail(ledger: Ledger) -> None:
    row = dict.fromkeys(("sha256", "place", "form", "given", "reason", "way_out"), "x") | {"size": 1}
    with ledger.transaction("trial", "x") as entry:
        entry.add(schema.quarantine, [row])
        raise ZeroDivisionError


VERSIONS = [("0000", "0001", True), ("0001", "0001", False), ("0009", "0010", True)]


@pytest.mark.parametrize(("found", "newest", "upgrade"), VERSIONS)
def test_an_older_version_is_upgraded(found: str, newest: str, upgrade: bool) -> None:
    assert check_version(found, "ledger.db", newest=newest) is upgrade


def test_error_a_newer_version_is_refused_and_no_ledger_is_said_to_be_none() -> None:
    with pytest.raises(SetupError, match="made by a newer sayso"):
        check_version("0002", "ledger.db", newest="0001")
    with pytest.raises(SetupError, match="this is no ledger"):
        check_version(None, "ledger.db")


def test_error_what_is_no_database_is_said_to_be_none(file_ledger: Ledger) -> None:
    folder = file_ledger.project.folder
    file_ledger.close()
    for name in ("ledger.db-wal", "ledger.db-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "ledger.db").write_bytes(b"no database at all" * 99)
    with pytest.raises(SetupError, match="no ledger"):
        open_ledger(folder)
    (folder / "ledger.db").unlink()
    with pytest.raises(SetupError, match="the ledger is missing"):
        open_ledger(folder)


def test_error_a_writer_that_does_not_let_go_is_named(ledger: Ledger) -> None:
    folder = ledger.project.folder
    config = folder / "sayso.toml"
    config.write_text(config.read_text(encoding="utf-8") + "wait_seconds = 0.05\n", encoding="utf-8")
    refused = pytest.raises(SetupError, match="another process is writing")
    with open_ledger(folder, "write", linker=QuickLinker()) as other, ledger.derived(), refused:
        put(other, [capture_of(text_of())])
    with open_ledger(folder, "write", linker=QuickLinker()) as other:
        assert [outcome.verdict for outcome in put(other, [capture_of(text_of())])] == ["stored"]


def test_readers_see_one_state_whatever_is_written_meanwhile(ledger: Ledger) -> None:
    put(ledger, [capture_of(text_of())])
    count = sa.select(sa.func.count()).select_from(schema.reports)
    with ledger.snapshot() as connection:
        assert connection.execute(count).scalar() == 1
        put(ledger, [capture_of(text_of(killed=8))])
        assert connection.execute(count).scalar() == 1
    with ledger.snapshot() as connection:
        assert connection.execute(count).scalar() == 2


def test_a_ledger_at_rest_is_read_where_nobody_may_write(file_ledger: Ledger) -> None:
    put(file_ledger, [capture_of(text_of())])
    file_ledger.close()
    folder = file_ledger.project.folder
    with sqlite3.connect(folder / "ledger.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert _in_child_without_rights(folder) == 0
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


def _in_child_without_rights(folder: Path) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            for parent in list(folder.parents)[:3]:
                if ROOT:
                    parent.chmod(0o755)
            if ROOT:
                os.setuid(65534)
            with open_ledger(folder, linker=QuickLinker()) as ledger:
                code = 0 if len(list(ledger.reports())) == 1 else 2
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_the_public_door(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    put(ledger, [capture_of(text_of())])
    with sayso.open(ledger.project.folder) as opened:
        assert isinstance(opened, sayso.Ledger)
        assert [report.id for report in opened.reports()] == [report.id for report in ledger.reports()]
    monkeypatch.setenv("SAYSO_PROJECT", str(ledger.project.folder))
    with sayso.open() as opened:
        assert opened.mode == "read"


def test_moments_are_turned_into_entries_of_the_log(ledger: Ledger) -> None:
    put(ledger, [capture_of(text_of()), capture_of(text_of(killed=8))])
    entries = list(ledger.log())
    assert [entry["what"] for entry in entries] == ["opened", "report", "report"]
    assert [ledger.seq_at(entry["at"]) for entry in entries] == [1, 2, 3]
    assert ledger.seq_at("2001-01-01T00:00:00Z") == 0
    assert [report.text for report in ledger.reports(as_of=2)] == [text_of()]


def test_error_evidence_that_is_missing_or_is_not_one_whole_stream(file_ledger: Ledger) -> None:
    (outcome,) = put(file_ledger, [capture_of(text_of())])
    assert outcome.report
    (file,) = (file_ledger.project.folder / "evidence").rglob("*.z")
    whole = file.read_bytes()
    for content in (whole + b"x", whole[:-3], b""):
        file.write_bytes(content)
        with pytest.raises(SetupError, match="evidence was changed"):
            file_ledger.raw(outcome.report)
    file.unlink()
    with pytest.raises(SetupError, match="evidence cannot be read"):
        file_ledger.raw(outcome.report)


def test_the_words_for_what_sqlite_says() -> None:
    from sqlalchemy.exc import OperationalError

    for said, problem in (("database or disk is full", "the disk is full"), ("odd", "the database fails: odd")):
        with pytest.raises(SetupError, match=problem), sqlite.meaning(Path("ledger.db")):
            raise OperationalError("INSERT", {}, sqlite3.OperationalError(said))
