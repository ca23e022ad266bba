"""``sayso places``, ``times`` and ``actors``: each with span, value and reason, in three forms."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.cli.grounded import COLUMNS, SCHEMA, table

TEXT = "Rebels shelled Aleppo on Monday, the Syrian army said. Fighting went on in Talmira.\n"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


# command → words, part of what is shown, part of the reason
ROWS = [
    ("places", "Aleppo", "Aleppo, SYR", "people"),
    ("places", "Syrian", "Syria", "its people"),
    ("places", "Talmira", None, "no"),
    ("times", "Monday", "2031-05-12", "publication date"),
    ("actors", "the Syrian army", "Syrian", "statement"),
]


@pytest.mark.parametrize(("command", "words", "shown", "reason"), ROWS, ids=[f"{row[0]}: {row[1]}" for row in ROWS])
def test_each_name_has_a_span_a_value_and_a_reason(
    file: str, capsys: pytest.CaptureFixture[str], command: str, words: str, shown: str | None, reason: str
) -> None:
    assert main([command, file, "--json", "--published", "2031-05-14"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == SCHEMA
    row = next(row for row in data["rows"] if words in row["words"])
    assert set(row) == set(COLUMNS)
    assert words in TEXT[row["start"] : row["end"]]
    assert reason in row["reason"]
    assert row["shown"] is None if shown is None else shown in row["shown"]


def test_without_a_publication_date_a_weekday_says_what_is_missing(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["times", file]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "unresolved missing: publication date" in out


@pytest.mark.parametrize("command", ["places", "times", "actors"])
def test_json_and_csv_hold_the_same_rows(command: str, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, file, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert main([command, file, "--csv"]) == 0
    cells = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(cells[0]) == list(COLUMNS)
    assert [json.loads(cell["value"]) for cell in cells] == [row["value"] for row in rows]


def test_error_for_two_forms_at_once(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", file, "--json", "--csv"]) == 2
    assert "exclude each other" in capsys.readouterr().err


def test_where_nothing_is_named_the_exit_code_is_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "calm.txt").write_text("It was calm.", encoding="utf-8")
    assert main(["places", str(tmp_path / "calm.txt")]) == 4
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("width", [40, 80, 160])
def test_the_table_keeps_to_the_width(width: int) -> None:
    row = {"start": 3, "words": "Aleppo", "shown": "Aleppo, SYR", "reason": "the best known of that name"}
    assert all(len(line) <= width for line in table([row], width).splitlines())
