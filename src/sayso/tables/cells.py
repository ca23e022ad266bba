"""CSV in which no cell is a formula and every cell can be read back exactly (G15)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_BEFORE: Final = ' \u00a0\ufeff\x00\ufffd"'


def safe(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    A cell whose first character that is no blank, NUL or quote could begin a formula (``= + - @``, tab, line end, or
    their full-width forms) gets an apostrophe in front, and so does one that begins with an apostrophe. To read such
    a table exactly: where a cell begins with an apostrophe, drop that one. Numbers are no text: a negative one stays.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        if value[:1].isalnum():
            return value
        bare = value.lstrip(_BEFORE)
        return f"'{value}" if value.startswith(_FORMULA) or bare.startswith(_FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return safe(json.dumps(value, ensure_ascii=False, sort_keys=True))


def exact(cell: str) -> str:
    """Return the text that ``safe`` made a cell of."""
    return cell.removeprefix("'")


def line(cells: Iterable[Any]) -> str:
    """Return one row of CSV (RFC 4180: comma, CRLF, quotes doubled)."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(list(cells))
    return buffer.getvalue()


def csv_of(rows: Iterable[Mapping[str, Any]], columns: Iterable[str] | None = None) -> Iterator[str]:
    """Yield header and rows as CSV; lists and objects become JSON.

    Args:
        rows: with the same keys.
        columns: those to write, in order; all keys of the first row if left out (no row: no header).

    """
    names = tuple(columns) if columns is not None else None
    if names is not None:
        yield line(names)
    for row in rows:
        if names is None:
            names = tuple(row)
            yield line(names)
        yield line(safe(row[name]) for name in names)
