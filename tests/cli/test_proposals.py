"""``sayso proposals``: asked for, listed apart, judged by people; the claims of the ledger stay what they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.guarantees.receiving import Receiver, receiving
from sayso.ledger import create, open_ledger
from sayso.ledger.contents import ledger_hash
from tests.cli.calling import Run, caller
from tests.ledger.foretold import QuickLinker, capture_of, put

TEXT = "bombing Tarsk 5 killed 7, the police said. Later nine people were injured, the mayor said."
SAID = (
    ("injured", "nine people were injured", "nine", "the mayor"),
    ("killed", "killed 7", "7", "the police"),
    ("killed", "killed 70", "70", "the police"),
)
CLAIMS = [
    {"field": field, "quote": quote, "value": value, "holder": holder, "stance": "asserts"}
    for field, quote, value, holder in SAID
]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        content = json.dumps({"claims": CLAIMS})
        found.body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        yield found


@pytest.fixture
def project(tmp_path: Path, receiver: Receiver) -> Path:
    folder = tmp_path / "project"
    with create(folder, linker=QuickLinker()) as ledger:
        put(ledger, [capture_of(TEXT)])
    with (folder / "sayso.toml").open("a", encoding="utf-8") as out:
        out.write(f'[llm]\nendpoint = "http://127.0.0.1:{receiver.port}/v1"\nmodel = "tiny"\nlocal = true\n')
    return folder


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SAYSO_PROJECT", str(project))
    monkeypatch.setenv("SAYSO_WHO", "ana")
    monkeypatch.delenv("SAYSO_OFFLINE")
    return caller(capsys, "proposals")


def test_what_is_proposed_is_listed_apart_and_judged_by_people(run: Run, project: Path, receiver: Receiver) -> None:
    with open_ledger(project) as ledger:
        (report,) = ledger.reports()
        before = ledger_hash(ledger), list(ledger.claims())
    assert run("list")[0] == 4
    code, out, _ = run("ask", report.id, "--dry-run")
    assert (code, out.count("\n")) == (0, 2)
    assert run("list")[0] == 4
    code, _, err = run("ask", "--missing")
    assert code == 0
    assert "2 proposed (2 new), 1 refused" in err
    assert "its words do not stand there" in err
    assert run("ask", "--missing")[2] == ""
    assert len(receiver.taken) == 2
    rows = json.loads(run("list", "--json")[1])["proposals"]
    assert [(row["field"], row["value"], row["holder"], row["verdict"]) for row in rows] == [
        ("killed", "7", "police", "open"),
        ("injured", "9", "mayor", "open"),
    ]
    assert [row["ours"] for row in rows] == [True, False]
    assert all(TEXT[row["start"] : row["end"]] == row["words"] for row in rows)
    assert {row["method"].partition(",")[0] for row in rows} == {f"llm tiny at 127.0.0.1:{receiver.port}"}
    assert run("accept", rows[1]["id"], "--why", "stands there")[0] == 0
    assert run("reject", rows[0]["id"][:12])[0] == 0
    after = json.loads(run("list", "--json")[1])["proposals"]
    assert [row["verdict"] for row in after] == ["reject", "accept"]
    assert run("list", "--open")[0] == 4
    with open_ledger(project) as ledger:
        assert list(ledger.claims()) == before[1]
        accepted = [each for each in ledger.judgements() if each.decision == "accept"]
    assert json.loads(accepted[0].value or "{}")["evidence"]["text"] == "nine people were injured"


def test_error_offline_and_off_are_said(run: Run, project: Path) -> None:
    assert run("ask", "--missing", "--offline")[0] == 6
    (project / "sayso.toml").write_text("", encoding="utf-8")
    code, _, err = run("ask", "--missing")
    assert (code, "it is off" in err) == (5, True)


def test_error_one_that_cannot_be_asked_about_does_not_stop_the_others(run: Run, receiver: Receiver) -> None:
    receiver.answers += [500]
    code, _, err = run("ask", "--missing")
    assert (code, "HTTP 500" in err) == (3, True)
    assert run("ask", "re_0")[0] == 3
    assert run("ask")[0] == 2
    assert run("accept", "pr_0")[0] == 4
