"""G20: the disk is full, the ledger read-only or locked: a clear error, nothing acknowledged, and on it goes after."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import READER, QuickLinker, capture_of, read, text_of
from evaluation.guarantees.killing import ACKNOWLEDGED, THREE, add_all, copy, faults_after, project
from sayso.adding import Tally, add
from sayso.errors import SetupError
from sayso.intake import Capture
from sayso.ledger import open_ledger
from sayso.ledger.contents import ledger_hash

PROMISE = "Disk full, read-only, locked: a clear error, no false acknowledgement, no repair"
REFUSED = 5


def prove(folder: Path, full: bool) -> Proof:
    """Fill the disk after so many bytes (a limit on the size of files), take rights and locks away; then go on."""
    empty = project(folder / "empty")
    items = [*THREE, *(capture_of(text_of(day=n, killed=n, words="word " * 2000)) for n in range(3))]
    add_all(copy(empty, folder / "whole"), items)
    with open_ledger(folder / "whole", linker=QuickLinker()) as ledger:
        goal = ledger_hash(ledger)
    largest = (empty / "ledger.db").stat().st_size
    limits = range(4096, largest * (6 if full else 3), 16 * 1024 if full else 64 * 1024)
    tries: list[tuple[str, Callable[[Path], object], Callable[[Path], object]]] = [
        (f"full after {limit} bytes", lambda _, limit=limit: _limit(limit), lambda _: None) for limit in limits
    ]
    tries += [("read-only", _take_rights, _give_rights), ("locked", _lock, lambda _: None)]
    refused, wrong = 0, []
    for name, before, after in tries:
        trial = copy(empty, folder / "trial")
        code = _add_in_child(trial, items, before)
        after(trial)
        refused += code == REFUSED
        wrong += [f"{name}: exit code {code}"] if code not in {0, REFUSED} else []
        wrong += [f"{name}: {fault}" for fault in faults_after(trial, items, goal)]
    figures = {"tries": len(tries), "refused": refused, "faults": len(wrong)}
    says = f"{len(tries)} tries, {refused} refused with a clear error, {len(wrong)} false acknowledgements or harm"
    return Proof(not wrong and refused > 0, figures, "; ".join([says, *wrong[:3]]))


def _add_in_child(trial: Path, items: Sequence[Capture], before: Callable[[Path], object]) -> int:
    """Return 0 where all was added, 5 where it was refused with a word on what to do, else 1."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            told = os.open(trial / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            held = before(trial)
            project = open_ledger(trial).project
            with open_ledger(project, "write", linker=QuickLinker()) as ledger:
                for outcome in add(ledger, items, Tally(), read=read, reader=READER):
                    os.write(told, f"{outcome.report}\n".encode())
            code = 0 if held is not told else 1
        except SetupError as error:
            code = REFUSED if error.way_out else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _limit(size: int) -> None:
    """Let no file of this process grow beyond so many bytes: writing fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _take_rights(trial: Path) -> None:
    """Take the right to write away; from root, by giving up being root."""
    for path in (trial, *trial.rglob("*")):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    for folder in (trial, *trial.parents):
        if os.geteuid() == 0 and folder.stat().st_uid == 0:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH | stat.S_IROTH) if folder.name.startswith(
                "sayso-"
            ) else None
    if os.geteuid() == 0:
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
