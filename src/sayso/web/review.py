"""The review queue: one proposed value at a time, its words in the text beside it; what is decided goes to the ledger.

Every decision is a judgement that is added and may be taken back; nothing is overwritten, and nothing decided here.
Many values are accepted at once only from a page that showed each of them with its words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sayso.errors import InputError, NotFoundError
from sayso.ledger import Ledger
from sayso.ledger.asking.waiting import Waiting, all_waiting, next_waiting, waiting
from sayso.ledger.chain import now
from sayso.ledger.judging import claim_of, judgement_of, known, made_by
from sayso.proposing.keeping import open_count
from sayso.records import Claim, Judgement
from sayso.showing.labels import LABELS
from sayso.showing.rows import group_of, outlet_names, quoted
from sayso.showing.wording import describe
from sayso.web.desk import Desk, ForbiddenError
from sayso.web.fields import said
from sayso.web.marks import parts
from sayso.web.pages import Page, TheDesk, answer, dumped, with_query
from sayso.web.rights import Asker, TheAsker

router = APIRouter(tags=["review"])
DECISIONS: Final = ("accept", "reject", "correct", "same", "not_same", "retract", "note")
ON_SCREEN: Final = 30
"""Values on a page from which they are accepted at once."""


@router.get("/review", response_model=None, include_in_schema=False)
def review(
    request: Request,
    desk: TheDesk,
    asker: TheAsker,
    claim: str = "",
    incident: str = "",
    after: str = "",
    done: str = "",
    many: bool = False,
) -> Response:
    """Show the claim asked for, or the next one that waits; ``many``: all that wait of an incident."""
    ledger = desk.ledger
    with ledger.snapshot() as connection:
        second = asker.name if desk.second else None
        if many and incident:
            rows = all_waiting(connection, incident, second=second)[:ON_SCREEN]
            return _many(request, desk, asker, incident, rows, done)
        found = (
            waiting(connection, claim)
            if claim
            else next_waiting(connection, incident=incident or None, after=after or None, second=second)
        )
        proposed = open_count(connection)
    if found is None:
        shown = {"incident": incident, "done": _done(done, after), "proposed": proposed}
        return answer(request, "html", Page("review_done.html", shown))
    shown = {**_view(ledger, found, incident, _done(done, after)), "proposed": proposed}
    return answer(request, "html", Page("review.html", shown))


def _many(request: Request, desk: Desk, asker: Asker, incident: str, rows: Sequence[Waiting], done: str) -> Response:
    """Show the values of an incident that wait, each with its words, to be accepted at once."""
    if not rows:
        nothing = {"incident": incident, "done": _done(done, ""), "proposed": 0}
        return answer(request, "html", Page("review_done.html", nothing))
    ids = [each.claim.id for each in rows]
    shown = {
        "incident": rows[0].gathered.overview.incident,
        "rows": [_row(desk.ledger, each) for each in rows],
        "shown": desk.sign(asker.secret, ids),
        "done": _done(done, ""),
        "back": f"/review?{with_query({'incident': incident, 'many': 1})}",
    }
    return answer(request, "html", Page("review_many.html", shown))


def _row(ledger: Ledger, each: Waiting) -> dict[str, Any]:
    report = ledger.report(each.claim.evidence.report)
    before, words, after = quoted(report, each.claim.evidence)
    of = group_of(each.ground.judged.group)
    return {
        "claim": each.claim,
        "label": LABELS[each.claim.field] + (f" of {of}" if of else ""),
        "value": describe(each.claim),
        "said": said(each.claim, 0),
        "status": each.ground.judged.finding.status,
        "before": before,
        "words": words,
        "after": after,
        "outlet": outlet_names({report.id: report})[report.id],
        "report": report.id,
    }


def _done(judgements: str, claim: str) -> dict[str, Any] | None:
    """Return what was just decided, so that it can be taken back."""
    ids = [each for each in judgements.split(",") if each]
    return {"judgements": ids, "claim": claim} if ids else None


def _view(ledger: Ledger, found: Waiting, only: str, done: dict[str, Any] | None) -> dict[str, Any]:
    claim, gathered, ground = found.claim, found.gathered, found.ground
    report = ledger.report(claim.evidence.report)
    reading = ledger.reading(report.id)
    of = group_of(ground.judged.group)
    accounts = [account.id for account in gathered.overview.accounts]
    own = next((each.id for each in gathered.overview.accounts if report.id in each.reports), None)
    return {
        "claim": claim,
        "label": LABELS[claim.field] + (f" of {of}" if of else ""),
        "value": describe(claim),
        "said": said(claim, 1),
        "outlet": outlet_names({report.id: report})[report.id],
        "parts": parts(report, reading.statements, [claim], {claim.id: 1}),
        "report": report,
        "incident": gathered.overview.incident,
        "place": found.place,
        "of": found.of,
        "status": ground.judged.finding.status,
        "others": [said(each, 0) for each in ground.claims if each.id != claim.id],
        "other_values": [describe(each) for each in ground.claims if each.id != claim.id],
        "inputs": _inputs(claim),
        "apart": [own, *(each for each in accounts if each != own)] if own and len(accounts) > 1 else [],
        "back": f"/review?{with_query({'after': claim.id, 'incident': only})}",
        "skip": f"/review?{with_query({'after': claim.id, 'incident': only})}",
        "done": done,
        "once": claim.id in gathered.reviews and gathered.reviews[claim.id].verdict is not None,
    }


def _inputs(claim: Claim) -> list[dict[str, str]]:
    """Return what of a value can be corrected: its plain parts; the words stay as they were read."""
    present = claim.value.model_dump(mode="json", by_alias=True)
    return [
        {"name": key, "value": "" if value is None else str(value)}
        for key, value in present.items()
        if key not in ("words", "anchor", "resolved") and (value is None or isinstance(value, str | int | float))
    ]


@router.post("/judge", response_model=None, include_in_schema=False)
@router.post("/judge.json", response_model=None)
async def judge(request: Request, desk: TheDesk, asker: TheAsker) -> Response:
    """Add a judgement: decision, about (one or more), why, value.KEY for a correction, token, back."""
    async with request.form(max_files=0, max_fields=1000) as form:
        fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    about = list(dict.fromkeys(value for name, value in fields if name == "about" and value))
    return await run_sync(_judge, request, desk, asker, dict(fields), about)


def _judge(request: Request, desk: Desk, asker: Asker, given: Mapping[str, str], about: Sequence[str]) -> Response:
    decision = given.get("decision", "")
    if decision not in DECISIONS or not about:
        raise InputError(f"{decision!r} is no decision, or about nothing", way_out=f"one of {', '.join(DECISIONS)}")
    if not asker.name:
        raise ForbiddenError("nobody is named who judges", way_out="sayso serve --who NAME")
    if decision in ("accept", "reject", "correct") and len(about) > 1:
        _check_shown(desk, asker, decision, given.get("shown", ""), about)
    with desk.writing() as ledger:
        _check_about(ledger, asker, decision, about)
        made = _made(ledger, asker.name, decision, about, given)
        for judgement in made:
            ledger.judge(judgement)
    ids = [judgement.id for judgement in made]
    if request.url.path.endswith(".json"):
        return Response(dumped({"schema": "sayso.judged/1", "judgements": ids}), media_type="application/json")
    return RedirectResponse(back_to(given.get("back", ""), "/review", () if decision == "retract" else ids), 303)


def _check_shown(desk: Desk, asker: Asker, decision: str, shown: str, about: Sequence[str]) -> None:
    """Raise unless all that is accepted at once was on one page before this person's eyes."""
    if decision != "accept" or not set(about) <= set(desk.signed(asker.secret, shown)):
        raise ForbiddenError("only what is on screen can be accepted at once", way_out="one by one, or from its page")


