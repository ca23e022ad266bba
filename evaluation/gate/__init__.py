"""The exam ``gate``: which reports the gate of ``sayso add --gate`` lets through to the model, and what is lost by it.

Split ``gold`` (the default): of reports that tell of an incident by their gold, and of their incidents, the per cent
let through (``kept.SET``, ``incidents.SET``); of texts on anything, the per cent let through (``through.SET``). The
gate was fitted on ``own`` (``training/claims``), ``muc4`` (its training texts) and the treebanks; its threshold was
chosen so that no report of the first two is lost, beside the others. In GVA stand pages of which only a headline is
left.

Split ``news``: every fourth report of the local newspapers of LGL, read in full: ``through`` of those in which the
reader finds no incident, ``kept`` of those in which it finds one (it is often wrong there: look before you trust
either), and reports that one thread reads a second, by its processor time, with and without the gate. Evaluation only,
as in ``places``.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from evaluation import HERE, Exam
from evaluation.linking.pool import documents
from evaluation.modern import readings, report_of
from evaluation.modern.short import short_readings
from evaluation.places.corpora import read_lgl
from sayso.pipeline import READ_AT_MOST, read_each
from sayso.reading.gate import may_tell
from sayso.records import Report

EVERY: Final = 4
"""Of the local newspapers, one in so many is read."""
UNSEEN: Final = ("muc4-dev", "readings", "held", "gva")
"""Sets with gold on which nothing of the gate was fitted."""


class Text(NamedTuple):
    """A text of a set, and how many incidents it tells of; None where nobody has counted."""

    text: str
    incidents: int | None


def exam(data: Path, split: str | None = None) -> Exam:
    """Hold the exam.

    Args:
        data: the folder of the data sets; beside it may lie ``readings``.
        split: ``gold`` or ``news``.

    """
    if split not in (None, "gold", "news"):
        raise ValueError(f"no split {split!r}; there are: gold, news")
    return _news(data) if split == "news" else _gold(data)


def _gold(data: Path) -> Exam:
    sets = {name: list(texts) for name, texts in _sets(data).items()}
    began = time.process_time()
    opened = {name: [may_tell(each.text) for each in texts] for name, texts in sets.items()}
    spent, number = time.process_time() - began, sum(map(len, sets.values()))
    figures: dict[str, float] = {}
    for name, texts in sets.items():
        rows = list(zip(texts, opened[name], strict=True))
        if some := [(each.incidents, through) for each, through in rows if each.incidents]:
            figures[f"kept.{name}"] = _rate(through for _, through in some)
            figures[f"incidents.{name}"] = _share(some)
        if none := [through for each, through in rows if not each.incidents]:
            figures[f"through.{name}"] = _rate(none)
    unseen = [row for name in UNSEEN for row in zip(sets[name], opened[name], strict=True) if row[0].incidents]
    figures["kept.unseen"] = _rate(through for _, through in unseen)
    return Exam("gate", "gold", number, figures | {"ms": 1000 * spent / number})


def _sets(data: Path) -> Mapping[str, Iterable[Text]]:
    """Return name → texts."""
    claims = sorted((HERE.parent / "training" / "claims" / "reports").glob("*.toml"))
    own = chain.from_iterable(map(short_readings, claims))
    given = data.parent / "readings"
    folders = [HERE / "readings", *([given] if given.is_dir() else [])]
    return {
        "own": (Text(text, len(gold["incidents"])) for text, gold in own),
        "muc4": _muc4(data / "muc4", "train"),
        "muc4-dev": chain(_muc4(data / "muc4", "dev_tst1"), _muc4(data / "muc4", "dev_tst2")),
        "readings": _readings(folders),
        "held": _readings([HERE / "held"]),
        "gva": (Text(each.report.text, 1) for each in documents(data)),
        "ewt": _treebank(data / "ud" / "ewt"),
        "gum": _treebank(data / "ud" / "gum"),
    }


def _muc4(folder: Path, part: str) -> Iterator[Text]:
    """Yield the texts of a part, without the words in brackets at their heads ([REPORT] [TEXT])."""
    for line in (folder / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Text(re.sub(r"\[[^]]*\]", " ", row["text"]), len(row["templates"]))


def _readings(folders: Iterable[Path]) -> Iterator[Text]:
    for folder in folders:
        for report, expected in readings(folder):
            yield Text(report.text, len(expected["incidents"]))


def _treebank(folder: Path) -> Iterator[Text]:
    """Yield the documents of a treebank but for its test half: letters, reviews, travel, fiction, some of it on war."""
    for path in sorted(path for path in folder.glob("*.conllu") if "-test" not in path.name):
        for document in path.read_text(encoding="utf-8").split("# newdoc")[1:]:
            yield Text("\n".join(re.findall(r"^# text = (.*)", document, re.MULTILINE)), None)


def _news(data: Path) -> Exam:
    reports = [report_of(text.text, {}) for text in list(read_lgl(data / "places" / "lgl.xml"))[::EVERY]]
    _processor_time(reports[:1], gate=False)  # the model is loaded
    found, whole = _processor_time(reports, gate=False)
    _, behind = _processor_time(reports, gate=True)
    opened = [may_tell(report.text[:READ_AT_MOST]) for report in reports]
    some = [through for through, number in zip(opened, found, strict=True) if number]
    none = [through for through, number in zip(opened, found, strict=True) if not number]
    figures = {"kept": _rate(some), "through": _rate(none), "all": _rate(opened)}
    return Exam(
        "gate", "news", len(reports),
        {**figures, "reports_per_s": len(reports) / whole, "reports_per_s.gate": len(reports) / behind},
    )  # fmt: skip


def _processor_time(reports: list[Report], *, gate: bool) -> tuple[list[int], float]:
    """Return how many incidents, no background, the reader finds in each, and the seconds of a processor it takes."""
    began = time.process_time()
    found = [sum(not each.background for each in reading.incidents) for reading in read_each(reports, gate=gate)]
    return found, time.process_time() - began


def _rate(opened: Iterable[bool]) -> float:
    counted = list(opened)
    return 100 * sum(counted) / len(counted) if counted else 0.0


def _share(rows: Iterable[tuple[int | None, bool]]) -> float:
    """Return the per cent of all incidents that stand in reports let through."""
    counted = [(number or 0, through) for number, through in rows]
    return 100 * sum(number for number, through in counted if through) / sum(number for number, _ in counted)
