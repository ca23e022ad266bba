"""G16 on pages: every character that cannot be seen is spelled out; none reaches the browser, all stay in evidence."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.ledger import create
from sayso.settings import load_project
from sayso.web.app import make_app
from sayso.web.desk import Desk
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of

CHARS = [
    char
    for char in map(chr, range(0x110000))
    if unicodedata.category(char) in ("Cf", "Cc", "Zl", "Zp") and char not in "\n\r\t\x00"
]


@pytest.mark.slow
def test_hidden_characters_are_spelled_out_on_every_page_and_kept_in_the_evidence(tmp_path: Path) -> None:
    words = " ".join(f"a{char}b" for char in CHARS)
    with create(tmp_path / "desk", linker=QuickLinker()) as ledger:
        put(ledger, [capture_of(text_of(words=words), publisher="Lamp\u202epost")])
        (report,) = ledger.reports()
        assert all(char in ledger.raw(report.id).decode() for char in CHARS)
    desk = Desk(load_project(tmp_path / "desk"))
    client = TestClient(make_app(desk), base_url="http://127.0.0.1")
    page = client.get(f"/report/{report.id}").text
    others = [client.get(path).text for path in ("/reports", "/incidents", "/sources", "/search?q=killed", "/log")]
    desk.close()
    there = [char for char in CHARS if char in report.text]
    assert len(there) > 200
    assert [char for char in there if f"U+{ord(char):04X}" not in page] == []
    assert [char for char in CHARS if char in page + "".join(others)] == []
    assert "Lamp⟨U+202E⟩post" in page
