"""G23: nothing is written but by who may: every address × everybody who may ask × own, foreign and missing ids.

What each address needs stands here a second time, so that the desk's own table is checked and not only used. The second
matrix forges what a form of ours brings along: every decision × every forged or missing proof × ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import QuickLinker, capture_of, put, text_of
from sayso.ledger import create, open_ledger, people, schema
from sayso.ledger.judging import judgement_of
from sayso.ledger.queries import save_query
from sayso.ledger.store import Ledger
from sayso.settings import load_project
from sayso.web.desk import Desk
from sayso.web.review import DECISIONS

PROMISE = "Every write is authorised"
READ: Final = (
    "/ /login /read /incidents /incidents/map.json /incident/{number} /reports /report/{number} /disputes"
    " /charts /search /sources /source /log /quarantine /watch /queries /alerts/{query}.atom /review /settings /api"
    " /proposals /openapi.json"
)
LEAST: Final[Mapping[str, str]] = {
    "GET /": "", "GET /login": "", "POST /login": "", "POST /logout": "reader", "POST /read": "reader",
    "POST /judge": "analyst", "POST /grade": "reviewer", "POST /watch/again": "analyst", "POST /retry": "analyst",
    "POST /proposals/judge": "analyst", "POST /queries/save": "analyst", "POST /queries/remove": "analyst",
    "POST /settings/password": "reader", "POST /settings/sessions": "reader", "POST /settings/token": "reader",
    "POST /settings/revoke": "reader", "POST /settings/person": "admin", "POST /settings/role": "admin",
    "POST /settings/disable": "admin", "GET /metrics": "admin",
    **{f"GET {path}": "reader" for path in READ.split() if path not in ("/", "/login")},
}  # fmt: skip
"""Method and address → the least role, "" for anybody."""
OBJECTS: Final = ("own", "foreign", "missing")
FORGED: tuple[dict[str, Any], ...] = (
    {"token": "x"}, {"token": ""}, {"origin": "https://evil.example"}, {"origin": "null"}, {"site": "cross-site"},
    {"session": "stolen"}, {"session": ""}, {"host": "evil.example"}, {"bearer": "sayso_stolen"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who asks, and what they bring.

    Attributes:
        name: of the person; "" for a stranger.
        role: what they may do; None: nothing.
        session: secret of the cookie.
        bearer: secret of the token.

    """

    name: str
    role: people.Role | None
    session: str = ""
    bearer: str = ""


def prove(folder: Path, full: bool) -> Proof:
    """Send every combination; each must pass or be refused as the table says, and a refusal must change nothing."""
    project = _project(folder / "desk")
    everybody = _everybody(project)
    cells = wrong = written = 0
    with _served(project) as (desk, client):
        routes = routes_of(client.app.app)
        before = _state(desk)
        for route, who, what in _cells(routes, everybody):
            if "/queries/" in route:
                with open_ledger(project, "write", linker=QuickLinker()) as ledger:
                    save_query(ledger, "of-zoe", "kind=clash", who="zoe", replace=True)
                before = _state(desk)
            status, there = _ask(desk, client, route, who, what, project)
            cells += 1
            refused = status in (401, 403) or (status == 303 and there.startswith("/login"))
            expected = _is_refused(route, who, what)
            wrong += expected != refused or status >= 500
            if route.startswith("POST"):
                after = _state(desk)
                written += expected and after != before
                before = after
        forged, let_through = _forge(desk, client, everybody)
    missing = len({plain(route) for route in routes} ^ set(LEAST))
    figures = {
        "routes": len(routes), "cells": cells, "wrong": wrong, "written_though_refused": written, "forged": forged,
        "let_through": let_through, "addresses_in_one_table_only": missing,
    }  # fmt: skip
    says = (
        f"{cells - wrong} of {cells} cells (address × who × whose) as the table says, {written} refusals that wrote; "
        f"{forged - let_through} of {forged} forged writes refused"
    )
    return Proof(not (wrong or written or let_through or missing), figures, says)


def _cells(routes: list[str], everybody: list[Somebody]) -> Iterator[tuple[str, Somebody, str]]:
    """Yield every address with everybody; what changes something, or shows one thing, with every sort of object."""
    for route, who in product(routes, everybody):
        for what in OBJECTS if route.startswith("POST") or "{" in route else OBJECTS[:1]:
            yield route, who, what


