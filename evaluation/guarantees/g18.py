"""G18: an upgrade keeps every hash; one that fails or is killed rolls back; a newer database is refused unharmed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import textwrap
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import QuickLinker
from evaluation.guarantees.killing import THREE, add_all, copy, project
from sayso.errors import SetupError
from sayso.ledger import faults, open_ledger, sqlite
from sayso.ledger.contents import ledger_hash
from sayso.ledger.schema import VERSION
from sayso.ledger.upgrade import upgrade, version_of
from sayso.ledger.verify import verify

PROMISE = "Upgrades keep every hash; a failed one rolls back; a newer database is refused"
_STEP = '''
"""A step of a later version, for the proof: a table, a column and an index more, with places to be killed at."""
import sqlalchemy as sa
from alembic import op
from sayso.ledger.faults import step

revision = "9000"
down_revision = "{before}"
branch_labels = None
depends_on = None

def upgrade():
    step()
    op.create_table("notes", sa.Column("id", sa.Text, primary_key=True), sqlite_strict=True)
    step()
    op.add_column("reports", sa.Column("country", sa.Text))
    step()
    op.create_index("reports_by_country", "reports", ["country"])
    step()
    {last}
    step()
'''


def prove(folder: Path, full: bool) -> Proof:
    """Upgrade a ledger with three reports: undisturbed, failing in the last line, killed at each step, and too new."""
    old = project(folder / "old")
    add_all(old, THREE)
    with open_ledger(old, linker=QuickLinker()) as ledger:
        goal = ledger_hash(ledger)
    good, bad = _steps(folder / "good", "pass"), _steps(folder / "bad", "raise RuntimeError('no more')")
    wrong = [f"undisturbed: {fault}" for fault in _undisturbed(copy(old, folder / "trial"), good, goal)]
    wrong += [f"failing: {fault}" for fault in _failing(copy(old, folder / "trial"), bad, goal)]
    points = 0
    for at in count(1):
        trial = copy(old, folder / "trial")
        if not _killed(trial, good, at):
            break
        points += 1
        wrong += [f"killed at step {at}: {fault}" for fault in _harm(trial, goal)]
        wrong += [f"killed at step {at}, run again: {fault}" for fault in _undisturbed(trial, good, goal)]
    wrong += [f"newer: {fault}" for fault in _newer(copy(old, folder / "trial"))]
    figures = {"kill_points": points, "faults": len(wrong)}
    return Proof(
        not wrong and points > 0, figures, "; ".join([f"{points} kill points, {len(wrong)} faults", *wrong[:3]])
    )


def _steps(folder: Path, last: str) -> Path:
    folder.mkdir()
    step = _STEP.format(before=VERSION, last=last)
    (folder / "9000_later.py").write_text(textwrap.dedent(step), encoding="utf-8")
    return folder


def _upgrade(trial: Path, steps: Path) -> None:
    engine = sqlite.engine(trial / "ledger.db", "write", 5.0)
    try:
        with engine.begin() as connection:
            upgrade(connection, folders=[steps])
    finally:
        engine.dispose()


def _undisturbed(trial: Path, steps: Path, goal: str) -> Sequence[str]:
    """Upgrade; the rows must be what they were (this sayso reads them once the revision says that it may)."""
    _upgrade(trial, steps)
    with contextlib.closing(sqlite3.connect(trial / "ledger.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (VERSION,))
    return _harm(trial, goal)


def _failing(trial: Path, steps: Path, goal: str) -> Sequence[str]:
    try:
        _upgrade(trial, steps)
    except RuntimeError:
        return _harm(trial, goal)
    return ["the step that fails did not"]


def _killed(trial: Path, steps: Path, at: int) -> bool:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            faults.arm(at)
            _upgrade(trial, steps)
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == faults.KILLED


def _harm(trial: Path, goal: str) -> Sequence[str]:
    """Return what is wrong with the ledger as this version sees it."""
    engine = sqlite.engine(trial / "ledger.db", "read", 5.0)
    with engine.begin() as connection:
        version = version_of(connection)
    engine.dispose()
    wrong = [f"it has the revision {version}"] if version != VERSION else []
    with open_ledger(trial, linker=QuickLinker()) as ledger:
        return wrong + verify(ledger) + ([] if ledger_hash(ledger) == goal else ["another hash"])


def _newer(trial: Path) -> Sequence[str]:
    """Open a database that says it is newer; it must be refused and not a byte of it change."""
    file = trial / "ledger.db"
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = hashlib.sha256(file.read_bytes()).digest()
    wrong = []
    for mode in ("read", "write"):
        try:
            open_ledger(trial, mode, linker=QuickLinker()).close()
            wrong.append(f"opened in mode {mode}")
        except SetupError as error:
            wrong += [] if "newer sayso" in str(error) else [f"refused with another word: {error}"]
    return wrong + ([] if hashlib.sha256(file.read_bytes()).digest() == before else ["it was changed"])
