"""Saved queries: a selection of incidents under a name, to come back to, to share, and to be told of what is new."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Form as Field
from fastapi.responses import RedirectResponse

from sayso.ledger.asking.questions import list_incidents
from sayso.ledger.queries import SavedQuery, remove_query, save_query, saved_queries, saved_query
from sayso.showing.filters import query_of_text, text_of_query, words_of_query
from sayso.web.desk import Desk, ForbiddenError
from sayso.web.pages import Form, Page, TheDesk, answer, pages, with_query
from sayso.web.rights import Asker, TheAsker

router = APIRouter(tags=["queries"])
Words = Annotated[str, Field()]


@pages(router, "/queries")
def queries(request: Request, desk: TheDesk, asker: TheAsker, form: Form, done: str = "") -> Response:
    """List the saved queries, with how many incidents each finds now."""
    saved = saved_queries(desk.ledger)
    plain = [{**asdict(each), "incidents": _finds(desk, each)} for each in saved]
    shown = {
        "rows": [
            {**row, "words": words_of_query(query_of_text(row["filters"])), "own": _may_change(asker, each)}
            for row, each in zip(plain, saved, strict=True)
        ],
        "done": done,
    }
    return answer(request, form, Page("queries.html", shown, {"schema": "sayso.queries/1", "queries": plain}, plain))


def _finds(desk: Desk, each: SavedQuery) -> int:
    return list_incidents(desk.ledger, query_of_text(each.filters), limit=1).total


def _may_change(asker: Asker, each: SavedQuery) -> bool:
    return asker.may("reviewer") or (asker.judges and asker.name == each.who)


@router.post("/queries/save", response_model=None)
def save(desk: TheDesk, asker: TheAsker, name: Words = "", filters: Words = "", replace: Words = "") -> Response:
    """Keep the filters of a list under a name; what somebody else keeps under it stays."""
    _named(asker)
    text = text_of_query(query_of_text(filters))
    name = name.strip().lower()
    known = {each.name: each for each in saved_queries(desk.ledger)}
    if replace and name in known and not _may_change(asker, known[name]):
        raise ForbiddenError(f"{name!r} is a query of {known[name].who}", way_out="choose another name")
    with desk.writing() as ledger:
        save_query(ledger, name, text, who=asker.name, replace=bool(replace))
    return RedirectResponse(f"/queries?{with_query({'done': name})}", 303)


@router.post("/queries/remove", response_model=None)
def remove(desk: TheDesk, asker: TheAsker, name: Words = "") -> Response:
    """Take a query out for good: one's own; a reviewer anybody's."""
    _named(asker)
    there = saved_query(desk.ledger, name)
    if not _may_change(asker, there):
        raise ForbiddenError(f"{name!r} is a query of {there.who}", way_out="ask a reviewer")
    with desk.writing() as ledger:
        remove_query(ledger, name)
    return RedirectResponse("/queries", 303)


def _named(asker: Asker) -> None:
    if not asker.name:
        raise ForbiddenError("nobody is named who saves it", way_out="sayso serve --who NAME")
