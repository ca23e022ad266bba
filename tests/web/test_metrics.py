"""``/metrics``: for admins and their tokens only, in the format that Prometheus reads."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from sayso.ledger import create, open_ledger, people
from sayso.observing.logs import logging_to
from sayso.settings import load_project
from sayso.web import metrics
from sayso.web.app import make_app
from sayso.web.desk import Desk

HERE = "http://127.0.0.1"


def told(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    families = text_string_to_metric_families(text)
    return {(each.name, tuple(each.labels.values())): each.value for family in families for each in family.samples}


def test_it_tells_of_the_project_and_of_the_requests(empty: TestClient) -> None:
    assert empty.get("/incidents").status_code == 200
    assert empty.get("/nowhere/7").status_code == 404
    answer = empty.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = told(answer.text)
    assert found["sayso_ledger", ("reports",)] == 0
    assert found["sayso_http_requests_total", ("GET", "/incidents", "200")] == 1
    assert found["sayso_http_requests_total", ("GET", "none", "404")] == 1  # no stranger's address is a label
    assert found["sayso_http_request_seconds_count", ("/incidents",)] == 1


def test_requests_are_logged_by_their_routes_and_not_by_what_was_asked_for(empty: TestClient) -> None:
    stream = io.StringIO()
    with logging_to(stream):
        empty.get("/search", params={"text": "secret"})
    (line,) = stream.getvalue().splitlines()
    logged = json.loads(line)
    assert {name: logged[name] for name in ("event", "method", "route", "status")} == {
        "event": "answered", "method": "GET", "route": "/search", "status": 200,
    }  # fmt: skip
    assert "secret" not in line


def test_a_desk_without_a_project_tells_of_requests_alone(nowhere: TestClient) -> None:
    found = told(nowhere.get("/metrics").text)
    assert not any(name == "sayso_ledger" for name, _ in found)


@pytest.mark.parametrize(("role", "status"), [("admin", 200), ("reviewer", 403), ("reader", 403), (None, 401)])
def test_only_the_token_of_an_admin_opens_it(tmp_path: Path, role: people.Role | None, status: int) -> None:
    create(tmp_path / "desk").close()
    headers = {}
    if role is not None:
        with open_ledger(load_project(tmp_path / "desk"), "write") as ledger, ledger.derived() as connection:
            people.add_person(connection, "ana", role, "no hash")
            secret = people.make_token(connection, "ana", "prometheus", role)[1]
        headers = {"authorization": f"Bearer {secret}"}
    desk = Desk(load_project(tmp_path / "desk"), login=True)
    try:
        client = TestClient(make_app(desk), base_url=HERE, follow_redirects=False)
        assert client.get("/metrics", headers=headers).status_code == status
    finally:
        desk.close()


def test_error_without_the_package_it_says_what_to_install(empty: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.app.app.state.requests = None  # type: ignore[attr-defined]
    answer = empty.get("/metrics")
    assert answer.status_code == 503
    assert metrics.metrics.WAY_OUT.split()[-1].strip("'") in answer.text
