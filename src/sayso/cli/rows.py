"""How commands on a ledger print rows: a table on a terminal, or JSON, JSON Lines, CSV."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from sayso.cli.lists import chosen, list_options
from sayso.cli.read import NOTHING_FOUND
from sayso.cli.streams import colour, put, say, width

Row = Mapping[str, Any]


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


def put_rows(
    rows: Sequence[Row], columns: Sequence[Column], form: str | None, *, schema: str, key: str, nothing: str
) -> int:
    """Print the rows; return the exit code: 0, or 4 where there is none (said on stderr).

    Args:
        rows: all with the same keys, values as JSON knows them.
        columns: of the table.
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
        put(table(rows, columns, width(), styled=colour()))
    if not rows:
        say(nothing)
        return NOTHING_FOUND
    return 0


def table(rows: Sequence[Row], columns: Sequence[Column], cells: int, *, styled: bool = False) -> str:
    """Return the rows as a table ``cells`` wide; columns that are empty in all rows are left out."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from sayso.showing.wording import visible

    filled = [column for column in columns if any(column.shown(row) for row in rows)]
    view = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in filled:
        view.add_column(
            column.name, ratio=1 if column.grows else None, min_width=column.least, overflow="fold",
            no_wrap=not column.grows and column.least > 0,
        )  # fmt: skip
    for row in rows:
        view.add_row(*(Text(visible(column.shown(row))) for column in filled))
    buffer = StringIO()
    console = Console(file=buffer, width=cells, no_color=not styled, force_terminal=styled, highlight=False)
    console.print(view)
    return "\n".join(text.rstrip() for text in buffer.getvalue().splitlines()) + "\n"
