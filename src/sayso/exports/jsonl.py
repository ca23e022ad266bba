"""JSON Lines: every record whole, one a line, each with the key ``record`` that says what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sayso.exports.registry import Format
from sayso.exports.selection import Selection
from sayso.exports.streams import Piece, Stream
from sayso.ledger.asking.parts import Part
from sayso.tables.cells import as_json
from sayso.tables.rows import incident_row

REPORT = (
    "id", "external_id", "url", "publisher", "title", "byline", "dateline", "published", "published_from", "language",
    "text",
)  # fmt: skip


def pieces(chosen: Selection) -> Iterator[Piece]:
    """Yield reports before the statements and claims that point into them; the text may be left out."""
    part = chosen.part()
    for row in part.reports.values():
        yield row["seq"], _line("report", _report(row, text=chosen.options.text))
    for statement in part.statements:
        yield part.reports[statement["content"][0]["report"]]["seq"], _line("statement", statement)
    for summary in part.summaries:
        for line in _incident(part, summary):
            yield None, line


def _incident(part: Part, summary: dict[str, Any]) -> Iterator[str]:
    number = summary["within"]
    row = incident_row(summary)
    yield _line("incident", {**row, "disputed": row["disputed"].split(), "told_by": _told_by(part, number)})
    for claim in part.claims[number]:
        yield _line("claim", claim)
    for origin in part.origins[number]:
        yield _line("origin", {**origin, "incident": number})


def _told_by(part: Part, number: str) -> list[str]:
    return sorted({report for origin in part.origins[number] for report in origin["reports"]})


def _report(row: Mapping[str, Any], *, text: bool) -> dict[str, Any]:
    blocks = [{"kind": kind, "start": start, "end": end} for kind, start, end in json.loads(row["blocks"])]
    found = {name: row[name] for name in REPORT} | {"blocks": blocks}
    if not text:
        del found["text"]
        found["length"] = len(row["text"])
    return found


def _line(record: str, content: dict[str, Any]) -> str:
    return as_json({"record": record, **content}) + "\n"


FORMAT = Format(
    "jsonl",
    "JSON Lines: every report, statement, incident, claim and origin whole (programs, jq, search engines)",
    ".jsonl",
    "application/jsonl",
    stream=Stream(pieces),
    schema="https://jsonlines.org/",
)
