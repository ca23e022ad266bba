"""Phrase lexicons find whole words, the longest first, at the right characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.vocab import PhraseMatcher

PHRASES = {
    "according to": "cue",
    "air strike": "strike",
    "air-strike": "strike",
    "air": "air",
    "Sana'a": "place",
    "U.S.": "country",
    "can": "can",
    "army": "army",
    "it's": "it is",
}

FOUND = [
    ("According to Ana", ["According to"], "case does not matter"),
    ("according \n to Ana", ["according \n to"], "any white space stands for any other"),
    ("an air strike", ["air strike"], "the longest phrase wins"),
    ("an air-strike", ["air-strike"], "a hyphen is part of a phrase"),
    ("an air -strike", ["air"], "and no white space is let in beside it"),
    ("fair airs", [], "whole words only"),
    ("in Sana’a and Sana'a", ["Sana’a", "Sana'a"], "curly and straight apostrophes are one"),
    ("the army's men", ["army"], "a possessive ending is no part of the word"),
    ("the army’s men", ["army"], "nor is a curly one"),
    ("we can't", [], "an inner apostrophe is part of the word"),
    ("it’s so", ["it’s"], "a phrase may hold a possessive-like ending"),
    ("U.S. men", ["U.S."], "points are part of a phrase"),
    ("air air strike air", ["air", "air strike", "air"], "matches do not overlap"),
    ("", [], "nothing in nothing"),
]


@pytest.mark.parametrize(("text", "expected", "note"), FOUND, ids=[row[2] for row in FOUND])
def test_phrases_are_found(text: str, expected: list[str], note: str) -> None:
    assert [text[start:end] for start, end, _ in PhraseMatcher(PHRASES).find(text)] == expected


def test_what_a_phrase_stands_for_comes_with_it() -> None:
    assert PhraseMatcher(PHRASES).find("an air-strike") == [(3, 13, "strike")]


def test_case_can_matter() -> None:
    matcher = PhraseMatcher({"US": 1}, case_sensitive=True)
    assert matcher.find("US us Us") == [(0, 2, 1)]


@pytest.mark.parametrize(
    ("text", "expected"), [("Air strike", "strike"), ("air strike now", None), ("now", None), ("", None)]
)
def test_match_takes_the_whole_text(text: str, expected: str | None) -> None:
    assert PhraseMatcher(PHRASES).match(text) == expected


def test_error_for_an_empty_phrase() -> None:
    with pytest.raises(ValueError, match="a phrase needs at least one word"):
        PhraseMatcher({" ": 1})


words = st.text(alphabet="ab'’ -.X", max_size=12)


@given(st.dictionaries(words.filter(str.strip), st.integers(), max_size=6), st.text(alphabet="ab'’ -.X\n", max_size=60))
def test_matches_lie_in_order_and_hold_their_phrase(phrases: dict[str, int], text: str) -> None:
    found = PhraseMatcher(phrases).find(text)
    ends = [0, *[end for _, end, _ in found]]
    assert all(start >= before for (start, _, _), before in zip(found, ends, strict=False))
    assert all(PhraseMatcher(phrases).match(text[start:end]) == value for start, end, value in found)


@given(words.filter(str.strip))
def test_a_phrase_is_found_in_itself(phrase: str) -> None:
    assert [value for *_, value in PhraseMatcher({phrase: 1}).find(phrase.upper())] == [1]