def _project(folder: Path) -> Path:
    with create(folder, linker=QuickLinker()) as ledger:
        put(ledger, [capture_of(text_of(killed=7)), capture_of(text_of(killed=9, by="mayor"))])
    return folder


def _everybody(project: Path) -> list[Somebody]:
    """Make an account of each role, with session, token and a judgement; also those whose proofs no longer hold."""
    with open_ledger(project, "write", linker=QuickLinker()) as ledger:
        claim = next(iter(ledger.claims())).id
        found = [Somebody("", None), Somebody("", None, bearer="sayso_none"), Somebody("", None, session="none")]
        for role in people.ROLES:
            found += _with_account(ledger, f"{role}-1", role, claim)
        _with_account(ledger, "zoe", "admin", claim)
        (late, *_), (gone, *_) = (
            _with_account(ledger, "late", "admin", claim),
            _with_account(ledger, "gone", "admin", claim),
        )
        with ledger.derived() as connection:
            over = people.written(people.now() - timedelta(seconds=1))
            connection.execute(sa.update(schema.sessions).where(schema.sessions.c.person == "late").values(ends=over))
            connection.execute(sa.update(schema.people).where(schema.people.c.name == "gone").values(disabled=over))
    return [*found, Somebody("late", None, session=late.session), Somebody("gone", None, session=gone.session)]


def _with_account(ledger: Ledger, name: str, role: people.Role, claim: str) -> list[Somebody]:
    with ledger.derived() as connection:
        people.add_person(connection, name, role, "no password logs in with this")
        secret = people.begin_session(connection, name)
        _, own = people.make_token(connection, name, "own", role)
        _, small = people.make_token(connection, name, "small", "reader")
        people.make_token(connection, name, "spare", "reader")
    ledger.judge(judgement_of(ledger, "note", [claim], who=name, why="seen"))
    save_query(ledger, f"of-{name}", "kind=clash", who=name)
    token = [Somebody(name, role, bearer=own), Somebody(name, "reader", bearer=small)]
    return [Somebody(name, role, session=secret), *(token if role != "reader" else token[:1])]


@contextmanager
def _served(project: Path) -> Iterator[tuple[Desk, Any]]:
    from starlette.testclient import TestClient

    from sayso.web.app import make_app
    from sayso.web.limits import Limits

    desk = Desk(load_project(project), login=True)
    ticks = iter(range(10**9))
    desk.limits = Limits(clock=lambda: 1000.0 * next(ticks))  # nobody asks too often here: that is proved elsewhere
    client = TestClient(make_app(desk), base_url="http://127.0.0.1", follow_redirects=False)
    try:
        yield desk, client
    finally:
        desk.close()


def routes_of(application: Any) -> list[str]:
    """Return method and address of everything that an application answers, in every form."""
    flat: list[Any] = []
    for each in application.routes:
        router = getattr(each, "original_router", None)  # FastAPI keeps included routers whole
        flat += router.routes if router is not None else [each]
    found = [(method, each.path) for each in flat for method in getattr(each, "methods", None) or ()]
    return sorted(f"{method} {path}" for method, path in found if method != "HEAD")


def plain(route: str) -> str:
    """Return method and address without the form at its end."""
    whole = ("GET /openapi.json", "GET /incidents/map.json")
    return route if route in whole else route.removesuffix(".json").removesuffix(".csv")


def _is_refused(route: str, who: Somebody, what: str) -> bool:
    bare = plain(route)
    least = LEAST.get(bare, "nobody")
    if bare == "POST /login":
        return True  # no password here is anybody's
    if least == "":
        return bare == "GET /" and who.role is None  # strangers are shown the door
    if who.role is None or least == "nobody" or people.ROLES.index(who.role) < people.ROLES.index(least):
        return True
    needs_session = bare in ("POST /settings/password", "POST /settings/sessions", "POST /settings/token")
    owned = bare in ("POST /judge", "POST /queries/save", "POST /queries/remove")
    return (needs_session and bool(who.bearer)) or (owned and what == "foreign" and who.role == "analyst")


