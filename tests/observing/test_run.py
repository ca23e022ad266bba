"""Specification of watching: every report is counted and told under one trace; the work is the same as unwatched."""

from __future__ import annotations

import io
import json
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evaluation.guarantees.foretold import READER, QuickLinker, capture_of, read, text_of
from sayso import adding
from sayso.adding import Tally, add, in_this_process
from sayso.errors import InputError
from sayso.intake import Capture
from sayso.ledger import create, open_ledger
from sayso.ledger.contents import ledger_hash
from sayso.observing import runs
from sayso.observing.logs import EVENTS, logging_to
from sayso.observing.run import Run
from sayso.observing.store import WatchedLedger
from sayso.observing.workers import WatchedWorkers, prepare_timed
from sayso.settings import load_project

ITEMS: list[Capture | InputError] = [
    capture_of(text_of(killed=7), "a.txt"),
    capture_of(text_of(killed=9, by="mayor"), "b.txt"),
    capture_of(text_of(killed=7), "again.txt"),
    capture_of("", "empty.txt"),
    InputError("no such file", place="gone.txt"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    create(tmp_path / "project").close()
    return tmp_path / "project"


def watched(project: Path, **more: Any) -> tuple[Run, Tally]:
    """Add the items watched."""
    tally, folder = Tally(), project / "runs"
    with (
        Run(folder, "add", ["a.txt"], **more) as run,
        WatchedLedger(load_project(project), run, linker=QuickLinker()) as ledger,
    ):
        for _ in run.adding(ledger, ITEMS, tally, read=read, reader=READER, parse=in_this_process):
            pass
    return run, tally


@pytest.fixture
def lines(project: Path) -> list[dict[str, Any]]:
    stream = io.StringIO()
    with logging_to(stream):
        watched(project)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_the_ledger_is_the_same_as_without_a_watch(project: Path) -> None:
    shutil.copytree(project, project.parent / "alone")
    _, tally = watched(project)
    with open_ledger(project.parent / "alone", "write", linker=QuickLinker()) as ledger:
        alone = Tally()
        for _ in add(ledger, ITEMS, alone, read=read, reader=READER, parse=in_this_process):
            pass
        assert tally == alone
        with open_ledger(project) as other:
            assert ledger_hash(other) == ledger_hash(ledger)


def test_counts_and_stages_are_kept_when_it_has_ended(project: Path) -> None:
    run, _ = watched(project)
    found = runs.sums(project / "runs")
    assert found.counts == {"add": {"taken": 4, "stored": 2, "duplicate": 1, "quarantined": 1, "unreadable": 1}}
    assert set(found.seconds["add"]) == {"take", "parse", "read", "link", "store"}
    assert all(seconds > 0 for seconds in found.seconds["add"].values())
    assert found.last is not None
    assert found.last["waiting"] == 0
    assert [each["place"] for each in found.last["troubles"]] == ["empty.txt", "gone.txt"]
    assert runs.statuses(project / "runs") == []
    assert run.status.done == 5


def test_each_report_has_one_trace_from_its_bytes_to_the_ledger(lines: list[dict[str, Any]]) -> None:
    traces: dict[str, list[str]] = {}
    for line in lines:
        if "trace" in line:
            traces.setdefault(line["trace"], []).append(line["event"])
    first, second, empty = traces.values()
    assert first == [
        "taken",
        "taken",
        "parsed",
        "parsed",
        "read",
        "linked",
        "stored",
        "duplicate",
    ]  # its copy has its bytes
    assert second == ["taken", "parsed", "read", "linked", "stored"]
    assert empty == ["taken", "parsed", "quarantined"]
    run = {line["run"] for line in lines}
    assert len(run) == 1
    assert {trace.partition("-")[0] for trace in traces} == run
    stored = next(line for line in lines if line["event"] == "stored")
    assert stored["trace"].endswith(stored["report"].removeprefix("re_")[:12])


def test_what_is_logged_is_told_and_what_is_told_is_logged(lines: list[dict[str, Any]]) -> None:
    assert {line["event"] for line in lines} == EVENTS.keys() - {"shard", "said", "answered"}
    assert [lines[0]["event"], lines[-1]["event"]] == ["began", "ended"]
    unreadable = next(line for line in lines if line["event"] == "unreadable")
    assert unreadable["place"] == "gone.txt"
    assert "trace" not in unreadable


def test_while_it_runs_anybody_can_see_how_far_it_is(project: Path) -> None:
    folder = project / "runs"
    with Run(folder, "add", ["x"], size=1000) as run, WatchedLedger(load_project(project), run) as ledger:
        steps = run.adding(ledger, ITEMS[:2], Tally(), read=read, reader=READER, parse=in_this_process)
        next(steps)
        run.waits(None)
        (seen,) = runs.statuses(folder)
        assert (seen.counts, seen.waiting, seen.now) == ({"taken": 2, "stored": 1}, 1, "wait")
        assert runs.is_alive(seen)
        assert seen.bytes_done == len(text_of(killed=7))
        list(steps)


def test_in_an_archive_what_is_done_is_where_the_record_stands(project: Path) -> None:
    captures = [capture_of(text_of(killed=number), f"x.warc.gz@{number * 100}") for number in (1, 2, 3)]
    with Run(project / "runs", "add", size=400) as run, WatchedLedger(load_project(project), run) as ledger:
        list(run.adding(ledger, captures, Tally(), read=read, reader=READER, parse=in_this_process))
        assert run.status.bytes_done == 300


def test_a_folder_that_cannot_be_written_stops_nothing(project: Path) -> None:
    (project / "runs").write_text("no folder", encoding="utf-8")
    _, tally = watched(project)
    assert tally.stored == 2


def test_a_rehearsal_leaves_no_file(project: Path) -> None:
    with Run(None, "add"):
        pass
    assert not (project / "runs").exists()


class Shards:
    """A cluster that hands two shards out before the first comes back."""

    workers = (1, 2)

    def prepare(self, shards: Iterator[tuple[Any, bool]]) -> Iterator[tuple[Any, bytes | None]]:
        given = list(shards)
        yield from ((shard, b"made" if wanted else None) for shard, wanted in given)


class Shard:
    captures = (1, 2, 3)


def test_shards_on_their_way_to_workers_are_counted(project: Path) -> None:
    with Run(project / "runs", "add") as run:
        cluster = WatchedWorkers(Shards(), run, 2)
        coming = cluster.prepare(iter([(Shard(), True), (Shard(), False), (Shard(), True)]))
        waiting = [run.status.shards for _ in coming]
    assert waiting == [1, 1, 0]
    assert run.status.workers == 2


def test_what_processes_have_made_is_told_and_what_it_took_them_is_counted(project: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(adding, "default_read", lambda: read)
    monkeypatch.setattr(adding, "guarded", lambda: in_this_process)
    captures = [item for item in ITEMS if isinstance(item, Capture)]
    made = pickle.loads(pickle.dumps(prepare_timed(captures)))  # as it comes from a process
    stream = io.StringIO()
    with logging_to(stream), Run(project / "runs", "add") as run:
        run.made(made, made.seconds)
    told = [json.loads(line) for line in stream.getvalue().splitlines()][1:-1]
    assert [line["event"] for line in told] == ["parsed", "read", "parsed", "read", "parsed"]
    assert told[-1]["problem"] == "there is no text in it"
    assert runs.sums(project / "runs").seconds["add"].keys() == {"parse", "read"}


def test_while_workers_read_it_is_said_so(project: Path) -> None:
    with Run(project / "runs", "add") as run:
        coming = WatchedWorkers(Shards(), run, 2).prepare(iter([(Shard(), True), (Shard(), True)]))
        next(coming)
        (seen,) = runs.statuses(project / "runs")
        assert (seen.now, seen.workers, seen.shards) == ("read", 2, 2)
