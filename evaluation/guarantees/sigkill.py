"""``kill -9`` at any moment, not at a step of our own: during ``add`` of a web archive, and during ``watch``.

    python -m evaluation.guarantees.sigkill [POINTS [FIRST]]

A child does the work, its parent sends SIGKILL after a while: at so many moments spread over the time that the work
takes when nobody disturbs it. Then the same is done again, and the ledger must be what it is without a kill.
``watch`` fetches from a server on loopback, by the real fetcher, which keeps what comes in web archives.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from evaluation.guarantees.foretold import READER, QuickLinker, read, text_of
from evaluation.guarantees.g7 import warc_record
from evaluation.guarantees.killing import ACKNOWLEDGED, copy, misled, opened, project
from sayso.adding import Tally, add, in_this_process
from sayso.intake import Inventory, capture
from sayso.intake.fetching import Egress, Fetcher, Manners
from sayso.ledger import open_ledger
from sayso.ledger.contents import ledger_hash
from sayso.ledger.verify import verify
from sayso.watching import Feed, Feeds, Watcher

POINTS: Final = 200
PAGES: Final = 34
"""Of the archive: more than one batch."""
LISTED: Final = 8
"""Pages that each of two feeds lists."""
_GOLDEN: Final = 0.6180339887
"""Multiples of it fill the time evenly, however many there are."""
_NOW: Final = datetime(2031, 5, 14, 10, tzinfo=UTC)
_PAGE: Final = "<html><body><article><h1>Blast {n}</h1><p>{text}</p></article></body></html>"

Work = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of killing one kind of work.

    Attributes:
        points: how often it was killed before it came to its end.
        reports: how many reports there are when nobody disturbs it.
        wrong: what was lost, doubled or harmed.

    """

    points: int
    reports: int
    wrong: tuple[str, ...]


def kill_adding(folder: Path, points: int = POINTS, first: int = 0) -> Killed:
    """Kill adding a web archive, compressed record by record; ``first`` numbers the first point."""
    import gzip

    file = folder / "pages.warc.gz"
    pages = [_page(n) for n in range(PAGES)]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    file.write_bytes(b"".join(gzip.compress(warc_record(head + each, "response"), mtime=0) for each in pages))

    def work(trial: Path) -> None:
        with opened(trial) as ledger, (trial / ACKNOWLEDGED).open("a", encoding="utf-8", buffering=1) as told:
            items = capture(str(file))
            for outcome in add(ledger, items, Tally(), read=read, reader=READER, parse=in_this_process):
                told.write(f"{outcome.report}\n")

    return _killed(folder / "adding", work, points, first)


def kill_watching(folder: Path, points: int = POINTS, first: int = 0) -> Killed:
    """Kill watching two feeds at two hosts; likewise."""
    with _server() as port:

        def work(trial: Path) -> None:
            egress = Egress((f"127.0.0.1:{port}",), resolver=lambda *_: ["127.0.0.1"])
            feeds = Feeds(tuple(Feed(f"http://{host}.example:{port}/feed") for host in "ab"))
            with (
                opened(trial) as ledger,
                (trial / ACKNOWLEDGED).open("a", encoding="utf-8", buffering=1) as told,
                Fetcher(Manners(pause=0.0), egress, keep=trial / "fetched") as fetcher,
            ):
                watcher = Watcher(ledger, feeds, _AtOneTime(fetcher), read, READER, in_this_process, now=lambda: _NOW)
                watcher.begin()
                for seen in watcher.looks():
                    told.writelines(f"{outcome.report}\n" for outcome in seen.outcomes)

        return _killed(folder / "watching", work, points, first)


