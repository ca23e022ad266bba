"""Output of Bellingcat's auto-archiver: its CSV of metadata, and the sheet it fills, saved as CSV.

(Its WACZ files are read as such, its HTML pages as pages.) A row of the database holds the metadata as Python writes
a dict; only literals are read from it.
"""

from __future__ import annotations

import ast
import re
from typing import Any, Final

from sayso.errors import InputError
from sayso.intake.assemble import Given
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.kinds import Kind
from sayso.intake.kinds.table import cells_of, report_of_cells, rows
from sayso.records import Report

FORM: Final = "auto-archiver"
_SHEET: Final = {
    "url": "link", "title": "upload title", "text": "text content", "published": "upload timestamp",
    "retrieved": "archive date",
}  # fmt: skip
_DATABASE: Final = {"status", "metadata", "media"}
_DATETIME: Final = re.compile(
    r"datetime\.datetime\((\d{1,4}), (\d{1,2}), (\d{1,2}), (\d{1,2}), (\d{1,2})(?:, \d{1,2})?(?:, \d{1,6})?"
    r"(?:, tzinfo=(datetime\.timezone\.utc|tzutc\(\)|[^()]{1,60}\([^()]{0,60}\)))?\)"
)


def captures(opened: Opened, given: Given) -> Items:
    """Yield each row with the header."""
    yield from rows(opened, given, FORM)


def report(item: Capture) -> Report:
    """Return the report that a row is; raises InputError where it holds no text."""
    cells = {name.lower(): cell for name, cell in cells_of(item).items()}
    if set(cells) >= _DATABASE:
        words = _metadata(cells["metadata"], item.place)
    else:
        words = {key: cells.get(column, "") for key, column in _SHEET.items()}
    text = words.pop("text", "")
    if not text.strip() and not words.get("title", "").strip():
        raise InputError("this entry holds no text, only media", place=item.place, way_out="read its WACZ file")
    return report_of_cells(item, text or words.get("title", ""), {key: " ".join(w.split()) for key, w in words.items()})


def recognises(head: bytes) -> bool:
    """Tell by the columns that auto-archiver writes."""
    first = head.partition(b"\n")[0].decode("utf-8-sig", "replace").lower()
    columns = {column.strip().strip('"') for column in first.split(",")}
    return columns >= _DATABASE or {"link", "archive status"} <= columns


def _metadata(words: str, place: str) -> dict[str, str]:
    plain = _DATETIME.sub(lambda found: f"'{_iso(found)}'", words)
    try:
        found: Any = ast.literal_eval(plain)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        raise InputError("its metadata cannot be read", place=place, way_out="save the text to a file") from None
    if not isinstance(found, dict):
        raise InputError("its metadata is no table", place=place, way_out="save the text to a file")
    names = {"url": "url", "title": "title", "text": "content", "published": "timestamp", "byline": "author"}
    return {key: str(found[name]) for key, name in names.items() if found.get(name)}


def _iso(found: re.Match[str]) -> str:
    year, month, day, hour, minute = map(int, found.groups()[:5])
    zone = "+00:00" if found[6] and "utc" in found[6].lower() else ""
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}{zone}"


KIND = Kind("auto-archiver", "auto-archiver's CSV or sheet", (".csv",), captures, recognises, FORM, report)
