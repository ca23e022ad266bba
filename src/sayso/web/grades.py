"""Holders and outlets: how often heard, first, revised, contradicted; what each said; the grades people gave them."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import Annotated, Any, Final, Literal, get_args

from fastapi import APIRouter, Request, Response
from fastapi import Form as Field
from fastapi.responses import RedirectResponse

from sayso.errors import InputError, NotFoundError
from sayso.ledger.asking.heard import Grade, Utterance, grades_of_all, heard
from sayso.ledger.asking.questions import voices_of
from sayso.ledger.judging import judgement_of
from sayso.showing.labels import LABELS
from sayso.showing.wording import describe, how_sure
from sayso.web.desk import ForbiddenError
from sayso.web.filters import Filters, typed
from sayso.web.pages import Form, Page, TheDesk, answer, pages, with_query
from sayso.web.rights import TheAsker

router = APIRouter(tags=["sources"])
VOICES: Final = 200
"""Holders and outlets on a page, each."""
Sort = Literal["holder", "outlet"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
GRADES: Final = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""Reliability of a source on the Admiralty scale (NATO STANAG 2022)."""
Words = Annotated[str, Field()]


@pages(router, "/sources")
def sources(request: Request, desk: TheDesk, form: Form, asked: Filters) -> Response:
    """List holders and outlets: how often heard, first, revised, contradicted; and the grade people gave them."""
    ledger = desk.ledger
    found = voices_of(ledger, as_of=asked.seq(ledger), most=VOICES if form == "html" else None)
    with ledger.snapshot() as connection:
        grades = grades_of_all(connection)
    rows = [{**asdict(voice), "grade": grades.get(voice.name)} for voice in found.voices]
    kept = {sort: [row for row in rows if row["sort"] == sort] for sort in SORTS}
    shown = {"voices": kept, "total": found.total, "grades": GRADES}
    return answer(request, form, Page("sources.html", shown, {"schema": "sayso.sources/1", "sources": rows}, rows))


@pages(router, "/source")
def source(
    request: Request, desk: TheDesk, form: Form, sort: str = "holder", name: str = "", done: str = ""
) -> Response:
    """Show one holder or outlet: what it said last, whom it quotes or is heard through, its grades of all times."""
    chosen = next((each for each in SORTS if each == sort), None)
    if chosen is None or not name:
        raise InputError(
            "which holder or outlet?", way_out="sort=holder or sort=outlet, and a name: /sources lists them"
        )
    with desk.ledger.snapshot() as connection:
        found = heard(connection, chosen, name)
    if found.voice is None and not found.grades and not found.said:
        raise NotFoundError(f"no {chosen} is called {typed(name)[:100]}", way_out="/sources lists them")
    rows = [_said(each) for each in found.said]
    grades = [_grade(each) for each in found.grades]
    counts = asdict(found.voice) if found.voice else None
    shown = {
        "sort": chosen, "name": name, "voice": counts, "said": _together(rows), "others": found.others, "given": grades,
        "other": "outlet" if chosen == "holder" else "holder", "scale": GRADES, "done": done,
    }  # fmt: skip
    data = {"schema": "sayso.source/1", "source": counts, "said": rows, "grades": grades, "others": found.others}
    return answer(request, form, Page("source.html", shown, data, rows))


def _said(each: Utterance) -> dict[str, Any]:
    claim = each.claim
    return {
        "incident": each.within,
        "title": each.title,
        "field": LABELS[claim.field],
        "value": describe(claim),
        "certainty": how_sure(claim),
        "holder": claim.holder.name or claim.holder.words,
        "words": claim.evidence.text,
        "report": each.report,
        "at": claim.evidence.start,
        "outlet": each.outlet,
        "published": (each.published or "")[:10],
    }


def _together(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the rows in groups of one report on one incident."""
    return [list(group) for _, group in groupby(rows, key=lambda row: (row["incident"], row["report"]))]


def _grade(each: Grade) -> dict[str, Any]:
    made = each.judgement
    return {
        "id": made.id,
        "grade": each.grade,
        "who": made.who,
        "when": made.when,
        "why": made.why,
        "retracted": each.retracted,
    }


@router.post("/grade", response_model=None)
def grade(
    desk: TheDesk, asker: TheAsker, name: Words = "", sort: Words = "holder", grade: Words = "", why: Words = ""
) -> Response:
    """Grade a holder or outlet from A (reliable) to F (cannot be judged); earlier grades stay on record."""
    if not asker.name:
        raise ForbiddenError("nobody is named who judges", way_out="sayso serve --who NAME")
    if grade not in GRADES or sort not in SORTS or not name:
        raise InputError(f"{grade!r} is no grade", way_out=f"one of {', '.join(GRADES)}")
    with desk.ledger.snapshot() as connection:
        if heard(connection, "outlet" if sort == "outlet" else "holder", name, most=1).voice is None:
            raise NotFoundError(f"no {sort} is called {typed(name)[:100]}", way_out="/sources lists them")
    with desk.writing() as ledger:
        made = judgement_of(ledger, "grade", [name], who=asker.name, why=typed(why), value=json.dumps(grade))
        ledger.judge(made)
    return RedirectResponse(f"/source?{with_query({'sort': sort, 'name': name, 'done': made.id})}", 303)
