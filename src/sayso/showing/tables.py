"""A reading as lines: JSON Lines with one record a line, CSV with one claim a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from sayso.tables.cells import csv_of
from sayso.tables.contents import CLAIMS
from sayso.tables.rows import claim_row

if TYPE_CHECKING:
    from sayso.records import Reading

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


def json_lines(reading: Reading) -> Iterator[str]:
    """Yield each record of ``reading`` as one line of JSON with the key ``record`` that says what it is."""
    data = reading.model_dump(mode="json", by_alias=True)
    for key, name in RECORDS.items():
        for record in data[key]:
            yield json.dumps({"record": name, **record}, ensure_ascii=False, sort_keys=True) + "\n"


def csv_lines(reading: Reading) -> Iterator[str]:
    """Yield the header and one row for each claim (RFC 4180: comma, CRLF, quotes doubled)."""
    return csv_of(csv_rows(reading), CLAIMS.names)


def csv_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield column → cell for each claim, in the order of the table ``claims``."""
    reports = {report.id: report for report in reading.reports}
    for claim in reading.claims:
        report = reports[claim.evidence.report]
        yield claim_row(claim.model_dump(mode="json", by_alias=True), report.publisher, report.published)
