"""Hold exams and keep their figures in ``figures.toml``, from which the documentation and the README are written.

    python -m evaluation.record DATA [NAME …]

DATA is the folder of the data sets; beside it may lie ``readings``. Without names every exam of ``RUNS`` is held. What
an exam prints besides goes to stderr. Figures are rounded to two digits.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from evaluation import HERE, Exam, run

FILE: Final = HERE / "figures.toml"
RUNS: Final[tuple[tuple[str, str, str | None], ...]] = (
    ("modern", "../readings", None),
    ("modern", "own", None),
    ("modern", "own", "fifth"),
    ("modern", "held", None),
    ("modern", "unseen", "ninth"),
    ("modern", "unseen", "tenth"),
    ("modern", "unseen", "eleventh"),
    ("rivals", "../readings/rivals", None),
    ("rivals", "unseen rivals", "unseen"),
    ("rivals", "second unseen rivals", "unseen-second"),
    ("incidents", ".", None),
    ("attribution", ".", None),
    ("actors", ".", None),
    ("time", ".", None),
    ("places", ".", None),
    ("event-location", ".", None),
    ("roles", ".", None),
    ("casualties", ".", None),
    ("intake", ".", None),
    ("muc4", ".", None),
    ("muc4", ".", "tst3"),
    ("muc4-scorer", ".", None),
    ("linking", ".", "from-2016"),
    ("gate", ".", None),
    ("gate", ".", "news"),
    ("language", ".", None),
)
"""Exam, its data seen from DATA (or a name of ``HERE_TOO``), split. Not `speed`: it hangs on what else runs."""
HERE_TOO: Final = {
    "own": "readings",
    "held": "held",
    "unseen": "unseen",
    "unseen rivals": "unseen/rivals",
    "second unseen rivals": "unseen/rivals-second",
}
"""Data that lie in the checkout, by the name that ``RUNS`` gives them."""
HEAD: Final = "# The last figures of the exams, written by `python -m evaluation.record DATA`. Not to be edited.\n"


def main(data: Path, names: Iterable[str]) -> None:
    """Hold the exams and write down their figures, each as soon as it is held."""
    wanted = set(names)
    for name, place, split in RUNS:
        if not wanted or name in wanted:
            folder = HERE / HERE_TOO[place] if place in HERE_TOO else data / place
            keep(run(name, folder, split), datetime.now(UTC).date().isoformat())


def keep(exam: Exam, day: str, file: Path = FILE) -> None:
    """Put the figures of one exam in the place of its former ones."""
    kept: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    figures = {name: round(float(figure), 2) for name, figure in exam.figures.items()}
    kept.setdefault(exam.exam, {})[exam.split] = {"n": exam.n, "day": day, "figures": figures}
    file.write_text(HEAD + "".join(_tables(kept)), encoding="utf-8")


def _tables(kept: dict[str, Any]) -> Iterable[str]:
    for name in sorted(kept):
        for split, told in sorted(kept[name].items()):
            yield f'\n[{name}.{split}]\nn = {told["n"]}\nday = "{told["day"]}"\n\n[{name}.{split}.figures]\n'
            yield from (f'"{figure}" = {value:.2f}\n' for figure, value in told["figures"].items())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
