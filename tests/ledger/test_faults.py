"""Kills, cuts and broken disks: what was acknowledged is there, once, and adding again takes up the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation.guarantees.killing import THREE, add_all, copy, faults_after, killed_at
from sayso.ledger import Ledger, faults, open_ledger
from sayso.ledger.chain import Head, read_head, write_head
from sayso.ledger.contents import ledger_hash
from sayso.ledger.verify import verify
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of

NewLedger = Callable[[str], Ledger]
MOST_STEPS = 200


@pytest.mark.slow
def test_wherever_adding_is_killed_nothing_is_lost_or_doubled(empty_project: Path, tmp_path: Path) -> None:
    """Every third logical step here; all of them, and each system call that writes, in the harness (G1)."""
    add_all(copy(empty_project, tmp_path / "whole"), THREE)
    with open_ledger(tmp_path / "whole", linker=QuickLinker()) as ledger:
        goal = ledger_hash(ledger)
    points = 0
    for at in range(1, MOST_STEPS, 3):
        trial = copy(empty_project, tmp_path / "trial")
        if not killed_at(trial, THREE, at):
            break
        points += 1
        assert faults_after(trial, THREE, goal) == [], f"killed at step {at}"
    assert points >= 10


def test_steps_are_counted_from_where_they_are_armed() -> None:
    faults.arm(0)
    faults.step()
    faults.step()
    assert faults.taken() == 2
    faults.arm(0)
    assert faults.taken() == 0


def test_a_head_that_stays_behind_is_no_fault_and_the_next_entry_brings_it_up(ledger: Ledger) -> None:
    """A process that is killed between its commit and the head outside leaves it so."""
    put(ledger, [capture_of(text_of(killed=1))])
    behind = ledger.project.head.read_bytes()
    put(ledger, [capture_of(text_of(killed=2))])
    ledger.project.head.write_bytes(behind)
    assert verify(ledger) == []
    put(ledger, [capture_of(text_of(killed=3))])
    assert read_head(ledger.project.head) == ledger.head()


def test_the_head_never_goes_back(tmp_path: Path) -> None:
    file = tmp_path / "log.head"
    write_head(file, Head(2, "b" * 64))
    write_head(file, Head(1, "a" * 64))
    assert read_head(file) == Head(2, "b" * 64)


@pytest.mark.parametrize("content", [b"", b"1 x", b"0" * 86, b"00000000000000000001 " + b"Z" * 64 + b"\n"])
def test_error_a_head_that_is_none_is_said_to_be_damaged(ledger: Ledger, content: bytes) -> None:
    ledger.project.head.write_bytes(content)
    assert any("head of the log is damaged" in problem for problem in verify(ledger))


def test_error_a_cut_tail_shows_by_the_head_outside(ledger: Ledger) -> None:
    write_head(ledger.project.head, Head(9, "a" * 64))
    assert any("its end was cut off" in problem for problem in verify(ledger))
