"""The pool of reports: which incident each belongs to, and its features as the reader makes them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.casualties import to_report
from sayso.linking.features import Features, features_of, main_incident
from sayso.pipeline import read_one
from sayso.records import Reading, Report


class Document(NamedTuple):
    """One report of the pool and the incident it belongs to in the registry."""

    doc: str
    incident: str
    year: int  # of the incident; of its first report where the registry has no record
    report: Report


def documents(data: Path, first: int = 0, last: int = 9999) -> list[Document]:
    """Return the reports of all incidents of the years from ``first`` to ``last``, in the order of publication.

    A report that the registry lists under two incidents (23 of 5,113) stands under the later one of the file.
    """
    rows = list({row["doc_id"]: row for row in _rows(data / "gva" / "docs.jsonl.gz")}.values())
    years = _years(rows, _rows(data / "gva" / "incidents.jsonl.gz"))
    rows.sort(key=lambda row: (row["dct"], row["doc_id"]))
    found = (Document(row["doc_id"], row["incident_id"], years[row["incident_id"]], to_report(row)) for row in rows)
    return [document for document in found if first <= document.year <= last]


def features(document: Document) -> Features:
    """Read one report and return the features of its main account, named by the document."""
    return main_features(document.report, read_one(document.report)).model_copy(update={"account": document.doc})


def main_features(report: Report, reading: Reading) -> Features:
    """Return the features of the first incident that is no background; of the text alone where there is none."""
    return features_of(report, main_incident(reading.incidents), reading.claims)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _years(docs: Iterable[dict[str, Any]], incidents: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Return incident → year: of its record, else of its first report."""
    years: dict[str, int] = {}
    for row in docs:
        year = int(row["dct"][:4])
        years[row["incident_id"]] = min(year, years.get(row["incident_id"], year))
    for row in incidents:
        if row["record"]:
            years[row["incident_id"]] = datetime.strptime(row["record"]["date"], "%B %d, %Y").year
    return years
