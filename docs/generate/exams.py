"""The page of the error rates, and the README's table: from ``evaluation/{figures,floors,published}.toml``, nowhere else.

    python -m docs.generate.exams

writes the README's table anew.
"""

from __future__ import annotations

import tomllib
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

import evaluation
from docs.generate import ROOT
from docs.generate.markdown import MADE, first_line, table
from evaluation import Exam, Floor
from evaluation.record import FILE
from sayso.records import ClaimField

README: Final = ROOT / "README.md"
HEADS: Final = ("what", "data", "figure")
BESIDES: Final = ("holder", "certainty", "incident")
"""What is published besides the fields of a claim."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The last outcome of an exam, with the day on which it was held and its floors."""

    exam: Exam
    day: str
    floors: Mapping[str, Floor]


@cache
def kept() -> dict[str, Kept]:
    """Return "exam.split" → what was kept of it."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = {}
    for name, splits in data.items():
        for split, told in splits.items():
            exam = Exam(name, split, told["n"], told["figures"])
            found[f"{name}.{split}"] = Kept(exam, told["day"], evaluation.floors_of(exam))
    return found


def _published() -> dict[str, Any]:
    return tomllib.loads((evaluation.HERE / "published.toml").read_text(encoding="utf-8"))


def undescribed() -> Iterator[str]:
    """Yield a sentence for each field whose error rate is not told, figure that is not kept, and floor that is broken."""
    told = [entry["field"] for entry in _published()["field"]]
    for field in (*typing.get_args(ClaimField), *BESIDES):
        if told.count(field) != 1:
            yield f"evaluation/published.toml: field {field} stands there {told.count(field)} times, once is right"
    rows = [(row["exam"], figure) for row in _published()["row"] for figure in row.get("figures", ())]
    rows += [(rate["exam"], rate["figure"]) for entry in _published()["field"] for rate in entry["rates"]]
    for name, figure in rows:
        if name not in kept() or figure not in kept()[name].exam.figures:
            yield f"evaluation/figures.toml: {name} {figure} is published and not kept"
    for each in kept().values():
        held = {name: floor for name, floor in each.floors.items() if name in each.exam.figures}
        yield from evaluation.broken(each.exam, held)


# -- the README's table -----------------------------------------------------------------------------------------------


def rows() -> list[tuple[str, str, str]]:
    """Return the published rows: what, on which data, the figures."""
    return [(row["what"], row["data"], _figures(row)) for row in _published()["row"]]


def _figures(row: Mapping[str, Any]) -> str:
    if "once" in row:
        return str(row["once"])
    figures = kept()[row["exam"]].exam.figures
    shown = ", ".join(f"{figures[name]:.{row.get('digits', 0)}f}" for name in row["figures"])
    return f"{shown}{row.get('unit', '')}"


def readme_with_table(text: str) -> str:
    """Return the README with the table of figures as it is to be; raises ValueError where it has none."""
    head = table(HEADS, []).rstrip("\n")
    before, found, rest = text.partition(head)
    if not found:
        raise ValueError(f"README.md has no table that begins with {head!r}")
    _, _, after = rest.partition("\n\n")
    return f"{before}{table(HEADS, rows())}\n{after}"


# -- the page ---------------------------------------------------------------------------------------------------------


def pages() -> dict[str, str]:
    """Return the page of the error rates."""
    text = [
        f"{MADE}# Error rates\n\nWhat follows is made of two files that the exams write and heed: the last figures"
        " (`evaluation/figures.toml`) and the floors below which a change is refused (`evaluation/floors.toml`)."
        " [How errors are measured](/explanation/errors.md) says what the figures mean and what they leave out. F is the"
        " harmonic mean of what was found of all there is, and what is right of all that was found. All are in per cent."
        "\n\n## In short\n",
        table(HEADS, rows()),
        "## Field by field\n\nWhere it says that nothing measures a field, we do not know how well it is read: no data"
        " set that we may use has it. Read the words beside each value.\n",
        table(("field", "figure", "floor", "n", "what the figure says"), _by_field()),
        "## All figures\n",
        *(_section(name, each) for name, each in sorted(kept().items())),
    ]
    return {"reference/error-rates.md": "\n".join(text)}


def _by_field() -> Iterator[tuple[str, ...]]:
    for entry in _published()["field"]:
        if not entry["rates"]:
            yield f"`{entry['field']}`", "not measured", "", "", "nothing measures it"
        for number, rate in enumerate(entry["rates"]):
            held = kept()[rate["exam"]]
            name = f"`{entry['field']}`" if number == 0 else ""
            source = f"{rate['says']} (`{rate['exam']} {rate['figure']}`)"
            figure = f"{held.exam.figures[rate['figure']]:.1f}"
            yield name, figure, _floor(held.floors.get(rate["figure"])), str(held.exam.n), source


def _floor(floor: Floor | None) -> str:
    return str(floor) if floor else "none"


def _section(name: str, held: Kept) -> str:
    module = import_module(f"evaluation.{held.exam.exam.replace('-', '_')}")
    listed = [
        (f"`{each}`", f"{figure:.2f}", _floor(held.floors.get(each))) for each, figure in held.exam.figures.items()
    ]
    return (
        f"### {name}\n\n{first_line(module)} {held.exam.n} items, on {held.day}.\n\n"
        f"{table(('figure', 'last', 'floor'), listed)}"
    )


if __name__ == "__main__":
    README.write_text(readme_with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
