"""The file in which runs of the benchmark are kept, ``evaluation/capacity.toml``: docs/capacity.md is made of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from evaluation import HERE

FILE: Final = HERE / "capacity.toml"
HEAD: Final = (
    "# Runs of `python -m evaluation.speed_whole --keep`, the first into an empty ledger, the others into one that\n"
    "# grows. docs/capacity.md is made of them. Not to be edited. evaluation/speed_whole says what a figure is.\n"
)


def runs(file: Path = FILE) -> list[dict[str, Any]]:
    """Return the runs that were kept, the first one into an empty ledger; none where there is no file."""
    if not file.is_file():
        return []
    found: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8")).get("run", [])
    return found


def keep(run: Mapping[str, Any], file: Path = FILE) -> None:
    """Keep a run behind those before; one into an empty ledger begins anew."""
    former = runs(file) if run["in_ledger"] > run["reports"] else []
    file.write_text(HEAD + "".join(map(_table, [*former, run])), encoding="utf-8")


def _table(run: Mapping[str, Any]) -> str:
    lines = "".join(f'"{name}" = {_value(value)}\n' for name, value in run.items())
    return f"\n[[run]]\n{lines}"


def _value(value: str | float) -> str:
    return f'"{value}"' if isinstance(value, str) else f"{value:g}" if value == int(value) else f"{value:.3f}"
