"""A folder of tables with its ``datapackage.json`` (Frictionless Data Package), whatever the tables are written as."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Protocol

from sayso import __version__
from sayso.exports.selection import Seen, Selection
from sayso.ledger.asking.parts import Part
from sayso.tables.columns import Column, Table
from sayso.tables.contents import PACKAGE, REPORTS
from sayso.tables.rows import Row, claim_row, incident_row, origin_rows, report_row, statement_row

DESCRIPTION: Final = "datapackage.json"
NO_LICENCE: Final = {
    "name": "LicenseRef-not-stated",
    "title": "No licence is stated. Words quoted from reports, and their texts, belong to their publishers.",
}


class TableWriter(Protocol):
    """Writes the rows of one table to one file."""

    def write(self, rows: list[Row]) -> None:
        """Write some rows."""

    def close(self) -> None:
        """Finish the file."""


Opener = Callable[[Path, Table], TableWriter]


def tables_of(chosen: Selection) -> tuple[Table, ...]:
    """Return the tables of the package, without the text where it is left out."""
    if chosen.options.text:
        return PACKAGE
    return tuple(table.without("text") if table is REPORTS else table for table in PACKAGE)


def write_package(chosen: Selection, folder: Path, suffix: str, media_type: str, opener: Opener) -> None:
    """Write all tables into ``folder``, one file a table, and describe them.

    Args:
        chosen: what is written.
        folder: exists and is empty.
        suffix: of the files.
        media_type: of the files.
        opener: opens the file of a table.

    """
    tables, counts = tables_of(chosen), dict.fromkeys((table.name for table in PACKAGE), 0)
    with ExitStack() as stack:
        writers = {}
        for table in tables:
            writers[table.name] = opener(folder / f"{table.name}{suffix}", table)
            stack.callback(writers[table.name].close)
        seen = Seen()
        for part in chosen.parts():
            for name, rows in rows_of(part, seen, text=chosen.options.text).items():
                writers[name].write(rows)
                counts[name] += len(rows)
    described = description(chosen, folder, tables, counts, suffix, media_type)
    text = json.dumps(described, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / DESCRIPTION).write_text(text, encoding="utf-8")


def rows_of(part: Part, seen: Seen, *, text: bool = True) -> dict[str, list[Row]]:
    """Return table → rows of one part; reports and their statements that an earlier part had are left out."""
    new = {number: row for number, row in part.reports.items() if seen.first(row["seq"])}
    rows = {
        "incidents": [incident_row(summary) for summary in part.summaries],
        "claims": list(_claims(part)),
        "statements": [row for each in part.statements if (row := statement_row(each))["report"] in new],
        "reports": [report_row(row) for row in new.values()],
        "origins": [row for each in part.summaries for row in _origins(part, each["within"])],
    }
    if not text:
        for row in rows["reports"]:
            del row["text"]
    return rows


def _claims(part: Part) -> Iterator[Row]:
    for summary in part.summaries:
        for claim in part.claims[summary["within"]]:
            report = part.reports[claim["evidence"]["report"]]
            yield claim_row(claim, report["publisher"], report["published"])


def _origins(part: Part, number: str) -> Iterator[Row]:
    return origin_rows(number, part.origins[number])


def description(
    chosen: Selection, folder: Path, tables: tuple[Table, ...], counts: dict[str, int], suffix: str, media_type: str
) -> dict[str, Any]:
    """Return the ``datapackage.json``: meanings, keys, hashes. No time of day: same data, same bytes."""
    head = chosen.ledger.head() if chosen.as_of is None else None
    return {
        "profile": "tabular-data-package" if media_type == "text/csv" else "data-package",
        "name": "sayso",
        "title": "Who says what about security incidents: claims with their sayers, words and certainty",
        "version": f"{head.seq if head else chosen.as_of}",
        "sources": [{"title": "a sayso ledger", "head": head.hash if head else None}],
        "created_by": f"sayso {__version__}",
        "asked": dict(chosen.asked),
        "licenses": [licence(chosen.options.licence)],
        "resources": [
            {
                "name": table.name,
                "path": f"{table.name}{suffix}",
                "title": f"One row: {table.title}.",
                "profile": "tabular-data-resource" if media_type == "text/csv" else "data-resource",
                "format": suffix[1:],
                "mediatype": media_type,
                "encoding": "utf-8",
                **({"dialect": {"commentChar": "#"}} if chosen.options.hxl else {}),
                "rows": counts[table.name],
                **_measured(folder / f"{table.name}{suffix}"),
                "schema": schema(table, tables),
            }
            for table in tables
        ],
    }


def licence(stated: str) -> dict[str, str]:
    """Return a licence as the data package names it: by its SPDX name, or by its address."""
    if not stated:
        return NO_LICENCE
    return {"path": stated} if "://" in stated else {"name": stated}


def schema(table: Table, tables: tuple[Table, ...] = PACKAGE) -> dict[str, Any]:
    """Return the Table Schema of a table."""
    there = {each.name for each in tables}
    return {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {"fields": [column], "reference": {"resource": "" if other == table.name else other, "fields": ["id"]}}
            for column, other in table.refers
            if other in there and column != "former"
        ],
    }


def _field(column: Column) -> dict[str, str]:
    found = {"name": column.name, "type": column.type, "description": column.meaning}
    return {**found, "unit": column.unit} if column.unit else found


def _measured(file: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
            size += len(piece)
    return {"hash": f"sha256:{digest.hexdigest()}", "bytes": size}
