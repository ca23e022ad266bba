"""Data packages: hashes and keys hold, cells are exact, CSV and Parquet say the same, and opens where users are."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from sayso.errors import UsageError
from sayso.exports.out import pieces, write
from sayso.exports.packages.hxl import TAGS
from sayso.exports.packages.writing import schema
from sayso.exports.registry import format_of
from sayso.exports.selection import Selection, selection
from sayso.exports.streams import Seen
from sayso.ledger import Ledger
from sayso.ledger.asking.selecting import Query
from sayso.tables.cells import exact
from sayso.tables.contents import PACKAGE

Choose = Callable[..., Selection]


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def package(chosen: Selection, tmp_path: Path) -> Path:
    write(format_of("csv"), chosen, tmp_path / "package")
    return tmp_path / "package"


def test_the_description_has_the_hash_size_and_rows_of_each_file(package: Path) -> None:
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in described["resources"]] == [table.name for table in PACKAGE]
    for each in described["resources"]:
        raw = (package / each["path"]).read_bytes()
        assert each["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
        assert each["bytes"] == len(raw)
        assert each["rows"] == len(rows_of(package, each["name"]))
        assert all(field["description"] for field in each["schema"]["fields"])
    assert described["licenses"][0]["name"] == "LicenseRef-not-stated"


def test_keys_are_unique_and_lead_somewhere(package: Path) -> None:
    tables = {table.name: rows_of(package, table.name) for table in PACKAGE}
    for table in PACKAGE:
        keys = [tuple(row[name] for name in table.key) for row in tables[table.name]]
        assert len(set(keys)) == len(keys) > 0, table.name
        for key in schema(table).get("foreignKeys", ()):
            there = {row["id"] for row in tables[key["reference"]["resource"] or table.name]}
            (column,) = key["fields"]
            assert {row[column] for row in tables[table.name]} - {""} <= there, (table.name, column)


def test_claims_of_the_package_are_those_of_the_ledger_and_stand_in_the_text(package: Path, ledger: Ledger) -> None:
    texts = {row["id"]: exact(row["text"]) for row in rows_of(package, "reports")}
    claims = {claim.id: claim for claim in ledger.claims()}
    rows = rows_of(package, "claims")
    assert {row["id"] for row in rows} == set(claims)
    for row in rows:
        claim = claims[row["id"]]
        assert (
            texts[row["report"]][int(row["start"]) : int(row["end"])] == exact(row["evidence"]) == claim.evidence.text
        )
        assert json.loads(row["value"]) == claim.value.model_dump(mode="json", by_alias=True)
        assert row["incident"] == claim.incident
    texts_of_statements = [(row, texts[row["report"]]) for row in rows_of(package, "statements")]
    assert texts_of_statements
    for row, text in texts_of_statements:
        assert text[int(row["start"]) :].startswith(exact(row["words"]).split(" … ")[0])


def test_origins_count_what_the_list_of_incidents_counts(package: Path) -> None:
    origins = rows_of(package, "origins")
    for row in rows_of(package, "incidents"):
        mine = [each for each in origins if each["incident"] == row["id"]]
        assert len(mine) == int(row["reports"])
        assert len({each["origin"] for each in mine}) == int(row["origins"])
        assert all(each["reason"] for each in mine)


def test_r_and_pandas_see_numbers_as_numbers(package: Path) -> None:
    incidents = pd.read_csv(package / "incidents.csv")
    assert incidents["lat"].dtype == incidents["killed_low"].dtype == "float64"
    assert incidents["background"].dtype == bool
    assert incidents.loc[incidents["place"] == "Timbuktu", "lon"].item() < 0


def test_parquet_says_what_csv_says_with_types_and_meanings(chosen: Selection, package: Path, tmp_path: Path) -> None:
    write(format_of("parquet"), chosen, tmp_path / "parquet")
    for table in PACKAGE:
        found = pq.read_table(tmp_path / "parquet" / f"{table.name}.parquet")
        assert found.column_names == list(table.names)
        described = found.schema.field(table.names[0]).metadata[b"description"].decode()
        assert described == table.columns[0].meaning
        rows = rows_of(package, table.name)
        assert found.num_rows == len(rows)
        for row, typed in zip(rows, found.to_pylist(), strict=True):
            for column in table.columns:
                value, cell = typed[column.name], exact(row[column.name])
                assert cell == ("" if value is None else str(value).lower() if column.type == "boolean" else str(value))


def test_no_text_leaves_the_texts_out_and_says_their_length(choose: Choose, tmp_path: Path) -> None:
    write(format_of("csv"), choose(text=False), tmp_path / "out")
    rows = rows_of(tmp_path / "out", "reports")
    assert "text" not in rows[0]
    assert all(int(row["length"]) > 0 for row in rows)
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert "text" not in [field["name"] for field in described["resources"][3]["schema"]["fields"]]


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("CC-BY-4.0", {"name": "CC-BY-4.0"}),
        ("https://example.org/terms", {"path": "https://example.org/terms"}),
        ("ask the desk first", {"name": "LicenseRef-stated", "title": "ask the desk first"}),
    ],
)
def test_the_licence_stated_stands_in_the_description(
    choose: Choose, tmp_path: Path, stated: str, found: dict[str, str]
) -> None:
    write(format_of("csv"), choose(licence=stated), tmp_path / "out")
    assert json.loads((tmp_path / "out" / "datapackage.json").read_text())["licenses"] == [found]


def test_hxl_puts_a_row_of_hashtags_under_the_headings(choose: Choose, tmp_path: Path) -> None:
    write(format_of("csv"), choose(hxl=True), tmp_path / "out")
    for table in PACKAGE:
        tags = rows_of(tmp_path / "out", table.name)[0]
        assert {name: tag for name, tag in tags.items() if tag} == TAGS[table.name]
        assert set(TAGS[table.name]) <= set(table.names)
        assert all(tag.startswith("#") for tag in TAGS[table.name].values())


def test_an_archive_holds_the_same_files(chosen: Selection, package: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces(format_of("csv"), chosen)))) as archive:
        names = sorted(archive.namelist())
        assert names == sorted(file.name for file in package.iterdir())
        assert all(archive.read(name) == (package / name).read_bytes() for name in names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_filters_choose_incidents_and_only_their_reports_come_along(choose: Choose, tmp_path: Path) -> None:
    write(format_of("csv"), choose(Query(place="Libya")), tmp_path / "out")
    (incident,) = rows_of(tmp_path / "out", "incidents")
    assert incident["place"] == "Sidra Bahr"
    assert len(rows_of(tmp_path / "out", "reports")) == int(incident["reports"]) == 3
    assert {row["incident"] for row in rows_of(tmp_path / "out", "claims")} == {incident["id"]}


def test_as_of_shows_what_was_there(ledger: Ledger, tmp_path: Path) -> None:
    early = next(entry["seq"] for entry in ledger.log() if entry["what"] == "report") + 2
    with selection(ledger, as_of=early) as then:
        write(format_of("csv"), then, tmp_path / "then")
    assert len(rows_of(tmp_path / "then", "reports")) == 3
    incidents = rows_of(tmp_path / "then", "incidents")
    assert [row["id"] for row in incidents] == [each.id for each in ledger.incidents(as_of=early)]
    assert 0 < len(incidents) < len(list(ledger.incidents()))
    assert len(rows_of(tmp_path / "then", "claims")) == len(list(ledger.claims(as_of=early)))


def test_error_nothing_is_overwritten_unless_asked(chosen: Selection, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="a folder with other things in it"):
        write(format_of("csv"), chosen, tmp_path / "mine", replace=True)
    write(format_of("csv"), chosen, tmp_path / "out")
    with pytest.raises(UsageError, match=r"is there already .*--replace"):
        write(format_of("csv"), chosen, tmp_path / "out")
    assert len(write(format_of("csv"), chosen, tmp_path / "out", replace=True)) == 6


def test_a_writer_that_fails_leaves_what_was_there(
    chosen: Selection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(format_of("csv"), chosen, tmp_path / "out")
    before = (tmp_path / "out" / "claims.csv").read_bytes()
    monkeypatch.setattr("sayso.exports.packages.writing.claim_row", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(format_of("csv"), chosen, tmp_path / "out", replace=True)
    assert (tmp_path / "out" / "claims.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_each_entry_is_met_once() -> None:
    seen = Seen()
    found = [seen.first(number) for number in (9, 1, 9, 1000, 1000, 0, 8)]
    assert found == [True, True, False, True, False, True, True]
