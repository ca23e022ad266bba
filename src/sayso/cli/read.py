"""``sayso read`` and ``sayso demo``: reports in, their ledger out; nothing is stored."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from sayso.cli.sourcing import REFUSED, SOURCE, make_fetcher, parse, source_options, tell
from sayso.cli.spreading import check_spread, cluster_at, spread_options
from sayso.cli.streams import colour, put, say, width
from sayso.errors import InputError, RefusedError

if TYPE_CHECKING:
    from sayso.intake import Given
    from sayso.intake.fetching import Fetcher
    from sayso.records import Reading, Report
    from sayso.scale.cluster import Cluster

SOME_FAILED: Final = 3
NOTHING_FOUND: Final = 4
_FORMS: Final = ("json", "jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Form:
    """How a reading is put out: the terminal view (``name`` None), or as JSON, JSON Lines or CSV."""

    name: str | None
    indent: int | None


@dataclass(slots=True)
class Intake:
    """Reads sources one after the other; what cannot be read is told on stderr and counted."""

    given: Given
    fetcher: Fetcher | None = None
    failed: int = field(default=0)
    refused: int = field(default=0)

    def reports(self, sources: Iterable[str]) -> Iterator[Report]:
        """Yield the reports of all sources that can be read; of reports with the same bytes only the first."""
        from sayso.intake import read_source

        fetcher, seen = self.fetcher, dict[str, str]()
        for source in sources:
            for item in read_source(source, self.given, stdin=_stdin(), parse=parse, fetcher=fetcher, tell=tell):
                if isinstance(item, InputError):
                    self._fail(item)
                elif self._is_new(item.id, source, seen):
                    yield item

    def readings(self, sources: Iterable[str], cluster: Cluster) -> Iterator[Reading]:
        """Yield the readings of the reports of all sources, read by a cluster; see :meth:`reports`."""
        from sayso.intake import capture
        from sayso.scale.reading import read as read_spread

        seen: dict[str, str] = {}
        fetcher = self.fetcher
        for source in sources:
            captures = capture(source, self.given, stdin=_stdin(), fetcher=fetcher, tell=tell)
            for item in read_spread(captures, cluster):
                if isinstance(item, InputError):
                    self._fail(item)
                elif self._is_new(item.reports[0].id, source, seen):
                    yield item

    def _fail(self, error: InputError) -> None:
        self.failed += 1
        self.refused += isinstance(error, RefusedError)
        say(str(error))

    @staticmethod
    def _is_new(report: str, source: str, seen: dict[str, str]) -> bool:
        """Tell whether a report has not been read yet, and remember it."""
        if report in seen:
            say(f"{source}: the same bytes as a report of {seen[report]}, read once")
            return False
        seen[report] = source
        return True


def _stdin() -> BinaryIO | None:
    return getattr(sys.stdin, "buffer", None)


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options on the form of its output; it gets them as ``form``."""
    options = [
        click.option("--json", "as_json", is_flag=True, help="One JSON object (`sayso schema` describes it)."),
        click.option(
            "--jsonl",
            "as_jsonl",
            is_flag=True,
            help="JSON Lines: one record a line; its key `record` says which (report, statement, event, incident,"
            " claim, origin, not_understood).",
        ),
        click.option(
            "--csv",
            "as_csv",
            is_flag=True,
            help="CSV: one row a claim. Cells that could be taken for a formula begin with an apostrophe.",
        ),
        click.option(
            "--indent",
            type=click.IntRange(0, 16),
            metavar="N",
            help="With --json: indent by N spaces.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def chosen_form(*, as_json: bool, as_jsonl: bool, as_csv: bool, indent: int | None) -> Form:
    """Return the form asked for; raises UsageError where two are, or ``--indent`` without ``--json``."""
    names = [name for name, asked in zip(_FORMS, (as_json, as_jsonl, as_csv), strict=True) if asked]
    if len(names) > 1:
        raise click.UsageError(f"--{names[0]} and --{names[1]} exclude each other: choose one")
    if indent is not None and names != ["json"]:
        raise click.UsageError("--indent goes with --json only")
    return Form(names[0] if names else None, indent)


def check_date(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Return the ISO form of a date given as an option; raises BadParameter for what is none."""
    from sayso.cli.filters import checked
    from sayso.showing.asked import day

    return checked(day, value)


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, help=SOURCE)
@click.option("--published", metavar="DATE", callback=check_date, help="When the reports were published (ISO 8601).")
@click.option("--publisher", metavar="NAME", help="The outlet that published them.")
@source_options
@spread_options
@output_options
def read(
    sources: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    columns: str | None,
    offline: bool,
    ray: str | None,
    workers: int | None,
    indent: int | None,
    **forms: bool,
) -> int:
    """Read reports and print who says what; nothing is stored.

    SOURCE is a file, a folder, an address, or - for standard input: texts, saved pages, PDF, mail, CSV, JSON Lines,
    feeds, web archives and more (`sayso sources kinds` lists them). In JSON Lines each line is an object with `text`
    or `html` and, where known, `title`, `url`, `publisher`, `byline`, `published`, `retrieved`, `language`, `id`.

    Without a publication date (--published, or one in the page or dateline), "on Monday" stays unresolved.
    What cannot be read is said on stderr; the rest is read, and the exit code is 3. Exit code 4: nothing found; 6: an
    address may not be fetched.
    """
    from sayso.intake import Given

    form = chosen_form(indent=indent, **forms)
    check_spread(ray, workers)
    given = Given(published=published, publisher=publisher, columns=columns)
    with make_fetcher(offline=offline) as fetcher:
        if ray is None:
            return _read(sources, given, form, fetcher)
        with cluster_at(ray, workers) as cluster:
            return _read(sources, given, form, fetcher, cluster)


@click.command()
@click.option("--save", metavar="DIR", help="Copy the example reports to the new folder DIR instead, for trying.")
@output_options
def demo(save: str | None, indent: int | None, **forms: bool) -> int:
    """Read the example reports and print their ledger.

    They are nine, of three incidents and one festival, written for sayso: towns, people and outlets are invented.
    """
    from sayso.intake import Given
    from sayso.showing.examples import copy_examples, examples

    form = chosen_form(indent=indent, **forms)
    if save is not None:
        say(f"{copy_examples(Path(save))} reports in {save}")
        return 0
    return _read((str(examples()),), Given(), form)


def _read(
    sources: tuple[str, ...],
    given: Given,
    form: Form,
    fetcher: Fetcher | None = None,
    cluster: Cluster | None = None,
) -> int:
    from sayso import pipeline

    intake = Intake(given, fetcher)
    if cluster is None:
        reading = pipeline.read(intake.reports(sources))
    else:
        reading = pipeline.together(intake.readings(sources, cluster))
    _put_out(reading, form)
    if intake.refused:
        return REFUSED
    if intake.failed:
        return SOME_FAILED
    if not reading.incidents and not reading.statements:
        say("nothing found: no incident and no statement")
        return NOTHING_FOUND
    return 0


def _put_out(reading: Reading, form: Form) -> None:
    from sayso.showing.tables import csv_lines, json_lines

    if form.name == "json":
        put(reading.to_json(indent=form.indent) + "\n")
    elif form.name == "jsonl":
        put("".join(json_lines(reading)))
    elif form.name == "csv":
        put("".join(csv_lines(reading)))
    else:
        from sayso.cli.view import render

        put(render(reading, width(), colour=colour()))
