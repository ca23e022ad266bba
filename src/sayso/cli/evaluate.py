"""``sayso eval``: one exam of ``evaluation/``, its figures held against their floors."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from sayso.cli.streams import put, say
from sayso.errors import SetupError

BELOW_A_FLOOR: Final = 3


@click.command("eval")
@click.argument("name", metavar="NAME", help="Exam: a folder of evaluation/.")
@click.option(
    "--data",
    required=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the data sets of the exams.",
)
@click.option("--split", metavar="S", help="Another part of the data than the exam's usual one.")
@click.option("--json", "as_json", is_flag=True, help='One JSON object: {"exam","split","n","figures","floors"}.')
def evaluate(name: str, data: Path, split: str | None, as_json: bool) -> int:
    """Print the figures of one exam against their floors.

    F-scores and rates are in per cent.

    The exams stand in the folder evaluation/ of a checkout, not in the installed package. Exit code 3: a figure is
    below its floor in evaluation/floors.toml; a line on stderr names it.
    """
    evaluation = _evaluation()
    known = evaluation.names()
    if name not in known:
        raise click.UsageError(f"no exam {name!r}; there are: {', '.join(known) or 'none'}")
    exam = evaluation.run(name, data, split)
    floors = evaluation.floors_of(exam)
    put(_as_json(exam, floors) if as_json else _as_table(exam, floors))
    broken = evaluation.broken(exam, floors)
    for line in broken:
        say(line)
    return BELOW_A_FLOOR if broken else 0


def checkout() -> Path:
    """Return the root of the checkout that this package is run from; raises SetupError for an installed one."""
    root = Path(__file__).parents[3]
    if not (root / "evaluation" / "floors.toml").is_file():
        raise SetupError(
            "the exams are not installed with the package",
            place="sayso eval",
            way_out="run it in a checkout of the project, installed with `pip install --editable .`",
        )
    return root


def _evaluation() -> Any:
    """Import ``evaluation`` of the checkout, which is no part of the package."""
    root = str(checkout())
    if root not in sys.path:
        sys.path.insert(0, root)
    return import_module("evaluation")


def _as_json(exam: Any, floors: dict[str, Any]) -> str:
    data = {
        "exam": exam.exam,
        "split": exam.split,
        "n": exam.n,
        "figures": dict(exam.figures),
        "floors": {name: floor.value for name, floor in floors.items()},
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n"


def _as_table(exam: Any, floors: dict[str, Any]) -> str:
    wide = max([len(name) for name in exam.figures] + [6])
    lines = [f"{exam.exam}, {exam.split}: {exam.n} items"]
    for name, figure in exam.figures.items():
        floor = f"   ({floors[name]})" if name in floors else ""
        lines.append(f"  {name:<{wide}}  {figure:>10.2f}{floor}")
    return "\n".join(lines) + "\n"
