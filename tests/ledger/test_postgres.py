"""What is PostgreSQL's own: guards, rights, turns of writers, full text, evidence in a table, copies to and fro."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from evaluation.guarantees.server import Server
from sayso.errors import SetupError, UsageError
from sayso.ledger import Ledger, create, lexemes, open_ledger, postgres, schema
from sayso.ledger.asking.questions import list_incidents, search
from sayso.ledger.asking.selecting import Query
from sayso.ledger.contents import counts, ledger_hash
from sayso.ledger.copying import backup, copy
from sayso.ledger.repairing import repair
from sayso.ledger.verify import verify
from sayso.settings import load_project
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of

Made = Callable[[str], Path]
ITEMS = [
    capture_of(text_of(killed=3)),
    capture_of(text_of(killed=4)),
    capture_of(text_of("shooting", "Velm", 9, 2)),
    capture_of(""),
]


@pytest.fixture
def on_server(server: Server, empty_on_server: tuple[Path, str], tmp_path: Path) -> Path:
    """Return the folder of a new project on the server."""
    return _project(server, server.new_database(empty_on_server[1]), tmp_path / "on_server")


def _project(server: Server, database: str, folder: Path) -> Path:
    folder.mkdir()
    (folder / "sayso.toml").write_text(f'[ledger]\ndatabase = "{server.address(database)}"\n', encoding="utf-8")
    (folder / "log.head").write_bytes(b"")
    create_head(folder)
    return folder


def create_head(folder: Path) -> None:
    from sayso.ledger.chain import write_head

    with open_ledger(folder, linker=QuickLinker()) as ledger:
        (folder / "log.head").unlink()
        write_head(folder / "log.head", ledger.head())


def opened(folder: Path) -> Ledger:
    return open_ledger(folder, "write", linker=QuickLinker())


def test_the_migrations_make_the_tables_of_the_schema(on_server: Path) -> None:
    ours = {table.name for table in schema.metadata.tables.values()}
    with opened(on_server) as ledger, ledger.snapshot() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda _o, name, kind, _r, _c: kind != "table" or name in ours}
        )
        assert compare_metadata(context, schema.metadata) == []
        loose = connection.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
        )
        assert [row for row in loose.all() if row[0] in ours] == []


@pytest.mark.parametrize("deed", ["UPDATE {} SET seq = seq", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_rows_are_never_changed_or_taken_away(on_server: Path, deed: str) -> None:
    with opened(on_server) as ledger:
        put(ledger, ITEMS)
        for table in schema.APPEND_ONLY:
            with pytest.raises(SetupError, match="append-only"), ledger.derived() as connection:
                connection.exec_driver_sql(deed.format(table.name))
        assert verify(ledger) == []


def test_a_guard_that_is_gone_or_switched_off_shows(on_server: Path) -> None:
    with opened(on_server) as ledger:
        put(ledger, ITEMS)
        for deed in ("DROP TRIGGER claims_no_update ON claims", "ALTER TABLE log DISABLE TRIGGER log_no_delete"):
            with ledger.derived() as connection:
                connection.exec_driver_sql(deed)
        assert verify(ledger) == [
            "database: the trigger claims_no_update is missing; the trigger log_no_delete is missing "
            "(restore it from a backup)"
        ]


def test_a_role_may_add_and_not_change(server: Server, on_server: Path, tmp_path: Path) -> None:
    database = load_project(on_server).settings.database
    with opened(on_server) as ledger, ledger.derived() as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS analyst")
        connection.exec_driver_sql("CREATE ROLE analyst LOGIN")
    create(tmp_path / "owner", database=database, role="analyst", linker=QuickLinker()).close()
    joined = tmp_path / "joined"
    create(joined, database=database.replace("//sayso@", "//analyst@"), linker=QuickLinker()).close()
    with opened(joined) as ledger:
        assert [outcome.verdict for outcome in put(ledger, ITEMS)] == ["stored"] * 3 + ["quarantined"]
        with pytest.raises(SetupError, match="rights of this account"), ledger.derived() as connection:
            connection.exec_driver_sql("UPDATE claims SET seq = seq")
        assert verify(ledger) == []
    with opened(on_server) as ledger:
        assert [outcome.verdict for outcome in put(ledger, ITEMS[:1])] == ["duplicate"]


def test_writers_take_turns_and_see_what_the_one_before_wrote(on_server: Path) -> None:
    items = [capture_of(text_of(day=n % 9 + 1, killed=n)) for n in range(12)]

    def add(own: list[object]) -> None:
        with opened(on_server) as ledger:
            put(ledger, own)  # type: ignore[arg-type]

    threads = [threading.Thread(target=add, args=(items[start:] + items[:start],)) for start in (0, 4, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with opened(on_server) as ledger:
        assert counts(ledger)["reports"] == len(items)
        assert verify(ledger) == []


def test_both_databases_find_the_same_and_have_the_same_hash(on_server: Path, file_ledger: Ledger) -> None:
    put(file_ledger, ITEMS)
    with opened(on_server) as ledger:
        put(ledger, ITEMS)
        assert ledger_hash(ledger) == ledger_hash(file_ledger)
        for words in ("Velm", "velm tarsk", "TARSK", "no-such-word", "'", "a b c"):
            there, here = search(ledger, words), search(file_ledger, words)
            assert {match.report for match in there} == {match.report for match in here}, words
        for query in (Query(), Query(text="velm"), Query(kind="bombing"), Query(place="TARSK"), Query(status=":sole")):
            assert _shown(ledger, query) == _shown(file_ledger, query), query


def _shown(ledger: Ledger, query: Query) -> list[tuple[str, str]]:
    return sorted((row["kind"], row["title"]) for row in list_incidents(ledger, query).rows)


@pytest.mark.parametrize("from_server", [True, False])
def test_a_copy_has_the_same_log_and_verifies(
    server: Server, on_server: Path, file_ledger: Ledger, tmp_path: Path, from_server: bool
) -> None:
    folder = on_server if from_server else file_ledger.project.folder
    with opened(folder) as ledger:
        put(ledger, ITEMS)
        target = None if from_server else server.address(server.new_database())
        made = copy(ledger, tmp_path / "copy", database=target)
        head, hashed, rows = ledger.head(), ledger_hash(ledger), counts(ledger)
    with opened(made.folder) as copied:
        assert (copied.head(), ledger_hash(copied), counts(copied)) == (head, hashed, rows)
        assert verify(copied) == []
        assert [outcome.verdict for outcome in put(copied, ITEMS[:3])] == ["duplicate"] * 3
        put(copied, [capture_of(text_of(killed=77))])
        assert verify(copied) == []


def test_a_backup_of_a_server_is_a_file(on_server: Path, tmp_path: Path) -> None:
    with opened(on_server) as ledger:
        put(ledger, ITEMS)
        made = backup(ledger, tmp_path / "backup")
        wanted = ledger_hash(ledger)
    assert made.address is None
    with opened(made.folder) as ledger:
        assert ledger_hash(ledger) == wanted


def test_error_a_copy_never_goes_over_something_else(server: Server, on_server: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").touch()
    with opened(on_server) as ledger:
        with pytest.raises(UsageError, match="is there already"):
            copy(ledger, tmp_path / "full")
        with pytest.raises(SetupError, match="there is a ledger in this database"):
            copy(ledger, tmp_path / "new", database=load_project(on_server).settings.database)


def test_what_is_derived_can_be_made_again(on_server: Path) -> None:
    with opened(on_server) as ledger:
        put(ledger, ITEMS)
        with ledger.derived() as connection:
            connection.exec_driver_sql("DELETE FROM report_words")
            connection.execute(sa.delete(schema.clusters))
        assert [problem.split(":")[0] for problem in verify(ledger)] == ["search", "derived"]
        repair(ledger)
        assert verify(ledger) == []


def test_error_evidence_that_is_missing_or_was_changed(on_server: Path) -> None:
    with opened(on_server) as ledger:
        (outcome,) = put(ledger, ITEMS[:1])
        assert outcome.report
        for deed in ("UPDATE evidence SET packed = packed || 'x'", "DELETE FROM evidence"):
            with ledger.derived() as connection:
                connection.exec_driver_sql("ALTER TABLE evidence DISABLE TRIGGER USER")
                connection.exec_driver_sql(deed)
            with pytest.raises(SetupError, match="evidence"):
                ledger.raw(outcome.report)


def test_error_addresses_that_lead_nowhere_are_said_without_their_password(tmp_path: Path) -> None:
    for number, address in enumerate(("postgresql://a:secret@127.0.0.1:1/x", "postgresql://a:secret@[::")):
        with pytest.raises(SetupError) as caught:
            create(tmp_path / str(number), database=address)
        assert "secret" not in str(caught.value)
        assert not (tmp_path / str(number) / "sayso.toml").exists()


LONG = " ".join(f"word{number}" for number in range(5000))


def test_long_texts_and_odd_words_are_indexed_whole(on_server: Path) -> None:
    with opened(on_server) as ledger:
        text = f"{LONG} the last-but-one " + "again " * 3000 + "x" * 5000 + " Éclair 'quoted' \\ back"
        put(ledger, [capture_of(text_of(words=text))])
        with ledger.snapshot() as connection:
            for words in ("word4999 word0", "last-but-one", "eclair", "quoted", "'again'", "x" * 5000):
                assert len(postgres.search(connection, words, limit=9)) == 1, words
            assert postgres.search(connection, "word4999-word0", limit=9) == []
        assert verify(ledger) == []


def test_snippets_show_the_words_that_were_found() -> None:
    assert lexemes.snippet("a b c", [["c"]], 24) == "a b c"
    text = " ".join(f"w{number}" for number in range(100))
    shown = lexemes.snippet(text, [["w50"]], 8)
    assert shown == "… w48 w49 w50 w51 w52 w53 w54 w55 …"
    assert lexemes.snippet("", [["c"]], 24) == ""


def test_texts_are_made_plain_in_the_time_of_their_length() -> None:
    assert lexemes.words_of("CAFÉ İstanbul foo_bar 3.5 Straße") == [
        "cafe",
        "istanbul",
        "foo",
        "bar",
        "3",
        "5",
        "straße",
    ]
    assert lexemes.plain("e" + "\u0301" * 200_000) == "e"


def test_error_a_snapshot_that_has_no_name(on_server: Path) -> None:
    with (
        opened(on_server) as ledger,
        pytest.raises(ValueError, match='no name of a snapshot: "x\'; DROP"'),
        ledger.snapshot("x'; DROP"),
    ):
        raise AssertionError("nothing is to be seen")
