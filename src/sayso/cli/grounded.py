"""``sayso places``, ``sayso times``, ``sayso actors``: what reports name, each with span, value and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.listing import Listing, Row, check_one_form, put_rows
from sayso.cli.read import Intake, check_date
from sayso.cli.sourcing import SOURCE
from sayso.showing.columns import GROUNDED as COLUMNS

if TYPE_CHECKING:
    from sayso.records import Report

SCHEMA: Final = "sayso.grounded/1"
SHOWN: Final = ("start", "words", "shown", "reason")
"""Columns of the terminal view."""

Finder = Callable[["Report"], Iterable[Row]]


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--csv", "as_csv", is_flag=True, help="CSV: one row a name; cells as in `sayso read --csv`."),
        click.option("--json", "as_json", is_flag=True, help='One JSON object: {"schema": …, "rows": […]}.'),
        click.option("--published", metavar="DATE", callback=check_date, help="When the reports were published."),
        click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, help=SOURCE),
    ):
        command = option(command)
    return command


@click.command()
@_options
def places(sources: tuple[str, ...], published: str | None, as_json: bool, as_csv: bool) -> int:
    """Print place names: what each stands for, and why.

    All names of a report settle each other. A name that stays unresolved says so. SOURCE is what `sayso read` takes.
    Exit code 3: some inputs could not be read, the rest is done; 4: no place is named.
    """
    return _print(sources, published, as_json, as_csv, _places)


@click.command()
@_options
def times(sources: tuple[str, ...], published: str | None, as_json: bool, as_csv: bool) -> int:
    """Print times: which days, and counted from what.

    Without a publication date (--published, or one in the page or dateline) "on Monday" stays unresolved. SOURCE is
    what `sayso read` takes. Exit code 3: some inputs could not be read, the rest is done; 4: no time is told.
    """
    return _print(sources, published, as_json, as_csv, _times)


@click.command()
@_options
def actors(sources: tuple[str, ...], published: str | None, as_json: bool, as_csv: bool) -> int:
    """Print who speaks or acts, and how it was read.

    Canonical name, kind, country and sector. SOURCE is what `sayso read` takes. Exit code 3: some inputs could not be
    read, the rest is done; 4: nobody is named.
    """
    return _print(sources, published, as_json, as_csv, _actors)


def _print(sources: tuple[str, ...], published: str | None, as_json: bool, as_csv: bool, finder: Finder) -> int:
    from sayso.intake import Given

    check_one_form(as_json, as_csv)
    intake = Intake(Given(published=published))
    found = [{"report": report.id, **row} for report in intake.reports(sources) for row in finder(report)]
    return put_rows(found, Listing(SCHEMA, "rows", _csv, table, nothing=""), intake, as_json=as_json, as_csv=as_csv)


# -- finders: report → rows --------------------------------------------------------------------------------------------


def _places(report: Report) -> Iterator[Row]:
    from sayso.language.engine import analyse
    from sayso.reading.where.toponyms import read_toponyms
    from sayso.vocab.gazetteer import Gazetteer

    world = Gazetteer.default()
    for analysis in analyse([report]):
        for found in read_toponyms(analysis, world):
            shown = found.place.format() if found.place.name else None
            people = world.demonym(found.toponym.words) if found.place.precision == "country" else None
            reason = "a word for its people or what is theirs" if people else found.reason
            yield _row(found.toponym.start, found.toponym.end, report, shown, reason, found.place)


def _times(report: Report) -> Iterator[Row]:
    from sayso.reading.times import moments_of

    for found in moments_of(report):
        moment = found.moment
        ends = list(dict.fromkeys(end or "…" for end in (moment.earliest, moment.latest)))
        reason = f"counted from the {moment.anchor}" if moment.anchor else "as the words say"
        if not moment.resolved:
            reason = f"missing: {moment.anchor}" if moment.anchor else "the words do not say when"
        yield _row(found.start, found.end, report, " to ".join(ends) if moment.resolved else None, reason, moment)


def _actors(report: Report) -> Iterator[Row]:
    from sayso import pipeline
    from sayso.values.actor import Actor

    reading = pipeline.read([report])
    rows: dict[tuple[int, int], Row] = {}
    for statement in reading.statements:
        if statement.holder_span:
            span, via = statement.holder_span, f"holder of a statement ({statement.via or 'no channel'})"
            rows.setdefault((span.start, span.end), _actor_row(span.start, span.end, report, statement.holder, via))
    for claim in reading.claims:
        actor, evidence = claim.value, claim.evidence
        at = report.text.find(actor.words, evidence.start, evidence.end) if isinstance(actor, Actor) else -1
        if isinstance(actor, Actor) and at >= 0:
            row = _actor_row(at, at + len(actor.words), report, actor, f"{claim.field} of an incident")
            rows.setdefault((row["start"], row["end"]), row)
    return iter([rows[key] for key in sorted(rows)])


def _actor_row(start: int, end: int, report: Report, actor: Any, role: str) -> Row:
    parts = [actor.name, actor.kind, actor.country, actor.sector]
    shown = ", ".join(str(part) for part in parts if part) if actor.name else None
    return _row(start, end, report, shown, "; ".join([role, _how(actor), *_bearer(actor, report)]), actor)


def _bearer(actor: Any, report: Report) -> list[str]:
    """Return who bore the office that an actor is named by when the report was published; derived, and said so."""
    from sayso.values.actor import Actor
    from sayso.values.actor_office import bearer
    from sayso.vocab.gazetteer import Gazetteer

    world = Gazetteer.default()
    named = Actor.parse(actor.words, world, (actor.country,) if actor.country else ())
    fact = bearer(named, world, report.published)
    return (
        [f"on {(report.published or '')[:10]} that was {fact.name} (derived from the tables of leaders)"]
        if fact
        else []
    )


def _how(actor: Any) -> str:
    """Return how an actor's name was come by."""
    from sayso.vocab.gazetteer import Gazetteer

    world = Gazetteer.default()
    if not actor.name:
        return "whom the words mean is not said"
    known = world.actor(actor.name, (actor.country,) if actor.country else ())
    if known:
        return f"a known body ({known.source})"
    if world.leader(actor.name):
        return "in the tables of leaders"
    if world.country(actor.name):
        return "a country"
    return "as the words say" if actor.name in actor.words else "put together from the words"


def _row(start: int, end: int, report: Report, shown: str | None, reason: str, value: Any) -> Row:
    words = " ".join(report.text[start:end].split())
    data = value.model_dump(mode="json", by_alias=True)
    return {"start": start, "end": end, "words": words, "shown": shown, "reason": reason, "value": data}


# -- forms -------------------------------------------------------------------------------------------------------------


def _csv(found: list[Row]) -> Iterator[str]:
    from sayso.tables.cells import csv_of

    return csv_of(found, COLUMNS)


def table(found: list[Row], cells: int, *, styled: bool = False) -> str:
    """Return the rows as a table ``cells`` wide."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from sayso.showing.wording import visible

    buffer = StringIO()
    console = Console(file=buffer, width=cells, no_color=not styled, force_terminal=styled, highlight=False)
    view = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    for name, share in zip(SHOWN, (1, 3, 4, 6), strict=True):
        view.add_column("at" if name == "start" else name, ratio=share, overflow="fold")
    for row in found:
        shown = row | {"shown": row["shown"] or "unresolved"}
        view.add_row(*(Text(visible(str(shown[name]))) for name in SHOWN))
    console.print(view)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"
