"""Every address with whatever fits its description, and much that does not (schemathesis): never a fault of ours."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, settings

import sayso.pipeline
from sayso.ledger import create
from sayso.settings import load_project
from sayso.web.app import application
from sayso.web.desk import Desk
from tests.cli.conftest import read_foretold
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of

pytestmark = pytest.mark.slow
EXAMPLES = 200 if os.environ.get("SAYSO_FULL") else 4
"""Requests to each address; all of them are sent by SAYSO_FULL=1."""
PAGES = frozenset({"", "text/html", "text/csv", "application/json"})
"""Media types of what people and programs are shown."""
ALSO = {"/metrics": frozenset({"text/plain"})}
"""Address → what else it may answer with: metrics as Prometheus reads them."""


def described(app: FastAPI) -> dict[str, Any]:
    """Return the description of all addresses, also of those for people."""
    for each in app.routes:
        for route in getattr(getattr(each, "original_router", None), "routes", [each]):
            if hasattr(route, "include_in_schema"):
                route.include_in_schema = True
    return app.openapi()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("contract") / "desk"
    with create(folder, linker=QuickLinker()) as ledger:
        put(ledger, [capture_of(text_of(killed=7)), capture_of(text_of(killed=9, by="mayor"))])
    desk = Desk(load_project(folder), "ana")
    desk.is_token = lambda session, given: True  # type: ignore[method-assign]  # writes are let through
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sayso.pipeline, "read_one", lambda report: read_foretold([report]))
        yield application(desk)
    desk.close()


def _schema() -> Any:
    app = application(Desk(None))
    return schemathesis.openapi.from_dict(described(app))


schema = _schema()


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_was_promised(app: FastAPI, case: Any) -> None:
    answer = case.call(app=app, base_url="http://127.0.0.1")
    assert answer.status_code < 500 or (answer.status_code == 503 and b"project" in answer.content), answer.content
    kind = answer.headers.get("content-type", [""])[0]
    if kind.startswith("application/json"):
        json.loads(answer.content)
    assert kind.split(";")[0] in PAGES | ALSO.get(case.path, frozenset())


def test_all_addresses_are_described(app: FastAPI) -> None:
    assert len(described(app)["paths"]) > 50
