"""The exams: each a folder here whose ``__init__.py`` has ``exam(data: Path, split: str | None) -> Exam``.

``sayso eval NAME --data DIR`` runs one. The folder of the exam ``muc4-scorer`` is ``muc4_scorer``; ``G11`` is one of
the ``guarantees``. Floors stand in ``floors.toml``; an exam is not to look at them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROMISE = re.compile(r"G\d+")
"""Names of the promises of `guarantees`."""


@dataclass(frozen=True, slots=True)
class Exam:
    """The outcome of one exam.

    Attributes:
        exam: its name, as in ``sayso eval NAME``.
        split: the part of the data it was held on ("all" where there is one part only).
        n: number of items (documents, sentences, incidents) scored.
        figures: name → figure; F-scores and rates in per cent. In the order to be shown.

    """

    exam: str
    split: str
    n: int
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Floor:
    """A pinned figure: the least it may be, or, where small is good (times, losses), the most."""

    value: float
    at_most: bool = False

    def holds(self, figure: float) -> bool:
        """Tell whether ``figure`` keeps to it; a figure that is no number does not."""
        return figure <= self.value if self.at_most else figure >= self.value

    def __str__(self) -> str:
        return f"at {'most' if self.at_most else 'least'} {self.value:g}"


def names() -> list[str]:
    """Return the names of all exams that are there, and behind them those of the promises (G1 …), each an exam too."""
    promises = (path.stem.upper() for path in HERE.glob("guarantees/g[0-9]*.py"))
    exams = sorted(path.parent.name.replace("_", "-") for path in HERE.glob("*/__init__.py"))
    return [*exams, *sorted(promises, key=lambda name: int(name[1:]))]


def run(name: str, data: Path, split: str | None = None) -> Exam:
    """Hold the exam ``name`` on the data sets in ``data``."""
    folder = "guarantees" if PROMISE.fullmatch(name) else name.replace("-", "_")
    module = import_module(f"evaluation.{folder}")
    exam = module.exam(data, split) if folder != "guarantees" else module.exam(data, split, name)
    if not isinstance(exam, Exam) or exam.exam != name:
        raise TypeError(f"evaluation.{name}.exam must return an Exam called {name!r}, not {exam!r}")
    return exam


def floors_of(exam: Exam, file: Path = HERE / "floors.toml") -> dict[str, Floor]:
    """Return figure → floor for the exam on its split: table ``[EXAM.SPLIT]`` of ``floors.toml``."""
    table: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    found = table.get(exam.exam, {}).get(exam.split, {})
    return {name: _floor(value) for name, value in found.items()}


def broken(exam: Exam, floors: Mapping[str, Floor]) -> list[str]:
    """Return one sentence for each floor that is not kept, or whose figure is missing."""
    out = []
    for name, floor in floors.items():
        figure = exam.figures.get(name)
        if figure is None:
            out.append(f"{exam.exam} {name}: not measured, its floor is {floor}")
        elif not floor.holds(figure):
            out.append(f"{exam.exam} {name}: {figure:.2f}, its floor is {floor}")
    return out


def _floor(value: float | dict[str, float]) -> Floor:
    return Floor(value["at_most"], at_most=True) if isinstance(value, dict) else Floor(value)