def _check_about(ledger: Ledger, asker: Asker, decision: str, about: Sequence[str]) -> None:
    """Raise for what is not there, and for what is somebody else's to take back."""
    with ledger.snapshot() as connection:
        if decision == "retract":
            others = [each for each, who in made_by(connection, about).items() if who != asker.name]
            if others and not asker.may("reviewer"):
                raise ForbiddenError("somebody else's judgement", place=others[0], way_out="ask a reviewer")
        elif unknown := set(about) - known(connection, about):
            raise NotFoundError(f"nothing is called {min(unknown)}", way_out="take ids from this desk")


def _made(ledger: Ledger, who: str, decision: str, about: Sequence[str], given: Mapping[str, str]) -> list[Judgement]:
    """Return the judgements that a form means; two incidents of many that are not the same are one each."""
    why = given.get("why", "").strip()
    if decision in ("same", "not_same"):
        first, *others = about
        if not others:
            raise InputError("the same as what?", way_out="two ids")
        pairs = [(first, each) for each in others]
        return [Judgement(decision=decision, about=pair, who=who, when=now(), why=why) for pair in pairs]
    if decision == "retract":
        return [Judgement(decision="retract", about=tuple(about), who=who, when=now(), why=why)]
    value = _corrected(ledger, about[0], given) if decision == "correct" else None
    return [judgement_of(ledger, decision, about, who=who, why=why, value=value)]  # type: ignore[arg-type]


def _corrected(ledger: Ledger, claim: str, given: Mapping[str, str]) -> str:
    """Return the parts of a value that differ from the present one, as JSON."""
    with ledger.snapshot() as connection:
        present = claim_of(connection, claim).value.model_dump(mode="json", by_alias=True)
    change: dict[str, Any] = {}
    for key, old in present.items():
        new = given.get(f"value.{key}")
        if new is not None and new.strip() != ("" if old is None else str(old)):
            change[key] = _typed(new.strip(), old, key)
    if not change:
        raise InputError("nothing was corrected", place=claim, way_out="change a part of the value, or accept it")
    return json.dumps(change, ensure_ascii=False, sort_keys=True)


def _typed(new: str, old: Any, key: str) -> Any:
    if new == "":
        return None
    if isinstance(old, int | float) or key in ("low", "high", "lat", "lon"):
        try:
            return float(new) if isinstance(old, float) or key in ("lat", "lon") else int(new)
        except ValueError:
            raise InputError(f"{new!r} is no number", place=key, way_out="digits only") from None
    return new


def back_to(given: str, fallback: str, judgements: Sequence[str] = ()) -> str:
    """Return where to go on: a page of this desk, with what was decided so that it can be undone; else ``fallback``."""
    try:
        parts_of = urlsplit(given)
    except ValueError:
        return fallback
    fine = given.startswith("/") and not given.startswith("//") and not parts_of.netloc and not parts_of.scheme
    if not fine or "\\" in given or not given.isascii() or not given.isprintable():
        return fallback
    query = "&".join(part for part in (parts_of.query, f"done={','.join(judgements)}" if judgements else "") if part)
    return f"{parts_of.path}?{query}" if query else parts_of.path
