"""Adding in a child process that is killed somewhere, and what must hold afterwards."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from evaluation.guarantees.foretold import READER, QuickLinker, capture_of, read, text_of
from sayso.adding import Tally, add, in_this_process
from sayso.intake import Capture
from sayso.ledger import Ledger, create, faults, open_ledger
from sayso.ledger.asking.questions import list_incidents
from sayso.ledger.asking.selecting import Query
from sayso.ledger.contents import ledger_hash
from sayso.ledger.verify import verify

ACKNOWLEDGED: Final = "acknowledged"
THREE: Final = (
    capture_of(text_of(killed=3)),
    capture_of(text_of(killed=4)),
    capture_of(text_of("shooting", "Velm", 9, 2)),
)


def project(folder: Path) -> Path:
    """Make an empty project."""
    create(folder).close()
    return folder


def copy(original: Path, folder: Path) -> Path:
    """Return a copy of a project in a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(original, folder)
    return folder


def opened(folder: Path) -> Ledger:
    """Open a project for writing, with the quick linker."""
    return open_ledger(folder, "write", linker=QuickLinker())


def add_all(folder: Path, items: Sequence[Capture], acknowledge: Callable[[str], None] | None = None) -> Tally:
    """Add captures with the foretold reader; tell the id of each report once it is acknowledged."""
    tally = Tally()
    with opened(folder) as ledger:
        for outcome in add(ledger, items, tally, read=read, reader=READER, parse=in_this_process):
            if acknowledge and outcome.report:
                acknowledge(outcome.report)
    return tally


def killed_at(folder: Path, items: Sequence[Capture], at: int) -> bool:
    """Add in a child that ends itself at step ``at``; return whether it was killed (False: it came to its end)."""
    child = os.fork()
    if child == 0:
        _in_child(folder, items, at)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in {0, faults.KILLED}:
        raise AssertionError(f"the child that was to be killed at step {at} failed of itself (exit code {code})")
    return code == faults.KILLED


def _in_child(folder: Path, items: Sequence[Capture], at: int) -> None:
    """Never returns: the child must not run what its parent has still to do."""
    code = 1
    try:
        faults.arm(at)
        with (folder / ACKNOWLEDGED).open("a", encoding="utf-8") as told:

            def acknowledge(report: str) -> None:
                told.write(f"{report}\n")
                told.flush()

            add_all(folder, items, acknowledge)
        code = 0
    finally:
        os._exit(code)


def misled(ledger: Ledger) -> list[str]:
    """Return what lists say wrongly: they must show every incident once, with all its reports."""
    rows = list_incidents(ledger, Query(background=True)).rows
    shown = {row["within"]: row["reports"] for row in rows}
    there = {number: len(accounts) for number, accounts in ledger.clusters().items()}
    return [] if len(rows) == len(shown) and shown == there else [f"lists show {shown}, there are {there}"]


def faults_after(folder: Path, items: Sequence[Capture], undisturbed: str) -> list[str]:
    """Return what is wrong after a kill: before and after adding the same again; nothing may be.

    Args:
        folder: of the project in which adding was killed.
        items: what was being added.
        undisturbed: hash of a ledger to which they were added without a kill.

    """
    file = folder / ACKNOWLEDGED
    told = set(file.read_text(encoding="utf-8").split()) if file.exists() else set()
    with open_ledger(folder, linker=QuickLinker()) as ledger:
        there = [report.id for report in ledger.reports()]
        wrong = [f"acknowledged and lost: {report}" for report in sorted(told - set(there))]
        wrong += verify(ledger) + misled(ledger)
    tally = add_all(folder, items)
    with open_ledger(folder, linker=QuickLinker()) as ledger:
        after = [report.id for report in ledger.reports()]
        wrong += [f"stored twice: {report}" for report in sorted(set(after)) if after.count(report) > 1]
        wrong += verify(ledger) + misled(ledger)
        if ledger_hash(ledger) != undisturbed:
            wrong.append("the ledger is not what it would be without the kill")
    if tally.duplicate != len(there):
        wrong.append(f"{len(there)} were there, {tally.duplicate} were known again")
    return wrong
