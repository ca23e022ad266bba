"""``sayso top``: what is running on a project, how fast, and what went wrong."""

from __future__ import annotations

import json
import signal
import sys
import threading
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.streams import put, say, width

if TYPE_CHECKING:
    from rich.console import Group

    from sayso.observing.looking import View
    from sayso.observing.runs import Status
    from sayso.settings import Project

NOTHING: Final = 4
STAGES: Final = ("take", "parse", "read", "link", "store")
TROUBLES: Final = 5
_HEADS: Final = ("command", "running", "reports", "a second", "left", "waiting", "workers", "now", "stages")


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, help="Folder of the project (default: as everywhere).")
@click.option("--once", is_flag=True, help="Show it once, and end.")
@click.option("--json", "as_json", is_flag=True, help='Once, as one JSON object: {"schema", "running": [...], …}.')
@click.option(
    "--every", metavar="SECONDS", type=click.FloatRange(0.2, 3600), default=1.0, show_default=True,
    help="How often it is looked.",
)  # fmt: skip
def top(folder: str | None, once: bool, as_json: bool, every: float) -> int:
    """Show what is running on a project, and how fast.

    Of each command: how long, reports, reports a second in the last minute, the time left where it can be known,
    reports at hand, workers, where the time goes; of the ledger: what is in it, its size, the disk; the last troubles.

    On a terminal it stays until Ctrl-C; elsewhere, and with --once or --json, it looks once. Of several machines that
    share a ledger it shows the commands of those that share the folder of the project.

    Exit code 4: with --once or --json, nothing is running.
    """
    from sayso.observing.looking import look
    from sayso.settings import find_project

    project = find_project(folder)
    if as_json or once or not sys.stdout.isatty():
        view = look(project)
        put(json.dumps(as_data(view), sort_keys=True) + "\n") if as_json else _print(project, view)
        return 0 if view.running else NOTHING
    _stay(project, every)
    return 0


def _stay(project: Project, every: float) -> None:
    """Show it anew until Ctrl-C, which is waited for: raised inside a callback of a library it would be lost."""
    from rich.live import Live

    from sayso.observing.looking import look

    stop = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        with Live(shown(project, look(project)), auto_refresh=False, screen=True) as live:
            while not stop.wait(every):
                live.update(shown(project, look(project)), refresh=True)
    finally:
        signal.signal(signal.SIGINT, before)
    say("what was running goes on")


def _print(project: Project, view: View) -> None:
    from rich.console import Console

    from sayso.cli.streams import colour

    console = Console(width=width(), no_color=not colour(), highlight=False)
    with console.capture() as captured:
        console.print(shown(project, view))
    put("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def as_data(view: View) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "schema": "sayso.top/1",
        "running": [asdict(status) | {"left_seconds": status.left_seconds()} for status in view.running],
        "killed": [asdict(status) for status in view.killed],
        "counts": view.counted(),
        "seconds": view.seconds(),
        "troubles": view.troubles(),
        "ledger": dict(view.ledger),
        "database_bytes": view.bytes,
        "free_bytes": view.free,
        "problem": view.problem,
    }


def shown(project: Project, view: View) -> Group:
    """Return the view for a terminal."""
    from rich.console import Group
    from rich.text import Text

    parts: list[Any] = [_head(project, view)]
    if view.running:
        parts += [Text(""), _running(view.running)]
    else:
        parts.append(Text(f"\nNothing is running.{_last(view)}"))
    for status in view.killed:
        done = f"{status.done} reports done; the same command takes up the rest"
        parts.append(Text(f"\n{status.command} was killed after {_ago(status.updated)[:-4]}: {done}", style="yellow"))
    troubles = view.troubles()[:TROUBLES]
    if troubles:
        parts.append(Text("\nlast troubles", style="bold"))
        parts += [_trouble(each) for each in troubles]
    return Group(*parts)


def _head(project: Project, view: View) -> Any:
    from rich.text import Text

    if view.problem:
        return Text(f"{project.folder.absolute().name}   {view.problem}", style="red")
    counts = view.ledger
    size = "" if view.bytes is None else f" · database {_size(view.bytes)}"
    free = "" if view.free is None else f", {_size(view.free)} free"
    kept = f"{counts['reports']:,} reports · {counts['incidents']:,} incidents · {counts['claims']:,} claims"
    head = Text(f"{project.folder.absolute().name}   {kept} · ")
    return head.append(
        f"{counts['quarantined']:,} in quarantine", style="yellow" if counts["quarantined"] else ""
    ).append(f"{size}{free}")


def _running(running: list[Status]) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in _HEADS:
        table.add_column(head, justify="right" if head in {"reports", "a second", "waiting", "workers"} else "left")
    for status in running:
        table.add_row(*_row(status))
    return table


def _row(status: Status) -> tuple[str, ...]:
    counts = status.counts
    became = [f"{counts[name]} {name}" for name in ("duplicate", "quarantined", "unreadable") if counts.get(name)]
    held = [f"{status.gated:,} held back"] if status.gated else []
    lines = [f"{counts.get('stored', 0):,} stored", *held, *became]
    reports = "\n".join(lines) if status.command != "serve" else "–"
    workers = f"{status.workers}, {status.shards} shards out" if status.workers else "–"
    now = f"until {status.due[11:16]}" if status.now == "wait" and status.due else status.now or "starting"
    return (
        f"{status.command}\npid {status.pid}", _span(status.began, datetime.now(UTC).isoformat()), reports,
        f"{status.rate:.1f}", _left(status), f"{status.waiting}", workers, now, _stages(status),
    )  # fmt: skip


def _stages(status: Status) -> str:
    """Return where the time went, in per cent of what was spent in stages."""
    whole = sum(status.seconds.values())
    if not whole:
        return "–"
    parts = ((name, 100 * status.seconds.get(name, 0.0) / whole) for name in STAGES)
    return " ".join(f"{name} {share:.0f}%" for name, share in parts if share >= 0.5)


def _left(status: Status) -> str:
    left = status.left_seconds()
    return "?" if left is None else f"about {_seconds(left)}"


def _last(view: View) -> str:
    last = view.sums.last
    if last is None:
        return ""
    counts = last["counts"]
    became = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()) if name != "taken")
    return f" The last was {last['command']}, {_ago(last['updated'])}: {became or 'nothing came in'}."


def _trouble(trouble: dict[str, str]) -> Any:
    from rich.text import Text

    from sayso.showing.wording import visible

    said = trouble["problem"].removeprefix(f"{trouble['place']}: ")
    return Text(
        f"{trouble['at'][11:19]}  {visible(trouble['place'])}: {visible(said)}", overflow="ellipsis", no_wrap=True
    )


def _ago(moment: str) -> str:
    return f"{_span(moment, datetime.now(UTC).isoformat())} ago"


def _span(since: str, until: str) -> str:
    return _seconds((datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds())


def _seconds(number: float) -> str:
    """Return seconds as a person says them: 45 s, 12 min, 3 h 20 min, 2 d 4 h."""
    whole = max(0, round(number))
    if whole < 90:
        return f"{whole} s"
    minutes = round(whole / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours < 48 else f"{hours // 24} d {hours % 24} h"


def _size(number: int) -> str:
    """Return bytes in the unit that suits them."""
    value, unit = float(number), "B"
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":
            break
        value /= 1000
    return f"{value:.0f} {unit}" if value >= 10 or unit == "B" else f"{value:.1f} {unit}"
