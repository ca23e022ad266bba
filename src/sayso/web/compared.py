"""Charts of a selection: incidents by kind over time, and which holders agree where they speak of the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from sayso.ledger.asking.gathering import Gathered, gather
from sayso.ledger.asking.questions import list_incidents
from sayso.ledger.asking.selecting import by_kind
from sayso.linking.overview import Overview
from sayso.records import Claim
from sayso.web.charts import Rows, kind_rows
from sayso.web.filters import Filters
from sayso.web.pages import Form, Page, TheDesk, answer, pages

router = APIRouter(tags=["incidents"])
LOOKED_AT: Final = 30
"""Incidents of a selection, the latest, that are read through for who agrees with whom."""
HOLDERS: Final = 7
"""Holders in the table: those who speak most of what others speak of."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two holders do on fields of incidents on which both say something.

    Attributes:
        one: a holder.
        other: another one.
        both: fields on which both speak.
        against: of these, fields on which what they say cannot both be true.

    """

    one: str
    other: str
    both: int
    against: int


@pages(router, "/charts")
def charts(request: Request, desk: TheDesk, form: Form, asked: Filters) -> Response:
    """Show the incidents of a selection by kind over time, and which holders agree with each other."""
    ledger = desk.ledger
    seq = asked.seq(ledger)
    latest = list_incidents(ledger, asked.query, as_of=seq, limit=LOOKED_AT)
    with ledger.snapshot() as connection:
        counted = by_kind(connection, asked.query, as_of=seq)
        found = agreements(gather(connection, [row["within"] for row in latest.rows], seq))
    kinds: Rows | None = kind_rows(counted)
    rows = [asdict(each) for each in found]
    names = _loudest(found)
    shown = {
        "asked": asked, "total": latest.total, "kinds": kinds, "names": names, "cells": _cells(found, names),
        "looked_at": len(latest.rows),
    }  # fmt: skip
    totals: Counter[str] = Counter()
    for _, kind, count in counted:
        totals[kind] += count
    data = {"schema": "sayso.charts/1", "kinds": dict(sorted(totals.items())), "agreement": rows}
    return answer(request, form, Page("charts.html", shown, data, rows))


def agreements(incidents: Iterable[Gathered]) -> list[Agreement]:
    """Return how each two holders do who speak of one field of one incident, those who meet most often first."""
    both: Counter[tuple[str, str]] = Counter()
    against: Counter[tuple[str, str]] = Counter()
    for gathered in incidents:
        view = gathered.overview
        for judged in view.judged:
            ids = [number for value in judged.finding.values for number in value.claims]
            names = {number: _name(view.by_id[number], view) for number in ids}
            both.update(combinations(sorted(set(names.values())), 2))
            rivals = {
                (min(pair), max(pair))
                for each in judged.conflicts
                for pair in [(names[each.one], names[each.other])]
                if pair[0] != pair[1]
            }
            against.update(rivals)
    found = [Agreement(*pair, count, against[pair]) for pair, count in both.items()]
    return sorted(found, key=lambda each: (-each.both, each.one, each.other))


def _name(claim: Claim, view: Overview) -> str:
    """Return what a holder is called, through whomever it speaks; a report's own voice by its outlet."""
    if claim.holder.kind == "report":
        return view.told[claim.evidence.report].publisher or "outlet unknown"
    return claim.holder.name or claim.holder.words


def _loudest(found: Iterable[Agreement]) -> list[str]:
    heard: Counter[str] = Counter()
    for each in found:
        heard[each.one] += each.both
        heard[each.other] += each.both
    return [name for name, _ in sorted(heard.items(), key=lambda pair: (-pair[1], pair[0]))[:HOLDERS]]


def _cells(found: Iterable[Agreement], names: list[str]) -> list[dict[str, Any]]:
    """Return a row for each name, with a cell for each other one: None where they never meet."""
    met: dict[str, dict[str, Agreement]] = defaultdict(dict)
    for each in found:
        met[each.one][each.other] = met[each.other][each.one] = each
    return [{"name": name, "cells": [met[name].get(other) for other in names]} for name in names]
