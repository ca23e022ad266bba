"""The exam ``casualties``: killed and injured read from press reports, against the registry of the same shootings.

Data: ``gva/docs.jsonl.gz`` (reports) and ``gva/incidents.jsonl.gz`` (registry records); see their README. The registry
counts everybody killed or injured, attackers too, so all groups count here.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evaluation import Exam
from sayso.pipeline import read
from sayso.records import Block, BlockKind, Claim, Reading, Report, identify
from sayso.values import Quantity

SAMPLE = 20
"""The default split ``dev`` holds every 20th incident that has a record and reports; ``all`` holds every one."""
FIELDS = ("killed", "injured")


def exam(data: Path, split: str | None = None) -> Exam:
    """Read the reports of each incident and compare its counts with the registry.

    Returns:
        exact: the count picked by ``pick`` is the registry’s. in_range: the registry’s count lies within the interval
        of some report’s claim on the whole, or is zero where none claims any.

    """
    split = split or "dev"
    rows = [row for number, row in enumerate(_incidents(data)) if split == "all" or number % SAMPLE == 0]
    reports = _reports(data, {name for row in rows for name in row["doc_ids"]})
    right = dict.fromkeys((f"{field}.{how}" for field in FIELDS for how in ("exact", "in_range")), 0)
    for row in rows:
        readings = [read([reports[name]]) for name in row["doc_ids"] if name in reports]
        for field in FIELDS:
            true = int(row["record"][f"num_{field}"])
            counts = [count for reading in readings for count in claimed(reading, field)]
            right[f"{field}.exact"] += pick([claimed(reading, field) for reading in readings]) == true
            right[f"{field}.in_range"] += any(fits(count, true) for count in counts) if counts else true == 0
    total = max(len(rows), 1)
    return Exam("casualties", split, len(rows), {name: 100 * value / total for name, value in right.items()})


def _incidents(data: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(data / "gva" / "incidents.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["record"] and row["doc_ids"]:
                yield row


def _reports(data: Path, wanted: set[str]) -> dict[str, Report]:
    with gzip.open(data / "gva" / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        return {row["doc_id"]: to_report(row) for row in rows if row["doc_id"] in wanted}


def to_report(row: dict[str, Any]) -> Report:
    """Return one document as a report: the title as headline, its lines as paragraphs."""
    title = re.sub(r"\s+", " ", row["title"] or "").strip()
    text = f"{title}\n{row['text']}"
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            kind: BlockKind = "headline" if at == 0 and title else "paragraph"
            blocks.append(Block(kind=kind, start=at, end=at + len(line)))
        at += len(line) + 1
    return Report(id=identify("re", row["doc_id"]), text=text, published=row["dct"], blocks=tuple(blocks))


def claimed(reading: Reading, field: str) -> list[Quantity]:
    """Return the counts that a report claims for one field of the incident it is about (its first)."""
    main = next((incident.id for incident in reading.incidents if not incident.background), None)
    claims = [c for c in reading.claims if c.incident == main and c.field == field and c.stance == "asserts"]
    named = {_name(claim) for claim in claims} - {None}
    counts = [claim.value for claim in claims if isinstance(claim.value, Quantity)]
    return [*counts, Quantity(low=len(named), high=len(named), words="by name")] if len(named) > 1 else counts


def _name(claim: Claim) -> str | None:
    of = claim.value.of if isinstance(claim.value, Quantity) else None
    return of.name.split()[-1] if of and of.kind == "person" and of.name else None


def pick(by_report: Sequence[Sequence[Quantity]]) -> int:
    """Return one number for an incident: each report’s largest count, of these the middle one (the upper of two)."""
    largest = sorted(max((count.low for count in counts), default=0) for counts in by_report)
    return largest[len(largest) // 2] if largest else 0


def fits(count: Quantity, true: int) -> bool:
    """Tell whether the registry’s count lies in a claimed interval."""
    return count.low <= true and (count.high is None or true <= count.high)
