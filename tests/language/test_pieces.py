"""Specification of what the model is told of a word: the vectors of training/CONTRACT.md."""

from __future__ import annotations

import pytest

from sayso.language.pieces import Vocabulary, shape

SHAPE_TABLE = [
    ("word", "lower"),
    ("don't", "lower"),
    ("Word", "title"),
    ("A", "title"),  # one capital letter
    ("O'dara", "title"),
    ("ABC", "upper"),
    ("U.S.", "upper"),
    ("McAdam", "mixed"),
    ("eX", "mixed"),
    ("1990s", "digits"),
    ("F16", "digits"),
    ("½", "lower"),  # alphanumeric, neither letter case nor digit
    ("...", "punct"),
    ("”", "punct"),
    ("العميد", "lower"),  # a script without case
]


@pytest.mark.parametrize(("word", "expected"), SHAPE_TABLE)
def test_shape_of_a_word(word: str, expected: str) -> None:
    assert shape(word) == expected


NORMALISE_TABLE = [
    ("``", '"'),  # exact words first
    ("''", '"'),
    ("-LRB-", "("),
    ("“", '"'),  # then characters
    ("Ude’s", "Ude's"),
    ("word", "word"),
]


@pytest.mark.parametrize(("word", "expected"), NORMALISE_TABLE)
def test_a_word_is_normalised_before_it_is_cut(vocabulary: Vocabulary, word: str, expected: str) -> None:
    assert vocabulary.normalise(word) == expected


def test_a_word_keeps_its_first_pieces_only(vocabulary: Vocabulary) -> None:
    assert [len(word.pieces) for word in vocabulary.look_up(["a", "abcdef", "abcdefghij"])] == [1, 6, 6]


@pytest.mark.parametrize("word", ["\u200d", "\u0301"])
def test_a_word_of_which_nothing_is_left_is_unknown(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.look_up([word])[0].pieces == [1]


WINDOW_TABLE = [
    ("two cases", ["The", "men", "left", "Tarn", "."], ["title", "lower", "lower", "title", "punct"]),
    ("all capitals", ["THE", "MEN", "LEFT", "TARN", "TODAY", "7"], ["unknown"] * 5 + ["digits"]),
    ("no capitals", ["the", "men", "left", "tarn", "today", "."], ["unknown"] * 5 + ["punct"]),
    ("too few words to tell", ["THE", "MEN", "LEFT", "TARN"], ["upper"] * 4),
    ("one title word is two cases", ["The", "1", "2", "3", "4"], ["title", *["digits"] * 4]),
]


@pytest.mark.parametrize(("words", "expected"), [row[1:] for row in WINDOW_TABLE], ids=[row[0] for row in WINDOW_TABLE])
def test_shapes_of_a_window(vocabulary: Vocabulary, tools, words: list[str], expected: list[str]) -> None:
    found = vocabulary.shapes(vocabulary.look_up(words))
    assert [tools.shapes[number] for number in found] == expected


def test_looking_up_again_gives_the_same(vocabulary: Vocabulary) -> None:
    assert vocabulary.look_up(["Tarn", "x", "Tarn"]) == vocabulary.look_up(["Tarn", "x", "Tarn"])
