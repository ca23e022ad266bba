"""Files, folders, JSON Lines and standard input: what can be read is read, what cannot is said."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.intake import Given, read_source
from sayso.intake.decode import LIMIT
from sayso.intake.jsonl import KEYS
from sayso.records import Report

LEDE = "Nine people were killed when a bomb exploded in a market in Tarsk on Monday, the police said."


def read(source: str | Path, given: Given = Given(), stdin: bytes | None = None) -> list[Report | InputError]:  # noqa: B008
    return list(read_source(str(source), given, stdin=None if stdin is None else io.BytesIO(stdin)))


def texts(items: list[Report | InputError]) -> list[str]:
    return [item.text if isinstance(item, Report) else f"! {item}" for item in items]


def lines(path: Path, *items: Any) -> Path:
    path.write_text("".join((item if isinstance(item, str) else json.dumps(item)) + "\n" for item in items), "utf-8")
    return path


def test_a_text_is_named_by_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(LEDE.encode("utf-16"))
    (report,) = read(file)
    assert isinstance(report, Report)
    assert report.id == "re_" + hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    assert report.text == LEDE


def test_what_the_user_says_goes_before_what_the_source_says(tmp_path: Path) -> None:
    item = {"text": LEDE, "published": "2031-05-01", "publisher": "Wire"}
    (report,) = read(lines(tmp_path / "a.jsonl", item), Given(published="2031-05-02", publisher="Post"))
    assert isinstance(report, Report)
    assert (report.published, report.published_from, report.publisher) == ("2031-05-02", "option", "Post")


def test_a_file_without_a_date_has_none_whatever_its_own_date(tmp_path: Path) -> None:
    (tmp_path / "2031-05-01.txt").write_text(LEDE, encoding="utf-8")
    (report,) = read(tmp_path / "2031-05-01.txt")
    assert isinstance(report, Report)
    assert (report.published, report.published_from) == (None, None)


def test_a_page_is_known_by_its_name_or_its_first_words(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text(f"{LEDE} <b>x</b>", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"<html><p>{LEDE}</p></html>", encoding="utf-8")
    (tmp_path / "c.txt").write_text("5 <b> 6", encoding="utf-8")
    assert texts(read(tmp_path)) == [f"{LEDE} x", LEDE, "5 <b> 6"]


def test_a_folder_is_read_in_the_order_of_its_names_and_its_faults_are_said(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("hidden", encoding="utf-8")
    for name in ("c.txt", "b/z.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "b" / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    found = texts(read(tmp_path))
    assert [found[0], *found[2:]] == ["a.txt", "b/z.txt", "c.txt"]
    assert "p.png: not a text: it is a PNG picture" in found[1]


ERRORS = [
    ("nowhere.txt", "no such file"),
    ("https://wire.example/tarsk", "nothing may be fetched here"),
    ("a\0b", "cannot be read"),
]


@pytest.mark.parametrize(("source", "problem"), ERRORS)
def test_error_a_source_that_cannot_be_read_is_said_not_raised(source: str, problem: str) -> None:
    (error,) = read(source)
    assert isinstance(error, InputError)
    assert problem in str(error)
    assert error.place == source
    assert error.way_out


def test_error_empty_things(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.html").write_text("<html><body> </body></html>", encoding="utf-8")
    for name, problem in {"empty": "no file", "empty.txt": "no text", "blank.html": "no text"}.items():
        (error,) = read(tmp_path / name)
        assert isinstance(error, InputError)
        assert problem in error.problem


def test_error_other_formats_name_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    (tmp_path / "b.txt").write_text('<rss version="2.0"><channel></channel></rss>', encoding="utf-8")
    found = texts(read(tmp_path))
    assert ".jsonl" in found[0]
    assert "feed" in found[1]


# -- JSON Lines -------------------------------------------------------------------------------------------------------

BAD_LINES = [
    ('{"text": "a", "txet": "b"}', "unknown key 'txet'"),
    ('{"text": "a", "text": "b"}', "'text' stands twice"),
    ('{"text": "a", "html": "<p>b"}', "both 'text' and 'html'"),
    ('{"title": "a"}', "neither 'text' nor 'html'"),
    ('{"text": 7}', "'text' is no string"),
    ('{"text": "a", "id": true}', "'id' is no string"),
    ('{"text": "a", "title": NaN}', "NaN"),
    ('{"text": "a", "id": ' + "9" * 5000 + "}", "not JSON"),
    ('{"text": "tor', "not JSON: Unterminated string"),
    ('["text"]', "not an object"),
    ("[" * 100_000, "nested too deep"),
    ("nonsense", "not JSON"),
    ('{"text": "a", "published": "yesterday"}', "'yesterday' is no date"),
    ('{"text": "a", "retrieved": "yesterday"}', "'yesterday' is no date"),
    ('{"text": "a", "language": "English"}', "no ISO 639-1 code"),
    ('{"text": " "}', "there is no text in it"),
    ('{"html": "<p></p>"}', "there is no text in it"),
]


@pytest.mark.parametrize(("line", "problem"), BAD_LINES, ids=[row[1] for row in BAD_LINES])
def test_error_a_bad_line_is_said_with_its_number_and_the_others_are_read(
    tmp_path: Path, line: str, problem: str
) -> None:
    file = lines(tmp_path / "a.jsonl", {"text": "first"}, line, {"text": "last"})
    first, error, last = read(file)
    assert texts([first, last]) == ["first", "last"]
    assert isinstance(error, InputError)
    assert error.place == f"{file}:2"
    assert problem in error.problem
    assert error.way_out
    assert len(str(error)) < 600


def test_all_keys_are_taken(tmp_path: Path) -> None:
    item = {
        "text": LEDE, "title": "T\n1", "url": "https://x.example", "publisher": "P", "byline": "B", "id": 7,
        "published": "2031-05-01", "retrieved": "2031-05-02", "language": "en-GB", "html": None,
    }  # fmt: skip
    assert set(item) == set(KEYS)
    (report,) = read(lines(tmp_path / "a.jsonl", item))
    assert isinstance(report, Report)
    assert (report.title, report.url, report.publisher, report.byline) == ("T 1", "https://x.example", "P", "B")
    assert (report.external_id, report.language) == ("7", "en")
    assert (report.published, report.published_from) == ("2031-05-01", "field")


def test_html_lines_and_blank_lines_and_a_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"html": "<p>a</p><p>b</p>"}\r\n\r\n  \n{"text": "c"}')
    assert texts(read(file)) == ["a\nb", "c"]


def test_error_a_line_that_is_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "\xff"}\n{"text": "c"}')
    assert texts(read(file)) == [f"! {file}:1: not UTF-8 (byte 11) (save it as UTF-8)", "c"]


def test_error_an_endless_line_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "' + b"x" * (2 * LIMIT + 10) + b'"}\n{"text": "c"}\n')
    error, report = read(file)
    assert isinstance(error, InputError)
    assert "20 MB" in error.problem
    assert texts([report]) == ["c"]


def test_characters_that_no_store_takes_are_replaced(tmp_path: Path) -> None:
    (report,) = read(lines(tmp_path / "a.jsonl", '{"text": "\\ud800 killed\\u0000", "title": "\\udfff"}'))
    assert isinstance(report, Report)
    assert report.text == "\ufffd killed\ufffd"
    assert report.title == "\ufffd"


# -- standard input ---------------------------------------------------------------------------------------------------


def test_standard_input_is_one_text_or_json_lines() -> None:
    assert texts(read("-", stdin=f"\n {LEDE}\nmore".encode())) == [f"\n {LEDE}\nmore"]
    assert texts(read("-", stdin=b"<html><p>a</p></html>")) == ["a"]
    assert texts(read("-", stdin=b'\n\n {"text": "a"}\nbad\n{"text": "b"}\n'))[::2] == ["a", "b"]
    assert "stdin:4" in texts(read("-", stdin=b'\n\n {"text": "a"}\nbad\n'))[1]


def test_error_nothing_on_standard_input() -> None:
    assert "no text" in texts(read("-", stdin=b""))[0]
    assert "no standard input" in texts(read("-"))[0]
    assert "20 MB" in texts(read("-", stdin=b"x" * (LIMIT + 2)))[0]


@given(st.binary(max_size=300))
def test_any_bytes_on_standard_input_give_reports_or_errors(raw: bytes) -> None:
    for item in read("-", stdin=raw):
        assert isinstance(item, Report | InputError)


@given(st.lists(st.text(st.sampled_from('{}[]":,\\u0d8text html\n'), max_size=60)))
def test_any_lines_give_at_most_one_outcome_each(parts: list[str]) -> None:
    raw = "\n".join(["{", *parts]).encode()
    outcomes = read("-", stdin=raw)
    assert len(outcomes) == sum(1 for line in raw.split(b"\n") if line.strip(b" \t\r"))
