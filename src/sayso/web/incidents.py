"""The list of incidents with its map and its time line: one selection, and the selection is the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from sayso.ledger.asking.questions import list_incidents
from sayso.ledger.asking.selecting import by_day, scan
from sayso.reading.happenings.taxonomy import kinds
from sayso.records import VALUE_OF_FIELD
from sayso.showing.filters import text_of_query, words_of_query
from sayso.showing.labels import LABELS
from sayso.showing.rows import disputed_of, range_of, reading_of, when_of, where_of
from sayso.web.charts import time_line
from sayso.web.filters import ROWS, Asked, Filters
from sayso.web.pages import Form, Page, TheDesk, answer, dumped, pages

router = APIRouter(tags=["incidents"])
PINS: Final = 5000
"""Incidents that a map shows at most: the latest."""
PIN: Final = ("within", "title", "lat", "lon", "precision", "place", "statuses", "reports")


@router.get("/incidents/map.json", response_model=None)
def incident_map(desk: TheDesk, asked: Filters) -> Response:
    """Return the incidents of a selection that have coordinates; a country has none."""
    with desk.ledger.snapshot() as connection:
        rows = scan(connection, asked.query, PIN, as_of=asked.seq(desk.ledger), limit=PINS)
    pins = [dict(zip(PIN, row, strict=True)) for row in rows if row[2] is not None and row[3] is not None]
    for pin in pins:
        pin["disputed"] = ":disputed" in pin.pop("statuses")
        pin["id"] = pin.pop("within")
    return Response(dumped({"schema": "sayso.map/1", "pins": pins, "of": len(rows)}), media_type="application/json")


@pages(router, "/incidents")
def incidents(request: Request, desk: TheDesk, form: Form, asked: Filters) -> Response:
    """List incidents, the latest first.

    Filters: since, until, place, near and radius, kind, actor, holder, outlet, status, text, background, as_of; page.
    """
    ledger = desk.ledger
    seq = asked.seq(ledger)
    page = list_incidents(ledger, asked.query, as_of=seq, limit=ROWS, offset=asked.offset)
    plain = [{("id" if key == "within" else key): value for key, value in row.items()} for row in page.rows]
    if form == "json":
        return answer(request, form, Page("", {}, reading_of(ledger, [row["id"] for row in plain], seq).to_json()))
    if form == "csv":
        return answer(request, form, Page("", {}, rows=plain))
    days = page.days
    if days is None:
        with ledger.snapshot() as connection:
            days = by_day(connection, asked.query, as_of=seq)
    shown = {
        "asked": asked,
        "rows": [_row(row) for row in page.rows],
        "total": page.total,
        "pages": _pages(asked, page.total),
        "times": time_line((day, count, disputed) for day, count, disputed, _ in days),
        "mapped": sum(mapped for *_, mapped in days),
        "kinds": sorted(kinds()),
        "filters": text_of_query(asked.query),
        "words": words_of_query(asked.query),
        "fields": {field: LABELS[field] for field in LABELS if field in VALUE_OF_FIELD},
    }
    return answer(request, form, Page("incidents.html", shown, status=400 if asked.problems else 200))


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the list shows of an incident."""
    return {
        "id": row["within"],
        "title": row["title"],
        "kind": row["kind"].replace("_", " "),
        "background": row["background"],
        "when": when_of(row),
        "where": where_of(row),
        "precision": row["precision"] or "",
        "killed": range_of(row, "killed"),
        "injured": range_of(row, "injured"),
        "disputed": [LABELS[field] for field in LABELS if field in disputed_of(row)],
        "reports": row["reports"],
        "origins": row["origins"],
    }


def _pages(asked: Asked, total: int) -> dict[str, int]:
    """Return the pages around this one: numbers, 0 where there is none."""
    last = max(1, -(-total // ROWS))
    return {
        "this": asked.page,
        "last": last,
        "before": asked.page - 1,
        "next": asked.page + 1 if asked.page < last else 0,
    }
