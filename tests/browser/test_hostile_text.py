"""G14 in the tests: every page with a hostile report, in a real browser."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluation.desk import screenshots as desk
from evaluation.guarantees.g14 import ACTIVE, hostile_project, pages_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    every = 1 if os.environ.get("SAYSO_FULL") else 4
    return hostile_project(tmp_path_factory.mktemp("hostile") / "desk", every)


def test_no_script_of_a_report_runs_and_no_node_is_active(page_of: Callable[..., Any], project: Path) -> None:
    with desk.served(project) as base:
        page = page_of()
        for path in pages_of(project):
            page.goto(f"{base}{path}", wait_until="load")
            active = page.evaluate(ACTIVE)
            assert active == [], path
        bad = [fault for fault in page.faults if "404" not in fault and "400" not in fault]
        assert bad == []
