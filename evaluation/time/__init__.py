"""The exam ``time``: TIMEX3 spans and values on TimeBank and AQUAINT, with the publication date given.

Evaluation only: the texts are never trained on and never shipped. ``python evaluation/time/score.py`` prints precision
and recall too, and the errors.
"""

from __future__ import annotations

from pathlib import Path

from evaluation import Exam
from evaluation.time.score import score

FIGURES = ("value.f", "strict.f", "relaxed.f")


def exam(data: Path, split: str | None) -> Exam:
    """Hold the exam on ``data/time``; it has one part only."""
    figures = score(data)
    return Exam("time", split or "all", int(figures["n"]), {name: figures[name] for name in FIGURES})
