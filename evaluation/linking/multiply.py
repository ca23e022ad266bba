"""Many reports from few: a ledger whose rows are copied under other ids, to time questions, not to be verified.

    python -m evaluation.linking.multiply FOLDER TIMES

Adding a hundred thousand reports takes a while; the tables and indexes that questions run over can be had at once. Each
copy has other ids (``re_`` becomes ``re7_`` in the seventh) and days shifted by weeks; entries of the log are copied
with their hashes, so the ledger no longer verifies. Use a folder that ``evaluation.linking.growth`` made, and ask with
the same command.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from sayso.records import identify

ACCOUNTS_AN_ENTRY: Final = 100_000
TABLES: Final = (
    "log", "reports", "traces", "readings", "current_readings", "statements", "incidents", "claims", "accounts",
    "clusters", "memberships", "summaries", "voices",
)  # fmt: skip
"""What questions read."""
IDS: Final = ("re_", "rd_", "in_", "cl_", "ac_", "st_", "or_")
NUMBERED: Final = {"seq": 1, "account": ACCOUNTS_AN_ENTRY, "number": ACCOUNTS_AN_ENTRY}
"""Columns with a number of an entry, or of an account in one."""
UNCHANGED: Final = frozenset({"text", "title", "blocks", "filed_under", "name", "place", "kind"})
"""Columns in which no id stands."""


def multiply(database: Path, times: int) -> None:
    """Copy the rows of all tables ``times`` - 1 times."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.create_function("claim_again", 2, _claim_again, deterministic=True)
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        last = connection.execute("SELECT max(seq) FROM log").fetchone()[0]
        for table in TABLES:
            columns = [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]
            names = ", ".join(f'"{name}"' for name, _ in columns)
            connection.execute(f"CREATE TEMP TABLE first AS SELECT * FROM {table}")
            for copy in range(1, times):
                values = ", ".join(_value(table, name, sort, copy, last) for name, sort in columns)
                connection.execute(f"INSERT INTO {table}({names}) SELECT {values} FROM first")
            connection.execute("DROP TABLE first")
        connection.execute("INSERT INTO report_search(report_search) VALUES('rebuild')")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@lru_cache(maxsize=1)
def _claim_again(record: str, copy: int) -> str:
    """Return a claim of the copy; its id names its content (``Claim.identity``), so it is another."""
    for of in IDS:
        record = record.replace(of, f"{of[:-1]}{copy}_")
    claim = json.loads(record)
    span = claim["evidence"]
    place = [span["report"], span["start"], span["end"]]
    content = [claim["incident"], claim["field"], claim["value"], place, claim["holder"], claim["stance"]]
    return json.dumps(claim | {"id": identify("cl", content)}, ensure_ascii=False, separators=(",", ":"))


def _value(table: str, name: str, sort: str, copy: int, last: int) -> str:
    """Return the SQL of a column in the copy: numbers of entries go on, ids and days are others."""
    column = f'"{name}"'
    if table == "claims" and name in ("id", "record"):
        again = f"claim_again(record, {copy})"
        return again if name == "record" else f"substr({again}, 8, 19)"  # behind {"id":"
    if name in NUMBERED:
        return f"{column} + {copy * last * NUMBERED[name]}"
    if name == "sha256":
        return f"'x{copy:04}' || substr({column}, 6)"  # no hexadecimal digit: a hash of none of the first
    if name in ("earliest", "latest", "published"):
        return f"CASE WHEN length({column}) = 10 THEN date({column}, '{7 * copy} days') ELSE {column} END"
    if sort == "TEXT" and name not in UNCHANGED:
        for of in IDS:
            column = f"replace({column}, '{of}', '{of[:-1]}{copy}_')"
    return column


def main(given: Sequence[str]) -> None:
    """Multiply the ledger of a folder."""
    multiply(Path(given[0]) / "ledger.db", int(given[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
