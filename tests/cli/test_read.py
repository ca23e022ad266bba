"""``sayso read``: exit codes, streams, forms of output."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sayso.cli import main
from sayso.cli.schema import reading_schema
from sayso.errors import SetupError
from sayso.records import Reading, Report
from sayso.showing.tables import RECORDS
from sayso.tables.contents import CLAIMS

pytestmark = pytest.mark.usefixtures("reader")
LEDE = "Nine people were killed when a bomb exploded in a market in Tarsk on Monday, the police said."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with good and bad inputs."""
    (tmp_path / "good.txt").write_text(LEDE, encoding="utf-8")
    (tmp_path / "page.html").write_text(f"<html><body><p>{LEDE}</p></body></html>", encoding="utf-8")
    (tmp_path / "quiet.txt").write_text("The fair in Odran was well attended.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    lines = [{"text": LEDE, "title": "one"}, {"txet": "x"}, {"text": LEDE, "title": "two"}]
    (tmp_path / "lines.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


CASES: list[tuple[list[str], int, int, str]] = [
    # arguments, exit code, reports in the output, what stderr says
    (["good.txt"], 0, 1, ""),
    (["good.txt", "page.html"], 0, 2, ""),
    (["good.txt", "--published", "2031-05-14"], 0, 1, ""),
    (["good.txt", "--published", "2031-05"], 0, 1, ""),
    (["good.txt", "--publisher", "Coast Wire"], 0, 1, ""),
    (["good.txt", "good.txt"], 0, 1, "good.txt: the same bytes as a report of good.txt, read once"),
    (["quiet.txt"], 4, 1, "nothing found: no incident and no statement"),
    (["quiet.txt", "good.txt"], 0, 2, ""),
    (["missing.txt"], 3, 0, "missing.txt: no such file (check the path)"),
    (["missing.txt", "good.txt"], 3, 1, "missing.txt: no such file (check the path)"),
    (["good.txt", "empty.txt", "page.html"], 3, 2, "empty.txt: there is no text in it"),
    (["picture.png", "good.txt"], 3, 1, "picture.png: not a text: it is a PNG picture"),
    (["https://wire.example/1", "good.txt"], 6, 1, "nothing is fetched offline"),
    (["lines.jsonl"], 3, 2, "lines.jsonl:2: unknown key 'txet'"),
    (["."], 3, 5, "lines.jsonl:2: unknown key 'txet'"),
    (["quiet.txt", "empty.txt"], 3, 1, "empty.txt: there is no text in it"),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("args", "code", "reports", "told"), CASES, ids=[" ".join(row[0]) for row in CASES])
def test_json_is_valid_whatever_fails(
    args: list[str], code: int, reports: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", *args, "--json"]) == code
    out, err = capsys.readouterr()
    reading = json.loads(out)
    jsonschema.validate(reading, reading_schema())
    assert len(reading["reports"]) == reports
    assert told in err
    assert bool(err) == bool(told)
    assert "Traceback" not in err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("args", "code", "reports", "told"), CASES, ids=[" ".join(row[0]) for row in CASES])
@pytest.mark.parametrize("form", [[], ["--jsonl"], ["--csv"]])
def test_exit_code_and_messages_do_not_depend_on_the_form(
    args: list[str], code: int, reports: int, told: str, form: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", *args, *form]) == code
    assert told in capsys.readouterr().err


WRONG = [
    (["read"], "Missing argument"),
    (["read", "good.txt", "--published", "yesterday"], "'yesterday' is no date; write it like 2020-12-23"),
    (["read", "good.txt", "--published", "2031-02-30"], "is no date"),
    (["read", "good.txt", "--json", "--csv"], "--json and --csv exclude each other"),
    (["read", "good.txt", "--jsonl", "--csv"], "--jsonl and --csv exclude each other"),
    (["read", "good.txt", "--indent", "2"], "--indent goes with --json only"),
    (["read", "good.txt", "--json", "--indent", "99"], "99"),
    (["read", "good.txt", "--no-such"], "No such option"),
    (["raed"], "No such command"),
    ([], "Usage"),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("args", "told"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_error_wrong_usage_is_exit_code_2_and_leaves_stdout_empty(
    args: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(args) == 2
    out, err = capsys.readouterr()
    assert told in err
    assert not out


def outputs(args: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    main(args)
    return capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_options_reach_the_reports(capsys: pytest.CaptureFixture[str]) -> None:
    args = ["read", "good.txt", "--published", "14 May 2031", "--publisher", "Coast Wire", "--json"]
    report = json.loads(outputs(args, capsys))["reports"][0]
    assert (report["published"], report["published_from"], report["publisher"]) == (
        "2031-05-14",
        "option",
        "Coast Wire",
    )


@pytest.mark.usefixtures("folder")
def test_the_same_input_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    for form in (["--json"], ["--json", "--indent", "2"], ["--jsonl"], ["--csv"], []):
        assert outputs(["read", ".", *form], capsys) == outputs(["read", ".", *form], capsys)


@pytest.mark.usefixtures("folder")
def test_json_is_one_line_unless_indented(capsys: pytest.CaptureFixture[str]) -> None:
    assert outputs(["read", "good.txt", "--json"], capsys).count("\n") == 1
    assert '\n  "claims"' in outputs(["read", "good.txt", "--json", "--indent", "2"], capsys)


@pytest.mark.usefixtures("folder")
def test_json_lines_hold_the_same_records_each_with_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads(outputs(["read", "good.txt", "quiet.txt", "--json"], capsys))
    lines = [json.loads(line) for line in outputs(["read", "good.txt", "quiet.txt", "--jsonl"], capsys).splitlines()]
    for key, name in RECORDS.items():
        found = [{k: v for k, v in line.items() if k != "record"} for line in lines if line["record"] == name]
        assert found == whole[key]
    assert len(lines) == sum(len(whole[key]) for key in RECORDS)


@pytest.mark.usefixtures("folder")
def test_csv_has_one_row_a_claim_and_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    out = outputs(["read", "good.txt", "page.html", "--csv"], capsys)
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert list(rows[0]) == list(CLAIMS.names)
    assert len(rows) == 2
    assert rows[0]["words"] == '\'=HYPERLINK("x")'
    assert rows[0]["chain"] == "'@wire > the police"
    assert rows[0]["certainty"] == "'-likely"
    assert (rows[0]["low"], rows[0]["high"], rows[0]["evidence"]) == ("9", "", "killed")
    assert json.loads(rows[0]["value"])["words"] == '=HYPERLINK("x")'
    assert out.count("\r\n") == 3


@pytest.mark.usefixtures("folder")
def test_standard_input(stdin: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]) -> None:
    stdin(LEDE.encode())
    assert json.loads(outputs(["read", "-", "--json"], capsys))["reports"][0]["text"] == LEDE
    stdin((Path("lines.jsonl")).read_bytes())
    assert main(["read", "-", "--json"]) == 3
    assert len(json.loads(capsys.readouterr().out)["reports"]) == 2


def test_error_nothing_on_standard_input(stdin: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]) -> None:
    stdin(b"")
    assert main(["read", "-", "--json"]) == 3
    assert "stdin: there is no text in it" in capsys.readouterr().err


def test_a_file_name_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "\x1b[31mred\u202e.txt"]) == 3
    assert "⟨U+001B⟩[31mred⟨U+202E⟩.txt: no such file" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_the_view_has_no_colour_codes_where_stdout_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    out = outputs(["read", "good.txt"], capsys)
    assert "Bombing in Tarsk" in out
    assert "\x1b" not in out


UseReader = Callable[[Callable[[Iterable[Report]], Any]], None]


def failing(error: BaseException) -> Callable[[Iterable[Report]], Reading]:
    def read(reports: Iterable[Report]) -> Reading:
        raise error

    return read


@pytest.mark.usefixtures("folder")
def test_error_our_bug_is_one_line_and_the_rest_is_read(
    use_reader: UseReader, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_reader(failing(RuntimeError("a tag without a token")))
    monkeypatch.delenv("SAYSO_TRACEBACK", raising=False)
    assert main(["read", "good.txt", "--json"]) == 3
    out, err = capsys.readouterr()
    assert json.loads(out)["reports"] == []
    assert "reading it failed: RuntimeError: a tag without a token (a bug of ours" in err
    assert "Traceback" not in err
    monkeypatch.setenv("SAYSO_TRACEBACK", "1")
    assert main(["read", "good.txt", "--json"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_error_a_damaged_installation_is_exit_code_5(use_reader: UseReader, capsys: pytest.CaptureFixture[str]) -> None:
    use_reader(failing(SetupError("damaged", place="gazetteer.sqlite", way_out="reinstall sayso")))
    assert main(["read", "good.txt"]) == 5
    assert "sayso: gazetteer.sqlite: damaged (reinstall sayso)" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_ctrl_c_is_exit_code_130(use_reader: UseReader, capsys: pytest.CaptureFixture[str]) -> None:
    use_reader(failing(KeyboardInterrupt()))
    assert main(["read", "good.txt", "--json"]) == 130
    assert not capsys.readouterr().out


def test_demo_reads_the_example_reports(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["reports"]) >= 8


def test_error_examples_that_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "src" / "sayso" / "showing" / "examples.py"
    monkeypatch.setattr("sayso.showing.examples.__file__", str(place))
    assert main(["demo"]) == 5
