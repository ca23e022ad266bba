"""The log: every entry hashes the one before and the rows it added, and the newest hash also stands in a file outside.

What is done to any row afterwards (changed, added, taken away, put in another place) no longer fits the digests of its
entry; what is done to an entry no longer fits the next one; and when the last entries are cut off, the head outside
still names them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from sayso.errors import SetupError
from sayso.ledger import schema
from sayso.ledger.faults import step

Row = Mapping[str, Any]
BEGINNING: Final = "0" * 64
_HEAD_LENGTH: Final = 86  # 20 digits, a blank, 64 hexadecimal digits, a line end

# Made once: each report runs some dozens of statements, and making one takes as long as running it.
_NEWEST: Final = sa.select(schema.log.c.seq, schema.log.c.hash).order_by(schema.log.c.seq.desc()).limit(1)
_INSERT: Final = {table.name: sa.insert(table) for table in schema.APPEND_ONLY}
_EMPTY: Final[dict[str, Row]] = {
    table.name: dict.fromkeys(column.name for column in table.columns) for table in schema.APPEND_ONLY
}


def canonical(content: Any) -> str:
    """Return JSON that is the same for the same content: sorted keys, no blanks."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Return the hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def now() -> str:
    """Return this moment as ISO 8601 in UTC, with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def digest(table: sa.Table, rows: Iterable[Row]) -> tuple[int, str]:
    """Return how many rows there are, and the SHA-256 of all their columns, in the order of their keys."""
    keys = [column.name for column in table.primary_key.columns]
    names = [column.name for column in table.columns]
    listed = sorted(rows, key=lambda row: [row[key] for key in keys])
    return len(listed), sha256(canonical([[row[name] for name in names] for row in listed]))


def hash_of(entry: Row) -> str:
    """Return the hash that an entry of the log must have."""
    return sha256(canonical([entry[column.name] for column in schema.log.columns if column.name != "hash"]))


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of the log: its number and hash."""

    seq: int
    hash: str


def head_of(connection: sa.Connection) -> Head:
    """Return the head that the database itself holds; number 0 for an empty log."""
    row = connection.execute(_NEWEST).first()
    return Head(row.seq, row.hash) if row else Head(0, BEGINNING)


class Entry:
    """One transaction of a writer: rows go through :meth:`add`, and the entry of the log is written at its end.

    Attributes:
        connection: in a transaction that has the writer's lock.
        seq: number of the entry.
        detail: what else a reader of the log wants to know; may be filled until the end.
        changed: whether there is anything to write.

    """

    def __init__(self, connection: sa.Connection, detail: dict[str, Any] | None = None) -> None:
        self.connection = connection
        self.detail = detail or {}
        self.changed = False
        self._head = head_of(connection)
        self.seq = self._head.seq + 1
        self._rows: dict[str, list[Row]] = {}

    @property
    def follows(self) -> str:
        """Hash of the entry before."""
        return self._head.hash

    def add(self, table: sa.Table, rows: Iterable[Row]) -> None:
        """Add rows to an append-only table; a column left out is null, and ``seq`` is filled in."""
        full = [{**_EMPTY[table.name], **row, "seq": self.seq} for row in rows]
        if full:
            self.connection.execute(_INSERT[table.name], full)
            self._rows.setdefault(table.name, []).extend(full)
            self.changed = True
            step()

    def finish(self, what: str, about: str) -> Head:
        """Write the entry of the log; the caller commits."""
        tables = schema.metadata.tables
        entry: dict[str, Any] = {
            "seq": self.seq,
            "at": now(),
            "what": what,
            "about": about,
            "detail": canonical(self.detail),
            "rows": canonical({name: digest(tables[name], rows) for name, rows in sorted(self._rows.items())}),
            "former": self._head.hash,
        }
        entry["hash"] = hash_of(entry)
        self.connection.execute(_INSERT["log"], entry)
        step()
        return Head(self.seq, entry["hash"])


# -- the head outside the database ------------------------------------------------------------------------------------


def write_head(file: Path, head: Head) -> None:
    """Write the head to ``file``, unless a newer one of another process stands there already.

    One line of fixed length, written at once in its place: a disk writes such a piece whole or not at all.
    """
    with _locked(file) as descriptor:
        there = _parse(os.pread(descriptor, _HEAD_LENGTH, 0))
        if there is None or there.seq < head.seq:
            os.pwrite(descriptor, f"{head.seq:020d} {head.hash}\n".encode(), 0)
    step()


def read_head(file: Path) -> Head:
    """Return the head that stands in ``file``.

    Raises:
        SetupError: the file is missing or is no head.

    """
    try:
        found = _parse(file.read_bytes())
    except OSError as error:
        raise SetupError(
            f"the head of the log is missing: {error.strerror}", place=str(file), way_out="restore it from a backup"
        ) from error
    if found is None:
        raise SetupError("the head of the log is damaged", place=str(file), way_out="restore it from a backup")
    return found


def sync_head(file: Path) -> None:
    """Wait until the head outside is on the disk; nothing that was acknowledged hangs on it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _parse(raw: bytes) -> Head | None:
    words = raw.decode("ascii", "replace").split(" ")
    if len(raw) != _HEAD_LENGTH or len(words) != 2 or not raw.endswith(b"\n"):
        return None
    number, code = words[0], words[1].rstrip("\n")
    fine = number.isdecimal() and len(number) == 20 and len(code) == 64 and not set(code) - set("0123456789abcdef")
    return Head(int(number), code) if fine else None


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[int]:
    """Open the head's file for one process at a time (where the system has such locks)."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