class _AtOneTime:
    """A fetcher that always says the same time, so that two runs can be compared."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Any:
        """Return what stands at an address."""
        return replace(self._fetcher.fetch(url, etag=etag, modified=modified), at=_NOW.isoformat())


def _killed(folder: Path, work: Work, points: int, first: int) -> Killed:
    """Do the work undisturbed, then kill it at so many moments, each time in a fresh project."""
    folder.mkdir()
    empty, whole = project(folder / "empty"), folder / "whole"
    seconds = min(_undisturbed(copy(empty, whole), work) for _ in range(3))
    with open_ledger(whole, linker=QuickLinker()) as ledger:
        goal, reports = ledger_hash(ledger), sum(1 for _ in ledger.reports())
    killed, turn, wrong = 0, first, list[str]()
    while killed < points and turn < first + 4 * points:
        trial = copy(empty, folder / "trial")
        after = seconds * ((turn * _GOLDEN) % 1.0)
        turn += 1
        if _kill(trial, work, after):
            killed += 1
            wrong += [f"after {1000 * after:.0f} ms: {fault}" for fault in faults(trial, work, goal)]
    return Killed(killed, reports, tuple(wrong))


def _undisturbed(trial: Path, work: Work) -> float:
    began = time.monotonic()
    child = _begin(trial, work)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, "it fails when nobody disturbs it"
    return time.monotonic() - began


def _kill(trial: Path, work: Work, after: float) -> bool:
    """Kill the work after so many seconds; return whether it was still at it."""
    child = _begin(trial, work)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, -signal.SIGKILL}, f"the work failed of itself (exit code {code})"
    return code != 0


def _begin(trial: Path, work: Work) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work(trial)
            code = 0
        finally:
            os._exit(code)
    return child


def faults(trial: Path, work: Work, goal: str) -> list[str]:
    """Return what is wrong after a kill, and after the same work was done again; nothing may be."""
    told = (trial / ACKNOWLEDGED).read_text("utf-8").split() if (trial / ACKNOWLEDGED).exists() else []
    with open_ledger(trial, linker=QuickLinker()) as ledger:
        there = {report.id for report in ledger.reports()}
        wrong = [f"acknowledged and lost: {report}" for report in sorted(set(told) - there)] + verify(ledger)
    _undisturbed(trial, work)
    with open_ledger(trial, linker=QuickLinker()) as ledger:
        after = [report.id for report in ledger.reports()]
        wrong += [f"stored twice: {report}" for report in sorted(set(after)) if after.count(report) > 1]
        wrong += verify(ledger) + misled(ledger)
        if ledger_hash(ledger) != goal:
            wrong.append("the ledger is not what it would be without the kill")
    return wrong + _unaccounted(trial / "fetched")


def _unaccounted(fetched: Path) -> list[str]:
    """Return the archives of fetched answers of which a byte is lost in silence: torn ones say that they are torn."""
    told: list[Inventory] = []
    for file in sorted(fetched.glob("*.warc.gz")):
        for _ in capture(str(file), tell=told.append):
            pass
    return [str(each) for each in told if each.told != each.size]


# -- a server of two feeds and their pages ----------------------------------------------------------------------------


def _page(number: int) -> bytes:
    return _PAGE.format(n=number, text=text_of(day=number % 9, killed=number + 100)).encode()


def _answer(path: str, host: str) -> bytes:
    base = 0 if host.startswith("a") else LISTED
    if path == "/feed":
        items = "".join(
            f"<item><title>{n}</title><link>http://{host}/{n}</link></item>" for n in range(base, base + LISTED)
        )
        body, kind = f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>', "application/rss+xml"
        return _response(body.encode(), kind)
    return _response(_page(int(path[1:])), "text/html") if path[1:].isdigit() else _response(b"", "text/plain", 404)


def _response(body: bytes, kind: str, status: int = 200) -> bytes:
    head = f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


@contextlib.contextmanager
def _server() -> Iterator[int]:
    """Serve in a process of its own, which no kill of ours reaches; give its port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    child = os.fork()
    if child == 0:
        try:
            while True:
                connection, _ = listener.accept()
                with contextlib.suppress(OSError, ValueError, IndexError), connection:
                    connection.settimeout(5)
                    head = connection.recv(65_536).decode("latin-1")
                    host = head.lower().partition("\r\nhost: ")[2].partition("\r\n")[0]
                    connection.sendall(_answer(head.split(" ")[1], host))
        finally:
            os._exit(0)
    try:
        yield listener.getsockname()[1]
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        listener.close()


if __name__ == "__main__":
    wanted, start = [*map(int, sys.argv[1:]), *(POINTS, 0)[len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory() as place:
        for kill in (kill_adding, kill_watching):
            found = kill(Path(place), wanted, start)
            said = f"{found.points} kills, {found.reports} reports, {len(found.wrong)} faults"
            print(f"{kill.__name__}: {said}", *found.wrong[:5], sep="\n  ", flush=True)
