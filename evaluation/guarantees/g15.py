"""G15 (pages of the desk): no cell of a CSV is taken for a formula, and each reads back exactly."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from evaluation.guarantees import Proof
from sayso.showing.columns import LOG, QUARANTINE, REPORTS
from sayso.showing.tables import COLUMNS
from sayso.web.pages import csv_of

PROMISE = "CSV opens without formulas"
PREFIXES = (
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", " =", '"=', "\u00a0+", "\ufeff=", "\x00=", "==",
    "-1+",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def prove(folder: Path, full: bool) -> Proof:
    """Put each prefix before a payload in every column of every table, and read the table as a spreadsheet would."""
    wrong = cells = 0
    for columns in (COLUMNS, REPORTS, QUARANTINE, LOG):
        for prefix in PREFIXES:
            given = f"{prefix}cmd|' /C calc'!A1"
            text = "".join(csv_of([dict.fromkeys(columns, given)]))
            _, row = csv.reader(io.StringIO(text, newline=""))
            cells += len(row)
            wrong += sum(_is_formula(cell) or _exact(cell) != given for cell in row)
    return Proof(wrong == 0, {"cells": cells, "formulas": wrong}, f"{wrong} of {cells} cells are formulas or differ")


def _is_formula(cell: str) -> bool:
    return cell.lstrip(' \u00a0\ufeff\x00"').startswith(FORMULA)


def _exact(cell: str) -> str:
    """Return what a cell says: one apostrophe in front is the mark of `safe`."""
    return cell.removeprefix("'")
