"""G1: kill at every logical step of adding, and in the long form at every call that writes; resume; compare."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Final

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import capture_of, text_of
from evaluation.guarantees.g7 import warc_record
from evaluation.guarantees.killing import THREE, add_all, copy, faults_after, killed_at, opened, project
from sayso.intake import Capture, capture
from sayso.ledger.contents import ledger_hash

PROMISE = "An acknowledged report is never lost nor stored twice, wherever the process is killed"
CALLS: Final = ("write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate")
MANY: Final = 60
PAGES: Final = 40


def prove(folder: Path, full: bool) -> Proof:
    """Kill at each step of adding three reports; in the long form also sixty, a web archive, and each writing call."""
    empty = project(folder / "empty")
    points, wrong = _kill_everywhere(folder, empty, THREE)
    if full:
        more = [capture_of(text_of(day=n % 9, killed=n)) for n in range(MANY)]
        counted, found = _kill_everywhere(folder, empty, more)
        points, wrong = points + counted, wrong + found
        counted, found = _kill_everywhere(folder, empty, archive(folder))
        points, wrong = points + counted, wrong + found
        counted, found = _kill_at_calls(folder, empty)
        points, wrong = points + counted, wrong + found
    says = f"{points} kill points, {len(wrong)} times something lost, doubled or harmed"
    return Proof(not wrong, {"kill_points": points, "faults": len(wrong)}, "; ".join([says, *wrong[:3]]))


def archive(folder: Path) -> list[Capture]:
    """Return what intake captures of a web archive of so many pages."""
    page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>{}</p></body></html>"
    pages = [page.format(text_of(day=n % 9, killed=n + 100)).encode() for n in range(PAGES)]
    file = folder / "pages.warc.gz"
    file.write_bytes(b"".join(gzip.compress(warc_record(each, "response"), mtime=0) for each in pages))
    return [item for item in capture(str(file)) if isinstance(item, Capture)]


def _undisturbed(folder: Path, empty: Path, items: Sequence[Capture]) -> str:
    whole = copy(empty, folder / "whole")
    add_all(whole, items)
    with opened(whole) as ledger:
        return ledger_hash(ledger)


def _kill_everywhere(folder: Path, empty: Path, items: Sequence[Capture]) -> tuple[int, list[str]]:
    goal = _undisturbed(folder, empty, items)
    wrong: list[str] = []
    for at in count(1):
        trial = copy(empty, folder / "trial")
        if not killed_at(trial, items, at):
            return at - 1, wrong
        wrong += [f"step {at}: {fault}" for fault in faults_after(trial, items, goal)]
    raise AssertionError("unreachable")


def _kill_at_calls(folder: Path, empty: Path) -> tuple[int, list[str]]:
    """Kill a process that adds three reports at each of its calls that write; nothing where strace is not there."""
    strace = shutil.which("strace")
    if strace is None:
        return 0, ["strace is not installed: not killed at system calls"]
    goal = _undisturbed(folder, empty, THREE)
    points, wrong = 0, []
    for call in CALLS:
        for at in count(1):
            trial = copy(empty, folder / "trial")
            inject = f"inject={call}:signal=KILL:when={at}"
            trace = [strace, "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject]
            driver = [sys.executable, "-m", "evaluation.guarantees.driver", str(trial)]
            ended = subprocess.run([*trace, *driver], check=False, capture_output=True)
            if ended.returncode == 0:
                break
            points += 1
            wrong += [f"{call} {at}: {fault}" for fault in faults_after(trial, THREE, goal)]
    return points, wrong
