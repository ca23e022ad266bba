"""One report of the ledger: its stored text with marks, what is claimed in it, where it came from, its versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from sayso.errors import NotFoundError
from sayso.ledger import Ledger
from sayso.ledger.asking.history import report_facts, report_list, within
from sayso.ledger.asking.reviews import reviews_of
from sayso.ledger.differing import Difference, differ
from sayso.records import Claim, Reading
from sayso.showing.tables import csv_rows
from sayso.showing.wording import describe, who
from sayso.tables.contents import REPORT_LIST
from sayso.web.filters import ROWS, Filters
from sayso.web.pages import Form, Page, TheDesk, answer, pages
from sayso.web.reading import reading_view
from sayso.web.text import is_hidden

router = APIRouter(tags=["reports"])


@pages(router, "/reports")
def reports(request: Request, desk: TheDesk, form: Form, asked: Filters) -> Response:
    """List the reports, the newest first."""
    with desk.ledger.snapshot() as connection:
        rows, total = report_list(connection, limit=ROWS, offset=asked.offset)
    plain = [{name: row[name] for name in REPORT_LIST if name in row} for row in rows]
    shown = {
        "rows": plain,
        "total": total,
        "asked": asked,
        "next": asked.page + 1 if asked.offset + ROWS < total else 0,
    }
    return answer(request, form, Page("reports.html", shown, {"schema": "sayso.reports/1", "reports": plain}, plain))


@pages(router, "/report/{number}")
def report(request: Request, desk: TheDesk, form: Form, number: str, asked: Filters) -> Response:
    """Show a report with who is speaking in each passage and what is claimed, and where it came from."""
    ledger = desk.ledger
    reading = _reading(ledger, number, asked.seq(ledger))
    if form != "html":
        return answer(request, form, Page("", {}, reading.to_json(), csv_rows(reading)))
    with ledger.snapshot() as connection:
        facts = report_facts(connection, number)
        places = within(connection, [incident.id for incident in reading.incidents])
        reviews = reviews_of(connection, [claim.id for claim in reading.claims])
    rejected = {claim for claim, review in reviews.items() if review.verdict == "reject"}
    view = reading_view(reading, places, rejected)
    shown = {
        "facts": facts,
        "hidden": sum(map(is_hidden, reading.reports[0].text)),
        "versions": _versions(ledger, number),
        "change": _change(ledger, number, reading),
    }
    return answer(request, form, Page("report.html", {**view, **shown}))


def _reading(ledger: Ledger, number: str, seq: int | None) -> Reading:
    try:
        return ledger.reading(number, as_of=seq)
    except KeyError:
        raise NotFoundError(f"no report {number}", way_out="/reports lists them") from None


def _versions(ledger: Ledger, number: str) -> list[dict[str, Any]]:
    found = ledger.versions_of(number)
    return [{"id": each, "this": each == number} for each in found] if len(found) > 1 else []


def _change(ledger: Ledger, number: str, reading: Reading) -> Mapping[str, Any] | None:
    """Return what has changed since the version before of the page, if there was one."""
    former = ledger.former_of(number)
    if not former:
        return None
    change: Difference = differ(ledger.reading(former), reading)
    return {
        "former": former,
        "fields": change.fields,
        "text": [(line[0], line[2:]) for line in change.text],
        "removed": [_brief(claim) for claim in change.removed],
        "added": [_brief(claim) for claim in change.added],
    }


def _brief(claim: Claim) -> str:
    return f"{claim.field.replace('_', ' ')}: {describe(claim)}, {who(claim)}"
