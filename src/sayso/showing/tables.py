"""A reading as lines: JSON Lines with one record a line, CSV with one claim a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sayso.records import Claim, Reading, Report

RECORDS: Final = {
    "reports": "report",
    "statements": "statement",
    "events": "event",
    "incidents": "incident",
    "claims": "claim",
    "origins": "origin",
    "not_understood": "not_understood",
}
"""List of the reading → what one of its records is called in JSON Lines."""

COLUMNS: Final = {
    "claim": "id of the claim",
    "incident": "id of the incident",
    "report": "id of the report",
    "publisher": "outlet of the report",
    "published": "when the report was published",
    "field": "what the claim is about",
    "words": "the value as written",
    "name": "name of the actor, place or target",
    "low": "least number",
    "high": "greatest number; empty where open",
    "earliest": "first moment",
    "latest": "last moment",
    "value": "the whole value, as JSON",
    "holder": "who says so",
    "holder_kind": "what the holder is",
    "chain": "through whom it came, outermost first",
    "via": "channel",
    "stance": "asserts, accuses, denies …",
    "certainty": "how sure, as worded",
    "certainty_low": "lower end of its band",
    "certainty_high": "upper end of its band",
    "said": "when it was said, as worded",
    "evidence": "the words it was read from",
    "start": "first code point of the evidence",
    "end": "one past its last code point",
    "statement": "id of the statement it stands in",
}
"""Columns of the CSV, with what each holds."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def json_lines(reading: Reading) -> Iterator[str]:
    """Yield each record of ``reading`` as one line of JSON with the key ``record`` that says what it is."""
    data = reading.model_dump(mode="json", by_alias=True)
    for key, name in RECORDS.items():
        for record in data[key]:
            yield json.dumps({"record": name, **record}, ensure_ascii=False, sort_keys=True) + "\n"


def csv_lines(reading: Reading) -> Iterator[str]:
    """Yield the header and one row for each claim (RFC 4180: comma, CRLF, quotes doubled)."""
    yield line(COLUMNS)
    for row in csv_rows(reading):
        yield line(safe(cell) for cell in row.values())


def csv_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield column → cell for each claim, in the order of COLUMNS."""
    reports = {report.id: report for report in reading.reports}
    for claim in reading.claims:
        cells = _cells(claim, reports[claim.evidence.report])
        yield {column: cells[column] for column in COLUMNS}


def safe(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    A cell whose first character that is no blank, NUL or quote could begin a formula (``= + - @``, tab, line end, or
    their full-width forms) gets an apostrophe in front, and so does one that begins with an apostrophe. To read such
    a table exactly: where a cell begins with an apostrophe, drop that one.
    """
    if value is None:
        return ""
    text = str(value)
    bare = text.lstrip(' \u00a0\ufeff\x00\ufffd"')
    return f"'{text}" if text.startswith(_FORMULA) or bare.startswith(_FORMULA) else text


def _cells(claim: Claim, report: Report) -> dict[str, Any]:
    """Return column → value of one row."""
    value, certainty = claim.value, claim.certainty
    parts = {name: getattr(value, name, None) for name in ("words", "name", "low", "high", "earliest", "latest")}
    dumped = value.model_dump(mode="json", by_alias=True)
    return parts | {
        "claim": claim.id,
        "incident": claim.incident,
        "report": report.id,
        "publisher": report.publisher,
        "published": report.published,
        "field": claim.field,
        "value": json.dumps(dumped, ensure_ascii=False, sort_keys=True),
        "holder": claim.holder.name or claim.holder.words,
        "holder_kind": claim.holder.kind,
        "chain": " > ".join(claim.chain),
        "via": claim.via,
        "stance": claim.stance,
        "certainty": certainty.words if certainty else None,
        "certainty_low": certainty.low if certainty else None,
        "certainty_high": certainty.high if certainty else None,
        "said": claim.said.words if claim.said else None,
        "evidence": claim.evidence.text,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "statement": claim.statement,
    }


def line(cells: Any) -> str:
    """Return one row of CSV (RFC 4180: comma, CRLF, quotes doubled)."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(list(cells))
    return buffer.getvalue()
