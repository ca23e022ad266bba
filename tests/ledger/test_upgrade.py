"""A ledger made by an older sayso is brought up to date when it is opened for writing; nothing of it changes."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from sayso.errors import SetupError
from sayso.ledger import Ledger, open_ledger, schema, storing
from sayso.ledger.asking.questions import list_incidents
from sayso.ledger.asking.selecting import Query
from sayso.ledger.contents import ledger_hash
from sayso.ledger.verify import verify
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of


def indexes(database: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}


@pytest.fixture
def old(file_ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """A ledger of revision 0001 (no indexes of entries, nothing watched, no query, no provenance), closed; its hash."""
    monkeypatch.setattr(storing, "provenance_rows", lambda *_: [])
    put(file_ledger, [capture_of(text_of(killed=number)) for number in (3, 4, 5)])
    folder, database, goal = file_ledger.project.folder, file_ledger.project.database, ledger_hash(file_ledger)
    file_ledger.close()
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        for name in sorted(indexes(database)):
            if (name.endswith("_by_seq") and name != "reports_by_seq") or name in (
                "voices_by_sort",
                "reports_by_publisher",
            ):
                connection.execute(f"DROP INDEX {name}")
        for table in (*(table.name for table in schema.STATE), "provenance"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    return folder, goal


def test_error_an_older_ledger_is_not_read_before_it_is_upgraded(old: tuple[Path, str]) -> None:
    with pytest.raises(SetupError, match="older sayso"):
        open_ledger(old[0], linker=QuickLinker())


def test_opening_for_writing_upgrades_and_keeps_every_hash(old: tuple[Path, str]) -> None:
    folder, goal = old
    open_ledger(folder, "write", linker=QuickLinker()).close()
    assert {"claims_by_seq", "memberships_by_seq"} <= indexes(folder / "ledger.db")
    with open_ledger(folder, linker=QuickLinker()) as ledger:
        assert (ledger_hash(ledger), verify(ledger)) == (goal, [])
        assert [entry["what"] for entry in ledger.log()][-1] == "migrated"
        kinds = {row["kind"] for row in list_incidents(ledger, Query()).rows}
    assert kinds == {"bombing"}
    with contextlib.closing(sqlite3.connect(folder / "ledger.db")) as connection:
        assert connection.execute("SELECT count(*) FROM summaries WHERE kind = ''").fetchone() == (0,)
