"""The official score reports: the alignment of every pair of templates, its counts, and the totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.muc4_scorer.count import Tally

_HEAD = re.compile(r"^(\S+)\s+key: (\S+)\s+response: (\S+)\s*(?:\[(\w+)\])?\s*$")
_ROW = re.compile(
    r"^([A-Za-z][A-Za-z/ -]*?)\s+(\d+)\s+(\d+)\|\s*(\d+)\s+(\d+)\s+(\d+)\|\s*(\d+)\s+(\d+)\|\s*(\d+)\s+(\d+)\s+(\d+)\|"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One entry of a report.

    Attributes:
        text: the text.
        key: number of the key's template, None where there is none.
        response: number of the response's template, None where there is none.
        verdict: missing, spurious, optional, irrelevant, or nothing for two templates set against each other.
        rows: name of a slot or of a sum → counts.

    """

    text: str
    key: str | None
    response: str | None
    verdict: str
    rows: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class Report:
    """A score report: its pairs in order, and the rows of its last table with the F-measure."""

    pairs: tuple[Pair, ...]
    totals: Mapping[str, Tally]
    f: float


def read_report(file: Path) -> Report:
    """Return the score report in a file."""
    body, _, last = file.read_text(encoding="latin-1").partition("* * * TOTAL SLOT SCORES * * *")
    measures = re.search(r"^F-MEASURES\s+([\d.]+)", last, re.MULTILINE)
    if measures is None:
        raise ValueError(f"{file}: a score report ends with a row F-MEASURES, this one has none")
    return Report(tuple(_pairs(body)), _rows(last.splitlines()), float(measures[1]))


def _pairs(body: str) -> Iterator[Pair]:
    lines = body.splitlines()
    heads = [(index, match) for index, line in enumerate(lines) if (match := _HEAD.match(line))]
    ends = [index for index, _ in heads[1:]] + [len(lines)]
    for (start, match), end in zip(heads, ends, strict=True):
        text, key, response, verdict = match.groups()
        yield Pair(text, _number(key), _number(response), verdict or "", _rows(lines[start:end]))


def _number(word: str) -> str | None:
    return word if word.isdigit() else None


def _rows(lines: list[str]) -> dict[str, Tally]:
    found = (match for line in lines if (match := _ROW.match(line)))
    return {row[1]: Tally(*(int(row[i]) for i in (4, 5, 6, 9, 10, 11))) for row in found}
