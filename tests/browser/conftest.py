"""A real Chromium (Debian's) on a desk served on this computer; where there is none, these tests are skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evaluation.desk import screenshots as desk
from evaluation.guarantees.g14 import listen

AXE = Path(__file__).parents[2] / "assets" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")  # not longer: Playwright keeps a loop running, and no other test may start one then
def chrome() -> Iterator[Any]:
    if desk.chromium() is None:
        pytest.skip("needs Chromium: apt-get install chromium, or CHROMIUM=path")
    with desk.browser() as made:
        yield made


@pytest.fixture(scope="session")
def example_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = desk.example_ledger(tmp_path_factory.mktemp("browser") / "desk", mapped=True)
    desk.furnish(made)
    return made


@pytest.fixture(scope="session")
def address(example_project: Path) -> Iterator[str]:
    with desk.served(example_project) as base:
        yield base


@pytest.fixture(scope="session")
def addresses(example_project: Path, address: str) -> dict[str, str]:
    return {name: f"{address}{path}" for name, path in desk.addresses(example_project).items()}


@pytest.fixture
def page_of(chrome: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page; what it logs as an error or shows as a dialog is in ``page.faults``."""
    contexts = []

    def open_page(width: int = 1360, *, scheme: str = "light", script: bool = True) -> Any:
        context = chrome.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        listen(page, page.faults)
        return page

    yield open_page
    for context in contexts:
        context.close()
