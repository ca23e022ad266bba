"""CSV and TSV: one report a row; columns are known by their names, or by ``--columns text=Body,title=Headline``."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from sayso.errors import InputError
from sayso.intake.assemble import Fields, Given, report_of_html, report_of_text
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.decode import LIMIT, check_is_text, decode
from sayso.intake.html import looks_like_html
from sayso.intake.kinds import Kind
from sayso.intake.tongue import code_of
from sayso.records import Report

FORM: Final = "row"
NAMES: Final = {
    "text": ("text", "body", "content", "article", "story", "full text", "fulltext", "description", "notes"),
    "html": ("html",),
    "title": ("title", "headline"),
    "url": ("url", "link", "address", "source url", "source_url"),
    "publisher": ("publisher", "outlet", "source", "publication", "newspaper"),
    "byline": ("byline", "author", "authors"),
    "published": ("published", "date", "publication date", "published_at", "pubdate", "publish_date"),
    "retrieved": ("retrieved", "accessed"),
    "language": ("language", "lang"),
    "id": ("id", "external_id"),
}
"""Key → names of columns that hold it, best first."""

_LONGEST: Final = 2_000
"""Lines that one row may have: a quotation mark that never closes must not swallow the rest of the file."""
_DELIMITERS: Final = ",;\t|"


def captures(opened: Opened, given: Given) -> Items:
    """Yield each row with the header line before it, both as they stand in the file."""
    yield from rows(opened, given, FORM)


def rows(opened: Opened, given: Given, form: str) -> Items:
    """Yield each row, with the header, as captures of ``form``."""
    lines = _numbered(opened.stream)
    header = b"".join(line for _, line in _one_row(lines, []))
    opened.inventory.size += len(header)
    opened.inventory.told += len(header)
    kept: list[tuple[int, bytes]] = []
    while row := _one_row(lines, kept):
        raw = b"".join(line for _, line in row)
        opened.inventory.size += len(raw)
        opened.inventory.told += len(raw)
        if raw.strip():
            opened.inventory.items += 1
            yield Capture((_ended(header) + raw)[: LIMIT + 1], f"{opened.place}:{row[0][0]}", form, given)


def report(item: Capture) -> Report:
    """Return the report that a row is; raises InputError with what is wrong with it."""
    cells = cells_of(item)
    named = _mapping(item, list(cells))
    words = {key: " ".join(cells[column].split()) for key, column in named.items() if key not in {"text", "html"}}
    text = cells.get(named.get("text", ""), "") or cells.get(named.get("html", ""), "")
    return report_of_cells(item, text, words)


def report_of_cells(item: Capture, text: str, words: dict[str, str]) -> Report:
    """Return the report with this text and what the other cells say (keys of NAMES); empty cells say nothing."""
    language = words.get("language")
    fields = Fields(
        title=words.get("title") or None,
        url=words.get("url") or None,
        publisher=words.get("publisher") or None,
        byline=words.get("byline") or None,
        published=words.get("published") or None,
        language=(code_of(language) if language else None),
        external_id=words.get("id") or None,
    )
    given = replace(item.given, retrieved=item.given.retrieved or words.get("retrieved") or None)
    make = report_of_html if looks_like_html(text) else report_of_text
    return make(text, given, raw=item.raw, place=item.place, fields=fields)


def cells_of(item: Capture) -> dict[str, str]:
    """Return column → cell of a capture that is a header and a row; raises InputError."""
    check_is_text(item.raw, item.place)
    text = decode(item.raw)
    csv.field_size_limit(LIMIT)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
        header, row, *more = [row for row in reader if row] or [[], []]
    except (csv.Error, ValueError) as error:
        raise InputError(f"no row of CSV: {error}", place=item.place, way_out="close its quotation marks") from None
    if more or len(row) > len(header):
        problem = f"{len(row)} cells under {len(header)} columns" if not more else "not one row but several"
        raise InputError(problem, place=item.place, way_out="quote cells that hold commas or line ends")
    return {name.strip(): cell for name, cell in zip(header, row, strict=False)}


def _mapping(item: Capture, columns: list[str]) -> dict[str, str]:
    """Return key → column: those the user named, and those known by their names."""
    asked = parse_columns(item.given.columns) if item.given.columns else {}
    missing = [column for column in asked.values() if column not in columns]
    if missing:
        raise InputError(
            f"there is no column {missing[0]!r}", place=item.place, way_out=f"columns: {', '.join(columns)[:300]}"
        )
    lowered = {re.sub(r"[\s_]+", " ", column.lower()): column for column in reversed(columns)}
    named = {
        key: lowered[each]
        for key, names in NAMES.items()
        for each in reversed([re.sub("_", " ", name) for name in names])
        if each in lowered
    }
    found = named | asked
    if "text" not in found and "html" not in found:
        way_out = f"--columns text=NAME; columns: {', '.join(columns)[:300]}"
        raise InputError("no column holds the text", place=item.place, way_out=way_out)
    return found


def parse_columns(words: str) -> dict[str, str]:
    """Return key → column of ``text=Body,title=Headline``; raises ValueError with what is wrong."""
    found: dict[str, str] = {}
    for part in words.split(","):
        key, equals, column = part.partition("=")
        if not equals or key.strip() not in NAMES or not column.strip():
            raise ValueError(f"{part!r}: write KEY=COLUMN with a key of {', '.join(NAMES)}")
        found[key.strip()] = column.strip()
    return found


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 1
    while line := stream.readline(LIMIT + 1):
        yield number, line
        number += line.endswith(b"\n")


def _one_row(lines: Iterator[tuple[int, bytes]], kept: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """Return the lines of the next row; of one whose quotation never ends, only the first line."""
    row: list[tuple[int, bytes]] = []
    quotes = size = 0
    while len(row) < _LONGEST and size <= LIMIT and (line := kept.pop(0) if kept else next(lines, None)):
        row.append(line)
        quotes += line[1].count(b'"')
        size += len(line[1])
        if quotes % 2 == 0:
            return row
    kept[:0] = row[1:]
    return row[:1]


def _ended(header: bytes) -> bytes:
    return header if header.endswith(b"\n") else header + b"\n"


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(_DELIMITERS, key=head.count)


KIND = Kind("table", "CSV or TSV, one report a row (--columns)", (".csv", ".tsv"), captures, form=FORM, report=report)
