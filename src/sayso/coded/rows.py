"""A row of a data set as a report: its cells as lines, with the place of each in the text."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Final

from sayso.coded.datasets import Dataset
from sayso.errors import InputError
from sayso.intake import Capture
from sayso.intake.dates import published_date
from sayso.intake.kinds.table import cells_of
from sayso.records import Block, Report, Span

BETWEEN: Final = ": "


def report_of_row(item: Capture, dataset: Dataset) -> Report:
    """Return the report that a row is.

    Raises:
        InputError: no row of CSV, or not a row of this data set.

    """
    cells = {name.strip().lower(): value.strip() for name, value in cells_of(item).items()}
    needed = [column for column in (dataset.id, *dataset.first_day, dataset.country) if column not in cells]
    if needed:
        way_out = f"columns here: {', '.join(cells)[:200]}"
        raise InputError(
            f"no row of {dataset.sayer}: it has no column {needed[0]!r}", place=item.place, way_out=way_out
        )
    text, blocks = _laid_out(cells, dataset)
    title = ", ".join(cells[name] for name in (*dataset.title, dataset.place[0], dataset.country) if cells.get(name))
    return Report(
        id=f"re_{hashlib.sha256(item.raw).hexdigest()[:16]}",
        external_id=cells[dataset.id] or None,
        publisher=dataset.sayer,
        title=title or None,
        published=_published(cells.get(dataset.published, "")),
        published_from=f"column {dataset.published}" if dataset.published and cells.get(dataset.published) else None,
        language="en",
        text=text,
        blocks=blocks,
    )


def _laid_out(cells: dict[str, str], dataset: Dataset) -> tuple[str, tuple[Block, ...]]:
    lines, blocks, at = [], [], 0
    for column in dataset.columns:
        if cells.get(column):
            line = f"{column}{BETWEEN}{' '.join(cells[column].split())}"
            blocks.append(Block(kind="paragraph", start=at, end=at + len(line)))
            lines.append(line)
            at += len(line) + 1
    return "\n".join(lines), tuple(blocks)


def cell_spans(report: Report) -> dict[str, Span]:
    """Return column → the span of its cell in the text of a report that ``report_of_row`` made."""
    found = {}
    for block in report.blocks:
        column, _, _ = report.text[block.start : block.end].partition(BETWEEN)
        found[column] = report.span(block.start + len(column) + len(BETWEEN), block.end)
    return found


def _published(cell: str) -> str | None:
    """Return the day of coding: of seconds since 1970, or of a date."""
    if cell.isdigit() and len(cell) > len("20310514"):
        return datetime.fromtimestamp(int(cell), UTC).date().isoformat()
    return published_date(cell) if cell else None
