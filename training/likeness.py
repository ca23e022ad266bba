"""Fit what a trait of a sentence and an incident is worth (``src/sayso/vocab/likeness.toml``).

    python training/likeness.py [--halves]

From the invented reports with gold (``training/claims/reports``, ``evaluation/readings``): a sentence in which the gold
quotes evidence of one incident only tells of that incident. Against each incident told before it, it is an example of
going on or not; where it is the first of its incident, an example of how one begins, background or news. Two logistic
regressions, each drawn towards 0 on traits of one size; what hardly occurs or says hardly anything is left out.

``--halves`` prints how often both are right on reports left out of the fit, beside what the rules say.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from evaluation.modern import readings, report_of
from evaluation.modern.short import short_readings
from sayso.pipeline import read_one
from sayso.reading.happenings import grouping
from sayso.reading.happenings.likeness import Sheet, Told, Unit
from sayso.reading.happenings.seating import all_units
from sayso.reading.sentences.passages import Scan
from sayso.records import Report

HERE = Path(__file__).parent
TABLE = HERE.parent / "src" / "sayso" / "vocab" / "likeness.toml"
HEAD = (
    "# What a trait of a sentence and an incident told before it is worth (`reading/happenings/likeness.py`), natural\n"
    "# log odds that add up: `same` that the sentence tells of the incident, `background` that an incident it begins is\n"
    "# one. Made by `training/likeness.py` from invented reports.\n"
)
FOLDS = 8
DRAWN = 10.0
"""Weight of the squares of the coefficients, beside the sum of the log losses."""
OFTEN = 15
"""A trait that fewer examples show is left out."""
LITTLE = 0.1
"""So is one worth less than this in both columns."""
PASSES = 30


@dataclass(frozen=True)
class Example:
    """A sentence beside an incident: its traits, and whether it is so."""

    source: str
    traits: Mapping[str, float]
    right: bool
    rules: bool


def given() -> Iterator[tuple[Report, dict[str, Any]]]:
    """Yield the reports with their gold."""
    for path in sorted((HERE / "claims" / "reports").glob("*.toml")):
        yield from ((report_of(text, gold), gold) for text, gold in short_readings(path))
    yield from readings(HERE.parent / "evaluation" / "readings")


def examples(report: Report, gold: dict[str, Any]) -> tuple[list[Example], list[Example]]:
    """Return what one report shows of sentences that go on, and of incidents that begin."""
    seen: list[tuple[Any, ...]] = []
    with mock.patch.object(grouping, "seat", lambda *args: (seen.append(args), args[1:3])[1]):
        read_one(report)
    if not seen or not gold["incidents"]:
        return [], []
    scan, drafts, owner, harms, facts = seen[-1]
    sheet = Sheet(scan, facts, harms)
    return _walk(sheet, all_units(scan, drafts, owner, harms), _told_in(scan, gold), gold, drafts)


def _told_in(scan: Scan, gold: dict[str, Any]) -> dict[int, set[str]]:
    """Return the incidents of which each passage holds evidence."""
    found: dict[int, set[str]] = defaultdict(set)
    for incident in gold["incidents"]:
        for claim in incident["claims"]:
            at = scan.report.text.find(claim["evidence"]) if claim.get("evidence") else -1
            for passage in scan.passages:
                if passage.start <= at < passage.end:
                    found[passage.number].add(incident["id"])
    return found


def _walk(
    sheet: Sheet, units: list[Unit], told_in: dict[int, set[str]], gold: dict[str, Any], drafts: Sequence[Any]
) -> tuple[list[Example], list[Example]]:
    background = {incident["id"]: bool(incident["background"]) for incident in gold["incidents"]}
    main = next((name for name, aside in background.items() if not aside), None)
    crowded = Counter(unit.passage for unit in units)
    told: dict[str, Told] = {}
    latest: Told | None = None
    same: list[Example] = []
    begin: list[Example] = []
    source = gold["source"]
    for unit in units:
        here = told_in.get(unit.passage, set())
        if len(here) != 1 or crowded[unit.passage] > 1:
            latest = None if here else latest
            continue
        (name,) = here
        among = sorted(told.values(), key=lambda one: one is not told.get(main or ""))
        for other, one in told.items():
            if one.last != unit.passage:
                traits = sheet.traits(one, unit, among, latest)
                same.append(Example(source, traits, other == name, bool(traits["rules"])))
        if name not in told:
            aside = drafts[unit.rules].background
            if told:
                traits = sheet.traits(among[0], unit, among, latest) | {"rules background": float(aside)}
                begin.append(Example(source, traits, background[name], aside))
            told[name] = Told(background=background[name])
        sheet.add(told[name], unit)
        latest = told[name]
    return same, begin


def fit(rows: Sequence[Example], names: Sequence[str]) -> NDArray[np.float64]:
    """Return the worth of each trait, "start" first: a logistic regression by Newton's method."""
    table = np.array([[row.traits.get(name, 0.0) for name in names] for row in rows])
    scale = table.std(0)
    scale[0] = 1.0
    table = table / scale
    right = np.array([row.right for row in rows], float)
    drawn = np.full(len(names), DRAWN)
    drawn[0] = 0.0
    worth = np.zeros(len(names))
    for _ in range(PASSES):
        chance = 1 / (1 + np.exp(-table @ worth))
        slope = table.T @ (chance - right) + drawn * worth
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(drawn + 1e-9)
        worth = worth - np.linalg.solve(bend, slope)
    return worth / scale


