"""CSV data package: spreadsheets, R, Stata, pandas. No cell is a formula, each reads back exactly (`tables.cells`)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from pathlib import Path

from sayso.exports.packages.hxl import hxl_row
from sayso.exports.packages.writing import Package
from sayso.exports.registry import Format
from sayso.exports.selection import Options
from sayso.tables.cells import line, lines
from sayso.tables.columns import Table
from sayso.tables.contents import PACKAGE
from sayso.tables.rows import Row

MEDIA_TYPE = "text/csv"


class CsvFile:
    """One table as CSV (RFC 4180)."""

    def __init__(self, file: Path, table: Table, options: Options) -> None:
        self._stream = file.open("w", encoding="utf-8", newline="")
        self._stream.write(line(table.names))
        if options.hxl:
            self._stream.write(line(hxl_row(table)))

    def write(self, rows: list[str], keep: Sequence[bool] | None = None) -> int:
        """Write some lines, or those of them that are to be kept, and return how many."""
        kept = rows if keep is None else list(compress(rows, keep))
        self._stream.write("".join(kept))
        return len(kept)

    def close(self) -> None:
        """Finish the file."""
        self._stream.close()


def encode(table: Table, rows: list[Row]) -> list[str]:
    """Return rows as lines."""
    return lines(rows, table.names)


FORMAT = Format(
    "csv",
    "CSV data package: incidents, claims, statements, reports, origins and what each column means (R, Excel, Stata)",
    "",
    MEDIA_TYPE,
    folder=Package(".csv", MEDIA_TYPE, encode, CsvFile),
    tables=PACKAGE,
    takes=("profile", "hxl"),
    schema="https://specs.frictionlessdata.io/tabular-data-package/",
)
