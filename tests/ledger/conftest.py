"""Ledgers for tests: new ones are copied from one that was made once (Alembic takes its time)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.ledger import Ledger, create, open_ledger
from tests.ledger.foretold import QuickLinker


@pytest.fixture(scope="session")
def empty_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("projects") / "empty"
    create(folder).close()
    return folder


@pytest.fixture
def new_ledger(empty_project: Path, tmp_path: Path) -> Iterator[Callable[[str], Ledger]]:
    """Return a function that makes a new ledger of a name, open for writing; all are closed in the end."""
    made: list[Ledger] = []

    def make(name: str = "project") -> Ledger:
        shutil.copytree(empty_project, tmp_path / name)
        made.append(open_ledger(tmp_path / name, "write", linker=QuickLinker()))
        return made[-1]

    yield make
    for ledger in made:
        ledger.close()


@pytest.fixture
def ledger(new_ledger: Callable[[str], Ledger]) -> Ledger:
    return new_ledger("project")
