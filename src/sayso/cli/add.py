"""``sayso add`` and ``sayso retry``: reports into the ledger of the project."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.observing import log_option, observing_options, telling, watched
from sayso.cli.progress import progress, put_line, size_of
from sayso.cli.project import project_option
from sayso.cli.read import NOTHING_FOUND, SOME_FAILED, check_date
from sayso.cli.sourcing import REFUSED, SOURCE, make_fetcher, parse, source_options, tell, tell_loss, tell_of_dates
from sayso.cli.spreading import cluster_at, gate_option, processes, spread_options
from sayso.cli.streams import put, say

if TYPE_CHECKING:
    from sayso.adding import Outcome, Tally
    from sayso.errors import InputError
    from sayso.intake import Capture


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, help=SOURCE)
@click.option(
    "--published",
    metavar="DATE",
    callback=check_date,
    help="When the reports were published (ISO 8601); before what they say.",
)
@click.option("--publisher", metavar="NAME", help="The outlet that published them.")
@click.option("--profile", metavar="NAME", help="CSV rows that others have coded: acled, ucdp-ged or gtd.")
@source_options
@spread_options
@gate_option
@observing_options
@click.option("--dry-run", is_flag=True, help="Store nothing; only tell what would become of each report.")
@click.option("--json", "as_json", is_flag=True, help='One JSON object: {"schema", "reports": [...], "counts": {...}}.')
@project_option
def add(
    sources: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    profile: str | None,
    columns: str | None,
    offline: bool,
    ray: str | None,
    workers: int | None,
    gate: bool,
    metrics: Path | None,
    log_json: bool,
    dry_run: bool,
    as_json: bool,
    project: str | None,
) -> int:
    """Read reports and keep them in the ledger.

    SOURCE is what `sayso read` takes. A line for each report says what became of it, once it is on the disk: stored,
    duplicate (the same bytes are there already), or quarantined (it could not be read; its bytes and the reason are
    kept, and `sayso retry` tries again). Nothing is dropped: in = stored + duplicate + quarantined.

    It can be killed at any time: adding the same sources again takes up the rest. Several may run at once.

    Of more than some two dozen reports, as many processes parse and read as there are processors (--workers), and this
    one links and stores. With --ray a cluster parses and reads, with the model of its nodes. The ledger is the same to
    the byte.

    With --gate, reports whose words tell of no incident are kept and marked, and not read; how many is said at the end,
    and `sayso retry --reread --gated` reads them later.

    `sayso top` shows from elsewhere how it is getting on. With --log-json each step of each report is a line of JSON on
    stderr, with a trace that stays the same from its bytes to the ledger.

    What is fetched is kept as it came, in the folder `fetched` of the project (WARC).

    With --profile the sources are CSV files of another data set (your own, licensed copy). Each row becomes a report
    with claims on the word of the source that it names, so that `sayso disputes` compares it with what reports say.

    Exit code 3: something is in quarantine or could not be had; the rest is stored. Exit code 6: an address may not be
    fetched.
    """
    from functools import partial

    from sayso import adding
    from sayso.intake import Given
    from sayso.observing.workers import WatchedWorkers, prepare_timed
    from sayso.scale import adding as spread
    from sayso.scale.processes import Processes

    if (ray or workers or gate) and (dry_run or profile):
        raise click.UsageError(
            "--ray, --workers, --gate go with neither --dry-run nor --profile: nothing would be read"
        )
    if metrics and dry_run:
        raise click.UsageError("--metrics goes without --dry-run: nothing would be done")
    tell_of_dates(published, sources)
    tally = adding.Tally()
    given, size = Given(published=published, publisher=publisher, columns=columns), size_of(sources)
    with (
        telling(log_json=log_json),
        watched(project, "add", sources, size=size, metrics=metrics, dry_run=dry_run) as (ledger, run),
        make_fetcher(offline=offline, keep=None if dry_run else ledger.project.folder / "fetched") as fetcher,
        progress("adding", size, quiet=log_json) as advance,
    ):
        captures = _captures(sources, given, fetcher)
        with contextlib.ExitStack() as stack:
            if dry_run:
                how = _coded(profile) if profile else {"parse": parse}
                outcomes = adding.add(ledger, captures, tally, dry_run=True, **how)
            elif profile:
                outcomes = run.adding(ledger, captures, tally, **_coded(profile))
            elif ray:
                cluster = stack.enter_context(cluster_at(ray, workers, gated=gate))
                workers_there = WatchedWorkers(cluster, run, len(cluster.workers))
                taken = run.taken(captures)
                outcomes = run.outcomes(spread.add(ledger, taken, tally, workers_there, tell_loss, gated=gate))
            else:
                outcomes = run.outcomes(
                    spread.add_here(
                        ledger, run.taken(captures), tally, processes(workers), tell_loss,
                        start=lambda number: WatchedWorkers(
                            Processes(number, partial(prepare_timed, gated=gate)), run, number
                        ),
                        prepare=run.preparing(gated=gate),
                    )
                )  # fmt: skip
            _put_out(_moving(outcomes, advance), tally, as_json=as_json, dry_run=dry_run)
    if tally.refused:
        return REFUSED
    return SOME_FAILED if tally.quarantined or tally.unreadable else 0


@click.command()
@click.option("--reread", is_flag=True, help="Read stored reports again that an older version or model has read.")
@click.option("--all", "all_reports", is_flag=True, help="With --reread: every stored report.")
@click.option(
    "--gated", is_flag=True, help="With --reread: only reports that the gate of `sayso add --gate` held back."
)
@log_option
@project_option
def retry(reread: bool, all_reports: bool, gated: bool, log_json: bool, project: str | None) -> int:
    """Try once more to read what is in quarantine.

    With --reread, reports are read again by this version and model: the old readings are kept beside the new ones, and
    `sayso diff` shows what differs. So are those that the gate of `sayso add --gate` held back. Exit code 3: something
    is still in quarantine. Exit code 4: there is nothing to do.
    """
    from sayso import adding

    if (all_reports or gated) and not reread:
        raise click.UsageError("--all and --gated go with --reread only")
    if all_reports and gated:
        raise click.UsageError("--all and --gated exclude each other: choose one")
    with telling(log_json=log_json), watched(project, "retry") as (ledger, run):
        reads = run.reading(adding.default_read())
        if reread:
            return _reread(adding.reread(ledger, read=reads, all_reports=all_reports, gated=gated))
        tally = adding.Tally()
        for outcome in run.outcomes(adding.retry(ledger, read=reads, parse=run.parsing(parse))):
            tally.count(outcome)
            put(_line(outcome))
    if tally.stored + tally.duplicate + tally.quarantined == 0:
        say("nothing is in quarantine")
        return NOTHING_FOUND
    return SOME_FAILED if tally.quarantined else 0


def _coded(profile: str) -> dict[str, Any]:
    """Return how rows of a data set are made reports and read: by its columns, without the language model."""
    from sayso import __version__
    from sayso.adding import CODED
    from sayso.coded import DATASETS, read_each, report_of_row
    from sayso.errors import InputError
    from sayso.ledger.storing import Reader

    if profile not in DATASETS:
        raise click.BadParameter(f"{profile!r} is none of: {', '.join(DATASETS)}", param_hint="--profile")
    dataset = DATASETS[profile]

    def parse_row(item: Capture) -> Any:
        try:
            return report_of_row(item, dataset)
        except InputError as error:
            return error

    return {"parse": parse_row, "read": read_each(dataset), "reader": Reader(__version__, f"{CODED}{profile}")}


def _captures(sources: Iterable[str], given: Any, fetcher: Any) -> Iterator[Capture | InputError]:
    from sayso.intake import capture_all

    return capture_all(sources, given, stdin=getattr(sys.stdin, "buffer", None), fetcher=fetcher, tell=tell)


def _moving(outcomes: Iterable[Outcome], advance: Any) -> Iterator[Outcome]:
    for outcome in outcomes:
        yield outcome
        advance(outcome.size)


def _put_out(outcomes: Iterable[Outcome], tally: Tally, *, as_json: bool, dry_run: bool) -> None:
    from sayso.adding import as_row

    rows = []
    for outcome in outcomes:
        if outcome.problem:
            say(outcome.problem)
        if as_json:
            rows.append(as_row(outcome))
        else:
            put_line(_line(outcome))
    counts = {"in": tally.taken} | {
        name: getattr(tally, name) for name in ("stored", "duplicate", "quarantined", "unreadable", "gated")
    }
    if as_json:
        put(json.dumps({"schema": "sayso.added/1", "reports": rows, "counts": counts}, sort_keys=True) + "\n")
    say(_equation(tally, dry_run=dry_run))
    if tally.gated:
        say(f"of the stored, {tally.gated} were held back by the gate, and not read: `sayso retry --reread --gated`")


def _equation(tally: Tally, *, dry_run: bool) -> str:
    would = "would go" if dry_run else "went"
    had = f"; {tally.unreadable} could not be had" if tally.unreadable else ""
    parts = f"{tally.stored} stored + {tally.duplicate} duplicate + {tally.quarantined} quarantined"
    return f"{tally.taken} {would} in = {parts}{had}"


def _line(outcome: Outcome) -> str:
    """Return one line for a person: what became of it, its id, where it came from."""
    from sayso.showing.wording import visible

    former = f", a new version of {outcome.former}" if outcome.former else ""
    return f"{outcome.verdict:<11}  {outcome.report or '-':<19}  {visible(outcome.place)}{former}\n"


def _reread(changes: Iterable[tuple[str, str, str]]) -> int:
    number = 0
    for report, former, new in changes:
        number += 1
        put(f"{report}  {former} -> {new}\n")
    if not number:
        say("every report has been read by this version and model, with this outcome")
        return NOTHING_FOUND
    return 0
