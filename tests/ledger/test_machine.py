"""Any mix of adding, judging, retracting, reading again and kills leaves a ledger that verifies and forgets nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from evaluation.guarantees.killing import killed_at, misled
from sayso.adding import reread
from sayso.errors import InputError
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.contents import ledger_hash
from sayso.ledger.storing import Reader
from sayso.ledger.verify import verify
from sayso.records import Judgement
from tests.ledger.foretold import QuickLinker, capture_of, put, read, text_of

RUNS = int(os.environ.get("SAYSO_MACHINE_RUNS", "6"))  # more for the long form
TEXTS = st.builds(text_of, place=st.sampled_from(["Tarsk", "Velm"]), day=st.integers(1, 6), killed=st.integers(1, 4))


class Machine(RuleBasedStateMachine):
    """A ledger, and what a simple model says must be in it."""

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp()) / "project"
        shutil.copytree(self.empty, self.folder)
        self.ledger = self._open()
        self.texts: set[str] = set()
        self.judgements: list[Judgement] = []
        self.version = 0

    def _open(self) -> Ledger:
        return open_ledger(self.folder, "write", linker=QuickLinker())

    def teardown(self) -> None:
        self.ledger.close()
        shutil.rmtree(self.folder.parent)

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=4))
    def add(self, texts: list[str]) -> None:
        put(self.ledger, [capture_of(text) for text in texts])
        self.texts |= set(texts)

    @precondition(lambda self: self.texts)
    @rule()
    def add_again(self) -> None:
        head = self.ledger.head()
        put(self.ledger, [capture_of(text) for text in sorted(self.texts)])
        assert self.ledger.head() == head

    @precondition(lambda self: len(self.texts) > 1)
    @rule(data=st.data(), decision=st.sampled_from(["same", "not_same"]))
    def judge(self, data: st.DataObject, decision: str) -> None:
        ids = sorted(account for accounts in self.ledger.clusters().values() for account in accounts)
        pair = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
        self._judge(Judgement(decision=decision, about=tuple(pair), who="A", when=self._now(), why="so"))  # type: ignore[arg-type]

    @precondition(lambda self: self.judgements)
    @rule(data=st.data())
    def retract(self, data: st.DataObject) -> None:
        which = data.draw(st.sampled_from(self.judgements))
        self._judge(Judgement(decision="retract", about=(which.id,), who="B", when=self._now(), why="not so"))

    def _judge(self, judgement: Judgement) -> None:
        try:
            if self.ledger.judge(judgement):
                self.judgements.append(judgement)
        except InputError as error:  # refused, with nothing written: the invariants see to that
            if "judged not the same" not in str(error):
                raise

    def _now(self) -> str:
        return f"2031-05-01T12:00:{len(self.judgements):02}Z"

    @precondition(lambda self: self.texts)
    @rule()
    def read_again(self) -> None:
        self.version += 1
        before = self.ledger.clusters()
        list(reread(self.ledger, read=read, reader=Reader(str(self.version), "foretold")))
        assert self.ledger.clusters() == before

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=3), at=st.integers(1, 60))
    def crash(self, texts: list[str], at: int) -> None:
        """Kill another process that adds; what it acknowledged is found by adding again."""
        self.ledger.close()
        killed_at(self.folder, [capture_of(text) for text in texts], at)
        self.ledger = self._open()
        self.add(texts)

    @invariant()
    def everything_is_there_once(self) -> None:
        assert sorted(report.text for report in self.ledger.reports()) == sorted(self.texts)
        assert list(self.ledger.judgements()) == self.judgements

    def _standing(self) -> dict[frozenset[str], str]:
        """Return pair of accounts → what the newest judgement about it that nobody retracted says."""
        gone: set[str] = set()
        for judgement in reversed(self.judgements):
            if judgement.decision == "retract" and judgement.id not in gone:
                gone |= set(judgement.about)
        pairs = [each for each in self.judgements if each.decision != "retract" and each.id not in gone]
        return {frozenset(each.about): each.decision for each in pairs}

    @invariant()
    def what_judgements_say_holds(self) -> None:
        """Pairs judged "same" are of one incident, and those judged "not same" of two."""
        home = {account: number for number, accounts in self.ledger.clusters().items() for account in accounts}
        for (one, other), decision in ((sorted(pair), said) for pair, said in self._standing().items()):
            assert (home[one] == home[other]) == (decision == "same"), decision

    @invariant()
    def lists_show_every_incident_once(self) -> None:
        assert misled(self.ledger) == []

    @invariant()
    def every_account_has_one_incident_and_every_id_leads_somewhere(self) -> None:
        clusters = self.ledger.clusters()
        accounts = [account for ids in clusters.values() for account in ids]
        assert len(accounts) == len(set(accounts)) == len(self.texts)
        assert all(self.ledger.resolve(account) in clusters for account in accounts)

    @invariant()
    def it_verifies(self) -> None:
        assert verify(self.ledger) == []

    @invariant()
    def it_is_as_if_all_had_come_at_once(self) -> None:
        """Judgements aside: a ledger to which the same reports come in another order is the same."""
        if self.judgements or self.version or len(self.texts) > 6:
            return
        other = self.folder.parent / "other"
        shutil.copytree(self.empty, other)
        with open_ledger(other, "write", linker=QuickLinker()) as ledger:
            put(ledger, [capture_of(text) for text in sorted(self.texts, reverse=True)])
            assert ledger_hash(ledger) == ledger_hash(self.ledger)
        shutil.rmtree(other)


@pytest.mark.slow
def test_any_mix_of_deeds_leaves_a_ledger_that_verifies(empty_project: Path) -> None:
    Machine.empty = empty_project
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Machine,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
