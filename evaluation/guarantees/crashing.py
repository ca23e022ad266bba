"""PostgreSQL crashed (``pg_ctl -m immediate stop``) while reports are added: what was acknowledged is there."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from evaluation.guarantees.foretold import QuickLinker
from evaluation.guarantees.killing import ACKNOWLEDGED
from evaluation.guarantees.server import Server, running
from sayso.ledger import create, open_ledger
from sayso.ledger.verify import verify

LONGEST: Final = 0.3
"""Seconds from the first acknowledged report of a round to the crash, at most."""


def crash(folder: Path, rounds: int) -> Iterator[tuple[int, list[str]]]:
    """Yield, for each crash, how many reports are acknowledged and what is wrong; nothing where there is no server."""
    chance = random.Random(2)
    try:
        with running(durable=True) as server:
            project = folder / "on_server"
            create(project, database=server.address(server.new_database())).close()
            for number in range(rounds):
                yield _round(server, project, number, chance.uniform(0, LONGEST))
    except FileNotFoundError:
        return


def _round(server: Server, project: Path, number: int, pause: float) -> tuple[int, list[str]]:
    before = len(_told(project))
    driver = [sys.executable, "-m", "evaluation.guarantees.driver", str(project), str(number)]
    child = subprocess.Popen(driver, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while len(_told(project)) == before and child.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(pause)
    server.stop("immediate")
    said = child.communicate(timeout=60)[1].decode(errors="replace")
    server.start()
    told = _told(project)
    with open_ledger(project, "write", linker=QuickLinker()) as ledger:
        there = {report.id for report in ledger.reports()}
        wrong = [f"acknowledged and lost: {report}" for report in sorted(set(told) - there)] + verify(ledger)
    if len(told) == before:
        wrong.append(f"nothing was added: {said[-300:]}")
    return len(told), wrong


def _told(project: Path) -> list[str]:
    file = project / ACKNOWLEDGED
    return file.read_text(encoding="utf-8").split() if file.exists() else []
