"""A ledger of the example reports and some from real places, made once; exports are read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.exports.selection import Options, Selection, selection
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.asking.selecting import Query
from tests.exports.ledgers import make_ledger


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_ledger(tmp_path_factory.mktemp("exports") / "project", mapped=True)


@pytest.fixture
def ledger(project: Path) -> Iterator[Ledger]:
    with open_ledger(project) as ledger:
        yield ledger


@pytest.fixture
def chosen(ledger: Ledger) -> Iterator[Selection]:
    with selection(ledger) as found:
        yield found


@pytest.fixture
def choose(ledger: Ledger) -> Callable[..., Selection]:
    """Return a function that chooses incidents by a query; the snapshot stays open until the ledger is closed."""
    open_ones = []

    def choose(query: Query | None = None, **options: object) -> Selection:
        manager = selection(ledger, query, options=Options(**options))  # type: ignore[arg-type]
        open_ones.append(manager)
        return manager.__enter__()

    return choose
