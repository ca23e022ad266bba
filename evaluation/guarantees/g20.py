"""G20: the disk is full, the ledger read-only or locked: a clear error, nothing acknowledged, and on it goes after."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import READER, QuickLinker, capture_of, read, text_of
from evaluation.guarantees.killing import ACKNOWLEDGED, THREE, add_all, copy, faults_after, project
from sayso.adding import Tally, add, in_this_process
from sayso.errors import SetupError
from sayso.intake import Capture
from sayso.ledger import open_ledger
from sayso.ledger.contents import ledger_hash

PROMISE = "Disk full, read-only, locked: a clear error, no false acknowledgement, no repair"
REFUSED = 5
Deed = Callable[[Path], object]


def prove(folder: Path, full: bool) -> Proof:
    """Fill the disk after so many bytes (a limit on the size of files), take rights and locks away; then go on."""
    empty = project(folder / "empty")
    items = [*THREE, *(capture_of(text_of(day=n, killed=n, words="word " * 2000)) for n in range(3))]
    add_all(copy(empty, folder / "whole"), items)
    with open_ledger(folder / "whole", linker=QuickLinker()) as ledger:
        goal = ledger_hash(ledger)
    refused, wrong, tries = 0, [], 0
    for name, before, after in _troubles(range(4096, 2_000_000, 64 * 1024 if full else 400 * 1024)):
        trial = copy(empty, folder / "trial")
        code = _add_in_child(trial, items, before)
        after(trial)
        tries, refused = tries + 1, refused + (code == REFUSED)
        wrong += [f"{name}: exit code {code}"] if code not in {0, REFUSED} else []
        wrong += [f"{name}: {fault}" for fault in faults_after(trial, items, goal)]
    if full:
        more, found = _errors_of_calls(folder, empty)
        tries, refused, wrong = tries + more, refused + more, wrong + found
    figures = {"tries": tries, "refused": refused, "faults": len(wrong)}
    says = f"{tries} tries, {refused} refused with a clear error, {len(wrong)} false acknowledgements or harm"
    return Proof(not wrong and refused > 0, figures, "; ".join([says, *wrong[:3]]))


def _troubles(limits: range) -> Iterator[tuple[str, Deed, Deed]]:
    """Yield a name, what is done in the child before it adds, and what sets it right again."""
    for limit in limits:
        yield f"full after {limit} bytes", partial(_limit, limit), _nothing
    yield "read-only", _take_rights, _give_rights
    yield "locked", _lock, _nothing


def _errors_of_calls(folder: Path, empty: Path) -> tuple[int, list[str]]:
    """Let each call that writes or syncs fail from some time on, as on a full or broken disk (by strace)."""
    strace = shutil.which("strace")
    if strace is None:
        return 0, ["strace is not installed: no failing calls"]
    add_all(copy(empty, folder / "three"), THREE)
    with open_ledger(folder / "three", linker=QuickLinker()) as ledger:
        goal = ledger_hash(ledger)
    points, wrong = 0, []
    for call, error in (("pwrite64", "ENOSPC"), ("fsync", "EIO"), ("fdatasync", "EIO"), ("rename", "ENOSPC")):
        for at in count(1, 3):
            trial = copy(empty, folder / "trial")
            inject = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={at}+"]
            driver = [sys.executable, "-m", "evaluation.guarantees.driver", str(trial)]
            command = [strace, "-f", "-qq", "-o", "/dev/null", *inject, *driver]
            code = subprocess.run(command, check=False, capture_output=True).returncode
            if code == 0:
                break
            points += 1
            wrong += [f"{call} {at}: exit code {code}"] if code != REFUSED else []
            wrong += [f"{call} {at}: {fault}" for fault in faults_after(trial, THREE, goal)]
    return points, wrong


def _add_in_child(trial: Path, items: Sequence[Capture], before: Deed) -> int:
    """Return 0 where all was added, 5 where it was refused with a word on what to do, else 1."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            told = os.open(trial / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            held = before(trial)  # a lock is held as long as this lives
            with open_ledger(trial, "write", linker=QuickLinker()) as ledger:
                for outcome in add(ledger, items, Tally(), read=read, reader=READER, parse=in_this_process):
                    os.write(told, f"{outcome.report}\n".encode())
            code = 0
            del held
        except SetupError as error:
            code = REFUSED if error.way_out else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _limit(size: int, _trial: Path) -> None:
    """Let no file of this process grow beyond so many bytes: writing fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _nothing(_trial: Path) -> None:
    """There is nothing to set right."""


def _take_rights(trial: Path) -> None:
    """Take the right to write away; from root, by giving up being root."""
    for path in (trial, *trial.rglob("*")):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    if os.geteuid() == 0:
        trial.parent.chmod(0o755)  # the folder of this proof
        os.setuid(65534)


def _give_rights(trial: Path) -> None:
    for path in (trial, *trial.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)


def _lock(trial: Path) -> sqlite3.Connection:
    """Hold the writer's lock, and let the ledger wait for it for a moment only."""
    (trial / "sayso.toml").write_text("[ledger]\nwait_seconds = 0.1\n", encoding="utf-8")
    connection = sqlite3.connect(trial / "ledger.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection
