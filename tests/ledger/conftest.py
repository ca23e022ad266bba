"""Ledgers for tests, in a file and on a server: new ones are copied from one that was made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evaluation.guarantees.server import Server, running
from sayso.ledger import Ledger, create, open_ledger
from tests.ledger.foretold import QuickLinker

NewLedger = Callable[[str], Ledger]


@pytest.fixture(scope="session")
def empty_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("projects") / "empty"
    create(folder).close()
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    try:
        with running(durable=False) as server:
            yield server
    except FileNotFoundError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def empty_on_server(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return an empty project on the server, and the name of its database."""
    folder, name = tmp_path_factory.mktemp("projects") / "server", server.new_database()
    create(folder, database=server.address(name)).close()
    return folder, name


@pytest.fixture(params=["file", "server"])
def new_project(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that makes a new project of a name; each test runs on both databases."""

    def in_file(name: str) -> Path:
        return Path(shutil.copytree(request.getfixturevalue("empty_project"), tmp_path / name))

    def on_server(name: str) -> Path:
        server: Server = request.getfixturevalue("server")
        empty, template = request.getfixturevalue("empty_on_server")
        folder = Path(shutil.copytree(empty, tmp_path / name))
        config, copied = folder / "sayso.toml", server.new_database(template)
        config.write_text(config.read_text().replace(server.address(template), server.address(copied)))
        return folder

    return in_file if request.param == "file" else on_server


@pytest.fixture
def new_ledger(new_project: Callable[[str], Path]) -> Iterator[NewLedger]:
    """Return a function that makes a new ledger of a name, open for writing; all are closed in the end."""
    made: list[Ledger] = []

    def make(name: str = "project") -> Ledger:
        made.append(open_ledger(new_project(name), "write", linker=QuickLinker()))
        return made[-1]

    yield make
    for ledger in made:
        ledger.close()


@pytest.fixture
def ledger(new_ledger: NewLedger) -> Ledger:
    return new_ledger("project")


@pytest.fixture
def file_ledger(empty_project: Path, tmp_path: Path) -> Iterator[Ledger]:
    """Give a ledger in a file, for what is said of SQLite alone."""
    folder = Path(shutil.copytree(empty_project, tmp_path / "in_file"))
    with open_ledger(folder, "write", linker=QuickLinker()) as ledger:
        yield ledger
