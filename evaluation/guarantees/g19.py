"""G19: backups taken while another process adds; each must verify, and hold all that was acknowledged before."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import QuickLinker, capture_of, text_of
from evaluation.guarantees.killing import add_all, project
from sayso.ledger import open_ledger
from sayso.ledger.copying import backup
from sayso.ledger.verify import verify

PROMISE = "A backup taken while adding verifies"
AT_ONCE = 4


def prove(folder: Path, full: bool) -> Proof:
    """Let a child add without end, take backups meanwhile, and verify each of them."""
    number = 100 if full else 8
    work = project(folder / "project")
    stop = folder / "stop"
    child = os.fork()
    if child == 0:
        _add_until(work, stop)
    good, sizes, wrong = 0, set(), []
    try:
        for turn in range(number):
            faults, reports = _backup(work, folder / f"backup{turn}")
            sizes.add(reports)
            good += not faults
            wrong += faults
    finally:
        stop.touch()
        os.waitpid(child, 0)
    figures = {"backups": number, "verified": good, "sizes": len(sizes)}
    says = f"{good} of {number} backups verify, of {min(sizes)} to {max(sizes)} reports"
    return Proof(good == number, figures, "; ".join([says, *wrong[:3]]))


def _backup(work: Path, target: Path) -> tuple[list[str], int]:
    with open_ledger(work, linker=QuickLinker()) as ledger:
        before = {report.id for report in ledger.reports()}
        copied = backup(ledger, target)
    with open_ledger(copied, linker=QuickLinker()) as ledger:
        there = {report.id for report in ledger.reports()}
        wrong = verify(ledger) + [f"missing: {report}" for report in sorted(before - there)]
    shutil.rmtree(target)
    return wrong, len(there)


def _add_until(work: Path, stop: Path) -> None:
    try:
        for turn in count():
            if stop.exists():
                break
            texts = (text_of(day=turn % 9, place=f"Tarsk{turn % 7}", killed=AT_ONCE * turn + n) for n in range(AT_ONCE))
            add_all(work, [capture_of(text) for text in texts])
    finally:
        os._exit(0)
