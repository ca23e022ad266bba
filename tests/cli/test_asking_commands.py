"""The commands that ask and judge a ledger, on one made by a foretold reader."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sayso.cli.incidents import list_page
from sayso.cli.judge import login
from sayso.errors import UsageError
from sayso.ledger import create
from tests.cli.calling import Run, caller
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked") / "project"
    with create(folder, linker=QuickLinker()) as ledger:
        put(
            ledger,
            [
                capture_of(text_of(killed=7), published="2031-05-05", publisher="=Coast Wire"),
                capture_of(text_of(killed=9, by="mayor"), published="2031-05-06", publisher="Lantern"),
            ],
        )
    return folder


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SAYSO_PROJECT", str(project))
    monkeypatch.setenv("COLUMNS", "110")
    return caller(capsys)


def incident(run: Run) -> str:
    return str(json.loads(run("incidents", "--jsonl")[1].splitlines()[0])["id"])


def test_the_list_has_two_lines_an_incident_title_first(run: Run) -> None:
    code, out, _ = run("incidents")
    first, second = out.splitlines()
    assert code == 0
    assert first == f"{incident(run)[:11]}  bombing Tarsk 5"
    assert [part.strip() for part in second.split("·")] == ["no date", "bombing", "killed 7–9", "2 reports", "≠ killed"]


LONG = {
    "id": "in_aec490ec0000", "title": "Rocket, missile or artillery fire on harbour in Sidra Bahr, Libya",
    "kind": "artillery_rocket_missile", "background": False, "earliest": "2031-05-13", "latest": "2031-05-13",
    "place": "harbour, Sidra Bahr", "country": "LBY", "killed_low": 6, "killed_high": 9, "injured_low": 2,
    "injured_high": None, "reports": 5, "origins": 3, "statuses": " killed:disputed perpetrator:disputed ",
}  # fmt: skip


@pytest.mark.parametrize("cells", [40, 60, 80, 120])
def test_no_word_of_the_list_is_broken_and_a_number_stands_beside_its_field(cells: int) -> None:
    lines = list_page([LONG], cells, styled=False).splitlines()
    assert max(map(len, lines)) <= cells
    words = " ".join(" ".join(lines).split()).split()
    assert {"artillery", "perpetrator", "harbour", "in_aec490ec"} <= {word.strip(",·") for word in words}
    assert any("killed 6–9" in line for line in lines)
    assert any("5 reports, 3 origins" in line for line in lines)


def test_json_has_the_shapes_of_a_reading(run: Run) -> None:
    code, out, err = run("incidents", "--json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    (found,) = data["incidents"]
    assert (data["schema"], len(data["reports"]), len(data["claims"])) == ("sayso.reading/1", 2, 2)
    assert {claim["incident"] for claim in data["claims"]} == {found["id"]}
    assert found["findings"][0]["status"] == "disputed"


def test_csv_has_no_cell_that_is_a_formula(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(run("sources", "--csv")[1])))
    assert ["outlet", "'=Coast Wire"] in [row[:2] for row in rows]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("incidents", "--kind", "shooting"), 4, "no incident of that description"),
        (("incidents", "--kind", "picnic"), 2, "picnic"),
        (("incidents", "--near", "here"), 2, "no point"),
        (("incidents", "--near", "99,0"), 2, "on no map"),
        (("incidents", "--status", "killed:perhaps"), 2, "perhaps"),
        (("incidents", "--since", "someday"), 2, "no date"),
        (("incidents", "--json", "--csv"), 2, "exclude each other"),
        (("timeline", "in_zzzzzz", "--jsonl", "--json"), 2, "exclude each other"),
        (("show", "in_zzzzzz"), 4, "no incident in_zzzzzz"),
        (("search", "zebra"), 4, "no report"),
        (("judge", "same", "in_a"), 2, "two or more incidents"),
        (("judge", "grade", "Lantern", "--value", "G"), 2, "no grade"),
        (("judge", "correct", "cl_1"), 2, "takes --value"),
        (("judge", "correct", "cl_1", "--value", "{", "--who", "ana"), 2, "no JSON"),
        (("judge", "accept", "cl_zzzz", "--who", "ana"), 4, "no claim cl_zzzz"),
        (("judge", "note", "cl_1"), 2, "--why"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_line_with_its_code(
    run: Run, args: tuple[str, ...], code: int, said: str
) -> None:
    found, out, err = run(*args)
    assert (found, out) == (code, "")
    assert said in err


def test_without_a_login_in_the_environment_the_user_database_names_who_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    pwd = pytest.importorskip("pwd")
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", lambda _: pwd.struct_passwd(("mara", "x", 1, 1, "", "/", "/bin/sh")))
    assert login() == "mara"

    def nobody(_: int) -> None:
        raise KeyError("uid not found")

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(UsageError, match="nobody is named"):
        login()


def test_show_gives_the_words_with_their_outlet_and_the_origins(run: Run) -> None:
    out = run("show", incident(run))[1]
    assert "“bombing Tarsk 5 killed 9” (Lantern, 2031-05-06)" in " ".join(out.split())
    assert "2 reports, 2 origins" in out


def test_why_marks_the_evidence_in_its_sentence(run: Run) -> None:
    number = incident(run)
    out = run("why", f"{number}.killed")[1]
    assert "»bombing Tarsk 5 killed 9«, the mayor said." in out
    assert "shown because" in out
    data = json.loads(run("why", number, "--json")[1])
    assert [tie["score"] > 0.5 for tie in data["ties"]] == [True]
    assert run("why", f"{number}.damage")[0] == 4


def test_disputes_and_timeline_name_both_sides(run: Run) -> None:
    (row,) = json.loads(run("disputes", "--json")[1])["disputes"]
    assert {row["one_holder"], row["other_holder"]} == {"Tarsk police", "Tarsk mayor"}
    steps = json.loads(run("timeline", incident(run), "--json")[1])["steps"]
    assert [(step["by"], step["change"]) for step in steps] == [("Tarsk police", "first"), ("Tarsk mayor", "disputes")]


def test_a_dry_run_judges_nothing(run: Run) -> None:
    claim = json.loads(run("why", incident(run), "--json")[1])["findings"][0]["claims"][0]["id"]
    code, out, _ = run("judge", "reject", claim, "--who", "ana", "--dry-run")
    assert (code, claim in out) == (0, True)
    assert json.loads(run("timeline", incident(run), "--json")[1])["steps"][-1]["change"] == "disputes"
