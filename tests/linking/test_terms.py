"""Words in one normal form, weighed by a fixed background."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import VocabularyError
from sayso.linking.terms import SCALE, UNSEEN, normal, rarity, skeleton, table, vector, words


@pytest.mark.parametrize(
    ("word", "form", "note"),
    [
        ("Attacks", "attack", "plural"),
        ("ministry’s", "ministry", "possessive"),
        ("Aïn", "ain", "accents"),
        ("gas", "gas", "a short word keeps its s"),
        ("pass", "pass", "a double s is no plural"),
        ("Syrias", "syria", "a possessive whose apostrophe was lost"),
    ],
)
def test_a_word_has_one_form(word: str, form: str, note: str) -> None:
    assert normal(word) == form, note


@pytest.mark.parametrize(
    ("one", "other", "note"),
    [
        ("veltameh", "velatma", "vowels and a last h"),
        ("qasbiya", "kasbiyah", "q and k"),
        ("khurdan", "kurdan", "kh and k"),
        ("mazzar", "mazar", "doubled letters"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(one: str, other: str, note: str) -> None:
    assert skeleton(one) == skeleton(other), note


def test_two_names_have_two_skeletons() -> None:
    assert skeleton("velatma") != skeleton("verrata")


def test_common_words_weigh_little_and_unknown_ones_most() -> None:
    assert rarity("police") < rarity("homicide") < rarity("velatma") == UNSEEN


def test_words_know_where_they_stand_and_whether_they_begin_with_a_capital() -> None:
    found = [(word.form, word.start, word.capital) for word in words("In Al-Velatma, 3 men")]
    assert found == [("in", 0, True), ("al", 3, True), ("velatma", 6, True), ("3", 15, False), ("men", 17, False)]


def test_a_vector_leaves_out_dates_numbers_and_what_all_texts_have() -> None:
    assert [*vector(["monday", "may", "police", "said", "12", "harbour"], 9)] == ["harbour"]


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=4), max_size=40), st.integers(1, 20))
def test_a_vector_has_the_length_of_the_scale_whatever_the_order_of_words(forms: list[str], most: int) -> None:
    found = vector(forms, most)
    assert found == vector(reversed(forms), most)
    assert list(found) == sorted(found)
    assert len(found) <= most
    assert not found or abs(sum(weight**2 for weight in found.values()) ** 0.5 - SCALE) < most


def test_error_a_broken_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_text("much police\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="no table of word frequencies"):
        table(tmp_path / "broken.txt")