def names_of(rows: Sequence[Example], *, crossed: bool) -> list[str]:
    """Return the traits that examples show often enough, and not all of them, "start" first."""
    often = Counter(name for row in rows for name, size in row.traits.items() if size)
    kept = [name for name, count in sorted(often.items()) if OFTEN <= count <= len(rows) - OFTEN]
    return ["start", *(name for name in kept if name != "start" and (crossed or " & " not in name))]


def odds(rows: Sequence[Example], names: Sequence[str], worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the log odds that each example is so."""
    return np.array([[row.traits.get(name, 0.0) for name in names] for row in rows]) @ worth


def halves(rows: Sequence[Example], *, crossed: bool) -> str:
    """Say how often a fit is right on reports left out of it, and the rules."""
    sources = sorted({row.source for row in rows})
    names = names_of(rows, crossed=crossed)
    right = 0
    for fold in range(FOLDS):
        out = set(sources[fold::FOLDS])
        left = [row for row in rows if row.source in out]
        worth = fit([row for row in rows if row.source not in out], names)
        right += int(((odds(left, names, worth) > 0) == np.array([row.right for row in left])).sum())
    rules = sum(row.rules == row.right for row in rows)
    return f"{len(rows)} examples: rules {100 * rules / len(rows):.1f} % right, weighed {100 * right / len(rows):.1f} %"


def main() -> None:
    """Fit and write the table; with ``--halves`` only say how good it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--halves", action="store_true")
    only_say = parser.parse_args().halves
    same: list[Example] = []
    begin: list[Example] = []
    for report, gold in given():
        one, other = examples(report, gold)
        same += one
        begin += other
    print("goes on:", halves(same, crossed=True))
    print("background:", halves(begin, crossed=False))
    if not only_say:
        write(_worth(same, crossed=True), _worth(begin, crossed=False))


def _worth(rows: Sequence[Example], *, crossed: bool) -> dict[str, float]:
    """Return what the traits are worth that are worth something."""
    names = names_of(rows, crossed=crossed)
    for _ in range(2):  # once more without what says little
        worth = dict(zip(names, fit(rows, names).tolist(), strict=True))
        names = [name for name in names if name == "start" or abs(worth[name]) >= LITTLE]
    return {name: worth[name] for name in names}


def write(same: Mapping[str, float], background: Mapping[str, float]) -> None:
    """Write the table."""
    text = HEAD
    for name in ["start", *sorted({*same, *background} - {"start"})]:
        text += f'\n[[entry]]\nname = "{name}"\n'
        text += f"same = {same[name]:.2f}\n" if name in same else ""
        text += f"background = {background[name]:.2f}\n" if name in background else ""
    TABLE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
