"""``sayso quotes``: one row a statement, in three forms."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.cli.quotes import COLUMNS, SCHEMA, SHOWN, rows, table
from sayso.pipeline import read
from sayso.records import Report, identify

TEXT = (
    "“The bridge was probably mined,” Mayor Ada Quist said on Monday in a statement.\n\n"
    "The army denied that.\n\nAccording to the Harbour Board, a diver said that the =pillars= were sound."
)


@pytest.fixture
def report() -> Report:
    return Report(id=identify("re", TEXT), text=TEXT, published="2031-05-14", publisher="Coast Wire")


def test_a_row_says_who_in_which_words_through_what_how_sure_and_when(report: Report) -> None:
    found = list(rows(read([report])))
    assert all(list(row) == list(COLUMNS) for row in found)
    first = found[0]
    assert (first["speaker"], first["cue"], first["channel"], first["certainty"], first["when"]) == (
        "Ada Quist", "said", "statement", "probably", "Monday",
    )  # fmt: skip
    assert first["verbatim"]
    assert first["latest"] == "2031-05-12"
    assert TEXT[first["start"] : first["end"]] == first["words"]


def test_what_is_told_inside_another_statement_names_it_and_is_indented(report: Report) -> None:
    found = list(rows(read([report])))
    inner = next(row for row in found if row["speaker_words"] == "a diver")
    outer = next(row for row in found if row["statement"] == inner["inside"])
    assert outer["speaker"] == "Harbour Board"
    assert "› " in table(found, 100)


@pytest.mark.parametrize("width", [40, 80, 160])
def test_the_table_keeps_to_the_width_and_begins_with_its_columns(report: Report, width: int) -> None:
    lines = table(list(rows(read([report]))), width).splitlines()
    assert lines[0].split() == (list(SHOWN) if width > sum(SHOWN.values()) + 12 else ["speaker", "cue", "words", "how"])
    assert all(len(line) <= width for line in lines)


def test_columns_that_no_row_fills_are_left_out() -> None:
    text = "Mayor Ada Quist said the bridge was mined."
    found = list(rows(read([Report(id=identify("re", text), text=text)])))
    assert table(found, 80).splitlines()[0].split() == ["speaker", "cue", "words"]


def test_how_it_was_said_stands_in_one_column_where_there_is_no_room(report: Report) -> None:
    shown = table(list(rows(read([report]))), 70)
    assert all(part in shown for part in ("statement ·", "probably", "Monday"))


def test_what_is_told_inside_a_statement_follows_it(report: Report) -> None:
    found = list(rows(read([report])))
    lines = table(found[::-1], 120).splitlines()
    outer = next(at for at, line in enumerate(lines) if line.startswith("Harbour Board"))
    assert next(line for line in lines[outer + 1 :] if line[:1].strip()).startswith("› ")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "bridge.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_json_and_csv_hold_the_same_rows(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quotes", file, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == SCHEMA
    assert main(["quotes", file, "--csv"]) == 0
    cells = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(cells[0]) == list(COLUMNS)
    assert [row["statement"] for row in cells] == [row["statement"] for row in data["quotes"]]


def test_two_forms_at_once_are_a_usage_error(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quotes", file, "--json", "--csv"]) == 2
    assert "exclude each other" in capsys.readouterr().err


def test_where_nobody_says_anything_the_exit_code_is_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fair.txt").write_text("The fair in Odran was well attended.", encoding="utf-8")
    assert main(["quotes", str(tmp_path / "fair.txt")]) == 4
    assert capsys.readouterr().out == ""
