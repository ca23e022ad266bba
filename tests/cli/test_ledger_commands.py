"""init, add, retry, reports, log, diff, backup, doctor: from the command line, with a foretold reader."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sayso import adding
from sayso.ledger import create
from tests.cli.calling import Run, caller, enter, write
from tests.ledger.foretold import text_of


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return caller(capsys)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "project"
    create(folder).close()
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, in the current folder."""
    import shutil

    shutil.copytree(made, tmp_path / "project")
    return enter(tmp_path / "project", monkeypatch)


def page(killed: int) -> str:
    item = {"text": text_of(killed=killed), "url": "https://post.example/tarsk", "title": f"{killed} dead"}
    return write("page.jsonl", json.dumps(item) + "\n")


def test_init_makes_a_project_and_says_where(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("init", str(tmp_path / "new"))
    assert (code, out) == (0, f"{tmp_path / 'new'}\n")
    assert {path.name for path in (tmp_path / "new").iterdir()} >= {"ledger.db", "evidence", "sayso.toml", "log.head"}
    code, _, err = run("init", str(tmp_path / "new"))
    assert code == 2
    assert "a sayso project already" in err


def test_add_tells_what_became_of_each_and_the_sum(run: Run) -> None:
    write("a.txt", text_of())
    Path("b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, out, err = run("add", "a.txt", "a.txt", "b.png", "nowhere.txt")
    assert code == 3
    assert [line.split()[0] for line in out.splitlines()] == ["stored", "duplicate", "quarantined", "unreadable"]
    assert "3 went in = 1 stored + 1 duplicate + 1 quarantined; 1 could not be had" in err
    assert "a PNG picture" in err


def test_a_terminal_sees_how_far_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar is on stderr and says nothing where that is no terminal."""
    from sayso.cli import progress

    names = [write(f"{number}.txt", text_of(killed=number)) for number in range(3)]
    assert progress.size_of([*names, "nowhere"]) == sum(Path(name).stat().st_size for name in names)
    assert progress.size_of(["-"]) is None
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    code, out, err = run("add", *names)
    assert code == 0
    assert out.count("stored") == 3
    assert "adding" in err
    assert "3 reports" in err


def test_one_day_for_many_reports_is_said_to_go_before_their_own(run: Run) -> None:
    told = "goes for every report of these"
    assert told not in run("add", "a.txt", "--published", "2031-05-01")[2]
    assert told in run("add", "a.txt", "b.txt", "--published", "2031-05-01")[2]
    assert told in run("add", ".", "--published", "2031-05-01", "--dry-run")[2]
    assert told not in run("add", "a.txt", "b.txt")[2]


def test_add_as_json(run: Run) -> None:
    write("a.txt", text_of())
    code, out, _ = run("add", "a.txt", "--json", "--published", "2031-05-01", "--publisher", "Post")
    assert code == 0
    found = json.loads(out)
    assert found["schema"] == "sayso.added/1"
    none = dict.fromkeys(("duplicate", "quarantined", "unreadable", "gated"), 0)
    assert found["counts"] == {"in": 1, "stored": 1, **none}
    assert found["reports"][0]["verdict"] == "stored"


def test_a_dry_run_stores_nothing(run: Run) -> None:
    write("a.txt", text_of())
    code, out, err = run("add", "a.txt", "--dry-run")
    assert (code, out.split()[0]) == (0, "stored")
    assert "1 would go in" in err
    assert run("reports")[0] == 4


def test_reports_as_a_table_json_lines_and_csv(run: Run) -> None:
    page(3)
    run("add", "page.jsonl")
    page(4)
    _, out, _ = run("add", "page.jsonl")
    assert "a new version of re_" in out
    code, out, _ = run("reports")
    assert code == 0
    assert "4 dead" in out
    rows = [json.loads(line) for line in run("reports", "--jsonl")[1].splitlines()]
    assert [row["former"] for row in rows] == [None, rows[0]["id"]]
    assert json.loads(run("reports", "--json")[1])["schema"] == "sayso.reports/1"
    table = list(csv.DictReader(io.StringIO(run("reports", "--csv")[1])))
    assert [row["title"] for row in table] == ["3 dead", "4 dead"]
    assert run("reports", "--as-of", "2001-01-01")[0] == 4


def test_error_two_forms_at_once(run: Run) -> None:
    code, _, err = run("reports", "--json", "--csv")
    assert code == 2
    assert "exclude each other" in err


def test_error_no_moment(run: Run) -> None:
    code, _, err = run("reports", "--as-of", "soon")
    assert code == 2
    assert "is no moment" in err


def test_diff_shows_what_has_changed_on_a_page(run: Run) -> None:
    page(3)
    run("add", "page.jsonl")
    first = json.loads(run("reports", "--jsonl")[1])["id"]
    assert run("diff", first)[0] == 4
    page(4)
    run("add", "page.jsonl")
    second = json.loads(run("reports", "--jsonl")[1].splitlines()[1])["id"]
    code, out, _ = run("diff", second)
    assert code == 0
    assert out.splitlines()[:4] == [f"--- {first}", f"+++ {second}", "- title: 3 dead", "+ title: 4 dead"]
    assert "- claim killed: 3, Tarsk police" in out
    found = json.loads(run("diff", first, second, "--json")[1])
    assert (found["from"], found["to"], len(found["added"])) == (first, second, 1)


def test_diff_shows_what_a_new_reading_has_changed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.ledger.storing import Reader
    from sayso.records import Reading

    write("a.txt", text_of())
    run("add", "a.txt")
    assert run("retry", "--reread")[0] == 4
    monkeypatch.setattr(adding, "default_read", lambda: lambda reports: (Reading(reports=(one,)) for one in reports))
    monkeypatch.setattr(adding, "default_reader", lambda: Reader("0.1", "new"))
    code, out, _ = run("retry", "--reread")
    assert code == 0
    report = out.split()[0]
    code, out, _ = run("diff", report)
    assert code == 0
    assert "- claim killed: 7, Tarsk police" in out
    assert "was rd_" in run("log")[1]


def test_what_the_gate_holds_back_is_told_and_can_be_read_later(run: Run) -> None:
    write("a.txt", text_of())
    write("b.txt", "The fair opens on Monday, with a band, a wheel and plum cake for all. " * 9)
    code, out, err = run("add", "--gate", "a.txt", "b.txt", "--json")
    assert code == 0
    added = json.loads(out)
    assert [row["gated"] for row in added["reports"]] == [False, True]
    assert (added["counts"]["stored"], added["counts"]["gated"]) == (2, 1)
    assert "1 were held back by the gate" in err
    assert run("retry", "--reread", "--gated")[1].split()[0] == added["reports"][1]["report"]
    assert run("retry", "--reread", "--gated")[0] == 4


def test_read_behind_the_gate_says_how_many_it_held_back(run: Run) -> None:
    write("b.txt", "The fair opens on Monday, with a band, a wheel and plum cake for all. " * 9)
    code, _, err = run("read", "--gate", "b.txt")
    assert code == 4
    assert "1 of 1 reports were held back by the gate" in err


@pytest.mark.parametrize(
    "args", [("retry", "--gated"), ("retry", "--reread", "--all", "--gated"), ("add", "--gate", "--dry-run", "a.txt")]
)
def test_error_options_that_do_not_go_together(run: Run, args: tuple[str, ...]) -> None:
    assert run(*args)[0] == 2


def test_error_diff_of_what_is_not_there(run: Run) -> None:
    for ids in (["re_0000000000000000"], ["rd_0", "rd_1"]):
        code, _, err = run("diff", *ids)
        assert code == 2
        assert "no such report or reading" in err


def test_the_log_tells_of_every_change(run: Run) -> None:
    write("a.txt", text_of())
    run("add", "a.txt")
    code, out, _ = run("log")
    assert code == 0
    assert [line.split()[2] for line in out.splitlines()[1:]] == ["opened", "report"]
    (entry,) = json.loads(run("log", "--since", "1", "--json")[1])["entries"]
    assert (entry["what"], entry["seq"], list(entry["detail"])) == ("report", 2, ["incidents", "reading"])
    assert run("log", "--since", "9")[0] == 4


def test_what_is_in_quarantine_is_listed_and_tried_again(run: Run) -> None:
    assert run("retry")[0] == 4
    assert run("reports", "--quarantined")[0] == 4
    Path("b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    run("add", "b.png")
    code, out, _ = run("reports", "--quarantined")
    assert code == 0
    assert "a PNG picture" in out
    code, out, _ = run("retry")
    assert (code, out.split()[0]) == (3, "quarantined")


def test_error_all_goes_with_reread_only(run: Run) -> None:
    assert run("retry", "--all")[0] == 2


def test_a_backup_verifies_and_is_a_project(run: Run, tmp_path: Path) -> None:
    write("a.txt", text_of())
    run("add", "a.txt")
    code, out, _ = run("backup", str(tmp_path / "copy"))
    assert (code, out) == (0, f"{tmp_path / 'copy'}\n")
    assert run("reports", "--project", str(tmp_path / "copy"), "--jsonl")[1] == run("reports", "--jsonl")[1]
    code, _, err = run("backup", str(tmp_path / "copy"))
    assert code == 2
    assert "is there already" in err


def test_the_doctor_looks_at_the_project_and_finds_what_was_done_to_it(run: Run, project: Path) -> None:
    write("a.txt", text_of())
    run("add", "a.txt")
    code, out, _ = run("doctor", "--json")
    checks = {check["check"]: check for check in json.loads(out)["checks"]}
    assert code == 0
    assert {"database", "log", "rows", "evidence", "search", "derived"} <= checks.keys()
    (file,) = (project / "evidence").rglob("*.z")
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 1
    file.write_bytes(raw)
    code, out, _ = run("doctor")
    assert code == 5
    assert "BROKEN  evidence" in out


def test_what_is_derived_is_made_again(run: Run, project: Path) -> None:
    import sqlite3

    for number in range(3):
        write("a.txt", text_of(killed=number))
        run("add", "a.txt")
    before = run("reports", "--jsonl")[1]
    connection = sqlite3.connect(project / "ledger.db", isolation_level=None)
    for table in ("clusters", "blocks", "block_sizes", "current_readings", "summaries"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO report_search(report_search) VALUES('delete-all')")
    connection.close()
    code, out, _ = run("doctor")
    assert code == 5
    assert "BROKEN  derived" in out
    assert "BROKEN  search" in out
    assert run("doctor", "--repair")[0] == 0
    assert run("reports", "--jsonl")[1] == before


def test_error_no_project_here(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run("reports")
    assert code == 5
    assert "no sayso project here or above" in err
    assert run("doctor", "--project", str(tmp_path))[0] == 5


def test_one_promise_is_proved_by_its_name(run: Run) -> None:
    code, out, _ = run("doctor", "--guarantees", "--only", "G15", "--json")
    assert code == 0
    (check,) = json.loads(out)["checks"]
    assert (check["check"], check["ok"]) == ("G15", True)
    assert "are formulas or differ" in check["says"]
    code, _, err = run("doctor", "--guarantees", "--only", "G99")
    assert code == 2
    assert "no promise 'G99'; there are G1, G2" in err


@pytest.mark.parametrize("words", [("--full",), ("--only", "G15")])
def test_error_full_and_only_go_with_guarantees_only(run: Run, words: tuple[str, ...]) -> None:
    assert run("doctor", *words)[0] == 2


def test_a_copy_has_the_same_ledger_hash(run: Run, tmp_path: Path) -> None:
    write("a.txt", text_of())
    run("add", "a.txt")
    code, out, err = run("copy", str(tmp_path / "copy"))
    assert (code, out) == (0, f"{tmp_path / 'copy'}\n")
    again = run("copy", "--project", str(tmp_path / "copy"), str(tmp_path / "again"))
    assert err.startswith("sayso: ledger hash ")
    assert again[2] == err
    code, _, err = run("copy", str(tmp_path / "copy"))
    assert code == 2
    assert "is there already" in err


def test_error_a_role_needs_a_server(run: Run, tmp_path: Path) -> None:
    code, _, err = run("init", "--role", "analyst", str(tmp_path / "other"))
    assert code == 5
    assert "a file knows no roles" in err
