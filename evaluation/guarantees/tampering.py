"""What somebody might do to a ledger behind its back, with the triggers taken off; each deed can be undone."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.guarantees.foretold import QuickLinker
from sayso.errors import SaysoError
from sayso.ledger import open_ledger
from sayso.ledger.schema import APPEND_ONLY
from sayso.ledger.verify import CHECKS

QUICK = ("log", "rows")


@contextlib.contextmanager
def unguarded(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the database of a project without triggers and foreign keys; every statement is committed at once."""
    with contextlib.closing(sqlite3.connect(folder / "ledger.db", isolation_level=None)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


def detected(folder: Path, checks: tuple[str, ...] = QUICK) -> bool:
    """Tell whether one of the checks finds fault with the project."""
    with open_ledger(folder, linker=QuickLinker()) as ledger:
        for name in checks:
            try:
                CHECKS[name](ledger)
            except SaysoError:
                return True
    return False


def rows_of(connection: sqlite3.Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield table and columns of every row that is never to change."""
    connection.row_factory = sqlite3.Row
    for table in APPEND_ONLY:
        for row in connection.execute(f"SELECT rowid AS rowid_, * FROM {table.name}").fetchall():
            yield table.name, dict(row)


def flip(chance: random.Random, value: Any) -> Any:
    """Return a value with one bit flipped."""
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(8))
    if isinstance(value, float):
        return value + 1.0
    raw = bytearray(value.encode())
    at = chance.randrange(len(raw))
    raw[at] ^= 1 << chance.randrange(4)  # of the low half: what was ASCII stays ASCII
    return raw.decode("utf-8", "replace").replace("\0", "\1")


def put_back(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    """Write a row as it was."""
    names = ", ".join(f'"{name}"' for name in row if name != "rowid_")
    marks = ", ".join("?" for name in row if name != "rowid_")
    values = [value for name, value in row.items() if name != "rowid_"]
    connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row["rowid_"],))
    connection.execute(f"INSERT INTO {table} (rowid, {names}) VALUES (?, {marks})", (row["rowid_"], *values))
