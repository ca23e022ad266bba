"""The exam ``rivals``: reports of rival outlets read, linked and laid side by side, against a hand-made key.

DIR holds ``rivals/expected.json`` and ``rivals/reports/NAME.txt`` (or the two lie in DIR itself). The reports are read
as saved texts with their days of publication, linked, and their findings and origins compared with the key by the
rules of ``evaluation/rivals/score.py``. ``python -m evaluation.rivals DIR`` prints what was missed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from evaluation import Exam
from evaluation.rivals.score import Ledger, figures
from sayso.intake import report_of_text
from sayso.intake.assemble import Given
from sayso.linking.features import features_of, main_incident
from sayso.linking.link import link
from sayso.linking.origins import find_origins
from sayso.pipeline import read
from sayso.records import Reading, Report


def exam(data: Path, split: str | None = None) -> Exam:
    """Hold the exam.

    Args:
        data: the folder of ``rivals/``, or that folder itself.
        split: only for the name of the exam’s floors.

    Returns:
        ``pairs.*``: pairs of reports whose main accounts are of one incident. ``disputes.*``: findings that are
        disputed, by incident, field and group of people. ``origins.*``: pairs of reports of one origin. ``whole``:
        per cent of the incidents of several reports that were put together whole. ``not_same``: pairs joined that the
        key keeps apart. ``disputes.values``: of the disputed counts found, those with two values that clash in the key
        too. ``status``: of the findings read at all, those with the key’s status. ``given_pairs.disputes.f``: what
        ``disputes.f`` would be were every report linked as the key links it.

    """
    folder = data / "rivals" if (data / "rivals").is_dir() else data
    key = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    ledger = ledger_of(folder, key)
    return Exam("rivals", split or "all", len(key["reports"]), figures(key, ledger))


def ledger_of(folder: Path, key: dict[str, list[dict[str, str]]]) -> Ledger:
    """Read and link the reports of the key; their ids are the key’s."""
    reading = read([_report(folder, row) for row in key["reports"]])
    clusters = _clusters(reading)
    return Ledger.of(reading, clusters, find_origins(reading.reports, _incidents(reading, clusters)))


def _report(folder: Path, row: dict[str, str]) -> Report:
    text = (folder / "reports" / f"{row['id']}.txt").read_text(encoding="utf-8")
    report = report_of_text(text, Given(published=row["published"], publisher=row.get("outlet")))
    return report.model_copy(update={"external_id": row["id"]})


def _clusters(reading: Reading) -> tuple[tuple[str, ...], ...]:
    reports = {report.id: report for report in reading.reports}
    claims, told = reading.claims, defaultdict(list)
    for row in reading.incidents:
        told[row.reports[0]].append(row)
    main = {report: main_incident(rows) for report, rows in told.items()}
    return link(
        features_of(reports[row.reports[0]], row, claims, main=row is main[row.reports[0]]) for row in reading.incidents
    )


def _incidents(reading: Reading, clusters: tuple[tuple[str, ...], ...]) -> dict[str, list[str]]:
    """Return report id → numbers of the incidents it tells of."""
    report_of = {row.id: row.reports[0] for row in reading.incidents}
    found: dict[str, list[str]] = {report.id: [] for report in reading.reports}
    for number, members in enumerate(clusters):
        for account in members:
            found[report_of[account]].append(str(number))
    return found
