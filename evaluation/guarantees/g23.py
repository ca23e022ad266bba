"""G23: nothing is written but by who may: every decision × every forged or missing proof × own and foreign ids."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import QuickLinker, capture_of, put, text_of
from sayso.ledger import create, open_ledger
from sayso.settings import load_project
from sayso.web.desk import Desk
from sayso.web.review import DECISIONS

PROMISE = "Every write is authorised"
FORGED: tuple[dict[str, Any], ...] = (
    {"token": "x"}, {"token": ""}, {"origin": "https://evil.example"}, {"origin": "null"}, {"site": "cross-site"},
    {"session": "stolen"}, {"session": ""}, {"host": "evil.example"}, {"who": ""},
)  # fmt: skip


def prove(folder: Path, full: bool) -> Proof:
    """Send every combination; each must be refused, and the log must not grow."""
    with create(folder / "desk", linker=QuickLinker()) as ledger:
        put(ledger, [capture_of(text_of(killed=7)), capture_of(text_of(killed=9, by="mayor"))])
        ids = [*(claim.id for claim in ledger.claims()), *(each.id for each in ledger.incidents()), "cl_foreign"]
        before = ledger.head()
    cells = let_through = 0
    for decision, forged, about in product(DECISIONS, FORGED, ids):
        cells += 1
        let_through += not 400 <= _send(folder / "desk", decision, about, forged) < 500
    with open_ledger(folder / "desk") as ledger:
        grown = ledger.head() != before
    figures = {"cells": cells, "let_through": let_through, "written": int(grown)}
    return Proof(not let_through and not grown, figures, f"{cells - let_through} of {cells} forged writes refused")


def _send(project: Path, decision: str, about: str, forged: dict[str, Any]) -> int:
    from starlette.testclient import TestClient

    from sayso.web.app import make_app
    from sayso.web.desk import COOKIE

    desk = Desk(load_project(project), forged.get("who", "ana"))
    client = TestClient(make_app(desk), base_url="http://127.0.0.1", follow_redirects=False)
    page = client.get("/read").text
    token = forged.get("token", re.findall(r'name="token" value="(\w+)"', page)[0])
    if "session" in forged:
        client.cookies.clear()
        client.cookies.set(COOKIE, forged["session"])
    headers = {"origin": forged.get("origin", "http://127.0.0.1"), "sec-fetch-site": forged.get("site", "same-origin")}
    if "host" in forged:
        headers["host"] = forged["host"]
    fields = {"decision": decision, "about": about, "token": token, "value.low": "1", "why": "x"}
    status = client.post("/judge", data=fields, headers=headers).status_code
    desk.close()
    return status
