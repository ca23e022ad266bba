"""``sayso alerts``: added, listed, rehearsed, run, tested, removed; what makes no sense is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.guarantees.receiving import receiving
from sayso.alerts.signing import is_signed
from sayso.ledger import create, open_ledger
from sayso.ledger.queries import save_query
from tests.cli.calling import Run, caller
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with create(tmp_path / "project", linker=QuickLinker()) as ledger:
        save_query(ledger, "q", "", who="ana")
    return tmp_path / "project"


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SAYSO_PROJECT", str(project))
    monkeypatch.setenv("SAYSO_WHO", "ana")
    monkeypatch.delenv("SAYSO_OFFLINE")
    return caller(capsys, "alerts")


def add_report(project: Path, *, place: str = "Tarsk") -> None:
    with open_ledger(project, "write", linker=QuickLinker()) as ledger:
        put(ledger, [capture_of(text_of(place=place, killed=7))])


def test_an_alert_from_its_beginning_to_its_end(run: Run, project: Path) -> None:
    assert run("list")[0] == 4
    assert run("add", "q", "--to", "-", "--immediate", "--dry-run")[0] == 0
    assert run("list")[0] == 4
    number = run("add", "q", "--to", "-", "--immediate")[1].split()[0]
    assert run("run", "--once") == (0, "", "")
    add_report(project)
    code, out, err = run("run", "--dry-run")
    assert (code, "Tarsk police: “bombing Tarsk 5 killed 7”" in out) == (0, True)
    assert "1 new and 0 waiting messages would be sent" in err
    code, out, err = run("run", "--once")
    told = json.loads(out)
    assert (code, told["data"]["incidents"][0]["title"]) == (0, "bombing Tarsk 5")
    assert f"delivered {told['id']} → -" in err
    assert run("run", "--once") == (0, "", "")
    (row,) = json.loads(run("list", "--json")[1])["alerts"]
    assert (row["query"], row["hours"], row["waiting"], row["dead"]) == ("q", 0.0, 0, 0)
    (message,) = json.loads(run("outbox", "--json")[1])["messages"]
    assert (message["state"], message["about"]) == ("delivered", "q: 1 incident (1 new)")
    assert run("remove", number[:10])[0] == 0
    assert run("list")[0] == 4


def test_a_web_hook_is_tried_tested_and_its_secret_changed(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as receiver:
        monkeypatch.setenv("SAYSO_ALLOW", receiver.allowed)
        out = run("add", "q", "--to", receiver.url, "--immediate")[1]
        number, key = out.split()[0], out.split()[-1]
        assert run("secret", number)[1] == f"{key}\n"
        new, old = run("secret", number, "--new")[1].split()
        assert old == key
        assert run("test", number)[0] == 0
        assert run("run", "--once")[0] == 0
        (taken,) = receiver.taken
        at = float(taken.headers["webhook-timestamp"])
        assert is_signed(taken.headers, taken.body, new, now=at)
        assert is_signed(taken.headers, taken.body, old, now=at)
        assert json.loads(taken.body)["type"] == "sayso.test"
        assert run("secret", number, "--drop-old")[1] == f"{new}\n"
        receiver.answers += [410]
        add_report(project)
        code, _, err = run("run", "--once")
        assert (code, "dead" in err) == (3, True)
        (dead,) = json.loads(run("outbox", "--dead", "--json")[1])["messages"]
        assert "HTTP 410" in dead["problem"]
        assert run("retry", dead["id"])[0] == 0
        assert run("run", "--once")[0] == 0
        assert receiver.taken[-1].headers["webhook-id"] == dead["id"]


def test_a_feed_is_printed(run: Run, project: Path) -> None:
    assert run("feed", "q")[0] == 4
    run("add", "q", "--to", "feed")
    add_report(project)
    run("run", "--once")
    code, out, _ = run("feed", "q")
    assert (code, out.count("<entry>")) == (0, 1)


def test_sites_are_kept_with_the_alert(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sites.csv"
    file.write_text("name,lat,lon\nDepot,1,2\nOffice,3,4\n", encoding="utf-8")
    assert run("add", "q", "--to", "-", "--sites", str(file))[0] == 0
    file.unlink()
    (row,) = json.loads(run("list", "--json")[1])["alerts"]
    assert (row["sites"], row["hours"]) == (2, 24.0)


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("add", "x", "--to", "-"), 4, "no saved query"),
        (("add", "q", "--to", "nowhere"), 2, "cannot go to"),
        (("add", "q", "--to", "http://example.org/"), 2, "goes over https"),
        (("add", "q", "--to", "-", "--tells", "weather"), 2, "weather"),
        (("add", "q", "--to", "-", "--immediate", "--every", "2"), 2, "exclude each other"),
        (("add", "q", "--to", "-", "--sites", "none.csv"), 3, "cannot be read"),
        (("remove", "alert_0"), 4, "no alert"),
        (("remove", ""), 4, "no alert"),
        (("retry", "msg_0"), 4, "no dead message"),
        (("outbox", "--dead", "--waiting"), 2, "exclude each other"),
        (("secret", "alert_0"), 4, "no alert"),
    ],
)
def test_error_what_makes_no_sense_is_said(run: Run, args: tuple[str, ...], code: int, said: str) -> None:
    found, out, err = run(*args)
    assert (found, out) == (code, "")
    assert said in err


def test_error_only_web_hooks_have_a_secret(run: Run) -> None:
    number = run("add", "q", "--to", "-")[1].split()[0]
    assert "only web hooks" in run("secret", number)[2]
