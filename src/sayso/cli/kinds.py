"""``sayso sources kinds`` and ``sayso sources look``: what can be read, and how a source was read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.rows import Column, form_options, put_rows
from sayso.cli.sourcing import SOURCE, make_fetcher, source_options, tell
from sayso.cli.streams import say

if TYPE_CHECKING:
    from sayso.intake.guard import Parsed


@click.command()
@form_options
def kinds(form: str | None) -> int:
    """List the kinds of sources that can be read, those of installed extensions too."""
    from sayso.intake.kinds import kinds as every

    rows = [{"kind": each.name, "suffixes": " ".join(each.suffixes), "what": each.says} for each in every()]
    rows.append({"kind": "address", "suffixes": "http: https:", "what": "what stands at an address, and what it lists"})
    rows.append({"kind": "folder", "suffixes": "", "what": "all files under a folder, in the order of their names"})
    rows.append({"kind": "stdin", "suffixes": "-", "what": "any of these on standard input, known by its first bytes"})
    return put_rows(rows, _KINDS, form, schema="sayso.kinds/1", key="kinds", nothing="nothing can be read")


@click.command()
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True, help=SOURCE)
@source_options
@form_options
def look(names: tuple[str, ...], columns: str | None, offline: bool, form: str | None) -> int:
    """Tell how sources are read, without reading them.

    Of each report its title, outlet, dates and language, each with where it was found; how much of the page was
    recovered; and characters that hide something. Exit code 3: some cannot be read.
    """
    from sayso.errors import InputError

    rows, failed = [], 0
    for made in _parsed(names, columns, offline=offline):
        if isinstance(made, InputError):
            failed += 1
            say(str(made))
        else:
            rows.append(_row(made))
    code = put_rows(rows, _LOOK, form, schema="sayso.looked/1", key="reports", nothing="there is no report in it")
    return 3 if failed else code


def _parsed(names: tuple[str, ...], columns: str | None, *, offline: bool) -> Iterator[Any]:
    from sayso.errors import InputError
    from sayso.intake import Given, capture_all
    from sayso.intake.guard import default_guard

    stdin = getattr(sys.stdin, "buffer", None)
    with make_fetcher(offline=offline) as fetcher:
        for item in capture_all(names, Given(columns=columns), stdin=stdin, fetcher=fetcher, tell=tell):
            yield item if isinstance(item, InputError) else default_guard().parse(item)


def _row(parsed: Parsed) -> dict[str, Any]:
    from sayso.intake.hidden import hidden_in

    report, notes = parsed.report, parsed.notes
    row: dict[str, Any] = {"id": report.id}
    for name in ("title", "publisher", "byline", "published", "language", "url"):
        row |= {name: getattr(report, name), f"{name}_from": notes.found.get(name)}
    row |= {"modified": notes.modified, "modified_from": notes.modified_from, "credit": notes.credit}
    row |= {"reader": notes.reader, "recovered": notes.recovered, "lost": list(notes.lost), "refused": notes.refused}
    return row | {"letters": len(report.text), "hidden": [each.says for each in hidden_in(report.text)]}


def _from(row: Any, name: str) -> str:
    said = row[name] or "-"
    return f"{said} ({row[f'{name}_from']})" if row[f"{name}_from"] else str(said)


def _read(row: Any) -> str:
    share = "" if row["recovered"] is None else f"{100 * row['recovered']:.0f} %"
    return " ".join(filter(None, (row["reader"], share)))


_KINDS = (
    Column("kind", lambda row: row["kind"], 13),
    Column("known by", lambda row: row["suffixes"], 12),
    Column("what", lambda row: row["what"], 30, grows=True),
)
_LOOK = (
    Column("title", lambda row: _from(row, "title"), 20, grows=True),
    Column("outlet", lambda row: _from(row, "publisher"), 10, grows=True),
    Column("published", lambda row: _from(row, "published"), 10, grows=True),
    Column("modified", lambda row: _from(row, "modified"), 8, grows=True),
    Column("language", lambda row: row["language"] or "?", 8),
    Column("letters", lambda row: str(row["letters"]), 7),
    Column("recovered", _read, 9, grows=True),
    Column("hidden", lambda row: str(len(row["hidden"]) or ""), 6),
)
