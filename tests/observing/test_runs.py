"""Specification of the files of runs: whole or not there, told apart when their process is gone, counted once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sayso.observing import runs
from sayso.observing.runs import Status


def status(name: str = "a", **more: object) -> Status:
    made = replace(runs.new("add", ["x.txt"], 1000), id=name)
    return replace(made, **more)  # type: ignore[arg-type]


def dead(name: str = "gone", **more: object) -> Status:
    """A run whose process has ended without a word."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return status(name, pid=ended.pid, ticks=1, **more)


def test_a_run_is_found_as_it_was_written(tmp_path: Path) -> None:
    one = status(
        counts={"taken": 3, "stored": 2}, seconds={"read": 1.5}, troubles=[{"at": "", "place": "x", "problem": "y"}]
    )
    runs.write(tmp_path / "runs", one)
    assert runs.statuses(tmp_path / "runs") == [one]
    assert runs.is_alive(one)


def test_nothing_is_found_where_nothing_ran(tmp_path: Path) -> None:
    assert runs.statuses(tmp_path / "runs") == []
    assert runs.sums(tmp_path / "runs") == runs.Sums()


@pytest.mark.parametrize(
    ("what", "alive"),
    [
        ({"pid": os.getpid()}, True),
        ({"pid": os.getpid(), "ticks": 1}, False),  # another process has the number by now
        ({"host": "elsewhere.example", "pid": 1, "ticks": 1}, True),  # it spoke just now
        ({"host": "elsewhere.example", "updated": (datetime.now(UTC) - timedelta(hours=1)).isoformat()}, False),
    ],
)
def test_whether_a_run_goes_on_is_told_by_its_process_or_by_how_long_it_is_silent(
    what: dict[str, object], alive: bool
) -> None:
    assert runs.is_alive(status(**what)) is alive


def test_a_killed_run_goes_into_the_sums_with_the_next_that_ends_and_is_counted_once(tmp_path: Path) -> None:
    runs.write(tmp_path, dead(counts={"stored": 5}))
    assert [runs.is_alive(each) for each in runs.statuses(tmp_path)] == [False]
    for number in range(2):
        one = status(f"r{number}", counts={"stored": 2}, seconds={"read": 0.5})
        runs.write(tmp_path, one)
        runs.end(tmp_path, one)
    found = runs.sums(tmp_path)
    assert (found.runs, found.killed) == ({"add": 3}, {"add": 1})
    assert found.counts == {"add": {"stored": 9}}
    assert found.seconds == {"add": {"read": 1.0}}
    assert {file.name for file in tmp_path.iterdir()} == {"sums.json", "lock"}


def test_a_run_in_the_sums_whose_file_still_lies_there_is_not_shown_twice(tmp_path: Path) -> None:
    one = status(counts={"stored": 2})
    runs.end(tmp_path, one)
    runs.write(tmp_path, one)  # as if the process had been killed before it took its file away
    assert runs.statuses(tmp_path) == []
    runs.end(tmp_path, status("b"))
    assert runs.sums(tmp_path).counts == {"add": {"stored": 2}}


def test_files_that_are_none_of_ours_or_of_a_newer_version_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "torn.json").write_text('{"id": "x', encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    (tmp_path / "new.json").write_text(json.dumps({"id": "n", "command": "add", "colour": "red"}), encoding="utf-8")
    assert [each.id for each in runs.statuses(tmp_path)] == ["n"]


@pytest.mark.parametrize(
    ("done", "total", "left"),
    [(250, 1000, 30.0), (1000, 1000, 0.0), (0, 1000, None), (250, None, None), (1200, 1000, None)],
)
def test_time_left_is_told_where_it_can_be_known(done: int, total: int | None, left: float | None) -> None:
    one = status(began="2031-05-14T10:00:00Z", updated="2031-05-14T10:00:10Z", bytes_done=done, bytes_total=total)
    assert one.left_seconds() == left
