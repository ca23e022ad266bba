"""The options of commands that are watched, and the command's run with the ledger that tells it what is written."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.observing.run import Run
    from sayso.settings import Project

LOG_JSON: Final = "SAYSO_LOG_JSON"
EVERY: Final = 15.0
"""Seconds between two writings of the metrics: Prometheus asks as often by default."""


def observing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options ``--metrics`` and ``--log-json``."""
    metrics = click.option(
        "--metrics",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Keep metrics of the project in FILE for Prometheus's textfile collector (FILE.prom).",
    )
    return metrics(log_option(command))


def log_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option ``--log-json``."""
    return click.option(
        "--log-json", is_flag=True, envvar=LOG_JSON, help="Tell on stderr, as JSON a line, what happens."
    )(command)


@contextlib.contextmanager
def telling(*, log_json: bool) -> Iterator[None]:
    """Make JSON of all that goes to stderr while the block runs, if that is wanted."""
    from sayso.cli import streams

    if not log_json:
        yield
        return
    from sayso.observing.logs import log, logging_to

    with logging_to(), streams.told_by(lambda line: log("said", message=line)):
        yield


@contextlib.contextmanager
def watched(
    project: str | None,
    command: str,
    sources: Iterable[str] = (),
    *,
    size: int | None = None,
    metrics: Path | None = None,
    dry_run: bool = False,
) -> Iterator[tuple[Ledger, Run]]:
    """Open the ledger the user means, for a command that is watched.

    Args:
        project: folder given with ``--project``.
        command: its word.
        sources: what it was given.
        size: bytes of all sources, where that is known.
        metrics: file to keep metrics in.
        dry_run: nothing is written, so nobody can look on; the ledger is open for reading only.

    Raises:
        SetupError: there is no project, or the ledger cannot be opened; or metrics are wanted and cannot be had.

    """
    from sayso.ledger import open_ledger
    from sayso.observing import runs
    from sayso.observing.run import Run
    from sayso.observing.store import WatchedLedger
    from sayso.settings import find_project

    found = find_project(project)
    if dry_run:
        with open_ledger(found) as ledger, Run(None, command, sources, size=size) as run:
            yield ledger, run
        return
    beat = _metrics(found, metrics) if metrics else None
    with Run(runs.folder_of(found), command, sources, size=size, beat=beat) as run, WatchedLedger(found, run) as ledger:
        yield ledger, run


def _metrics(project: Project, file: Path) -> Callable[[bool], None]:
    """Return what keeps the metrics of a project in a file, when it is called and the last time is long enough ago."""
    from sayso.observing import metrics
    from sayso.observing.looking import look

    made = metrics.registry(lambda: look(project))
    metrics.write(file, made)  # what cannot be written is said before anything is done
    written = [time.monotonic()]

    def beat(last: bool) -> None:
        if last or time.monotonic() - written[0] >= EVERY:
            written[0] = time.monotonic()
            metrics.write(file, made)

    return beat
