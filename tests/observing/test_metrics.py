"""Specification of the metrics: Prometheus's own parser reads them, counters only grow, a broken ledger is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from evaluation.guarantees.foretold import READER, capture_of, read, text_of
from sayso.adding import Outcome, Tally, in_this_process
from sayso.errors import SetupError
from sayso.ledger import create
from sayso.observing import metrics, runs
from sayso.observing.looking import look
from sayso.observing.run import Run
from sayso.observing.store import WatchedLedger
from sayso.settings import Project, load_project

Samples = dict[tuple[str, tuple[str, ...]], float]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    create(tmp_path / "project").close()
    return load_project(tmp_path / "project")


def samples(project: Project) -> Samples:
    text = generate_latest(metrics.registry(lambda: look(project))).decode()
    families = text_string_to_metric_families(text)
    return {
        (sample.name, tuple(sample.labels.values())): sample.value for family in families for sample in family.samples
    }


def add(project: Project, *killed: int) -> list[Samples]:
    """Add reports; return what was told after each and in the end."""
    told = []
    with Run(runs.folder_of(project), "add") as run, WatchedLedger(project, run) as ledger:
        captures = [capture_of(text_of(killed=number)) for number in killed]
        for _ in run.adding(ledger, captures, Tally(), read=read, reader=READER, parse=in_this_process):
            run.waits(None)
            told.append(samples(project))
    return [*told, samples(project)]


def test_what_the_gate_holds_back_is_counted_over_all_commands(project: Project) -> None:
    for _ in range(2):
        with Run(runs.folder_of(project), "add") as run:
            run.done(Outcome("a.txt", "stored", "re_1", gated=True))
            run.done(Outcome("b.txt", "stored", "re_2"))
    told = samples(project)
    assert told["sayso_reports_gated_total", ("add",)] == 2
    assert told["sayso_reports_total", ("add", "stored")] == 4


def test_counters_only_grow_from_one_command_to_the_next(project: Project) -> None:
    told = [*add(project, 1, 2, 3), *add(project, 1, 4)]
    stored = [each["sayso_reports_total", ("add", "stored")] for each in told]
    assert stored == [1, 2, 3, 3, 3, 4, 4]
    assert [each["sayso_reports_gated_total", ("add",)] for each in told] == [0] * 7
    seconds = [each["sayso_stage_seconds_total", ("add", "store")] for each in told]
    assert seconds == sorted(seconds)
    assert told[0]["sayso_running", ("add",)] == 1
    assert told[-1]["sayso_running", ("add",)] == 0
    assert told[-1]["sayso_runs_total", ("add",)] == 2
    assert told[-1]["sayso_ledger", ("reports",)] == 4
    assert told[-1]["sayso_ledger_up", ()] == 1
    assert told[-1]["sayso_database_bytes", ()] > 100_000
    assert told[-1]["sayso_disk_free_bytes", ()] > 0


def test_a_command_that_was_killed_is_counted_at_once_and_once(project: Project) -> None:
    add(project, 1)
    killed = replace(runs.new("add", [], None), ticks=1, counts={"stored": 2})
    runs.write(runs.folder_of(project), killed)
    told = [samples(project), *add(project, 2)[-1:]]
    assert [each["sayso_runs_killed_total", ("add",)] for each in told] == [1, 1]
    assert [each["sayso_runs_total", ("add",)] for each in told] == [2, 3]
    assert [each["sayso_reports_total", ("add", "stored")] for each in told] == [3, 4]


def test_a_project_in_which_nothing_ever_ran_has_metrics_too(project: Project) -> None:
    told = samples(project)
    assert told["sayso_ledger", ("reports",)] == 0
    assert told["sayso_ledger", ("entries",)] == 1


def test_a_ledger_that_cannot_be_opened_is_told(project: Project) -> None:
    project.database.unlink()
    told = samples(project)
    assert told["sayso_ledger_up", ()] == 0
    assert ("sayso_ledger", ("reports",)) not in told


def test_every_metric_is_described_and_every_description_is_a_metric(project: Project) -> None:
    view = look(project)
    assert metrics.counters(view).keys() == metrics.COUNTERS.keys()
    assert metrics.gauges(view).keys() == metrics.GAUGES.keys()


def test_error_a_file_that_cannot_be_written(project: Project, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be written"):
        metrics.write(tmp_path / "nowhere" / "x.prom", metrics.registry(lambda: look(project)))
