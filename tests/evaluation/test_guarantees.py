"""The proofs of the promises hold in their short form, and a proof can fail.

G1 is walked through in tests/ledger/test_faults.py; G2 (strace), G3, G19 and G20 take their time: ``sayso doctor
--guarantees`` runs them all.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation import names, run
from evaluation.guarantees import NAMES, Proof, g23, prove_all
from evaluation.guarantees.foretold import capture_of
from evaluation.guarantees.g2 import Disk
from evaluation.guarantees.killing import THREE, add_all, faults_after, project
from evaluation.guarantees.sigkill import Killed, kill_adding, kill_watching
from evaluation.guarantees.sigkill import faults as sigkill_faults
from sayso.ledger import open_ledger

QUICK = ("G4", "G5", "G6", "G7", "G9", "G10", "G11", "G12", "G13", "G15", "G16", "G17", "G18")


@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_a_promise_holds(name: str) -> None:
    (proved,) = prove_all(only=(name,))
    assert proved.proof.holds, proved.proof.says
    assert proved.proof.figures
    assert proved.promise


def test_each_promise_is_an_exam_by_its_name(tmp_path: Path) -> None:
    assert names()[-len(NAMES) :] == list(NAMES)
    exam = run("G15", tmp_path)
    assert (exam.exam, exam.split, exam.n) == ("G15", "short", 1)
    assert exam.figures["G15.holds"] == 1
    assert exam.figures["G15.formulas"] == 0


def test_every_promise_has_a_file_that_says_it() -> None:
    folder = Path(__file__).parents[2] / "evaluation" / "guarantees"
    assert {path.stem.upper() for path in folder.glob("g[0-9]*.py")} == set(NAMES)


def test_every_address_of_the_desk_is_in_the_table_of_the_proof() -> None:
    """So that a new page cannot be forgotten in G23, whose proof itself takes its time."""
    from sayso.web.app import application
    from sayso.web.desk import Desk

    assert {g23.plain(route) for route in g23.routes_of(application(Desk(None)))} == set(g23.LEAST)


def test_a_proof_is_not_blind(tmp_path: Path) -> None:
    """What was acknowledged and is not there, and what is there twice over or was harmed, is told."""
    folder = project(tmp_path / "project")
    add_all(folder, THREE[:1])
    (folder / "acknowledged").write_text("re_0000000000000000\n", encoding="utf-8")
    (file,) = (folder / "evidence").rglob("*.z")
    file.write_bytes(b"x")
    found = " ".join(faults_after(folder, THREE, "another hash"))
    for words in ("acknowledged and lost: re_0000", "evidence was changed", "not what it would be without the kill"):
        assert words in found
    assert not Proof(False, {}, "").holds


def test_the_disk_of_a_power_cut_keeps_only_what_was_synced() -> None:
    disk = Disk()
    disk.write("d/a", b"one", 0)
    assert disk.synced == {}
    disk.sync("d/a")
    disk.write("d/a", b"two", None)
    disk.rename("d/a", "d/b")
    assert disk.synced == {"d/a": b"one"}
    disk.sync("d")
    assert disk.synced == {"d/b": b"one"}
    disk.write("d/b", b"!", 5)
    disk.sync("d/b")
    assert disk.synced == {"d/b": b"two\0\0!"}


def test_the_foretold_reader_is_no_stub(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    add_all(folder, [*THREE, capture_of("Nothing has happened.")])
    with open_ledger(folder) as ledger:
        assert sum(1 for _ in ledger.reports()) == 4
        assert len(ledger.clusters()) == 2


@pytest.mark.slow
@pytest.mark.parametrize(("kill", "reports"), [(kill_adding, 34), (kill_watching, 16)])
def test_killed_at_any_moment_it_goes_on_with_nothing_lost_or_doubled(
    kill: Callable[..., Killed], reports: int, tmp_path: Path
) -> None:
    assert kill(tmp_path, 3) == Killed(3, reports, ())


def test_a_proof_of_kills_is_not_blind(tmp_path: Path) -> None:
    def work(trial: Path) -> None:
        add_all(trial, THREE[:1])

    (project(tmp_path / "trial") / "acknowledged").write_text("re_0000000000000000\n", encoding="utf-8")
    told = " ".join(sigkill_faults(tmp_path / "trial", work, "another hash"))
    assert "acknowledged and lost: re_0000" in told
    assert "not what it would be without the kill" in told
