"""CSV in which no cell is a formula and every cell can be read back exactly (G15)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_BEFORE: Final = ' \u00a0\ufeff\x00\ufffd"'
_SUSPECT: Final = frozenset((*_FORMULA, *_BEFORE))
"""What a cell begins with that needs a closer look."""
_AS_IT_IS: Final = frozenset((int, float, type(None)))
"""What the CSV writer writes as it is: the shortest number that reads back exactly, and nothing for nothing."""


def safe(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    A cell whose first character that is no blank, NUL or quote could begin a formula (``= + - @``, tab, line end, or
    their full-width forms) gets an apostrophe in front, and so does one that begins with an apostrophe. To read such
    a table exactly: where a cell begins with an apostrophe, drop that one. Numbers are no text: a negative one stays.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        if value[:1] not in _SUSPECT:
            return value
        bare = value.lstrip(_BEFORE)
        return f"'{value}" if value.startswith(_FORMULA) or bare.startswith(_FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return safe(as_json(value))


def as_json(value: Any) -> str:
    """Return a value as JSON: keys sorted, so that the same value is the same text, and letters as they are."""
    return _ENCODED(value)


_ENCODED: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
"""Made once: ``json.dumps`` makes an encoder for each value."""


def exact(cell: str) -> str:
    """Return the text that ``safe`` made a cell of."""
    return cell.removeprefix("'")


class _Lines(list[str]):
    """What a CSV writer writes to: a line each time."""

    write = list.append


def lines(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> list[str]:
    """Return rows as lines of CSV (RFC 4180: comma, CRLF, quotes doubled) that hold no formula.

    Args:
        rows: with these keys and perhaps others.
        names: of the columns, two at least.

    """
    found, cells_of = _Lines(), itemgetter(*names)
    csv.writer(found, lineterminator="\r\n").writerows(map(_cells, map(cells_of, rows)))
    return found


def _cells(row: Iterable[Any]) -> list[Any]:
    """Return the cells of a row, :func:`safe` where they need it; what they begin with tells for most."""
    return [
        cell if cell.__class__ in _AS_IT_IS or (cell.__class__ is str and cell[:1] not in _SUSPECT) else safe(cell)
        for cell in row
    ]


def line(cells: Iterable[Any]) -> str:
    """Return one row of CSV whose cells are as they are."""
    found = _Lines()
    csv.writer(found, lineterminator="\r\n").writerow(list(cells))
    return found[0]


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
