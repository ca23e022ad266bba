"""The notebooks of the documentation run, cell after cell, and say what their text says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = Path(__file__).parents[1] / "docs" / "notebooks"


def run(name: str) -> dict[str, Any]:
    cells = json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"{name}:{cell['id']}", "exec"), names)
    return names


@pytest.mark.slow
def test_the_notebook_on_the_ledger_runs(capsys: pytest.CaptureFixture[str]) -> None:
    names = run("ledger.ipynb")
    assert (names["tally"].stored, names["again"].stored, names["again"].duplicate) == (9, 0, 9)
    main = names["incidents"][~names["incidents"]["background"]]
    assert sorted(main["reports"]) == [2, 3, 3], "three incidents from eight reports, the ninth has none"
    assert "->" in capsys.readouterr().out
    assert len(names["tolls"]) > 5


@pytest.mark.slow
def test_the_notebook_on_disputes_runs(capsys: pytest.CaptureFixture[str]) -> None:
    names = run("disputes.ipynb")
    assert set(names["disputes"]["field"]) == {"killed", "perpetrator"}
    assert (names["picture"].shown, names["picture"].without) == (2, 0)
    assert capsys.readouterr().out.count("stored=1") == 4


def test_notebooks_are_kept_without_output() -> None:
    for path in NOTEBOOKS.glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not any(cell.get("outputs") for cell in cells), f"{path.name}: clear its output"
