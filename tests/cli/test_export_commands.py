"""``sayso export`` and ``sayso brief`` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.exports.profiles import NAMES
from sayso.exports.registry import MODULES
from tests.cli.calling import Run, caller
from tests.exports.ledgers import make_ledger


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_ledger(tmp_path_factory.mktemp("export") / "project")


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAYSO_PROJECT", str(project))
    return caller(capsys)


def test_the_list_names_every_format_and_profile(run: Run) -> None:
    code, out, _ = run("export", "--list")
    assert code == 0
    assert set(MODULES) | set(NAMES) <= {line.split()[0] for line in out.splitlines() if line.startswith("  ")}
    data = json.loads(run("export", "--list", "--json")[1])
    assert [each["name"] for each in data["formats"]] == list(MODULES)


def test_one_file_goes_to_standard_output_several_want_a_place(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("export", "geojson")
    assert code == 0
    assert json.loads(out)["type"] == "FeatureCollection"
    code, _, err = run("export", "csv")
    assert code == 2
    assert "csv is several files: say where with --out sayso-csv" in err
    code, out, err = run("export", "csv", "--out", "package")
    assert (code, out) == (0, "")
    assert {path.name for path in (tmp_path / "package").iterdir()} >= {"claims.csv", "datapackage.json"}
    assert "wrote package/claims.csv" in err


def test_an_archive_is_written_by_its_suffix(run: Run, tmp_path: Path) -> None:
    assert run("export", "csv", "--out", "package.zip")[0] == 0
    assert (tmp_path / "package.zip").read_bytes()[:2] == b"PK"


def test_a_dry_run_writes_nothing_and_says_what_it_would(run: Run, tmp_path: Path) -> None:
    code, out, err = run("export", "stix", "--out", "b.json", "--dry-run")
    assert (code, out) == (0, "")
    assert "would write 3 incidents as stix to b.json" in err
    assert not list(tmp_path.iterdir())


def test_filters_are_those_of_the_list(run: Run) -> None:
    _, out, _ = run("export", "geojson", "--place", "Libya")
    assert [each["properties"]["country"] for each in json.loads(out)["features"]] == ["LBY"]
    code, out, err = run("export", "geojson", "--place", "Atlantis")
    assert (code, out) == (4, "")
    assert "no incident of that description" in err
    assert len(json.loads(run("export", "geojson", "--limit", "1")[1])["features"]) == 1


def test_as_of_before_anything_came_finds_nothing(run: Run) -> None:
    assert run("export", "geojson", "--as-of", "2001-01-01")[0] == 4


WRONG = [
    (("export",), "which FORMAT", "no format"),
    (("export", "shapefile"), "no format 'shapefile'", "a format that is not there"),
    (("export", "stix", "--profile", "acled"), "--profile goes with csv only", "a profile of another format"),
    (("export", "csv", "--profile", "icews"), "no profile 'icews'", "a profile that is not there"),
    (("export", "stix", "--hxl"), "--hxl goes with csv only", "tags of another format"),
    (("export", "acled"), "sayso export csv --profile acled", "a profile is no format"),
    (("export", "csv", "--out", "x.csv"), "--out x, or --out x.zip", "a folder would be called x.csv"),
    (("brief", "harbour", "--out", "brief.pdf"), "print that to a PDF", "Markdown would stand in a .pdf"),
]


@pytest.mark.parametrize(("words", "said", "note"), WRONG, ids=[row[-1] for row in WRONG])
def test_error_of_usage(run: Run, words: tuple[str, ...], said: str, note: str) -> None:
    code, _, err = run(*words)
    assert code == 2, note
    assert said in err


def test_a_profile_is_one_file(run: Run) -> None:
    code, out, _ = run("export", "csv", "--profile", "acled")
    assert code == 0
    assert out.startswith("event_id_cnty,event_date,")


def test_a_brief_on_an_id_on_words_and_on_a_filter(run: Run, tmp_path: Path) -> None:
    number = json.loads(run("incidents", "--json", "--place", "Libya")[1])["incidents"][0]["id"]
    code, one, _ = run("brief", number[:11])
    assert code == 0
    assert one.startswith("# Rocket, missile or artillery fire on harbour")
    assert "## The exact words" in one
    assert run("brief", "harbour", "Sidra")[1] == run("brief", "--text", "harbour Sidra")[1]
    code, _, err = run("brief", "--place", "Libya", "--out", "b.html")
    assert code == 0
    assert (tmp_path / "b.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "wrote b.html" in err
    assert run("brief", "--out", "b.html")[0] == 2
    assert run("brief", "nosuchword")[0] == 4
    assert run("brief", "in_000000000000")[0] == 4


def test_rows_of_acled_stand_beside_what_reports_say(
    run: Run, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    shutil.copytree(project, tmp_path / "mine")
    monkeypatch.setenv("SAYSO_PROJECT", str(tmp_path / "mine"))
    (tmp_path / "acled.csv").write_text(
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,location,"
        "geo_precision,source,notes,fatalities\n"
        "LBY1,2031-05-13,1,Explosions/Remote violence,Shelling/artillery/missile attack,Eastern Front,"
        "Civilians (Libya),Libya,Sidra Bahr,1,Coast Wire; Meridian Herald,"
        "Eastern Front fired rockets at the harbour of Sidra Bahr. 11 people were killed.,11\n"
        "LBY2,2031-05-13,1,Battles\n",
        encoding="utf-8",
    )
    code, out, _ = run("add", "--profile", "acled", "acled.csv")
    assert code == 3, "the second row is torn: it is kept and told, not guessed at"
    assert [line.split()[0] for line in out.splitlines()] == ["stored", "quarantined"]
    disputes = json.loads(run("disputes", "killed", "--json")[1])["disputes"]
    pairs = [({each["one"], each["other"]}, {each["one_holder"], each["other_holder"]}) for each in disputes]
    assert any(values == {"11", "9 people"} and "Coast Wire, via ACLED" in holders for values, holders in pairs)
    assert run("retry", "--reread", "--all")[0] in (0, 4)
    assert json.loads(run("disputes", "killed", "--json")[1])["disputes"] == disputes, "the rows are not read as prose"
    assert run("add", "--profile", "icews", "acled.csv")[0] == 2