def _ask(desk: Desk, client: Any, route: str, who: Somebody, what: str, project: Path) -> tuple[int, str]:
    method, _, path = route.partition(" ")
    session = who.session
    if path == "/logout" and who.role and session:  # a session of its own, which this ends
        with open_ledger(project, "write", linker=QuickLinker()) as ledger, ledger.derived() as connection:
            session = people.begin_session(connection, who.name)
    client.cookies.clear()
    if session:
        client.cookies.set(desk.cookie, session)
    headers = {"authorization": f"Bearer {who.bearer}"} if who.bearer else {}
    if method == "GET":
        answer = client.get(path.replace("{number}", _number(path, what, desk)), headers=headers)
    else:
        fields = _fields(plain(route).removeprefix("POST "), who, what, desk)
        answer = client.post(path, data=fields | {"token": desk.token(session)}, headers=headers)
    return answer.status_code, answer.headers.get("location", "")


def _number(path: str, what: str, desk: Desk) -> str:
    if what == "missing":
        return "none"
    return next(iter(desk.ledger.reports())).id if "report" in path else next(iter(desk.ledger.incidents())).id


def _fields(path: str, who: Somebody, what: str, desk: Desk) -> dict[str, str]:
    """Return what a form sends: about something of one's own, of somebody else, or that is not there."""
    other = {"own": who.name, "foreign": "zoe"}.get(what, "nobody-at-all")
    if path == "/judge":
        notes = [each.id for each in desk.ledger.judgements() if each.who == other and each.decision == "note"]
        return {"decision": "retract", "about": notes[0] if notes else "ju_none"}
    if path == "/queries/save":
        return {"name": f"of-{other}", "filters": "kind=bombing", "replace": "1"}
    if path == "/queries/remove":
        return {"name": f"of-{other}"}
    if path == "/settings/revoke":
        with desk.ledger.snapshot() as connection:
            tokens = [each["id"] for each in people.tokens_of(connection, other) if each["label"] == "spare"]
        return {"number": tokens[0] if tokens else "to_none"}
    name = {"/grade": "Tarsk police" if what != "missing" else "nobody", "/settings/person": "reader-1"}
    return {
        "name": name.get(path, "nobody-at-all"), "sort": "holder", "grade": "C", "role": "reader", "old": "wrong",
        "new": "x", "password": "x", "address": "https://none.example/", "sha256": "0" * 64,
        "text": "Nothing happened.", "label": "",
    }  # fmt: skip


def _state(desk: Desk) -> tuple[Any, ...]:
    """Return what a refusal must leave as it is; when a token was used last is written down in any case."""
    with desk.ledger.snapshot() as connection:
        kept: tuple[sa.Select[Any], ...] = (
            sa.select(schema.people),
            sa.select(schema.tokens.c.id, schema.tokens.c.role),
            sa.select(schema.queries),
        )
        return desk.ledger.head(), *(tuple(map(tuple, connection.execute(each))) for each in kept)


def _forge(desk: Desk, client: Any, everybody: list[Somebody]) -> tuple[int, int]:
    """Send every decision with every forged proof in the name of a reviewer; return how many, and how many passed."""
    ana = next(each for each in everybody if each.role == "reviewer" and each.session)
    ids = [*(claim.id for claim in desk.ledger.claims()), *(each.id for each in desk.ledger.incidents()), "cl_foreign"]
    cells = passed = 0
    before = _state(desk)
    for decision, forged, about in product(DECISIONS, FORGED, ids):
        cells += 1
        passed += not 400 <= _forged(desk, client, ana, decision, about, forged) < 500
    return cells, passed + (_state(desk) != before)


def _forged(desk: Desk, client: Any, ana: Somebody, decision: str, about: str, forged: dict[str, Any]) -> int:
    client.cookies.clear()
    client.cookies.set(desk.cookie, forged.get("session", ana.session))
    headers = {"origin": forged.get("origin", "http://127.0.0.1"), "sec-fetch-site": forged.get("site", "same-origin")}
    if "host" in forged:
        headers["host"] = forged["host"]
    if "bearer" in forged:
        headers["authorization"] = f"Bearer {forged['bearer']}"
    token = forged.get("token", desk.token(ana.session))
    fields = {"decision": decision, "about": about, "token": token, "value.low": "1", "why": "x"}
    status: int = client.post("/judge.json", data=fields, headers=headers).status_code
    return status
