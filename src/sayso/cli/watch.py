"""``sayso watch``: feeds into the ledger, as their reports come out."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.observing import observing_options, telling, watched
from sayso.cli.project import project_option
from sayso.cli.read import SOME_FAILED
from sayso.cli.sourcing import OFFLINE, REFUSED, make_fetcher
from sayso.cli.streams import put, say

if TYPE_CHECKING:
    from sayso.observing.run import Run
    from sayso.watching import Seen, Watcher


@click.command()
@click.argument("feeds", type=click.Path(dir_okay=False, path_type=Path), help="TOML file that lists the feeds.")
@click.option("--once", is_flag=True, help="Look at what is due now, and end (for cron).")
@click.option("--offline", is_flag=True, envvar=OFFLINE, help="Fetch nothing: refused (exit code 6).")
@observing_options
@project_option
def watch(feeds: Path, once: bool, offline: bool, metrics: Path | None, log_json: bool, project: str | None) -> int:
    """Watch feeds, and keep the reports they list.

    FEEDS is a TOML file: a [[feed]] with `url` and, where wanted, `publisher`, `every` (minutes) and `follow = false`
    (the entries themselves are the reports); a [watch] with `contact` (said with every request) and `allow`.

    A feed is asked only for what has changed, and left alone for longer after each failure. Its pages are fetched,
    read and kept; for three days they are looked at again, and what has changed becomes a new version. What has been
    fetched stands in the folder `fetched` of the project. Ctrl-C or SIGTERM ends it after the report at hand; started
    again, it goes on where it was.

    A line for each report on a terminal, else JSON Lines. Exit code 3 (with --once): a feed could not be had.
    """
    from sayso.watching import Watcher, load_feeds

    wanted = load_feeds(feeds)
    if offline:
        say("nothing is fetched offline")
        return REFUSED
    contact = {"contact": wanted.contact} if wanted.contact else {}
    with (
        telling(log_json=log_json),
        watched(project, "watch", [str(feeds)], metrics=metrics) as (ledger, run),
        ended() as event,
        make_fetcher(offline=False, keep=ledger.project.folder / "fetched", allow=wanted.allow, **contact) as fetcher,
    ):
        watcher = Watcher(ledger, wanted, fetcher, ended=event.is_set, adding=run.adding)
        return _watch(watcher, run, event, once=once)


def _watch(watcher: Watcher, run: Run, ended: threading.Event, *, once: bool) -> int:
    """Look at what is due until told to end; return the exit code."""
    failed = 0
    watcher.begin()
    while not ended.is_set():
        for seen in watcher.looks():
            failed += seen.problem is not None
            if seen.problem:
                run.trouble(seen.address, seen.problem)
            _tell(seen)
            if ended.is_set():
                break
        if once:
            break
        due = watcher.next_due()
        run.waits(due.isoformat(timespec="seconds") if due else None)
        ended.wait(min(60.0, max(1.0, (due - watcher.now()).total_seconds())) if due else 60.0)
    tally = watcher.tally
    parts = f"{tally.stored} stored + {tally.duplicate} duplicate + {tally.quarantined} quarantined"
    say(f"{tally.taken} went in = {parts}")
    return SOME_FAILED if once and failed else 0


@contextmanager
def ended() -> Iterator[threading.Event]:
    """Give an event that is set when the process is asked to end."""
    event = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield event
        return
    before = {which: signal.signal(which, lambda *_: event.set()) for which in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield event
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)


def _tell(seen: Seen) -> None:
    """Put a line for each report, and tell what could not be had."""
    if seen.problem:
        say(seen.problem)
    if not sys.stdout.isatty():
        put("".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in _rows(seen)))
        return
    from sayso.showing.wording import visible

    for outcome in seen.outcomes:
        former = f", a new version of {outcome.former}" if outcome.former else ""
        put(f"{outcome.verdict:<11}  {outcome.report or '-':<19}  {visible(outcome.place)}{former}\n")


def _rows(seen: Seen) -> Iterator[dict[str, Any]]:
    from sayso.adding import as_row

    kind = "feed" if seen.feed else "page"
    yield {kind: seen.address, "new": seen.listed, "problem": seen.problem, "due": seen.due}
    for outcome in seen.outcomes:
        yield {"outcome": dict(as_row(outcome))}
