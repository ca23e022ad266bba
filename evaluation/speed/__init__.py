"""Exam ``speed``: how long a report takes, what of that is the model, and what a fresh process needs.

Reports of about 400 words are made of paragraphs of the human-rights reports (real prose of our domain). Figures:
``language.ratio`` the language layer against the bare runs of the model on the same windows, right after it ·
``attribution.share`` who says what (statements with holder, channel, time), in per cent of the processor time of the
language layer · ``reading.ratio`` the whole reading against the language layer · ``reports_per_s`` of that layer ·
``rss_mb`` peak resident memory of a fresh process that analyses all of them · ``first_ms`` from the start of a fresh
process to its first analysis (the median of three). All on the threads there are; say how busy the machine was.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from evaluation import Exam
from sayso import pipeline
from sayso.errors import InputError, SetupError
from sayso.language.engine import analyse, default_model
from sayso.language.inputs import Inputs
from sayso.language.model import Model
from sayso.language.runs import alone
from sayso.reading.statements.statements import find_statements
from sayso.records import Report
from sayso.vocab.gazetteer import Gazetteer

REPORTS = 60
WORDS = 400
WARM = 4  # reports read before the clock starts

_FRESH = """
import json, sys
texts = json.load(sys.stdin)
from sayso.language import analyse
from sayso.records import Report
reports = (Report(id=f"re_{number}", text=text) for number, text in enumerate(texts))
tokens = sum(len(analysis.tokens) for analysis in analyse(reports))
try:  # what getrusage says begins with the memory of the process that started this one
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
except (OSError, StopIteration):
    try:
        import resource
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    except ImportError:
        peak = float("nan")
print(json.dumps({"tokens": tokens, "rss_mb": peak}))
"""


class Watched:
    """A model that keeps the batches it is given."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.batches: list[Inputs] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def run(self, inputs: Inputs) -> Any:
        """Run the model on one batch."""
        self.batches.append(inputs)
        return self._model.run(inputs)


def exam(data: Path, split: str | None = None) -> Exam:
    """Return the six figures; there are no splits."""
    texts = list(islice(made_reports(data), REPORTS))
    model = default_model()
    if model is None:
        raise SetupError("there is no model to time", way_out="point SAYSO_MODEL at a build")
    reports = [Report(id=f"re_{number}", text=text) for number, text in enumerate(texts)]
    whole, bare = language_seconds(reports, model)
    share = attribution_share(reports, model)
    reading = reading_seconds(reports)
    figures = {
        "language.ratio": round(whole / bare, 3),
        "attribution.share": round(share, 1),
        "reading.ratio": round(reading / whole, 3),
        "reports_per_s": round(len(reports) / whole, 1),
        "rss_mb": round(fresh(texts)[1]),
        "first_ms": round(1000 * median(fresh(texts[:1])[0] for _ in range(3))),
    }
    return Exam("speed", split or "all", len(reports), figures)


def language_seconds(reports: list[Report], model: Model) -> tuple[float, float]:
    """Return the seconds of the language layer, and of the bare runs of the model on the same windows."""
    watched: Any = Watched(model)
    for _ in analyse(reports[:WARM], model=watched):
        pass
    watched.batches.clear()
    began = time.perf_counter()
    for _ in analyse(reports, model=watched):
        pass
    whole = time.perf_counter() - began
    windows = [window for batch in watched.batches for window in alone(batch)]
    began = time.perf_counter()
    model.read(windows)
    return whole, time.perf_counter() - began


def attribution_share(reports: list[Report], model: Model) -> float:
    """Return the processor time of who says what, in per cent of that of the language layer: both on all threads.

    Processor time, for what else a machine does makes both slower on the clock, and not alike.
    """
    world = Gazetteer.default()
    began = time.process_time()
    analyses = list(analyse(reports, model=model))
    language = time.process_time() - began
    for analysis in analyses[:WARM]:
        find_statements(analysis, world)
    began = time.process_time()
    for analysis in analyses:
        find_statements(analysis, world)
    return 100 * (time.process_time() - began) / language


def reading_seconds(reports: list[Report]) -> float:
    """Return the seconds of the whole way from reports to a reading."""
    pipeline.read(reports[:WARM])
    began = time.perf_counter()
    pipeline.read(reports)
    return time.perf_counter() - began


def fresh(texts: list[str]) -> tuple[float, float]:
    """Return (seconds, peak memory in MB) of a process that is started to analyse the texts."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _FRESH], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return time.perf_counter() - began, json.loads(done.stdout)["rss_mb"]


def made_reports(data: Path) -> Iterator[str]:
    """Yield texts of at least ``WORDS`` words, whole paragraphs with blank lines between."""
    path = data / "state_hr_reports.jsonl.gz"
    if not path.exists():
        raise InputError("the reports to be timed are not there", place=str(path))
    paragraphs: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for paragraph in json.loads(line)["paragraphs"]:
                paragraphs.append(paragraph)
                if sum(len(text.split()) for text in paragraphs) >= WORDS:
                    yield "\n\n".join(paragraphs)
                    paragraphs = []
