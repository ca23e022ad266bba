"""The exam ``incidents``: whether the incidents of one report are told apart, and hold what is said of them.

Invented reports that tell of several incidents, with gold (``training/claims/reports``), every third of them. The
reader's rules and weights were made by looking at these: the figures say what holds, not how good it is elsewhere.
A read incident belongs to the gold incident of which it holds most matched claims; each to one.

Figures, in per cent: ``found`` gold incidents that have a read one, ``found.main`` those that are news · ``spurious``
read incidents that belong to none (tolls of a war, which READING allows as background, count) · ``background`` found
ones that are rightly news or background · ``kind`` found ones of the right kind · ``claims`` matched claims that stand
in the right incident.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from evaluation import HERE, Exam
from evaluation.modern import report_of
from evaluation.modern.match import matches_fact
from evaluation.modern.short import short_readings
from sayso.pipeline import read_each

REPORTS: Final = HERE.parent / "training" / "claims" / "reports"
EVERY: Final = 3
SEVERAL: Final = 2


def exam(data: Path, split: str | None) -> Exam:
    """Hold the exam; ``data`` is not looked at, the split ``all`` takes every report."""
    del data
    golds = list(several())[:: 1 if split == "all" else EVERY]
    tally: Counter[str] = Counter()
    for (_, gold), reading in zip(golds, read_each(report_of(*row) for row in golds), strict=True):
        tally += score(gold, json.loads(reading.to_json()))
    return Exam("incidents", split or "third", len(golds), rates(tally))


def several() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (text, gold) of each report that tells of several incidents."""
    for path in sorted(REPORTS.glob("*.toml")):
        yield from (row for row in short_readings(path) if len(row[1]["incidents"]) >= SEVERAL)


def score(gold: dict[str, Any], got: dict[str, Any]) -> Counter[str]:
    """Return what was asked and found for one report."""
    read = {row["id"]: row for row in got["incidents"]}
    held = {(row["id"], at): _holders(fact, got) for row in gold["incidents"] for at, fact in enumerate(row["claims"])}
    pairs = aligned(held)
    tally: Counter[str] = Counter()
    for row in gold["incidents"]:
        tally["gold"] += 1
        tally["main"] += not row["background"]
        mate = pairs.get(row["id"], "")
        asked = [held[row["id"], at] for at, fact in enumerate(row["claims"]) if not fact.get("optional")]
        tally["matched"] += sum(bool(where) for where in asked)
        tally["claims"] += sum(mate in where for where in asked)
        if not mate:
            continue
        tally["found"] += 1
        tally["found.main"] += not row["background"]
        tally["background"] += read[mate]["background"] == bool(row["background"])
        tally["kind"] += read[mate]["kind"] in [row["kind"], *row.get("kind_also", [])]
    tally["read"] += len(read)
    tally["spurious"] += len(read.keys() - set(pairs.values()))
    return tally


def _holders(fact: dict[str, Any], got: dict[str, Any]) -> set[str]:
    """Return the read incidents that hold a claim."""
    return {claim["incident"] for claim in got["claims"] if matches_fact(fact, claim)}


def aligned(held: dict[tuple[str, int], set[str]]) -> dict[str, str]:
    """Return gold incident → read incident, those with most claims in common first; each is taken once."""
    shared: dict[tuple[str, str], float] = defaultdict(float)
    for (row, _), mates in held.items():
        for mate in mates:
            shared[row, mate] += 1 / len(mates)
    pairs: dict[str, str] = {}
    for (row, mate), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if row not in pairs and mate not in pairs.values():
            pairs[row] = mate
    return pairs


def rates(tally: Counter[str]) -> dict[str, float]:
    """Return the figures."""
    of = {"found": "gold", "found.main": "main", "spurious": "read", "background": "found", "kind": "found",
          "claims": "matched"}  # fmt: skip
    return {name: 100 * tally[name] / max(tally[whole], 1) for name, whole in of.items()}
