from __future__ import annotations

import unicodedata

import pytest

from sayso.web.text import mixed_scripts, spelled, web_link

HIDDEN = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in {"Cf", "Cs", "Cc"}]


def test_every_character_that_cannot_be_seen_is_spelled_out() -> None:
    for char in set(HIDDEN) - {"\n", "\t"}:
        assert spelled(f"a{char}b") == f"a⟨U+{ord(char):04X}⟩b"


def test_what_can_be_seen_stays() -> None:
    assert spelled("Nine “dead” – Größe\nقتلى") == "Nine “dead” – Größe\nقتلى"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Paypаl", ["Paypаl"]),  # a Cyrillic a
        ("Αpple said", ["Αpple"]),  # a Greek A
        ("Президент said", []),  # two words, a script each
        ("São Paulo", []),
    ],
)
def test_letters_of_two_scripts_in_a_word_are_told(text: str, found: list[str]) -> None:
    assert mixed_scripts(text) == found


@pytest.mark.parametrize("url", ["https://a.example/x?y=1", "http://a.example"])
def test_web_addresses_are_linked(url: str) -> None:
    assert web_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//a.example", "/x", "ftp://a.example",
        "https://", "https:a.example", "java\nscript:x", " https://a.example", "https://a.example/\u202e", "http://[::1",
        "https://a.example\\@evil.example", "vbscript:x", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_other_addresses_are_not(url: str | None) -> None:
    assert web_link(url) is None
