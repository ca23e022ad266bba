"""A desk without a server: requests go straight to the application, guards in front."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import sayso.pipeline
from sayso.ledger import create
from sayso.settings import Project, load_project
from sayso.web.app import make_app
from sayso.web.desk import Desk
from tests.cli.conftest import read_foretold

HERE = "http://127.0.0.1"


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Project | None], TestClient]]:
    """Return a function that gives a client of a project's desk; texts are read by the foretold reader."""
    monkeypatch.setattr(sayso.pipeline, "read_one", lambda report: read_foretold([report]))
    desks: list[Desk] = []

    def client(project: Project | None) -> TestClient:
        desks.append(Desk(project, who="ana"))
        return TestClient(make_app(desks[-1]), base_url=HERE, follow_redirects=False)

    yield client
    for desk in desks:
        desk.close()


@pytest.fixture
def nowhere(visit: Callable[[Project | None], TestClient]) -> TestClient:
    """Return a client of a desk without a project."""
    return visit(None)


@pytest.fixture
def empty(visit: Callable[[Project | None], TestClient], tmp_path: Path) -> TestClient:
    """Return a client of the desk of a project in which nothing is."""
    create(tmp_path / "empty").close()
    return visit(load_project(tmp_path / "empty"))
