"""Parquet data package: pandas, polars, DuckDB, Arrow; the same tables as CSV, typed, with meanings in the schema."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sayso.exports.packages.writing import Package
from sayso.exports.registry import Format
from sayso.exports.selection import Options
from sayso.tables.columns import Table
from sayso.tables.contents import PACKAGE
from sayso.tables.rows import Row

MEDIA_TYPE: Final = "application/vnd.apache.parquet"
GROUP: Final = 20_000
"""Rows of a row group: what is held in memory of each table."""


class ParquetFile:
    """One table as Parquet; rows wait until a row group is full."""

    def __init__(self, file: Path, table: Table, _options: Options) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._pa: Any = pa
        self._writer = pq.ParquetWriter(file, arrow_schema(table), compression="zstd")
        self._waiting: list[Any] = []
        self._rows = 0

    def write(self, rows: Any, keep: Sequence[bool] | None = None) -> int:
        """Write the rows of an Arrow table, or those of them that are to be kept, and return how many."""
        kept = rows if keep is None else rows.filter(self._pa.array(keep, self._pa.bool_()))
        self._waiting.append(kept)
        self._rows += kept.num_rows
        while self._rows >= GROUP:
            self._flush(GROUP)
        return int(kept.num_rows)

    def close(self) -> None:
        """Finish the file."""
        if self._rows:
            self._flush(self._rows)
        self._writer.close()

    def _flush(self, number: int) -> None:
        """Write the first rows as a row group, in one piece: its pages do not tell in what parts they came."""
        rows = self._pa.concat_tables(self._waiting).combine_chunks()
        self._writer.write_table(rows.slice(0, number), row_group_size=number)
        self._waiting, self._rows = [rows.slice(number)], self._rows - number


def encode(table: Table, rows: list[Row]) -> Any:
    """Return rows as an Arrow table."""
    import pyarrow as pa

    return pa.Table.from_pylist(rows, arrow_schema(table))


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


FORMAT = Format(
    "parquet",
    "Parquet data package: the same tables, typed (pandas, polars, DuckDB, Arrow)",
    "",
    MEDIA_TYPE,
    folder=Package(".parquet", MEDIA_TYPE, encode, ParquetFile),
    tables=PACKAGE,
    needs=(("pyarrow", "frames"),),
    schema="https://parquet.apache.org/docs/file-format/",
)
