"""One incident: the claim matrix, how each value changed and who changed it, and why its reports belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from sayso.ledger import Ledger
from sayso.ledger.asking.gathering import Gathered
from sayso.ledger.asking.history import history, report_facts
from sayso.ledger.asking.neighbours import neighbours
from sayso.ledger.asking.questions import find_incident, records_of
from sayso.ledger.asking.telling import Tie, ties, timeline
from sayso.linking.overview import Overview
from sayso.records import Claim, Reading, Report
from sayso.showing.labels import LABELS
from sayso.showing.rows import outlet_names, reading_of, step_row
from sayso.showing.tables import csv_rows
from sayso.showing.wording import describe, place, who
from sayso.web.charts import tolls
from sayso.web.filters import Filters
from sayso.web.matrix import matrix
from sayso.web.pages import Form, Page, TheDesk, answer, pages

router = APIRouter(tags=["incidents"])
TIES: Final = 40
"""Pairs of reports whose reasons are shown: the likeliest."""


@pages(router, "/incident/{number}")
def incident(request: Request, desk: TheDesk, form: Form, number: str, asked: Filters) -> Response:
    """Show all that is said of an incident, each value with its holder and its words; ``as_of`` any moment."""
    ledger = desk.ledger
    seq = asked.seq(ledger)
    gathered = find_incident(ledger, number, as_of=seq)
    if form == "json":
        return answer(request, form, Page("", {}, reading_of(ledger, [gathered.overview.incident.id], seq).to_json()))
    reports = {report: ledger.report(report) for report in gathered.overview.incident.reports}
    if form == "csv":
        return answer(request, form, Page("", {}, rows=csv_rows(_claims_only(gathered, reports))))
    return answer(request, form, Page("incident.html", {"asked": asked, **_view(ledger, gathered, reports, seq)}))


def _claims_only(gathered: Gathered, reports: dict[str, Report]) -> Reading:
    whole, claims = records_of(gathered)
    return Reading.model_construct(reports=tuple(reports.values()), incidents=(whole,), claims=claims)


def _view(ledger: Ledger, gathered: Gathered, reports: dict[str, Report], seq: int | None) -> dict[str, Any]:
    view = gathered.overview
    with ledger.snapshot() as connection:
        joined = ties(connection, gathered, seq)
        moments = history(connection, gathered)
        near = neighbours(connection, gathered) if seq is None else []
        facts = [row for each in reports if (row := report_facts(connection, each))]
    steps = [step_row(step, gathered) for step in timeline(gathered) if step.change != "repeated"]
    return {
        **_heading(view),
        "matrix": matrix(gathered, reports),
        "steps": [{**step, "label": LABELS[step["field"]]} for step in steps],
        "tolls": tolls(view),
        "origins": _origins(gathered, reports),
        "ties": [_tie(tie, view, reports) for tie in joined[:TIES]],
        "more_ties": max(0, len(joined) - TIES),
        "near": [
            {**asdict(each), "score": f"{100 * each.score:.0f} %", "reasons": _reasons(each.reasons)} for each in near
        ],
        "moments": moments,
        "rejected": [_rejected(claim, gathered) for claim in gathered.rejected],
        "citations": [_citation(number, row) for number, row in enumerate(facts, 1)],
    }


def _rejected(claim: Claim, gathered: Gathered) -> dict[str, Any]:
    """Return a claim that somebody rejected, with who did and why."""
    last = gathered.reviews[claim.id].decisive
    words = f"{LABELS[claim.field]} {describe(claim)}, {who(claim)}"
    return {"id": claim.id, "words": words, "who": last.who if last else "", "why": last.why if last else ""}


def _citation(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a reader needs to find a source again: who published what, when, where; and the bytes we hold."""
    return {
        "number": number,
        "outlet": row["publisher"] or "outlet unknown",
        "title": row["title"] or row["id"],
        "published": (row["published"] or "")[:10] or "no date",
        "url": row["url"] or "",
        "added": row["added"][:10],
        "sha256": row["sha256"][:16],
    }


def _heading(view: Overview) -> dict[str, Any]:
    incident = view.incident
    where = incident.where
    mapped = where if where and where.lat is not None and where.lon is not None else None
    return {
        "incident": incident,
        "kind": incident.kind.replace("_", " "),
        "when": incident.when.format() if incident.when else "no date",
        "where": place(where) if where else "place unknown",
        "precision": where.precision if where and where.precision else "",
        "pin": {"lat": mapped.lat, "lon": mapped.lon, "precision": mapped.precision} if mapped else None,
        "disputed": [LABELS[field] for field in LABELS if field in view.disputed],
        "origin_count": view.origins,
    }


def _origins(gathered: Gathered, reports: dict[str, Report]) -> list[dict[str, Any]]:
    return [
        {
            "reason": origin.reason if len(origin.reports) > 1 else "",
            "reports": [reports[each] for each in origin.reports],
        }
        for origin in gathered.origins
    ]


def _tie(tie: Tie, view: Overview, reports: dict[str, Report]) -> dict[str, Any]:
    """Return why two reports are held to tell of one incident, and which accounts a "not the same" would be about."""
    names = outlet_names(reports)
    account = {report: each.id for each in view.accounts for report in each.reports}
    return {
        "one": names.get(tie.one, tie.one),
        "other": names.get(tie.other, tie.other),
        "score": f"{100 * tie.score:.0f} %",
        "reasons": _reasons(tie.reasons),
        "accounts": [account[each] for each in (tie.one, tie.other) if each in account],
    }


def _reasons(given: Sequence[Any]) -> list[dict[str, Any]]:
    """Return sentence and weight of each reason; linkers of other kinds may give sentences alone."""
    return [
        {"sentence": str(each["sentence"]), "weight": f"{each['weight']:+.1f}"}
        if isinstance(each, Mapping)
        else {"sentence": str(each), "weight": ""}
        for each in given
    ]
