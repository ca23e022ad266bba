"""Workers: the same bytes as from one process, all of one moment, and one clear error where one of them dies."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.adding import Tally, add, in_this_process
from sayso.errors import SetupError
from sayso.exports.out import pieces, write
from sayso.exports.profiles import NAMES, format_for
from sayso.exports.registry import Format, format_of, formats
from sayso.exports.selection import Selection, selection
from sayso.intake import Capture
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.sqlite import Restless

IN_PARTS = [*(each for each in formats() if not each.at_once), *(format_for(name) for name in NAMES)]


@pytest.fixture(scope="module")
def few_at_once() -> Iterator[None]:
    """Let workers be worth it for a handful of incidents, and each lot be one of these."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sayso.exports.selection.WORTH", 2)
        patch.setattr("sayso.exports.selection.AT_ONCE", 1)
        yield


@pytest.fixture(scope="module")
def both(project: Path, few_at_once: None) -> Iterator[tuple[Selection, Selection]]:
    """Return the incidents as one process exports them, and as two workers do."""
    with open_ledger(project) as ledger, selection(ledger) as alone, selection(ledger, workers=2) as spread:
        assert (alone.workers is None, spread.workers is None) == (True, False)
        yield alone, spread


def test_lots_share_reports_and_sayers(both: tuple[Selection, Selection]) -> None:
    """Else the tests below would not show that what many lots bring is written once."""
    met = [set(part.reports) for part in both[1].each(Selection.part)]
    assert len(met) == len(both[1].ids) > 2
    assert sum(map(len, met)) > len(set().union(*met))


def test_what_is_done_with_is_told_lot_by_lot(both: tuple[Selection, Selection]) -> None:
    for chosen in both:
        told: list[int] = []
        for _ in replace(chosen, went=told.append).each(Selection.part):
            assert sum(told) < len(chosen.ids), "a lot is done with when the next is asked for"
        assert told == [1] * len(chosen.ids)


@pytest.mark.parametrize("wanted", IN_PARTS, ids=lambda each: each.name)
def test_two_workers_write_the_bytes_of_one_process(
    wanted: Format, both: tuple[Selection, Selection], tmp_path: Path
) -> None:
    alone, spread = (write(wanted, chosen, tmp_path / name) for chosen, name in zip(both, ("one", "two"), strict=True))
    assert [file.name for file in alone] == [file.name for file in spread] or wanted.stream
    for one, other in zip(alone, spread, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
        assert one.stat().st_size > 100


@pytest.mark.parametrize("wanted", [each for each in IN_PARTS if each.stream], ids=lambda each: each.name)
def test_the_same_lines_are_written_however_many_incidents_are_made_at_once(
    wanted: Format, both: tuple[Selection, Selection], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines() -> list[bytes]:
        return sorted(line.rstrip(b",") for line in b"".join(pieces(wanted, both[0])).splitlines())

    one_by_one = lines()
    monkeypatch.setattr("sayso.exports.selection.AT_ONCE", 200)
    assert lines() == one_by_one


@pytest.fixture
def own(project: Path, few_at_once: None, tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger that this test may write to."""
    with open_ledger(shutil.copytree(project, tmp_path / "own"), "write") as ledger:
        yield ledger


def test_all_see_the_ledger_as_it_was_when_they_began(own: Ledger, tmp_path: Path) -> None:
    wanted = format_of("csv")
    with selection(own, workers=2) as chosen:
        before = write(wanted, chosen, tmp_path / "before")
        text = "Police in Tamsin said that four people were killed on Monday when a bomb exploded at the market."
        tally = Tally()
        for _ in add(own, [Capture(text.encode(), "late.txt", "text")], tally, parse=in_this_process):
            pass
        assert tally.stored == 1
        after = write(wanted, chosen, tmp_path / "after")
        assert [file.read_bytes() for file in before] == [file.read_bytes() for file in after]
    with selection(own, workers=2) as chosen:
        assert write(wanted, chosen, tmp_path / "later")[0].read_bytes() != before[0].read_bytes()


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_error_a_worker_that_is_killed_leaves_nothing_half_written(name: str, own: Ledger, tmp_path: Path) -> None:
    there = set(multiprocessing.active_children())
    with selection(own, workers=2) as chosen:
        worker = next(each for each in multiprocessing.active_children() if each not in there)
        worker.kill()
        worker.join()
        with pytest.raises(SetupError, match=r"ended from outside.*--workers 1 needs the least of it"):
            write(format_of(name), chosen, tmp_path / "out" / "package")
    assert list((tmp_path / "out").iterdir()) == []


def test_error_of_a_worker_is_told_as_if_it_were_made_here(own: Ledger) -> None:
    with selection(own, workers=2) as chosen, pytest.raises(SetupError, match="as it says itself"):
        list(chosen.each(_fail))


def _fail(chosen: Selection) -> None:
    raise SetupError("as it says itself", place=chosen.ids[0], way_out="none")


def test_where_others_never_stop_writing_one_process_exports(own: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def restless(*_given: object) -> None:
        raise Restless

    monkeypatch.setattr("sayso.exports.workers.Workers.snapshot", restless)
    with selection(own, workers=2) as chosen:
        assert chosen.workers is None
        assert len(list(chosen.each(Selection.part))) == len(chosen.ids) > 2


def test_workers_export_an_earlier_time_as_one_process_does(own: Ledger, tmp_path: Path) -> None:
    early = next(entry["seq"] for entry in own.log() if entry["what"] == "report") + 5
    for number in (1, 2):
        with selection(own, as_of=early, workers=number) as chosen:
            assert (chosen.workers is not None, len(chosen.ids) > 1) == (number == 2, True)
            write(format_of("csv"), chosen, tmp_path / str(number))
    for one, other in zip(*((sorted((tmp_path / name).iterdir())) for name in "12"), strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_few_incidents_are_not_worth_a_worker(project: Path) -> None:
    with pytest.MonkeyPatch.context() as patch, open_ledger(project) as ledger:
        patch.setattr("sayso.exports.selection.WORTH", 1000)
        with selection(ledger, workers=2) as chosen:
            assert chosen.workers is None
        with selection(ledger, workers=2, limit=1) as chosen:
            assert chosen.workers is None
