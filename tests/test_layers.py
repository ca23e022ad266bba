"""The import rule (DESIGN §6), proved: every module of a layer imports only from layers below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "sayso"

# From the ground up; a layer may import from those before it and from itself.
LAYERS: list[set[str]] = [
    {"errors"},
    {"settings"},
    {"values"},
    {"records"},
    {"tables"},
    {"vocab"},
    {"intake", "language"},
    {"reading"},
    {"coded"},
    {"linking"},
    {"ledger"},
    {"showing"},
    {"exports"},
    {"pipeline"},
    {"adding"},
    {"observing"},
    {"alerts", "proposing"},
    {"scale", "web", "watching"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# `sayso/__init__.py` and `__main__.py` are the doors of the house: they may open any room.
DOORS = {"__init__", "__main__"}


def top(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Return the top-level sayso modules that a file imports, wherever in the file it does so."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write it out from sayso"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "sayso"
                else [node.module or ""]
            )
        found |= {name.split(".")[1] for name in names if name.startswith("sayso.")}
    return found


FILES = sorted(path for path in SOURCE.rglob("*.py") if top(path) not in DOORS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    own = LEVEL[top(path)]
    for name in imported(path) & LEVEL.keys():
        assert LEVEL[name] < own or name == top(path), f"{path} is in layer {top(path)} and may not import sayso.{name}"


def test_every_module_has_a_layer() -> None:
    assert {top(path) for path in FILES} <= LEVEL.keys()


# Within `reading/`, from the ground up. The files beside these folders are what they share and what gathers them.
READING = [
    "sentences", "speaking", "attribution", "statements", "means", "harm", "where", "happenings", "parties", "marked",
]  # fmt: skip


@pytest.mark.parametrize("folder", READING)
def test_folders_of_reading_import_one_way(folder: str) -> None:
    above = READING[READING.index(folder) + 1 :]
    for path in (SOURCE / "reading" / folder).glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for name in above:
            assert f"sayso.reading.{name}" not in text, f"{path.name} in reading/{folder} may not import reading/{name}"


def test_every_folder_of_reading_has_its_rank() -> None:
    assert {path.parent.name for path in (SOURCE / "reading").glob("*/*.py")} == set(READING)


def test_only_scale_imports_ray_and_nothing_imports_torch() -> None:
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "import torch" not in text
        assert "import ray" not in text or top(path) == "scale"
