"""Exam ``speed-whole``: how long the whole way takes, a web archive in and a ledger out, and where the time goes.

    python -m evaluation.speed_whole [--reports N] [--seed S] [--project DIR] [--keep]

Made reports of about 400 words (``made``) go through ``sayso add`` in a fresh process, on the threads there are; the
bare runs of the model on the same windows, and what a user would otherwise run, come right after it. No data set is
needed. Figures: ``reports_per_s`` from the start of the process to its end · ``cpu_ms`` of the processor, a report ·
``ratio`` and ``ratio.cpu`` whole way against bare runs, by the clock and by the processor's time · ``start_s`` until
the first report is taken · ``cpu.STAGE`` milliseconds of the processors, a report, and ``share.STAGE`` per cent of them
(what is in no stage's own thread is the model's) · ``writer_busy`` per cent of the clock in which the one process that
writes did so: near 100 it is what limits · ``peak_mb`` of the process tree, what is shared
counted once · ``peak_rss_mb`` what is shared counted for each · ``incidents``, ``claims`` a report · ``disk_kb`` of the
project, a report · ``rival.NAME.cpu_ms``, ``rival.NAME.rss_mb`` where it is installed. Say how busy the machine was.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evaluation import Exam
from evaluation.speed_whole.made import archive, reports
from evaluation.speed_whole.tree import Watch
from sayso.language.model import processors

REPORTS: Final = 240
STAGES: Final = ("start-up", "take", "parse", "language", "reading", "store", "link", "lists")
"""In the order in which a report passes through."""
WRITER: Final = ("store", "link", "lists")
"""Stages that one process does for all: the ledger has one writer at a time."""
RIVALS: Final = ("trafilatura-tfidf", "spacy-rules")
NOT_INSTALLED: Final = 4


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of ``sayso add`` took.

    Attributes:
        reports: that went in.
        seconds: from the start of the process to its end.
        cpu: seconds of the processors, of the whole process tree.
        stages: seconds of each stage by the clock, as the process that adds saw them.
        used: seconds of the processors for each stage.
        peak_mb: most memory of the process tree, what is shared counted once.
        peak_rss_mb: the same, what is shared counted for each process.

    """

    reports: int
    seconds: float
    cpu: float
    stages: Mapping[str, float]
    used: Mapping[str, float]
    peak_mb: float
    peak_rss_mb: float


def exam(_data: Path, split: str | None = None) -> Exam:
    """Return the figures of a new ledger of ``REPORTS`` reports; there are no splits, and no data are needed."""
    with tempfile.TemporaryDirectory() as folder:
        return Exam("speed-whole", split or "all", REPORTS, measure(Path(folder), REPORTS, 1))


def measure(
    folder: Path, number: int, seed: int, project: Path | None = None, *, beside: bool = True
) -> dict[str, float]:
    """Return the figures of one run.

    Args:
        folder: where the archive and a new project may be made.
        number: of reports.
        seed: of the reports.
        project: to add to; a new one if left out.
        beside: run also the bare model, and what a user would otherwise run.

    """
    file, project = folder / f"made-{seed}.warc.gz", project or folder / "project"
    pages = archive(file, reports(number, seed))
    if not project.exists():
        _python(["-m", "sayso", "init", str(project)])
    before = _size(project)
    run = _add(project, file, number)
    of_model = {}
    if beside:
        bare = json.loads(_python(["-m", "evaluation.speed_whole.bare", str(number), str(seed)]))
        of_model = _against(run, bare)
    return {
        **_figures(run),
        **of_model,
        **_contents(project),
        "disk_kb": round((_size(project) - before) / 1024 / number, 1),
        "page_kb": round(pages / 1024 / number, 1),
        **{name: value for rival in RIVALS if beside for name, value in _rival(rival, file, number).items()},
    }


