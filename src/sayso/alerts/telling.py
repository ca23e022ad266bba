"""What an alert says of an incident, as JSON: every value with all who say it, how sure, and who says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import sqlalchemy as sa

from sayso.alerts.changes import Change
from sayso.alerts.sites import Site
from sayso.ledger import schema
from sayso.ledger.asking.gathering import Gathered
from sayso.linking.findings import Judged
from sayso.linking.overview import Overview
from sayso.records import Claim
from sayso.showing.labels import LABELS
from sayso.showing.rows import SENTENCE, group_of, voice
from sayso.showing.text import web_link
from sayso.showing.wording import describe, how_sure, visible

SAYERS: Final = 8
"""Sayers of one value that are named; of the others, how many."""
VALUES: Final = 12
"""Values of one field that are told."""
Links = Mapping[str, str | None]
"""Id of a report → the address it was published at."""
Far = Sequence[tuple[Site, float]]


def links_of(connection: sa.Connection, gathered: Gathered) -> Links:
    """Return the addresses of an incident's reports; what is no link is None."""
    table = schema.reports
    reports = gathered.overview.incident.reports
    rows = connection.execute(sa.select(table.c.id, table.c.url).where(table.c.id.in_(reports)))
    return {row.id: web_link(row.url) for row in rows}


def incident_told(gathered: Gathered, found: Sequence[Change], links: Links, far: Far, desk: str) -> dict[str, Any]:
    """Return what is told of one incident.

    Args:
        gathered: the incident.
        found: what has changed of it.
        links: of its reports.
        far: sites it lies around, with the distance in km.
        desk: address at which readers reach the desk; empty for none.

    """
    view = gathered.overview
    order = list(LABELS)
    judged = sorted(view.judged, key=lambda row: (order.index(row.finding.field), row.group))
    address = web_link(f"{desk.rstrip('/')}/incident/{view.incident.id}") if desk else None
    return {
        "id": view.incident.id,
        "title": visible(view.incident.title),
        "title_from": _outlet(view, view.accounts[0].reports[0]),
        "reports": len(view.incident.reports),
        "origins": view.origins,
        "link": address,
        "sites": [{"name": visible(site.name), "km": round(km)} for site, km in far],
        "changes": [{**asdict(change), "claims": list(change.claims)} for change in found],
        "fields": [_field(view, each, links) for each in judged],
    }


def _field(view: Overview, judged: Judged, links: Links) -> dict[str, Any]:
    of = group_of(judged.group)
    return {
        "field": judged.finding.field,
        "label": LABELS[judged.finding.field],
        "of": visible(of) if of else None,
        "status": judged.finding.status,
        "values": [_value(view, judged, value.claims, links) for value in judged.finding.values[:VALUES]],
        "more": max(0, len(judged.finding.values) - VALUES),
    }


def _value(view: Overview, judged: Judged, claims: Sequence[str], links: Links) -> dict[str, Any]:
    rows = [view.by_id[number] for number in claims]
    return {
        "value": describe(rows[0]),
        "sayers": [_sayer(view, row, row.id in judged.superseded, links) for row in rows[:SAYERS]],
        "more": max(0, len(rows) - SAYERS),
        "otherwise": _otherwise(view, judged, set(claims)),
    }


def _sayer(view: Overview, claim: Claim, replaced: bool, links: Links) -> dict[str, Any]:
    report = claim.evidence.report
    words = visible(claim.evidence.text)
    return {
        "claim": claim.id,
        "holder": voice(claim, view),
        "sure": how_sure(claim) or None,
        "replaced": replaced,
        "words": words if len(words) <= SENTENCE else f"{words[:SENTENCE]}…",
        "outlet": _outlet(view, report),
        "report": report,
        "url": links.get(report),
    }


def _otherwise(view: Overview, judged: Judged, own: set[str]) -> list[dict[str, Any]]:
    """Return who contradicts a value, with what and why they differ."""
    found = {}
    for conflict in judged.conflicts:
        for mine, other in ((conflict.one, conflict.other), (conflict.other, conflict.one)):
            if mine in own:
                claim = view.by_id[other]
                found[other] = {
                    "holder": voice(claim, view),
                    "sure": how_sure(claim) or None,
                    "value": describe(claim),
                    "cause": conflict.cause,
                }
    return list(found.values())[:SAYERS]


def _outlet(view: Overview, report: str) -> str:
    """Return outlet and day of a report, as quotations are marked."""
    told = view.told.get(report)
    name = visible((told.publisher if told else None) or report)
    return f"{name}, {told.published[:10]}" if told and told.published else name
