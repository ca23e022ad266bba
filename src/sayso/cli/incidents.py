"""``sayso incidents``, ``disputes``, ``search``, ``sources``: lists of what the ledger holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import click

from sayso.cli.completion import fields
from sayso.cli.filters import MOST, filter_options, query_in
from sayso.cli.kinds import kinds, look
from sayso.cli.project import as_of_option, open_project, project_option, seq_of
from sayso.cli.rows import Column, Row, form_options, put_rows
from sayso.cli.streams import put, say

ID: Final = 11
"""Characters of an id that tell incidents apart."""
TIED: Final = "\u00a0"
"""Stands for a blank at which no line ends: between a field and its number."""


@click.command()
@filter_options
@form_options
@as_of_option
@project_option
def incidents(form: str | None, as_of: str | None, project: str | None, **filters: Any) -> int:
    """List incidents, the latest first.

    Killed and injured are the range over all tolls that somebody asserts; where only groups are counted ("two
    soldiers"), at least the largest of one holder: 2+. --json gives the shapes of `sayso read --json` for the whole
    ledger: incidents with their findings, claims, statements, reports, origins.
    """
    from sayso.ledger.asking.questions import list_incidents
    from sayso.showing.rows import reading_of

    with open_project(project) as ledger:
        seq = seq_of(ledger, as_of)
        query = query_in(ledger, filters)
        page = list_incidents(ledger, query, as_of=seq, limit=filters["limit"], offset=filters["offset"])
        if form == "json":
            put(reading_of(ledger, [row["within"] for row in page.rows], seq).to_json() + "\n")
            return 0 if page.rows else 4
    rows = [{("id" if key == "within" else key): value for key, value in row.items()} for row in page.rows]
    code = put_rows(
        rows, list_page, form, schema="sayso.incidents/1", key="incidents", nothing="no incident of that description"
    )
    if form is None and page.total > len(rows) > 0:
        say(f"{len(rows)} of {page.total} incidents; --offset {filters['offset'] + len(rows)} shows the next")
    return code


@click.command()
@click.argument("field", required=False, shell_complete=fields, help="One field of a claim: killed, perpetrator …")
@filter_options
@form_options
@as_of_option
@project_option
def disputes(field: str | None, form: str | None, as_of: str | None, project: str | None, **filters: Any) -> int:
    """List what is disputed (of one FIELD).

    A row for each pair of claims that cannot both be true, with the cause.
    """
    from sayso.ledger.asking.questions import incidents as every
    from sayso.showing.rows import conflict_rows

    filters["status"] = f"{field or ''}:disputed"
    rows: list[dict[str, Any]] = []
    with open_project(project) as ledger:
        for gathered in every(ledger, query_in(ledger, filters), as_of=seq_of(ledger, as_of)):
            rows += conflict_rows(gathered, field)
    cut = rows[filters["offset"] : filters["offset"] + filters["limit"]]
    return put_rows(cut, _DISPUTE, form, schema="sayso.disputes/1", key="disputes", nothing="nothing is disputed")


@click.command()
@click.argument("words", nargs=-1, required=True, help="Words of the text, in any case and order.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many."
)
@form_options
@as_of_option
@project_option
def search(words: tuple[str, ...], limit: int, form: str | None, as_of: str | None, project: str | None) -> int:
    """Find the reports in which all WORDS stand."""
    from dataclasses import asdict

    from sayso.ledger.asking.questions import search as find

    with open_project(project) as ledger:
        found = find(ledger, " ".join(words), as_of=seq_of(ledger, as_of), limit=limit)
    rows = [{**asdict(each), "incidents": list(each.incidents)} for each in found]
    return put_rows(rows, _MATCH, form, schema="sayso.search/1", key="reports", nothing="no report has all these words")


@click.group(invoke_without_command=True)
@click.option("--sort", type=click.Choice(["holder", "outlet"]), help="Only holders, or only outlets.")
@click.option("--limit", metavar="N", type=click.IntRange(1), default=MOST, show_default=True, help="At most so many.")
@form_options
@as_of_option
@project_option
@click.pass_context
def sources(
    context: click.Context, sort: str | None, limit: int, form: str | None, as_of: str | None, project: str | None
) -> int:
    """List how each holder and outlet did.

    How often it is heard, spoke before others, revised itself, is contradicted. `sayso sources kinds` lists what can be
    read, `sayso sources look SOURCE` tells how a source is read.
    """
    if context.invoked_subcommand:
        return 0
    from dataclasses import asdict

    from sayso.ledger.asking.questions import list_voices

    with open_project(project) as ledger:
        found = list_voices(ledger, as_of=seq_of(ledger, as_of))
    rows = [asdict(voice) for voice in found if sort in (None, voice.sort)][:limit]
    return put_rows(rows, _VOICE, form, schema="sayso.sources/1", key="sources", nothing="nobody is quoted")


sources.add_command(kinds)
sources.add_command(look)


# -- what the tables show ---------------------------------------------------------------------------------------------


def _rows() -> Any:
    """Import what shows rows when the first one is shown."""
    from sayso.showing import rows

    return rows


def list_page(rows: Sequence[Row], cells: int, styled: bool) -> str:
    """Return incidents as the desk lists them: id and title; below, day · place · kind · tolls · reports · disputes."""
    from rich.text import Text

    from sayso.cli.view import paragraph, printed
    from sayso.showing.wording import visible

    lines: list[Text] = []
    for row in rows:
        title = list(paragraph(visible(row["title"]), cells, indent=ID + 2, style="bold"))
        lines += [Text(row["id"][:ID].ljust(ID + 2), style="dim") + title[0][ID + 2 :], *title[1:]]
        counts = (visible(each).replace(" ", TIED) for each in (*_tolls(row), _reports(row)))
        facts = [_rows().when_of(row), _rows().where_of(row), _what(row), *counts, _disputed(row)]
        told = " · ".join(fact for fact in facts if fact)
        lines += (Text(line.plain.replace(TIED, " ")) for line in paragraph(told, cells, indent=ID + 2))
    return printed(lines, cells, colour=styled)


def _what(row: Row) -> str:
    return ("background: " if row["background"] else "") + str(row["kind"]).replace("_", " ")


def _tolls(row: Row) -> list[str]:
    return [f"{field} {shown}" for field in ("killed", "injured") if (shown := _rows().range_of(row, field))]


def _disputed(row: Row) -> str:
    fields = ", ".join(_rows().disputed_of(row)).replace("_", " ")
    return f"≠ {fields}" if fields else ""


def _field(row: Row) -> str:
    return str(row["field"]).replace("_", " ") + (f" of {row['of']}" if row["of"] else "")


def _number(name: str) -> Callable[[Row], str]:
    return lambda row: str(row[name])


def _reports(row: Row) -> str:
    origins = f", {_counted(row['origins'], 'origin')}" if row["origins"] != row["reports"] else ""
    return _counted(row["reports"], "report") + origins


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


_DISPUTE: Final = (
    Column("incident", lambda row: row["incident"][:11], 11),
    Column("field", lambda row: _field(row), 8, grows=True),
    Column("one", lambda row: row["one"], 8, grows=True),
    Column("says", lambda row: row["one_holder"], 8, grows=True),
    Column("another", lambda row: row["other"], 8, grows=True),
    Column("says", lambda row: row["other_holder"], 8, grows=True),
    Column("why", lambda row: row["cause"], 8, grows=True),
)
_MATCH: Final = (
    Column("report", lambda row: row["report"][:11], 11),
    Column("published", lambda row: (row["published"] or "")[:10], 10),
    Column("outlet", lambda row: row["publisher"] or "", 8, grows=True),
    Column("text", lambda row: row["snippet"], 30, grows=True),
    Column("incidents", lambda row: " ".join(each[:11] for each in row["incidents"]), 11, grows=True),
)
_VOICE: Final = (
    Column("", lambda row: row["sort"], 6),
    Column("name", lambda row: row["name"], 20, grows=True),
    *(Column(name, _number(name), 5) for name in ("incidents", "claims", "first", "revised", "disputed")),
)  # fmt: skip
