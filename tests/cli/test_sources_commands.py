"""``sayso sources kinds`` and ``look``, ``--columns``, ``--offline`` and ``watch``: what can be read, and how."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.cli import main

LEDE = "Nine people were killed when a bomb exploded in a market in Tarsk on Monday, the police said."


def test_kinds_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "kinds", "--json"]) == 0
    kinds = json.loads(capsys.readouterr().out)["kinds"]
    names = [row["kind"] for row in kinds]
    assert {"warc", "feed", "pdf", "page", "table", "address", "stdin"} <= set(names)
    assert len(names) == len(set(names))


def test_looking_tells_where_each_fact_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (
        '<html><head><meta property="og:title" content="Blast">'
        '<meta property="article:published_time" content="2031-05-14">'
        '<meta property="article:modified_time" content="2031-05-15"></head>'
        f"<body><article><p>{LEDE}</p><p>kil\u200bled</p></article></body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert main(["sources", "look", str(tmp_path / "a.html"), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["reports"]
    assert (row["title"], row["title_from"]) == ("Blast", "meta")
    assert (row["published"], row["published_from"]) == ("2031-05-14", "meta")
    assert (row["modified"], row["modified_from"]) == ("2031-05-15", "meta")
    assert (row["language"], row["reader"]) == ("en", "article")
    assert len(row["hidden"]) == 1
    assert main(["sources", "look", str(tmp_path / "nowhere.html")]) == 3


def test_error_columns_that_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "a.csv", "--columns", "words=Body"]) == 2
    assert "KEY=COLUMN" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["read"], ["sources", "look"]])
def test_error_offline_an_address_is_refused(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = main([*command, "--offline", "http://127.0.0.1:9/"])
    assert code == (6 if command == ["read"] else 3)
    assert "nothing is fetched offline" in capsys.readouterr().err


def test_archives_tell_where_their_bytes_have_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "desk")]) == 0
    (tmp_path / "a.csv").write_text(f'text\n"{LEDE}"\n', encoding="utf-8")
    (tmp_path / "b.rss").write_text('<rss version="2.0"><channel><item><title>', encoding="utf-8")
    found = main(
        ["add", str(tmp_path / "a.csv"), str(tmp_path / "b.rss"), "--dry-run", "--project", str(tmp_path / "desk")]
    )
    said = capsys.readouterr().err
    assert found == 3
    assert "bytes accounted for; 1 = 1 to read" in said
    assert "1 to read (1 damaged)" in said
    assert "2 would go in = 1 stored + 0 duplicate + 1 quarantined" in said


def test_error_watching_offline_or_without_feeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "desk")]) == 0
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:9/f"\n', encoding="utf-8")
    assert main(["watch", str(feeds), "--project", str(tmp_path / "desk"), "--offline"]) == 6
    feeds.write_text("", encoding="utf-8")
    assert main(["watch", str(feeds), "--project", str(tmp_path / "desk"), "--offline"]) == 5
    assert "no [[feed]]" in capsys.readouterr().err


def test_watching_once_tells_what_could_not_be_had(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAYSO_OFFLINE")
    assert main(["init", str(tmp_path / "desk")]) == 0
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:9/f"\n', encoding="utf-8")  # refused at the door: not public
    capsys.readouterr()
    assert main(["watch", str(feeds), "--project", str(tmp_path / "desk"), "--once"]) == 3
    told = capsys.readouterr()
    (line,) = told.out.splitlines()
    assert json.loads(line)["feed"] == "http://127.0.0.1:9/f"
    assert "no public address" in told.err
    assert "0 went in = 0 stored" in told.err


def test_what_a_second_reader_has_and_we_have_not_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sayso.cli.sourcing import parse
    from sayso.intake import Capture, report_of
    from sayso.intake.guard import Parsed
    from sayso.intake.notes import Notes

    class Guard:
        def parse(self, item: Capture) -> Parsed:
            return Parsed(report_of(item), Notes(recovered=0.25, lost=("The second half",)))

    monkeypatch.setattr("sayso.intake.guard.default_guard", Guard)
    parse(Capture(LEDE.encode(), "a.txt", "text"))
    assert "25 % of its own was recovered, like “The second half”" in capsys.readouterr().err
