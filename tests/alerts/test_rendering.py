"""Messages in words: hostile text stays text, and what runs from right to left is isolated."""

from __future__ import annotations

import json

import pytest

from sayso.alerts.book import in_words
from sayso.alerts.outbox import Message
from sayso.alerts.rendering import as_html, as_text, heading, isolated
from tests.alerts.conftest import START

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=https://evil.example/x onerror=alert(1)>',
    "{{ 7 * 7 }} {% include 'x' %}",
    "\u202eetirw\u202c \u200bhidden \U000e0041",
    "line\r\nBcc: all@example.org",
]


def message_of(words: str, url: str | None = None) -> Message:
    sayer = {
        "claim": "cl_1", "holder": words, "sure": words, "replaced": True, "words": words, "outlet": words,
        "report": "re_1", "url": url,
    }  # fmt: skip
    other = {"holder": words, "sure": None, "value": words, "cause": "rival reports"}
    value = {"value": words, "sayers": [sayer], "more": 1, "otherwise": [other]}
    field = {"field": "killed", "label": "killed", "of": words, "status": "disputed", "values": [value], "more": 2}
    quiet = {**field, "field": "damage", "label": "damage", "status": "sole"}
    change = {"kind": "toll", "field": "killed", "words": words, "claims": ["cl_1"]}
    incident = {
        "id": "in_1", "title": words, "title_from": words, "reports": 1, "origins": 1, "link": url,
        "sites": [{"name": words, "km": 3}], "changes": [change], "fields": [field, quiet],
    }  # fmt: skip
    data = {"query": "q", "finds": words, "incidents": [incident]}
    return Message("msg_1", "alert_1", "-", json.dumps({"data": data}), in_words(START), 3)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words: str) -> None:
    page, text = as_html(message_of(words)), as_text(message_of(words))
    for active in ("<script", "<img", "49", "\u202e", "\u200b", "\U000e0041"):
        assert active not in page
    for hidden in ("\u202e", "\u200b", "\U000e0041"):
        assert hidden not in text
    assert "\r" not in text
    assert "\nBcc" not in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/", "https://a.example/ b"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert "href" not in as_html(message_of("x", url))
    assert 'href="https://a.example/b"' in as_html(message_of("x", "https://a.example/b"))


def test_what_runs_from_right_to_left_is_isolated() -> None:
    assert isolated("a b") == "a b"
    assert isolated("\u05d0\u05d1") == "\u2068\u05d0\u05d1\u2069"
    assert "<bdi>\u05d0\u05d1</bdi>" in as_html(message_of("\u05d0\u05d1"))


def test_the_heading_holds_no_value() -> None:
    assert heading(json.loads(message_of("nine people").body)["data"]) == "q: 1 incident (1 toll)"


def test_what_changed_or_is_disputed_is_told_with_its_words_and_the_rest_in_short() -> None:
    text = as_text(message_of("W"))
    assert "≠ killed of W" in text
    assert "W W (has said otherwise since): “W” [W]" in text
    assert "otherwise: W: W (rival reports)" in text
    assert "· damage of W: W (W W; and 1 more); and 2 more values" in text