def _add(project: Path, file: Path, number: int) -> Run:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.time()
    added = ["add", "--offline", "--json", "--project", str(project), str(file)]
    command = [sys.executable, "-m", "evaluation.speed_whole.staged", str(began), *added]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        with Watch(process.pid) as watched:
            out, said = process.communicate()
        seconds = time.time() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise RuntimeError(f"sayso add ended with {process.returncode}: {said.decode()[-2000:]}")
    lines = out.decode().splitlines()
    counts, told = json.loads(lines[-2])["counts"], json.loads(lines[-1])
    assert counts["stored"] == number, f"{counts} of {number} made reports"
    reaped = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cpu = max(reaped, watched.cpu)  # children of children end unreaped, and the last moments of all go unseen
    used = _of_stages(told["cpu"], told["process"], cpu)
    return Run(number, seconds, cpu, told["seconds"], used, watched.peak_mb, watched.peak_rss_mb)


def _of_stages(threads: Mapping[str, float], process: float, whole: float) -> dict[str, float]:
    """Return the processor's seconds of each stage.

    Args:
        threads: those of the threads in which the stages are done.
        process: those of the processes that add and read: what is more is the model's, in threads of its own.
        whole: those of all processes: what is more is that of the children that parse.

    """
    used = dict(threads)
    used["parse"] = used.get("parse", 0.0) + max(0.0, whole - process)
    used["language"] = used.get("language", 0.0) + max(0.0, process - sum(threads.values()))
    return used


def _against(run: Run, bare: Mapping[str, float]) -> dict[str, float]:
    """Return the figures that tell the whole way from the bare runs of the model."""
    return {
        "bare_cpu_ms": round(1000 * bare["cpu"] / run.reports, 1),
        "ratio": round(run.seconds / bare["seconds"], 3),
        "ratio.cpu": round(run.cpu / bare["cpu"], 3),
    }


def _figures(run: Run) -> dict[str, float]:
    return {
        "reports_per_s": round(run.reports / run.seconds, 2),
        "cpu_ms": round(1000 * run.cpu / run.reports, 1),
        "start_s": round(run.stages["start-up"], 2),
        "writer_busy": round(100 * sum(run.stages.get(name, 0.0) for name in WRITER) / run.seconds, 1),
        **{f"share.{name}": round(100 * run.used.get(name, 0.0) / run.cpu, 1) for name in STAGES},
        **{f"cpu.{name}": round(1000 * run.used.get(name, 0.0) / run.reports, 2) for name in STAGES},
        "peak_mb": round(run.peak_mb),
        "peak_rss_mb": round(run.peak_rss_mb),
        "threads": processors(),
        "load": round(os.getloadavg()[0], 1),
    }


def _contents(project: Path) -> dict[str, float]:
    """Return what is in the ledger, a report."""
    from sayso.ledger import open_ledger
    from sayso.ledger.contents import counts

    with open_ledger(project) as ledger:
        found = counts(ledger)
    number = found["reports"]
    told = {"in_ledger": float(number)}
    return told | {name: round(found[name] / number, 2) for name in ("incidents", "claims", "statements")}


def _size(project: Path) -> int:
    """Return the bytes on the disk of a project that nobody writes to: whole blocks, as the disk counts them."""
    return sum(file.stat().st_blocks * 512 for file in project.rglob("*"))


def _rival(name: str, file: Path, number: int) -> dict[str, float]:
    command = [sys.executable, "-m", "evaluation.speed_whole.rivals", name, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == NOT_INSTALLED:
        print(done.stderr.strip(), file=sys.stderr)
        return {}
    told: dict[str, Any] = json.loads(done.stdout)
    return {
        f"rival.{name}.reports_per_s": round(number / told["seconds"], 1),
        f"rival.{name}.cpu_ms": round(1000 * told["cpu"] / number, 1),
        f"rival.{name}.rss_mb": told["rss_mb"],
    }


def _python(arguments: list[str]) -> str:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True).stdout
