"""Progress of anything long: on a terminal only, on stderr, with the rate and the time left."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from sayso.cli.streams import put

Advance = Callable[[int], None]


@contextlib.contextmanager
def progress(what: str, total: int | None, *, quiet: bool = False) -> Iterator[Advance]:
    """Show a bar while the block runs, and give a function that moves it on by so many bytes.

    Args:
        what: what is being done.
        total: bytes there are in all; None where that cannot be known (standard input).
        quiet: show nothing: stderr is for something else.

    """
    if quiet or not sys.stderr.isatty():
        yield lambda _size: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    count = TextColumn("{task.fields[done]} reports, {task.fields[rate]:.1f}/s")
    columns = (TextColumn(what), BarColumn(), count, TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total, done=0, rate=0.0)

        def advance(size: int) -> None:
            shown = bar.tasks[0]
            done = shown.fields["done"] + 1
            bar.update(task, advance=size, done=done, rate=done / max(shown.elapsed or 0.0, 1e-9))

        yield advance


@contextlib.contextmanager
def counting(what: str, total: int, of: str, *, quiet: bool = False) -> Iterator[Advance]:
    """Show a bar while the block runs, and give a function that moves it on by so many of ``total`` things.

    Args:
        what: what is being done.
        total: how many there are in all.
        of: what they are, a plural noun.
        quiet: show nothing: the terminal is for something else.

    """
    if quiet or not sys.stderr.isatty():
        yield lambda _number: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    count = TextColumn("{task.completed:,.0f} of {task.total:,.0f} " + of)
    columns = (TextColumn(what), BarColumn(), count, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda number: bar.update(task, advance=number)


def put_line(line: str) -> None:
    """Write a line of data to stdout; above the bar where there is one."""
    if sys.stderr.isatty():
        click.echo(line, nl=False)  # the bar has put itself in the place of the stream, and makes room
    else:
        put(line)


def size_of(sources: Iterable[str]) -> int | None:
    """Return the bytes in files and folders, by what the file system says; None where one is standard input."""
    total = 0
    for source in sources:
        if source == "-":
            return None
        with contextlib.suppress(OSError, ValueError):
            path = Path(source)
            files = path.rglob("*") if path.is_dir() else [path]
            total += sum(file.stat().st_size for file in files if file.is_file())
    return total
