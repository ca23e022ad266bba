"""Names are levelled so that spelling variants of newsrooms meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.vocab.names import is_name, level, without_arabic_article

LEVELLED = [
    ("The Hague", "hague", "article"),
    ("Sana'a", "sanaa", "straight apostrophe"),
    ("Sana’a", "sanaa", "curly apostrophe"),
    ("Al-Shabaab", "al shabaab", "hyphen"),
    ("São Tomé & Príncipe", "sao tome and principe", "accents and ampersand"),
    ("Łódź", "lodz", "a letter that does not decompose"),
    ("Diyarbakır", "diyarbakir", "dotless i"),
    ("U.S.", "us", "points"),
    ("  N'Djamena ", "ndjamena", "white space"),
    ("!?", "", "nothing left"),
]


@pytest.mark.parametrize(("name", "key", "note"), LEVELLED, ids=[row[2] for row in LEVELLED])
def test_a_name_gives_its_key(name: str, key: str, note: str) -> None:
    assert level(name) == key


@given(st.text(max_size=30))
def test_a_key_is_its_own_key_but_for_an_article(name: str) -> None:
    key = level(name)
    assert level(key) in {key, key.removeprefix("the ")}


@pytest.mark.parametrize(("key", "bare"), [("al mukalla", "mukalla"), ("ash shatt", "shatt"), ("al bu", "al bu")])
def test_an_arabic_article_goes_where_a_name_is_left(key: str, bare: str) -> None:
    assert without_arabic_article(key) == bare


@pytest.mark.parametrize(("words", "answer"), [("Turkey", True), ("turkey", False), ("al-Hol", True), ("12", False)])
def test_a_name_is_written_with_a_capital(words: str, answer: bool) -> None:
    assert is_name(words) is answer
