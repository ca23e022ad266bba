"""Records as rows of a data frame: what ``Ledger`` yields can be had as pandas, polars or Arrow.

The three libraries are the extra ``sayso[frames]``; whichever is there is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from sayso.errors import SetupError
from sayso.records import Claim, Report, Statement
from sayso.tables import rows
from sayso.tables.rows import Row

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Kind = TypeVar("Kind", bound=BaseModel)


def _same(record: Any) -> Any:
    return record


class Records(Iterator[Kind], Generic[Kind]):
    """Records one after the other, or what is left of them as a frame: one row each, columns as in ``sayso.tables``.

    Args:
        found: the records, or whatever they are made of.
        record: makes a record of one of these.
        row: makes a row of one of these.

    """

    def __init__(
        self, found: Iterator[Any], *, record: Callable[[Any], Kind] = _same, row: Callable[[Any], Row] | None = None
    ) -> None:
        self._found, self._record, self._row = found, record, row or row_of

    def __next__(self) -> Kind:
        return self._record(next(self._found))

    def rows(self) -> list[Row]:
        """Return what is left as rows of plain values."""
        return [self._row(each) for each in self._found]

    def arrow(self) -> pa.Table:
        """Return what is left as an Arrow table; raises SetupError without pyarrow."""
        try:
            import pyarrow as pa
        except ImportError as error:
            raise _missing("pyarrow") from error
        rows = self.rows()
        columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}
        return pa.table({name: _column(pa, values) for name, values in columns.items()})

    def to_pandas(self) -> pd.DataFrame:
        """Return what is left as a pandas frame; whole numbers that may be missing are ``Int64``."""
        try:
            import pandas as pd
        except ImportError as error:
            raise _missing("pandas") from error
        return pd.DataFrame(self.rows()).convert_dtypes()

    def to_polars(self) -> pl.DataFrame:
        """Return what is left as a polars frame."""
        try:
            import polars as pl
        except ImportError as error:
            raise _missing("polars") from error
        return pl.DataFrame(self.rows(), infer_schema_length=None)

    def take(self, number: int) -> list[Kind]:
        """Return the next ``number`` records, or fewer where there are no more."""
        return list(islice(self, number))


def _column(pa: Any, values: list[Any]) -> Any:
    """Return an Arrow array; a column without any value is text, so that two pages have one schema."""
    return pa.array(values, type=pa.string() if all(value is None for value in values) else None)


def _missing(library: str) -> SetupError:
    return SetupError(f"{library} is not installed", way_out="pip install 'sayso[frames]'")


def row_of(record: BaseModel) -> Row:
    """Return a record as one flat row: that of its table, where there is one; of others, what is nested as JSON."""
    data = record.model_dump(mode="json", by_alias=True)
    match record:
        case Claim():
            return rows.claim_row(data)
        case Report():
            return rows.report_row(data)
        case Statement():
            return rows.statement_row(data)
    return rows.flat(data)
