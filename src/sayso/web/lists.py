"""Disputes, search, the log, and the list of all addresses for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from sayso.errors import SaysoError
from sayso.ledger import Ledger, chain
from sayso.ledger.asking.gathering import gather
from sayso.ledger.asking.questions import list_incidents
from sayso.ledger.asking.questions import search as find
from sayso.ledger.verify import check_log
from sayso.records import VALUE_OF_FIELD
from sayso.showing.labels import LABELS
from sayso.showing.rows import conflict_rows, entry_row, picked
from sayso.tables.contents import LOG
from sayso.web.filters import ROWS, Filters, typed
from sayso.web.pages import Form, Page, TheDesk, answer, pages

router = APIRouter(tags=["lists"])
DISPUTED: Final = 20
"""Incidents with a dispute on a page."""
ENTRIES: Final = 100
"""Entries of the log on a page."""


@pages(router, "/disputes")
def disputes(request: Request, desk: TheDesk, form: Form, asked: Filters, field: str = "") -> Response:
    """List pairs of claims that cannot both be true, with the cause; those of 20 incidents a page."""
    chosen = field if field in VALUE_OF_FIELD else ""
    ledger = desk.ledger
    seq = asked.seq(ledger)
    query = replace(asked.query, status=f"{chosen}:disputed")
    offset = (asked.page - 1) * DISPUTED
    page = list_incidents(ledger, query, as_of=seq, limit=DISPUTED, offset=offset)
    order = {row["within"]: at for at, row in enumerate(page.rows)}
    with ledger.snapshot() as connection:
        found = sorted(gather(connection, order, seq), key=lambda each: order[each.overview.incident.id])
    rows = [row for gathered in found for row in conflict_rows(gathered, chosen or None)]
    shown = {
        "asked": asked,
        "field": chosen,
        "groups": _grouped(rows),
        "total": page.total,
        "fields": {name: LABELS[name] for name in LABELS},
        "next": asked.page + 1 if offset + DISPUTED < page.total else 0,
    }
    return answer(request, form, Page("disputes.html", shown, {"schema": "sayso.disputes/1", "disputes": rows}, rows))


def _grouped(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows incident by incident, in their order."""
    groups: dict[str, dict[str, Any]] = {}
    for row in rows:
        group = groups.setdefault(row["incident"], {"id": row["incident"], "title": row["title"], "rows": []})
        label = LABELS[row["field"]] + (f" of {row['of']}" if row["of"] else "")
        group["rows"].append({**row, "label": label})
    return list(groups.values())


@pages(router, "/search")
def search(request: Request, desk: TheDesk, form: Form, asked: Filters, q: str = "") -> Response:
    """Find the reports in which all words of ``q`` stand, the best match first."""
    q = typed(q)
    matches = find(desk.ledger, q, as_of=asked.seq(desk.ledger), limit=ROWS) if q else []
    rows = [{**asdict(match), "incidents": list(match.incidents)} for match in matches]
    words = {word.casefold() for word in q.split()}
    shown = {"q": q, "rows": [{**row, "pieces": _pieces(row["snippet"], words)} for row in rows], "most": ROWS}
    return answer(request, form, Page("search.html", shown, {"schema": "sayso.search/1", "reports": rows}, rows))


def _pieces(snippet: str, words: set[str]) -> list[tuple[str, bool]]:
    """Return a snippet in words, each with whether it is one of those looked for."""
    return [(word, word.strip(".,;:!?“”\"'()").casefold() in words) for word in snippet.split(" ")]


@pages(router, "/log")
def log(request: Request, desk: TheDesk, form: Form, before: int = 0, verify: bool = False) -> Response:
    """Return 100 entries of the log, the newest first, each checked against the one before; ``verify`` checks all."""
    ledger = desk.ledger
    last = min(before or 2**62, ledger.head().seq)
    entries = [entry for _, entry in zip(range(ENTRIES), ledger.log(since=max(0, last - ENTRIES)), strict=False)]
    rows = [entry_row(entry) for entry in reversed(entries) if entry["seq"] <= last]
    shown = {
        "rows": rows,
        "broken": _broken(entries),
        "verdict": _verdict(ledger) if verify else None,
        "next": rows[-1]["seq"] - 1 if rows else 0,
    }
    plain = [picked(row, LOG) for row in rows]
    return answer(request, form, Page("log.html", shown, {"schema": "sayso.log/1", "entries": plain}, plain))


def _broken(entries: list[Mapping[str, Any]]) -> list[int]:
    """Return the numbers of entries that do not have their hash, or do not follow the one before."""
    former = [None, *(entry["hash"] for entry in entries)]
    return [
        entry["seq"]
        for entry, before in zip(entries, former, strict=False)
        if entry["hash"] != chain.hash_of(entry) or before not in (None, entry["former"])
    ]


def _verdict(ledger: Ledger) -> dict[str, Any]:
    try:
        return {"fine": True, "words": check_log(ledger)}
    except SaysoError as error:
        return {"fine": False, "words": str(error)}


@router.get("/api", response_model=None, include_in_schema=False)
def api(request: Request) -> Response:
    """List all addresses for programs, from the description that programs read."""
    described = request.app.openapi()
    routes = [
        {
            "path": path,
            "method": method.upper(),
            "words": entry.get("description") or entry.get("summary", ""),
            "parameters": [each["name"] for each in entry.get("parameters", ())],
        }
        for path, methods in sorted(described["paths"].items())
        for method, entry in methods.items()
    ]
    return answer(request, "html", Page("api.html", {"routes": routes}))
