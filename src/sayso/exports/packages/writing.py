"""A folder of tables with its ``datapackage.json`` (Frictionless Data Package), whatever the tables are written as."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from sayso import __version__
from sayso.exports.selection import Options, Selection
from sayso.exports.streams import Fresh, Seen
from sayso.ledger.asking.parts import Part
from sayso.ledger.chain import head_of
from sayso.tables.columns import Column, Table
from sayso.tables.contents import PACKAGE, REPORTS
from sayso.tables.rows import Row, claim_row, incident_row, origin_rows, report_row, statement_row

DESCRIPTION: Final = "datapackage.json"
DIALECT: Final = {"commentChar": "#", "delimiter": ",", "doubleQuote": True}
"""Of a table with a row of HXL tags: who does not know them passes over them. The profile wants the other two told."""
_NAME: Final = re.compile(r"[-\w.]+", re.ASCII)
NO_LICENCE: Final = {
    "name": "LicenseRef-not-stated",
    "title": "No licence is stated. Words quoted from reports, and their texts, belong to their publishers.",
}


class TableWriter(Protocol):
    """Writes the rows of one table to one file."""

    def write(self, rows: Any, keep: Sequence[bool] | None = None) -> int:
        """Write encoded rows, or those of them that are to be kept, and return how many."""
        ...

    def close(self) -> None:
        """Finish the file."""


class Batch(NamedTuple):
    """Rows of one table that some incidents bring.

    Attributes:
        rows: encoded.
        reports: of each row the log's entry of its report, where many incidents may bring it; None where none does.

    """

    rows: Any
    reports: list[int] | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """All tables in a folder, one file a table, and their description.

    Attributes:
        suffix: of the files.
        media_type: of the files.
        encode: table and rows → what its writer writes; a function that can be sent to workers.
        opener: opens the file of a table.

    """

    suffix: str
    media_type: str
    encode: Callable[[Table, list[Row]], Any]
    opener: Callable[[Path, Table, Options], TableWriter]

    def __call__(self, chosen: Selection, folder: Path) -> None:
        """Write into ``folder``, which exists and is empty."""
        tables = tables_of(chosen.options)
        counts, seen = dict.fromkeys((table.name for table in tables), 0), Seen()
        with ExitStack() as stack:
            writers = {}
            for table in tables:
                writers[table.name] = self.opener(folder / f"{table.name}{self.suffix}", table, chosen.options)
                stack.callback(writers[table.name].close)
            for made in chosen.each(partial(_made, self.encode)):
                fresh = Fresh(seen)
                for name, (rows, reports) in made.items():
                    keep = None if reports is None else [fresh[entry] for entry in reports]
                    counts[name] += writers[name].write(rows, keep)
        described = description(chosen, folder, tables, counts, self.suffix, self.media_type)
        text = json.dumps(described, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (folder / DESCRIPTION).write_text(text, encoding="utf-8")


def tables_of(options: Options) -> tuple[Table, ...]:
    """Return the tables of the package, without the text where it is left out."""
    if options.text:
        return PACKAGE
    return tuple(table.without("text") if table is REPORTS else table for table in PACKAGE)


def _made(encode: Callable[[Table, list[Row]], Any], chosen: Selection) -> dict[str, Batch]:
    """Return table → what some incidents bring to it."""
    part = chosen.part()
    rows = {
        "incidents": [incident_row(summary) for summary in part.summaries],
        "claims": list(_claims(part)),
        "statements": [statement_row(each) for each in part.statements],
        "reports": [report_row(row) for row in part.reports.values()],
        "origins": [
            row for each in part.summaries for row in origin_rows(each["within"], part.origins[each["within"]])
        ],
    }
    entries = {
        "statements": [part.reports[row["report"]]["seq"] for row in rows["statements"]],
        "reports": [row["seq"] for row in part.reports.values()],
    }
    tables = {table.name: table for table in tables_of(chosen.options)}
    return {name: Batch(encode(tables[name], found), entries.get(name)) for name, found in rows.items()}


def _claims(part: Part) -> Iterator[Row]:
    for summary in part.summaries:
        for claim in part.claims[summary["within"]]:
            report = part.reports[claim["evidence"]["report"]]
            yield claim_row(claim, report["publisher"], report["published"])


def description(
    chosen: Selection, folder: Path, tables: tuple[Table, ...], counts: dict[str, int], suffix: str, media_type: str
) -> dict[str, Any]:
    """Return the ``datapackage.json``: meanings, keys, hashes. No time of day: same data, same bytes."""
    head = head_of(chosen.connection) if chosen.as_of is None else None
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
                **({"dialect": DIALECT} if chosen.options.hxl else {}),
                "rows": counts[table.name],
                **_measured(folder / f"{table.name}{suffix}"),
                "schema": schema(table, tables),
            }
            for table in tables
        ],
    }


def licence(stated: str) -> dict[str, str]:
    """Return a licence as the data package names it: by its SPDX name, its address, or else in the user's words."""
    if not stated:
        return NO_LICENCE
    if "://" in stated:
        return {"path": stated}
    return {"name": stated} if _NAME.fullmatch(stated) else {"name": "LicenseRef-stated", "title": stated}


def schema(table: Table, tables: tuple[Table, ...] = PACKAGE) -> dict[str, Any]:
    """Return the Table Schema of a table."""
    there = {each.name for each in tables}
    found: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    foreign = [
        {"fields": [column], "reference": {"resource": "" if other == table.name else other, "fields": ["id"]}}
        for column, other in table.refers
        if other in there and column != "former"
    ]
    return {**found, "foreignKeys": foreign} if foreign else found  # the profile takes no empty list


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
