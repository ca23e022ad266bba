"""CSV data package: spreadsheets, R, Stata, pandas. No cell is a formula, each reads back exactly (`tables.cells`)."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

from sayso.exports.packages.hxl import hxl_row
from sayso.exports.packages.writing import write_package
from sayso.exports.registry import Format
from sayso.exports.selection import Selection
from sayso.tables.cells import safe
from sayso.tables.columns import Table
from sayso.tables.contents import PACKAGE
from sayso.tables.rows import Row

MEDIA_TYPE = "text/csv"


class CsvFile:
    """One table as CSV (RFC 4180)."""

    def __init__(self, file: Path, table: Table, *, hxl: bool = False) -> None:
        self._stream = file.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream, lineterminator="\r\n")
        self._names = table.names
        self._writer.writerow(self._names)
        if hxl:
            self._writer.writerow(hxl_row(table))

    def write(self, rows: list[Row]) -> None:
        """Write some rows."""
        self._writer.writerows([safe(row[name]) for name in self._names] for row in rows)

    def close(self) -> None:
        """Finish the file."""
        self._stream.close()


def write(chosen: Selection, folder: Path) -> None:
    """Write the package."""
    write_package(chosen, folder, ".csv", MEDIA_TYPE, partial(CsvFile, hxl=chosen.options.hxl))


FORMAT = Format(
    "csv",
    "CSV data package: incidents, claims, statements, reports, origins and what each column means (R, Excel, Stata)",
    "",
    MEDIA_TYPE,
    folder=write,
    tables=PACKAGE,
    takes=("profile", "hxl"),
    schema="https://specs.frictionlessdata.io/tabular-data-package/",
)
