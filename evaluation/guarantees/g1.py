"""G1: kill at every logical step of adding, at any moment, and in the long form at every call that writes; compare.

    python -m evaluation.guarantees.g1 ROUND ROUND …

proves rounds of the long form alone, which takes a while.
"""

from __future__ import annotations

import gzip
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Final

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import capture_of, text_of
from evaluation.guarantees.g7 import warc_record
from evaluation.guarantees.killing import THREE, add_all, copy, faults_after, killed_at, opened, project
from evaluation.guarantees.sigkill import POINTS, kill_adding, kill_watching
from sayso.intake import Capture, capture
from sayso.ledger.contents import ledger_hash

PROMISE = "An acknowledged report is never lost nor stored twice, wherever the process is killed"
CALLS: Final = ("write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate")
ROUNDS: Final = 44
"""Sets of a few reports, each killed at every step: more than two thousand points in all."""
PAGES: Final = 40
"""Of a web archive."""
MANY: Final = 40
"""Reports of two batches; killed at every ``SPARSE``-th step only."""
SPARSE: Final = 25


def prove(folder: Path, full: bool) -> Proof:
    """Kill at each step of adding three reports; in the long form many sets, two batches, an archive, by strace."""
    empty = project(folder / "empty")
    points, wrong = _kill_everywhere(folder, empty, THREE)
    if full:
        many = [capture_of(text_of(day=n % 9, killed=n)) for n in range(MANY)]
        for counted, found in (
            *(_kill_everywhere(folder, empty, items_of(number)) for number in range(ROUNDS)),
            _kill_everywhere(folder, empty, many, every=SPARSE),
            _kill_everywhere(folder, empty, archive(folder)),
            _kill_at_calls(folder, empty),
        ):
            points, wrong = points + counted, wrong + found
    for kill in (kill_adding, kill_watching):
        found_by = kill(folder, POINTS if full else 3)
        points, wrong = points + found_by.points, [*wrong, *found_by.wrong]
    says = f"{points} kill points, {len(wrong)} times something lost, doubled or harmed"
    return Proof(not wrong, {"kill_points": points, "faults": len(wrong)}, "; ".join([says, *wrong[:3]]))


def items_of(number: int) -> list[Capture]:
    """Return the reports of a round: three, alike and unlike, of one day or of several."""
    chance = random.Random(number)
    texts = [
        text_of(chance.choice(("bombing", "raid")), chance.choice(("Tarsk", "Velm")), chance.randint(1, 4), killed)
        for killed in chance.sample(range(1, 9), 3)
    ]
    return [capture_of(text, f"{at}.txt") for at, text in enumerate(texts)]


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


def _kill_everywhere(folder: Path, empty: Path, items: Sequence[Capture], *, every: int = 1) -> tuple[int, list[str]]:
    goal = _undisturbed(folder, empty, items)
    wrong: list[str] = []
    for at in count(1, every):
        trial = copy(empty, folder / "trial")
        if not killed_at(trial, items, at):
            return (at - 1) // every, wrong
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


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        nothing = project(Path(place) / "empty")
        for given in map(int, sys.argv[1:]):
            killed, faults = _kill_everywhere(Path(place), nothing, items_of(given))
            print(f"round {given}: {killed} kill points, {len(faults)} faults", *faults[:3], flush=True)
