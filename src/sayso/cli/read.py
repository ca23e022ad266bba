"""``sayso read`` and ``sayso demo``: reports in, their ledger out; nothing is stored."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from sayso.cli.sourcing import REFUSED, SOURCE, make_fetcher, parse, source_options, tell, tell_loss, tell_of_dates
from sayso.cli.spreading import cluster_at, gate_option, processes, spread_options
from sayso.cli.streams import colour, put, say, width
from sayso.errors import InputError, RefusedError

if TYPE_CHECKING:
    from sayso.intake import Capture, Given
    from sayso.intake.fetching import Fetcher
    from sayso.records import Reading, Report
    from sayso.scale.reading import Read

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
        seen = dict[str, str]()
        for item in self.captures(sources):
            made = item if isinstance(item, InputError) else parse(item)
            if isinstance(made, InputError):
                self._fail(made)
            elif _is_new(made.id, item.place, seen):
                yield made

    def readings(self, made: Iterable[Read]) -> Iterator[Reading]:
        """Yield the readings of captures that workers have read; see :meth:`reports`."""
        seen = dict[str, str]()
        for item, prepared in made:
            result = prepared if isinstance(prepared, InputError) else prepared.result
            if not isinstance(item, InputError) and not isinstance(prepared, InputError):
                tell_loss(item, prepared.notes)
            if isinstance(result, InputError):
                self._fail(result)
            elif _is_new(result.reports[0].id, item.place, seen):
                yield result

    def captures(self, sources: Iterable[str]) -> Iterator[Capture | InputError]:
        """Yield what is in all sources, in order."""
        from sayso.intake import capture_all

        return capture_all(sources, self.given, stdin=_stdin(), fetcher=self.fetcher, tell=tell)

    def _fail(self, error: InputError) -> None:
        self.failed += 1
        self.refused += isinstance(error, RefusedError)
        say(str(error))


def _is_new(report: str, place: str, seen: dict[str, str]) -> bool:
    """Tell whether a report has not been read yet, and remember it."""
    if report in seen:
        say(f"{place}: the same bytes as a report of {seen[report]}, read once")
        return False
    seen[report] = place
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
@click.option(
    "--published",
    metavar="DATE",
    callback=check_date,
    help="When the reports were published (ISO 8601); before what they say.",
)
@click.option("--publisher", metavar="NAME", help="The outlet that published them.")
@source_options
@spread_options
@gate_option
@output_options
def read(
    sources: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    columns: str | None,
    offline: bool,
    ray: str | None,
    workers: int | None,
    gate: bool,
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
    tell_of_dates(published, sources)
    given = Given(published=published, publisher=publisher, columns=columns)
    with make_fetcher(offline=offline) as fetcher:
        return _read(sources, Intake(given, fetcher), form, ray, workers, gated=gate)


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
    return _read((str(examples()),), Intake(Given()), form)


def _read(
    sources: tuple[str, ...],
    intake: Intake,
    form: Form,
    ray: str | None = None,
    workers: int | None = None,
    *,
    gated: bool = False,
) -> int:
    from sayso import pipeline
    from sayso.reading.gate import HELD_BACK
    from sayso.scale import reading as spread

    captures = intake.captures(sources)
    with contextlib.ExitStack() as stack:
        if ray is None:
            made = spread.read_on_this_machine(captures, processes(workers), gated=gated)
        else:
            made = spread.read(captures, stack.enter_context(cluster_at(ray, workers, gated=gated)))
        reading = pipeline.together(intake.readings(made))
    _put_out(reading, form)
    if gated:
        held = sum(each.reason == HELD_BACK for each in reading.not_understood)
        say(f"{held} of {len(reading.reports)} reports were held back by the gate, and not read")
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
