"""Exam ``language``: the shipped model, run as the reader runs it, on all its layers that have a test.

Where a corpus lacks the split asked for (WikiEvents and PolNeAR have one here, TimeBank none), its only one is taken.
``int8_loss`` compares with the float build of the same training, whose figures stand in ``float.toml``: the largest
loss of any figure that ``float.toml`` has for the split.
"""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

from evaluation import Exam
from evaluation.language.figures import attacks, attribution, parsing, timexes
from sayso.errors import SetupError
from sayso.language.engine import default_model

NAMES = (
    "ewt.las", "gum.las", "ewt.las_raw", "gum.las_raw", "ewt.upos", "uner.f1", "srl.f1", "polnear.source",
    "polnear.cue", "polnear.content", "wikievents.trigger", "wikievents.argument", "timex.relaxed",
)  # fmt: skip


def exam(data: Path, split: str | None = None) -> Exam:
    """Return the figures of the model in use on ``split`` (test where none is named)."""
    model = default_model()
    if model is None:
        raise SetupError("there is no model to examine", way_out="point SAYSO_MODEL at a build")
    split = split or "test"
    rows = list(
        chain(
            parsing(data, split, model),
            attribution(data, split, model),
            attacks(data, split, model),
            timexes(data, model),
        )
    )
    found = {name: value for name, value, _ in rows}
    figures = {name: round(found[name], 2) for name in NAMES if name in found}
    loss = int8_loss(figures, model.version, split)
    if loss is not None:
        figures["int8_loss"] = loss
    return Exam("language", split, sum(size for _, _, size in rows), figures)


def int8_loss(figures: dict[str, float], version: str, split: str) -> float | None:
    """Return the largest loss of a figure against the float build; None where its figures are not known."""
    path = Path(__file__).parent / "float.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known = table.get(split, {}) if table.get("version") == version else {}
    losses = [known[name] - figures[name] for name in figures if name in known]
    return round(max(losses), 2) if losses else None
