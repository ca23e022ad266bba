"""G6: edit, insert, delete, reorder and cut off rows, hashes and all; every deed must be found."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import capture_of, text_of
from evaluation.guarantees.killing import THREE, add_all, project
from evaluation.guarantees.tampering import detected, put_back, rows_of, unguarded
from sayso.ledger.chain import hash_of
from sayso.ledger.schema import APPEND_ONLY

PROMISE = "History is append-only and hash-chained, its head kept outside too"


def prove(folder: Path, full: bool) -> Proof:
    """Do each deed to each row, check, undo."""
    work = project(folder / "project")
    more = [capture_of(text_of(day=n, killed=n)) for n in range(20)] if full else []
    add_all(work, [*THREE, *more])
    refused, tried = _refusals(work)
    deeds, missed = 0, []
    with unguarded(work) as connection:
        for deed in _deeds(connection):
            deeds += 1
            if not detected(work):
                missed.append(deed)
    holds = not missed and refused == tried and not detected(work)
    says = f"{deeds - len(missed)} of {deeds} deeds detected; {refused} of {tried} refused by triggers"
    return Proof(
        holds, {"deeds": deeds, "detected": deeds - len(missed), "refused": refused}, "; ".join([says, *missed[:3]])
    )


def _refusals(work: Path) -> tuple[int, int]:
    """Try to change and to delete a row of each table through the front door; return how often that was refused."""
    refused = tried = 0
    connection = sqlite3.connect(work / "ledger.db", isolation_level=None)
    for table in APPEND_ONLY:
        if not connection.execute(f"SELECT 1 FROM {table.name}").fetchone():
            continue
        for deed in (f"UPDATE {table.name} SET seq = seq", f"DELETE FROM {table.name}"):
            tried += 1
            try:
                connection.execute(deed)
            except sqlite3.DatabaseError as error:
                refused += "append-only" in str(error)
    connection.close()
    return refused, tried


def _deeds(connection: sqlite3.Connection) -> Iterator[str]:
    """Do one deed after the other, yield its name while it stands, and undo it."""
    rows = list(rows_of(connection))
    for table, row in rows:
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row["rowid_"],))
        yield f"delete of {table}"
        put_back(connection, table, row)
    for table, row in rows:
        if table != "log":
            connection.execute(f"UPDATE {table} SET seq = 1 WHERE rowid = ?", (row["rowid_"],))
            yield f"reorder of {table}"
            put_back(connection, table, row)
    yield from _insertions(connection, rows)
    yield from _edits_of_the_log(connection, rows)
    yield from _cut_tails(connection, rows)


def _insertions(connection: sqlite3.Connection, rows: list[tuple[str, dict[str, object]]]) -> Iterator[str]:
    """Put a copy of each row, with another key, beside it."""
    keys = {table.name: table.primary_key.columns.values()[0].name for table in APPEND_ONLY}
    for table, row in rows:
        key = keys[table]
        value = row[key]
        new = row | {"rowid_": 10**9, key: value + 10**6 if isinstance(value, int) else f"{value}x"}
        if table == "reports":
            new |= {"sha256": "0" * 64, "seq": 10**6}
        if table == "accounts":
            new |= {"number": 10**9}
        if table == "log":
            new["rowid_"] = new["seq"]
        put_back(connection, table, new)
        yield f"insert into {table}"
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (new["rowid_"],))


def _edits_of_the_log(connection: sqlite3.Connection, rows: list[tuple[str, dict[str, object]]]) -> Iterator[str]:
    """Change an entry and make its own hash fit: the next one, or the head outside, still tells."""
    for table, row in rows:
        if table == "log":
            changed = row | {"about": "somebody else", "detail": json.dumps({})}
            plain = {name: value for name, value in changed.items() if name != "rowid_"}
            put_back(connection, table, changed | {"hash": hash_of(plain)})
            yield f"edit of entry {row['seq']} with its hash"
            put_back(connection, table, row)


def _cut_tails(connection: sqlite3.Connection, rows: list[tuple[str, dict[str, object]]]) -> Iterator[str]:
    """Cut off the last entries of the log with all the rows they added, so that what is left fits together."""
    last = max(int(str(row["seq"])) for table, row in rows if table == "log")
    for kept in range(1, last):
        gone = [(table, row) for table, row in rows if int(str(row["seq"])) > kept]
        for table, row in gone:
            connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row["rowid_"],))
        yield f"tail after entry {kept}"
        for table, row in gone:
            put_back(connection, table, row)
