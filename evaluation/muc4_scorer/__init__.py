"""The exam of our MUC-4 scorer: whether it gives the 17 systems of TST3 what the official score reports give them.

Three figures are compared with the official F of all templates: with the people's match decisions and the official
alignment (the proof), with the decisions and our alignment, and with neither (how we score ourselves).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation import Exam
from evaluation.muc4_scorer.count import Judge, Tally, count_missing, count_pair, count_spurious
from evaluation.muc4_scorer.history import History, read_history
from evaluation.muc4_scorer.judges import historian
from evaluation.muc4_scorer.keys import Template, Templates, read_templates
from evaluation.muc4_scorer.official import Report, read_report
from evaluation.muc4_scorer.ranks import rank_correlation
from evaluation.muc4_scorer.scores import JudgeOf, add_up, f_measure, score_texts
from evaluation.muc4_scorer.slots import SLOTS

SPLIT = "tst3"


@dataclass(frozen=True, slots=True)
class System:
    """One system of TST3: the official F of all templates and ours, in per cent.

    Attributes:
        name: the site.
        official: as its score report says.
        proof: ours, with the people's match decisions and the official alignment.
        own_alignment: ours, with the people's match decisions.
        alone: ours, with neither.
        cells: number of rows of slots of pairs of templates in the report.
        cells_wrong: those of them whose counts are not ours (in the proof).

    """

    name: str
    official: float
    proof: float
    own_alignment: float
    alone: float
    cells: int
    cells_wrong: int


def exam(data: Path, split: str | None = None) -> Exam:
    """Score the 17 systems of TST3 and compare with their official reports; print a row for each (to stderr)."""
    if split not in (None, SPLIT):
        raise ValueError(f"official reports are there for {SPLIT} only, not for {split!r}")
    systems = list(score_systems(data / "muc4"))
    print("\n".join(table(systems)), file=sys.stderr)
    return Exam("muc4-scorer", SPLIT, len(systems), _figures(systems))


def score_systems(folder: Path) -> Iterator[System]:
    """Yield the systems in the folder ``muc4``, by name."""
    official = folder / "official"
    key = read_templates(official / "key-tst3.v2")
    history = read_history(official / "tst3_match_history.txt")
    for site in sorted((official / "tst3_responses").iterdir()):
        response = read_templates(site / "response.tst3")
        report = read_report(official / "tst3_scores" / site.name / "scores.tst3-pass1.nrad")
        yield _system(site.name, key, response, report, history)


def count_as_aligned(
    key: Templates, response: Templates, report: Report, judge_of: JudgeOf
) -> list[Mapping[str, Tally]]:
    """Return the counts of each pair of an official report, graded by our judges."""
    out: list[Mapping[str, Tally]] = []
    for pair in report.pairs:
        theirs = _numbered(key[pair.text], pair.key)
        mine = _numbered(response.get(pair.text, ()), pair.response)
        out.append(_counts(mine, theirs, judge_of, pair.text))
    return out


def table(systems: list[System]) -> list[str]:
    """Return the lines of the comparison, the best system first."""
    head = f"{'system':<10}{'official':>9}{'proof':>9}{'own align':>11}{'alone':>9}{'cells':>8}{'wrong':>7}"
    return [head, *(_line(system) for system in sorted(systems, key=lambda system: -system.official))]


def _line(system: System) -> str:
    scores = f"{system.official:>9.2f}{system.proof:>9.2f}{system.own_alignment:>11.2f}{system.alone:>9.2f}"
    return f"{system.name:<10}{scores}{system.cells:>8}{system.cells_wrong:>7}"


def _system(name: str, key: Templates, response: Templates, report: Report, history: History) -> System:
    def people(text: str, template: Template) -> Judge:
        return historian(history, text, template.number)

    rows = count_as_aligned(key, response, report, people)
    cells = [
        (counts.get(slot.name, Tally()), pair.rows.get(slot.name, Tally()))
        for counts, pair in zip(rows, report.pairs, strict=True)
        for slot in SLOTS
    ]
    return System(
        name,
        official=report.f,
        proof=f_measure(sum(add_up(rows).values(), Tally())),
        own_alignment=f_measure(score_texts(key, response, people).total),
        alone=f_measure(score_texts(key, response).total),
        cells=len(cells),
        cells_wrong=sum(ours != theirs for ours, theirs in cells),
    )


def _counts(mine: Template | None, theirs: Template | None, judge_of: JudgeOf, text: str) -> Mapping[str, Tally]:
    if mine and theirs:
        return count_pair(mine, theirs, judge_of(text, theirs))
    if theirs:
        return count_missing(theirs)
    return count_spurious(mine) if mine else {}


def _numbered(templates: tuple[Template, ...], number: str | None) -> Template | None:
    return next((template for template in templates if template.number == number), None)


def _figures(systems: list[System]) -> dict[str, float]:
    official = [system.official for system in systems]
    ways = {
        "": [system.proof for system in systems],
        "own_alignment.": [system.own_alignment for system in systems],
        "alone.": [system.alone for system in systems],
    }
    out: dict[str, float] = {}
    for way, ours in ways.items():
        out[f"{way}max_abs_difference"] = max(abs(a - b) for a, b in zip(ours, official, strict=True))
        out[f"{way}rank_correlation"] = rank_correlation(ours, official)
    out["cells_right"] = 100 - 100 * sum(s.cells_wrong for s in systems) / sum(s.cells for s in systems)
    return out
