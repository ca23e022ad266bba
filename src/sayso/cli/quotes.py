"""``sayso quotes``: who says what in some reports, one row a statement; nothing is stored."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.listing import Listing, check_one_form, put_rows
from sayso.cli.read import Intake, check_date
from sayso.cli.sourcing import SOURCE
from sayso.showing.columns import QUOTES as COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.records import Reading, Report, Span, Statement

SCHEMA: Final = "sayso.quotes/1"

SHOWN: Final = {"speaker": 15, "cue": 9, "words": 24, "channel": 10, "certainty": 11, "when": 10}
"""Columns of the terminal view, with the cells each needs to stand alone; what is left over goes to the words."""
WIDEST: Final = {"speaker": 24, "cue": 14, "channel": 12, "certainty": 14, "when": 12, "how": 18}
"""The most cells that a column but the words takes."""


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, help=SOURCE)
@click.option("--published", metavar="DATE", callback=check_date, help="When the reports were published (ISO 8601).")
@click.option("--publisher", metavar="NAME", help="The outlet that published them.")
@click.option("--json", "as_json", is_flag=True, help='One JSON object: {"schema": …, "quotes": […]}.')
@click.option("--csv", "as_csv", is_flag=True, help="CSV: one row a statement; cells as in `sayso read --csv`.")
def quotes(sources: tuple[str, ...], published: str | None, publisher: str | None, as_json: bool, as_csv: bool) -> int:
    """Print who says what, in which words, how and when, a row each.

    Columns: speaker, cue, words, channel, certainty, when; --csv and --json have more.

    SOURCE is what `sayso read` takes. Exit code 3: some inputs could not be read, the rest is done; 4: nobody says
    anything.
    """
    from sayso import pipeline
    from sayso.intake import Given

    check_one_form(as_json, as_csv)
    intake = Intake(Given(published=published, publisher=publisher))
    found = list(rows(pipeline.read(intake.reports(sources))))
    listing = Listing(SCHEMA, "quotes", _csv, table, nothing=": no statement")
    return put_rows(found, listing, intake, as_json=as_json, as_csv=as_csv)


def rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield one row (the keys of ``COLUMNS``) for each statement, in text order."""
    reports = {report.id: report for report in reading.reports}
    hedged = _hedges(reading)
    for statement in reading.statements:
        yield _row(statement, reports[statement.content[0].report], hedged)


def _hedges(reading: Reading) -> Callable[[Span], list[tuple[int, str]]]:
    """Return a look-up: the hedges and boosters that stand in a span, each as (place, words)."""
    from bisect import bisect_left

    from sayso.values.certainty import find_hedges

    found = {
        report.id: [(hedge.start, hedge.certainty.words) for hedge in find_hedges(report.text)]
        for report in reading.reports
    }

    def look_up(span: Span) -> list[tuple[int, str]]:
        places = found[span.report]
        return places[bisect_left(places, (span.start, "")) : bisect_left(places, (span.end, ""))]

    return look_up


def _row(statement: Statement, report: Report, hedged: Callable[[Span], list[tuple[int, str]]]) -> dict[str, Any]:
    holder, said = statement.holder, statement.said
    hedges = dict.fromkeys(words for span in statement.content for _, words in hedged(span))
    return {
        "speaker": holder.name or holder.words or None,
        "speaker_kind": holder.kind,
        "speaker_words": statement.holder_span.text if statement.holder_span else None,
        "inside": statement.inside,
        "cue": statement.cue.text if statement.cue else None,
        "words": " … ".join(" ".join(span.text.split()) for span in statement.content),
        "verbatim": statement.verbatim,
        "channel": statement.via,
        "stance": statement.stance,
        "certainty": ", ".join(hedges) or None,
        "when": said.words if said else None,
        "earliest": said.earliest if said else None,
        "latest": said.latest if said else None,
        "report": report.id,
        "publisher": report.publisher,
        "start": statement.content[0].start,
        "end": statement.content[-1].end,
        "statement": statement.id,
    }


def _csv(found: list[dict[str, Any]]) -> Iterator[str]:
    from sayso.tables.cells import csv_of

    return csv_of(found, COLUMNS)


def table(found: list[dict[str, Any]], cells: int, *, styled: bool = False) -> str:
    """Return the rows as a table ``cells`` wide; what is inside another statement is indented under it.

    Columns that no row fills are left out; where there is no room, the last three stand in one.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    buffer = StringIO()
    console = Console(file=buffer, width=cells, no_color=not styled, force_terminal=styled, highlight=False)
    view = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    columns = _columns(found, cells)
    for name in columns:
        if name == "words":
            view.add_column(name, ratio=1, min_width=min(SHOWN[name], cells // 4), overflow="fold")
        else:
            room = max(min(_LEAST[name], cells // 5), min(WIDEST[name], WIDEST[name] * cells // 110))
            view.add_column(name, max_width=room, overflow="fold")
    for row, depth in _nested(found):
        view.add_row(*(Text(_shown(row, name, depth)) for name in columns))
    console.print(view)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _columns(found: list[dict[str, Any]], cells: int) -> list[str]:
    """Return the columns that some row fills; how it was said in one column where they do not fit side by side."""
    filled = [name for name in SHOWN if name in _ALWAYS or any(row[name] for row in found)]
    if sum(SHOWN[name] + 2 for name in filled) <= cells:
        return filled
    return [*_ALWAYS, *(["how"] if len(filled) > len(_ALWAYS) else [])]


def _nested(found: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield the rows in text order, each followed by those told inside it, with how deep it stands."""
    inside: dict[str | None, list[dict[str, Any]]] = {}
    known = {row["statement"] for row in found}
    for row in found:
        inside.setdefault(row["inside"] if row["inside"] in known else None, []).append(row)
    left = [(row, 0) for row in reversed(inside.get(None, []))]
    while left:
        row, depth = left.pop()
        yield row, depth
        left += [(inner, depth + 1) for inner in reversed(inside.get(row["statement"], []))]


_LEAST: Final = {"speaker": 10, "cue": 8, "channel": 10, "certainty": 11, "when": 10, "how": 12}
_ALWAYS: Final = ("speaker", "cue", "words")
_DEEPEST_SHOWN: Final = 4


def _shown(row: dict[str, Any], name: str, depth: int) -> str:
    from sayso.showing.wording import channel, visible

    if name == "how":
        return " · ".join(filter(None, (_shown(row, part, depth) for part in ("channel", "certainty", "when"))))
    text = visible(str(row[name] or ""))
    if name == "channel" and row[name]:
        return channel(row[name])
    return "› " * min(depth, _DEEPEST_SHOWN) + text if name == "speaker" else text
