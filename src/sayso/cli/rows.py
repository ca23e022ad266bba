"""How commands on a ledger print rows: a table on a terminal, or JSON, JSON Lines, CSV."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from sayso.cli.lists import chosen, list_options
from sayso.cli.read import NOTHING_FOUND
from sayso.cli.streams import colour, put, say, width

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, Any]
_READABLE = 7
"""Cells that a broken cell takes at the least."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: its heading, what a row shows in it, the least cells it takes, whether it may grow."""

    name: str
    shown: Callable[[Row], str]
    least: int = 4
    grows: bool = False


def form_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--json --jsonl --csv``; it gets the one asked for as ``form`` (None: the table)."""

    @functools.wraps(command)
    def with_form(*args: Any, as_json: bool, as_jsonl: bool, as_csv: bool, **options: Any) -> Any:
        return command(*args, form=chosen(as_json=as_json, as_jsonl=as_jsonl, as_csv=as_csv), **options)

    return list_options(with_form)


Page = Callable[[Sequence[Row], int, bool], str]
"""Rows, cells of a line and whether styles are wanted in, text out: what a terminal shows in the place of a table."""


def put_rows(
    rows: Sequence[Row], columns: Sequence[Column] | Page, form: str | None, *, schema: str, key: str, nothing: str
) -> int:
    """Print the rows; return the exit code: 0, or 4 where there is none (said on stderr).

    Args:
        rows: all with the same keys, values as JSON knows them.
        columns: of the table; or what else makes a page of the rows.
        form: json, jsonl, csv or None.
        schema: name of the JSON object's shape.
        key: under which the rows stand in it.
        nothing: what is said where there are none.

    """
    if form == "json":
        put(json.dumps({"schema": schema, key: list(rows)}, ensure_ascii=False, sort_keys=True) + "\n")
    elif form == "jsonl":
        put("".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows))
    elif form == "csv":
        from sayso.tables.cells import csv_of

        put("".join(csv_of(rows)))
    elif rows:
        page = columns(rows, width(), colour()) if callable(columns) else table(rows, columns, width(), styled=colour())
        put(page)
    if not rows:
        say(nothing)
        return NOTHING_FOUND
    return 0


def table(rows: Sequence[Row], columns: Sequence[Column], cells: int, *, styled: bool = False) -> str:
    """Return the rows as a table ``cells`` wide; columns that are empty in all rows are left out.

    Where they do not fit, cells of several words are broken too, then all cells: nothing is cut off.
    """
    from rich.console import Console

    filled = [column for column in columns if any(column.shown(row) for row in rows)]
    buffer = StringIO()
    console = Console(file=buffer, width=cells, no_color=not styled, force_terminal=styled, highlight=False)
    squeezed = next((step for step in range(2) if _needed(rows, filled, step) <= cells), 2)
    console.print(_view(rows, filled, squeezed))
    return "\n".join(text.rstrip() for text in buffer.getvalue().splitlines()) + "\n"


def _whole(rows: Sequence[Row], column: Column, squeezed: int) -> bool:
    """Tell whether the cells of a column are not broken; 1: those of several words are, 2: all are."""
    spaced = any(" " in column.shown(row) for row in rows)
    return not column.grows and column.least > 0 and squeezed < 2 - spaced


def _needed(rows: Sequence[Row], columns: Sequence[Column], squeezed: int) -> int:
    """Return how many cells the table takes at the least, with some for a cell that is broken."""
    taken = 2 * len(columns)
    for column in columns:
        wide = _READABLE if squeezed else column.least
        if _whole(rows, column, squeezed):
            wide = max(len(column.shown(row)) for row in rows)
        taken += max(wide, len(column.name))
    return taken


def _view(rows: Sequence[Row], columns: Sequence[Column], squeezed: int) -> Table:
    """Return the table; 1: cells of several words may be broken, 2: all may."""
    from rich.table import Table
    from rich.text import Text

    from sayso.showing.wording import visible

    view = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")  # pad_edge=False cuts the last column
    for column in columns:
        whole = _whole(rows, column, squeezed)
        view.add_column(
            column.name, ratio=1 if column.grows else None, overflow="fold", no_wrap=whole,
            min_width=column.least if whole or not squeezed else None,
        )  # fmt: skip
    for row in rows:
        view.add_row(*(Text(visible(column.shown(row))) for column in columns))
    return view
