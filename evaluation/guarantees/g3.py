"""G3: everything twice, shuffled, by four processes at once: nothing new the second time, the same hash."""

from __future__ import annotations

import os
import random
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import capture_of, text_of
from evaluation.guarantees.killing import add_all, opened, project
from sayso.intake import Capture
from sayso.ledger.contents import counts, ledger_hash
from sayso.ledger.verify import verify

PROMISE = "Adding is idempotent: a report is its raw bytes"
PROCESSES = 4


def prove(folder: Path, full: bool) -> Proof:
    """Add in one order by one process; then in another ledger by four at once, each all of them in its own order."""
    number = 400 if full else 24
    items = [capture_of(text_of(day=n % 9, place=("Tarsk", "Velm", "Orra")[n % 3], killed=n)) for n in range(number)]
    one, four = project(folder / "one"), project(folder / "four")
    add_all(one, items)
    _at_once(four, items)
    with opened(one) as ledger:
        expected = ledger_hash(ledger)
    with opened(four) as ledger:
        first, before, wrong = ledger_hash(ledger), counts(ledger), verify(ledger)
    _at_once(four, items)
    with opened(four) as ledger:
        second, after = ledger_hash(ledger), counts(ledger)
    new = sum(after.values()) - sum(before.values())
    same = expected == first == second
    alike = "equal" if same else "differ"
    says = f"{number} reports by {PROCESSES} processes: {new} new rows the second time, hashes {alike}"
    return Proof(same and not new and not wrong, {"reports": number, "new_rows": new}, "; ".join([says, *wrong[:3]]))


def _at_once(folder: Path, items: list[Capture]) -> None:
    """Let four children add all items, each in another order."""
    children = []
    for seed in range(PROCESSES):
        child = os.fork()
        if child == 0:
            _in_child(folder, items, seed)
        children.append(child)
    for child in children:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code:
            raise AssertionError(f"a child that only adds failed (exit code {code})")


def _in_child(folder: Path, items: list[Capture], seed: int) -> None:
    code = 1
    try:
        add_all(folder, random.Random(seed).sample(items, len(items)))
        code = 0
    finally:
        os._exit(code)
