"""What a language model proposes, apart from the queue of our own claims: its words, its method, and who judges it.

A proposal that is accepted stays one: no list, finding or export is made of it (docs/adr/0006-proposals.md).
"""

from __future__ import annotations

from typing import Annotated, Any, Final, get_args

from fastapi import APIRouter, Request, Response
from fastapi import Form as Field
from fastapi.responses import RedirectResponse

from sayso.errors import InputError
from sayso.ledger import Ledger
from sayso.proposing.keeping import Kept, Verdict, judge, kept
from sayso.proposing.rows import row_of
from sayso.showing.labels import LABELS
from sayso.showing.rows import outlet_names, quoted
from sayso.web.desk import ForbiddenError
from sayso.web.pages import Form, Page, TheDesk, answer, pages
from sayso.web.review import back_to
from sayso.web.rights import TheAsker

router = APIRouter(tags=["review"])
ON_SCREEN: Final = 30
Words = Annotated[str, Field()]


@pages(router, "/proposals")
def proposals(
    request: Request, desk: TheDesk, form: Form, report: str = "", judged: bool = False, done: str = ""
) -> Response:
    """List what is proposed and nobody has judged, in the order of the texts; ``judged``: what somebody has."""
    found = [each for each in kept(desk.ledger, report=report or None) if (each.verdict != "open") == judged]
    rows = [row_of(each) for each in found]
    shown = {
        "shown": [_shown(desk.ledger, each) for each in found[:ON_SCREEN]] if form == "html" else (),
        "count": len(found),
        "judged": judged,
        "given": {"report": report, "judged": "1" if judged else ""},
        "done": done if done.startswith("ju_") else "",
    }
    return answer(
        request, form, Page("proposals.html", shown, {"schema": "sayso.proposals/1", "proposals": rows}, rows)
    )


def _shown(ledger: Ledger, each: Kept) -> dict[str, Any]:
    """Return a proposal with the words around its own, and what was decided."""
    report = ledger.report(each.proposal.report)
    before, words, after = quoted(report, each.proposal.evidence)
    decisive = each.review.decisive if each.review else None
    return {
        **row_of(each),
        "label": LABELS[each.proposal.field],
        "before": before,
        "quote": words,
        "after": after,
        "outlet": outlet_names({report.id: report})[report.id],
        "who": decisive.who if decisive else "",
        "why": decisive.why if decisive else "",
    }


@router.post("/proposals/judge", response_model=None)
def decide(
    desk: TheDesk, asker: TheAsker, decision: Words = "", about: Words = "", why: Words = "", back: Words = ""
) -> Response:
    """Add a person's judgement about one proposal: accept or reject, about (its id), why."""
    if decision not in get_args(Verdict) or not about:
        raise InputError(f"{decision!r} is no decision, or about nothing", way_out="accept or reject, about one id")
    if not asker.name:
        raise ForbiddenError("nobody is named who judges", way_out="sayso serve --who NAME")
    with desk.writing() as ledger:
        made = judge(ledger, about, decision, who=asker.name, why=why.strip())  # type: ignore[arg-type]
    return RedirectResponse(back_to(back, "/proposals", [made.id]), 303)
