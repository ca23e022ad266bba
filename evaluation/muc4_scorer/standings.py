"""What the 17 systems of TST3 reached, slot by slot: the figures to stand beside our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evaluation.muc4_scorer.official import Report, read_report
from evaluation.muc4_scorer.scores import f_measure
from evaluation.muc4_scorer.slots import SLOTS

ALL = "ALL TEMPLATES"


@dataclass(frozen=True, slots=True)
class Standing:
    """The best and the median F of the systems in one row of their reports, in per cent."""

    best: float
    median: float


def read_standings(folder: Path) -> dict[str, Standing]:
    """Return row (slot name or `ALL`) → standing, from the official reports in the folder ``muc4``."""
    reports = sorted((folder / "official" / "tst3_scores").glob("*/scores.tst3-pass1.nrad"))
    return standings({file.parent.name: read_report(file) for file in reports})


def standings(reports: Mapping[str, Report]) -> dict[str, Standing]:
    """Return row (slot name or `ALL`) → standing over the reports of the systems."""
    rows = [*(slot.name for slot in SLOTS), ALL]
    return {row: _standing([f_measure(report.totals[row]) for report in reports.values()]) for row in rows}


def _standing(figures: list[float]) -> Standing:
    return Standing(max(figures), median(figures))
