"""Specification of how a batch is read a window at a time."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.language import model as module
from sayso.language.runs import alone, beside


def batch() -> dict[str, np.ndarray]:
    """Two windows: 4 pieces of 2 words, 3 pieces of 1 word; padded to 5."""
    inputs = {name: np.zeros((2, 5), np.int64) for name in ("pieces", "mask", "shapes", "words", "wordmask")}
    inputs["sentences"] = np.full((2, 5), -1, np.int64)
    inputs["anchors"] = np.zeros((2, 5, 3), np.int64)
    for row, (length, size) in enumerate([(4, 2), (3, 1)]):
        inputs["pieces"][row, :length] = inputs["mask"][row, :length] = 1
        inputs["wordmask"][row, :size] = 1
        inputs["sentences"][row, :size] = 0
    return inputs


def test_a_window_alone_has_no_padding_and_no_masks() -> None:
    first, second = alone(batch())
    assert {name: array.shape for name, array in first.items()} == {
        "pieces": (1, 4), "shapes": (1, 4), "words": (1, 2), "sentences": (1, 2), "anchors": (1, 2, 3),
    }  # fmt: skip
    assert second["pieces"].tolist() == [[1, 1, 1]]
    assert second["sentences"].tolist() == [[0]]


def outputs(words: int, anchors: list[int], reach: int, value: float) -> dict[str, np.ndarray]:
    return {
        "tag.upos": np.full((1, words, 2), value, np.float32),
        "dep.head": np.full((1, words, words + 1), value, np.float32),
        "srl.index": np.array([(0, word) for word in anchors], np.int64).reshape(-1, 2),
        "srl.scores": np.full((len(anchors), reach, 3), value, np.float32),
        "embedding": np.full((1, 4), value, np.float32),
    }


def test_outputs_side_by_side_keep_their_window_and_their_places() -> None:
    joined = beside([outputs(2, [0, 1], 2, 1.0), outputs(1, [], 7, 2.0), outputs(3, [2], 3, 3.0)], 4)
    assert joined["tag.upos"].shape == (3, 4, 2)
    assert joined["tag.upos"][:, :, 0].tolist() == [[1, 1, 0, 0], [2, 0, 0, 0], [3, 3, 3, 0]]
    assert joined["srl.index"].tolist() == [[0, 0], [0, 1], [2, 2]]
    assert joined["srl.scores"].shape == (3, 7, 3)
    assert joined["srl.scores"][:, :4, 0].tolist() == [[1, 1, 0, 0], [1, 1, 0, 0], [3, 3, 3, 0]]
    assert joined["embedding"][:, 0].tolist() == [1, 2, 3]


def test_padding_is_no_word_s_head() -> None:
    joined = beside([outputs(2, [], 1, 1.0)], 4)
    assert (joined["dep.head"][0, :2, :3] == 1).all()
    assert (joined["dep.head"][0, :2, 3:] < -1000).all()


@pytest.mark.parametrize(
    ("text", "known"), [("flags : fpu avx512_vnni", True), ("flags : fpu avx_vnni x", True), ("flags : avx2", False)]
)
def test_care_with_bytes_is_left_out_only_where_the_processor_is_known(monkeypatch, text: str, known: bool) -> None:
    monkeypatch.setattr(module.Path, "read_text", lambda *_, **__: text)
    assert module.multiplies_bytes_exactly() is known


def test_care_with_bytes_is_taken_where_nothing_is_known(monkeypatch) -> None:
    def missing(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(module.Path, "read_text", missing)
    assert module.multiplies_bytes_exactly() is False
