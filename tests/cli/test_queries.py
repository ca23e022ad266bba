"""``sayso queries`` and ``sayso incidents --saved``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.ledger import create
from tests.cli.calling import Run, caller
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "project"
    with create(folder, linker=QuickLinker()) as ledger:
        put(ledger, [capture_of(text_of(killed=7)), capture_of(text_of(place="Velm", by="mayor"))])
    return folder


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SAYSO_PROJECT", str(project))
    monkeypatch.setenv("SAYSO_WHO", "ana")
    return caller(capsys)


def test_a_query_is_saved_listed_used_and_removed(run: Run) -> None:
    assert run("queries", "list") == (4, "", "sayso: no query is saved: `sayso queries add NAME --kind bombing`\n")
    assert run("queries", "add", "mayors", "--holder", "mayor", "--dry-run")[0] == 0
    assert run("queries", "list")[0] == 4
    assert run("queries", "add", "mayors", "--holder", "mayor")[:2] == (0, "mayors  holder: mayor  finds 1 now\n")
    assert run("queries", "add", "by-address", "--filters", "http://127.0.0.1/incidents?kind=bombing&page=2")[0] == 0
    rows = json.loads(run("queries", "list", "--json")[1])["queries"]
    assert [(row["name"], row["filters"], row["incidents"], row["who"]) for row in rows] == [
        ("by-address", "kind=bombing", 2, "ana"),
        ("mayors", "holder=mayor", 1, "ana"),
    ]
    found = [json.loads(line) for line in run("incidents", "--saved", "mayors", "--jsonl")[1].splitlines()]
    assert [row["title"] for row in found] == ["bombing Velm 5"]
    assert run("incidents", "--saved", "mayors", "--holder", "police", "--jsonl")[1].count("\n") == 1
    assert run("queries", "remove", "mayors", "nothing")[0] == 4
    assert run("queries", "remove", "mayors", "by-address", "--dry-run")[0] == 0
    assert run("queries", "remove", "mayors", "by-address")[0] == 0
    assert run("queries", "list")[0] == 4


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("add", "No Name"), 2, "no name for a query"),
        (("add", "x", "--kind", "picnic"), 2, "picnic"),
        (("add", "x", "--filters", "kidn=bombing"), 2, "no filter"),
        (("add", "x", "--filters", "kind=bombing", "--kind", "bombing"), 2, "exclude each other"),
        (("remove", "x"), 4, "no saved query 'x'"),
    ],
)
def test_error_what_makes_no_sense_is_said(run: Run, args: tuple[str, ...], code: int, said: str) -> None:
    found, out, err = run("queries", *args)
    assert (found, out) == (code, "")
    assert said in err


def test_error_a_list_of_a_query_that_is_not_saved(run: Run) -> None:
    assert run("incidents", "--saved", "x")[0] == 4
