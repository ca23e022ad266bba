"""The exam ``modern``: readings of single reports against readings made by hand, fact by fact.

DIR holds files of short readings (``short.py``), and ``NAME.txt`` beside ``NAME.expected.json`` (in it or in folders
below) or, with a key ``report`` or ``source``, the name of its report. Rules of comparison stand in
``evaluation/modern/match.py``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation import HERE, Exam
from evaluation.modern.match import score
from evaluation.modern.short import short_readings
from sayso.pipeline import read
from sayso.records import Block, Report, identify

OURS = {"readings": "own", "held": "held"}
"""Folders of reports written for the project, whose floors are their own."""


def exam(data: Path, split: str | None = None) -> Exam:
    """Read every report with an expected reading below ``data``.

    Args:
        data: a folder of readings.
        split: only files whose path contains this; all without it.

    Returns:
        Per cent of the expected claims that were found; of those, with the right holder and with the right hedge; of
        the expected statements; and of the traps, those broken. ``precision.F`` for fields listed in full.

    """
    tally: Counter[str] = Counter()
    held = 0
    for report, expected in readings(data, split):
        held += 1
        tally += score(expected, json.loads(read([report]).to_json()))
    ours = OURS.get(data.name) if data.resolve().parent == HERE else None
    return Exam("modern", split or ours or "all", held, _figures(tally))


def readings(data: Path, split: str | None = None) -> Iterator[tuple[Report, dict[str, Any]]]:
    """Yield every report below a folder with its expected reading: single files, and files of short readings."""
    for path in sorted(data.rglob("*expected.json")):
        if split is None or split in str(path):
            expected = json.loads(path.read_text(encoding="utf-8"))
            report = report_beside(path, expected)
            if report is not None and "incidents" in expected:
                yield report, expected
    for path in sorted(data.rglob("*.toml")):
        if split is None or split in str(path):
            for text, expected in short_readings(path):
                yield report_of(text, expected), expected


def _figures(tally: Counter[str]) -> dict[str, float]:
    figures = {
        "claims": _rate(tally["claims.found"], tally["claims"]),
        "holder": _rate(tally["holder.right"], tally["claims.found"]),
        "certainty": _rate(tally["certainty.right"], tally["claims.found"]),
        "statements": _rate(tally["statements.found"], tally["statements"]),
        "traps": _rate(tally["traps.broken"], tally["traps"]),
    }
    for field in ("perpetrator", "killed", "injured"):
        figures[f"precision.{field}"] = _rate(tally[f"{field}.supported"], tally[f"{field}.read"])
    return figures


def _rate(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def report_beside(path: Path, expected: dict[str, Any]) -> Report | None:
    """Return the text an expected reading belongs to: the file of the same name, or ``report.txt`` beside it."""
    stem = path.name.removesuffix("expected.json").removesuffix(".")
    names = [f"{stem}.txt", "report.txt"]
    file = next((path.parent / name for name in names if name != ".txt" and (path.parent / name).is_file()), None)
    if file is None:
        return None
    return report_of(file.read_text(encoding="utf-8"), expected)


def report_of(text: str, expected: dict[str, Any]) -> Report:
    """Return a text as a report, a block a line, published when the expected reading says."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="paragraph", start=at, end=at + len(line)))
        at += len(line) + 1
    return Report(id=identify("re", text), text=text, published=expected.get("published"), blocks=tuple(blocks))
