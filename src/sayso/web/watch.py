"""What is watched: each feed with its health and its pages; and what came in and could not be read."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from fastapi import Form as Field
from fastapi.responses import RedirectResponse

from sayso.errors import NotFoundError
from sayso.ledger.asking.feeds import Health, again, healths
from sayso.ledger.storing import capture_of
from sayso.showing.rows import picked
from sayso.tables.contents import QUARANTINE
from sayso.web.filters import typed
from sayso.web.pages import Form, Page, TheDesk, answer, pages, with_query

router = APIRouter(tags=["watch"])
SHOWN: Final = 500
"""Rows of quarantine on a page."""
Words = Annotated[str, Field()]


@pages(router, "/watch")
def watch(request: Request, desk: TheDesk, form: Form, done: str = "") -> Response:
    """List the feeds that are watched: whether they answer, when they are due, how many of their pages wait."""
    ledger = desk.ledger
    with ledger.snapshot() as connection:
        rows = [_row(each) for each in healths(connection)]
    waiting = sum(1 for _ in ledger.quarantined())
    shown = {"rows": rows, "waiting": waiting, "done": typed(done)}
    return answer(request, form, Page("watch.html", shown, {"schema": "sayso.watch/1", "feeds": rows}, rows))


def _row(each: Health) -> dict[str, Any]:
    state = "waits" if not each.turns and not each.failures else "fails" if each.failures else "answers"
    return {
        "address": each.address,
        "state": state,
        "failures": each.failures,
        "turns": each.turns,
        "due": each.due,
        "pages": each.pages,
        "pages_due": each.waiting,
        "pages_failing": each.failing,
        "pages_given_up": each.given_up,
    }


@router.post("/watch/again", response_model=None)
def look_again(desk: TheDesk, address: Words = "") -> Response:
    """Have a feed looked at when `sayso watch` comes round next, however long its pause would be."""
    with desk.writing() as ledger, ledger.derived() as connection:
        if not again(connection, address):
            raise NotFoundError("no such feed is watched", place=typed(address)[:200], way_out="/watch lists them")
    return RedirectResponse(f"/watch?{with_query({'done': address})}", 303)


@pages(router, "/quarantine")
def quarantine(request: Request, desk: TheDesk, form: Form, done: str = "") -> Response:
    """List what could not be read, with the reason and what can be done."""
    rows = [picked(row, QUARANTINE) for row in desk.ledger.quarantined()]
    data = {"schema": "sayso.quarantine/1", "quarantine": rows}
    shown = {"rows": rows[:SHOWN], "total": len(rows), "done": typed(done)}
    return answer(request, form, Page("quarantine.html", shown, data, rows))


@router.post("/retry", response_model=None)
def retry(desk: TheDesk, sha256: Words = "") -> Response:
    """Try once more to read one thing that is in quarantine."""
    from sayso.adding import Tally, add

    with desk.reading(), desk.writing() as ledger:
        row = next((row for row in ledger.quarantined() if row["sha256"] == sha256), None)
        if row is None:
            raise NotFoundError("nothing in quarantine has these bytes", way_out="/quarantine lists what is there")
        item = capture_of(row, ledger.evidence.read(sha256))
        (outcome,) = add(ledger, [item], Tally())
    if outcome.report:
        return RedirectResponse(f"/report/{outcome.report}", 303)
    return RedirectResponse(f"/quarantine?{with_query({'done': outcome.problem})}", 303)
