"""Specification of the benchmark of the whole way: what it reads, what its clocks and watches see, what is kept."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from evaluation.speed_whole import STAGES, Run, _against, _figures, _of_stages
from evaluation.speed_whole.__main__ import lines
from evaluation.speed_whole.clocks import POINTS, WORKERS, Clock, Clocked, timed
from evaluation.speed_whole.kept import keep, runs
from evaluation.speed_whole.made import WORDS, archive, page, reports, towns
from evaluation.speed_whole.tree import Watch, family
from sayso.intake import Capture, capture, report_of
from sayso.vocab.gazetteer import Gazetteer


def test_made_reports_are_the_same_for_the_same_seed_all_different_and_long_enough() -> None:
    found = list(reports(60))
    assert found == list(reports(60))
    assert found != list(reports(60, seed=2))
    assert len({made.paragraphs for made in found}) == len({made.url for made in found}) == 60
    assert WORDS <= sum(made.words for made in found) / 60 < 1.1 * WORDS
    assert not any("{" in paragraph for made in found for paragraph in (*made.paragraphs, made.title))


def test_the_archive_gives_back_every_report_as_it_was_made(tmp_path: Path) -> None:
    made = list(reports(5))
    size = archive(tmp_path / "made.warc.gz", iter(made))
    captures = [item for item in capture(str(tmp_path / "made.warc.gz")) if isinstance(item, Capture)]
    assert sum(len(each.raw) for each in captures) == size == sum(len(page(each).encode()) for each in made)
    for each, item in zip(made, captures, strict=True):
        report = report_of(item)
        assert (report.url, report.publisher) == (each.url, each.outlet)
        assert report.published is not None
        assert report.published.startswith(each.published.isoformat())
        assert all(paragraph in report.text for paragraph in each.paragraphs)


def test_the_towns_of_made_reports_are_in_the_gazetteer() -> None:
    world = Gazetteer.default()
    assert [town for town in towns() if not world.places(town)] == []


def test_everything_that_is_timed_is_there() -> None:
    for point in (*(point for _, point in POINTS), WORKERS):
        module, _, path = point.partition(":")
        holder: Any = import_module(module)
        for name in path.split("."):
            holder = getattr(holder, name)
        assert callable(holder)
    assert {stage for stage, _ in POINTS} | {"start-up"} == set(STAGES)


def test_what_processes_that_read_took_is_counted_with_the_rest() -> None:
    clock = Clock(time.time())
    clock.cpu["language"] = 1.0
    made = pickle.loads(pickle.dumps(Clocked({"sha": "made"}, {"language": 2.0, "parse": 0.5}, 3.0)))
    clock.take(made)
    assert made == {"sha": "made"}
    assert (clock.cpu, clock.workers) == ({"language": 3.0, "parse": 0.5}, 3.0)


def test_a_stage_within_another_is_taken_from_the_outer_one() -> None:
    clock = Clock(time.time() - 5)
    inner = timed(clock, "link", lambda: time.sleep(0.05))
    outer = timed(clock, "take", lambda: (time.sleep(0.02), inner()))
    outer()
    assert clock.seconds["link"] == pytest.approx(0.05, abs=0.03)
    assert clock.seconds["take"] == pytest.approx(0.02, abs=0.018)
    assert clock.seconds["start-up"] == pytest.approx(5, abs=1)


def test_of_what_yields_every_step_is_timed_and_not_what_is_done_in_between() -> None:
    def steps() -> Iterator[int]:
        for number in range(3):
            time.sleep(0.02)
            yield number

    clock = Clock(time.time())
    found = []
    for number in timed(clock, "language", steps)():
        time.sleep(0.1)
        found.append(number)
    assert found == [0, 1, 2]
    assert 0.05 < clock.seconds["language"] < 0.25


_HOLDS = """
import subprocess, sys
held = bytearray(40 * 2**20)
if len(sys.argv) > 1:
    child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdout.readline()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is watched through /proc")
def test_the_memory_of_children_is_counted_with_that_of_their_parent() -> None:
    command = [sys.executable, "-c", _HOLDS, _HOLDS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == b"ready\n"
        assert len(list(family(process.pid))) == 2
        with Watch(process.pid) as watched:
            while not watched.peak_rss_mb:
                time.sleep(0.05)
        process.stdin.close()
    assert watched.processes == 2
    assert 80 < watched.peak_mb <= watched.peak_rss_mb < 250


def test_shares_are_of_the_processors_and_what_is_in_no_thread_is_the_models_or_the_parsers() -> None:
    used = _of_stages({"start-up": 1.0, "language": 2.0, "parse": 0.1, "store": 0.9}, process=10.0, whole=15.0)
    run = Run(100, 10.0, 15.0, {"start-up": 1.0, "store": 3.0, "link": 1.0}, used, 300.0, 500.0)
    found = _figures(run) | _against(run, {"seconds": 4.0, "cpu": 7.5})
    assert (found["reports_per_s"], found["cpu_ms"], found["ratio"], found["ratio.cpu"]) == (10, 150, 2.5, 2)
    assert [found[f"cpu.{stage}"] for stage in ("start-up", "language", "parse", "store")] == [10, 80, 51, 9]
    assert sum(found[f"share.{stage}"] for stage in STAGES) == pytest.approx(100, abs=0.2)
    assert found["writer_busy"] == 40
    told = {"page_kb": 32.0, "incidents": 1.5, "claims": 14.0, "disk_kb": 100.0, "in_ledger": 100.0}
    shown = "\n".join(lines(found | told, 100))
    assert "10.0 reports a second (asked: 12); 150 ms of a processor each" in shown
    assert "language                 80.0   53.3" in shown


def test_a_run_into_an_empty_ledger_begins_anew_and_others_are_kept_behind_it(tmp_path: Path) -> None:
    file = tmp_path / "capacity.toml"
    assert runs(file) == []
    first = {"day": "2031-05-14", "reports": 100, "in_ledger": 100, "cpu_ms": 150.25}
    keep(first, file)
    keep(first | {"in_ledger": 200}, file)
    assert [run["in_ledger"] for run in runs(file)] == [100, 200]
    assert runs(file)[0] == first
    keep(first | {"cpu_ms": 90.0}, file)
    assert [run["cpu_ms"] for run in runs(file)] == [90.0]


@pytest.mark.slow
def test_the_whole_way_is_measured(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evaluation.speed_whole", "--reports", "6", "--project", str(tmp_path / "desk")],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "6 reports of about 400 words" in done.stdout
    assert "6 reports in the ledger now" in done.stdout
    shown = {
        line.split()[0]: float(line.split()[1])
        for line in done.stdout.splitlines()
        if line.split()[:1] and line.split()[0] in STAGES
    }
    assert shown.keys() == set(STAGES)
    assert all(shown[stage] > 0 for stage in ("start-up", "parse", "language", "reading", "store", "link"))
    assert json.loads((tmp_path / "desk" / "runs" / "sums.json").read_text())["counts"] == {
        "add": {"stored": 6, "taken": 6}
    }
