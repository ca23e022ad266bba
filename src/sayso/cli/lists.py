"""How commands on a ledger put rows: a table for people, ``--json``, ``--jsonl`` or ``--csv`` for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

import click

from sayso.cli.read import NOTHING_FOUND
from sayso.cli.streams import colour, put, say, width

Row = Mapping[str, Any]
_FORMS: Final = ("json", "jsonl", "csv")


@dataclass(frozen=True, slots=True)
class List:
    """One kind of rows.

    Attributes:
        schema: name of the JSON object ("sayso.log/1").
        key: of the rows in it.
        columns: name → what it holds; the columns of the CSV.
        shown: keys of the rows that the table shows; columns, or others that are only for it.
        wide: the one of these that takes the room there is.
        nothing: what is said where there are no rows.

    """

    schema: str
    key: str
    columns: Mapping[str, str]
    shown: Collection[str]
    wide: str
    nothing: str


def list_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options ``--json``, ``--jsonl`` and ``--csv``; it gets them as ``**forms`` for `put_list`."""
    for option in (
        click.option("--csv", "as_csv", is_flag=True, help="CSV; cells as in `sayso read --csv`."),
        click.option("--jsonl", "as_jsonl", is_flag=True, help="JSON Lines: one object a row."),
        click.option("--json", "as_json", is_flag=True, help="One JSON object."),
    ):
        command = option(command)
    return command


def chosen(*, as_json: bool, as_jsonl: bool, as_csv: bool) -> str | None:
    """Return the form asked for, None for the table; raises UsageError where two are."""
    asked = [name for name, wanted in zip(_FORMS, (as_json, as_jsonl, as_csv), strict=True) if wanted]
    if len(asked) > 1:
        raise click.UsageError(f"--{asked[0]} and --{asked[1]} exclude each other: choose one")
    return asked[0] if asked else None


def put_list(rows: Iterable[Row], kind: List, *, as_json: bool, as_jsonl: bool, as_csv: bool) -> int:
    """Print the rows in the form asked for and return the exit code (4 where there are none).

    Raises:
        UsageError: two forms are asked for.

    """
    chosen(as_json=as_json, as_jsonl=as_jsonl, as_csv=as_csv)
    found = list(rows)
    if as_json:
        put(_dump({"schema": kind.schema, kind.key: [_told(row, kind) for row in found]}))
    elif as_jsonl:
        put("".join(_dump(_told(row, kind)) for row in found))
    elif as_csv:
        from sayso.tables.cells import csv_of

        put("".join(csv_of(found, kind.columns)))
    elif found:
        put(table(found, kind.shown, kind.wide, width(), styled=colour()))
    if not found:
        say(kind.nothing)
        return NOTHING_FOUND
    return 0


def table(rows: Iterable[Row], shown: Collection[str], wide: str, cells: int, *, styled: bool = False) -> str:
    """Return rows as a table ``cells`` wide; hidden characters are spelled out."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from sayso.showing.wording import visible

    buffer = StringIO()
    console = Console(file=buffer, width=cells, no_color=not styled, force_terminal=styled, highlight=False)
    view = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in shown:
        view.add_column(name, ratio=1 if name == wide else None, overflow="fold", no_wrap=name != wide)
    for row in rows:
        view.add_row(*(Text(visible(_cell(row[name]))) for name in shown))
    console.print(view)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _told(row: Row, kind: List) -> Row:
    """Return what programs get of a row: the columns, without what is only for the table."""
    return {name: row[name] for name in kind.columns}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _dump(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n"
