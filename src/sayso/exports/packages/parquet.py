"""Parquet data package: pandas, polars, DuckDB, Arrow; the same tables as CSV, typed, with meanings in the schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sayso.exports.packages.writing import write_package
from sayso.exports.registry import Format
from sayso.exports.selection import Selection
from sayso.tables.columns import Table
from sayso.tables.contents import PACKAGE
from sayso.tables.rows import Row

MEDIA_TYPE: Final = "application/vnd.apache.parquet"
GROUP: Final = 20_000
"""Rows of a row group: what is held in memory of each table."""


class ParquetFile:
    """One table as Parquet; rows wait until a row group is full."""

    def __init__(self, file: Path, table: Table) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._pa: Any = pa
        self._schema = arrow_schema(table)
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")
        self._waiting: list[Row] = []

    def write(self, rows: list[Row]) -> None:
        """Write some rows."""
        self._waiting += rows
        while len(self._waiting) >= GROUP:
            self._flush(self._waiting[:GROUP])
            del self._waiting[:GROUP]

    def close(self) -> None:
        """Finish the file."""
        if self._waiting:
            self._flush(self._waiting)
        self._writer.close()

    def _flush(self, rows: list[Row]) -> None:
        self._writer.write_table(self._pa.Table.from_pylist(rows, self._schema))


def arrow_schema(table: Table) -> Any:
    """Return the Arrow schema of a table; meaning and unit stand in the metadata of each field."""
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    fields = [
        pa.field(
            column.name,
            types[column.type],
            metadata={"description": column.meaning} | ({"unit": column.unit} if column.unit else {}),
        )
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"title": table.title})


def write(chosen: Selection, folder: Path) -> None:
    """Write the package."""
    write_package(chosen, folder, ".parquet", MEDIA_TYPE, ParquetFile)


FORMAT = Format(
    "parquet",
    "Parquet data package: the same tables, typed (pandas, polars, DuckDB, Arrow)",
    "",
    MEDIA_TYPE,
    folder=write,
    tables=PACKAGE,
    needs=(("pyarrow", "frames"),),
    schema="https://parquet.apache.org/docs/file-format/",
)
