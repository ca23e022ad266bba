"""The adapted encoder of the exam ``muc4``: what is read back from the graph, long windows, differences of low rank."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.muc4 import long
from evaluation.muc4.adapted import adapt
from evaluation.muc4.layers import gelu
from evaluation.muc4.shipped import PRODUCTS, weights
from evaluation.muc4.states import CAPITALS, encoder, shipped
from sayso.language.model import find
from sayso.language.rules import analyse_by_rule
from sayso.records import Report, identify

pytestmark = pytest.mark.skipif(find() is None, reason="there is no language model")

TEXT = "THREE GUNMEN KILLED MAYOR RUBEN PAEZ YESTERDAY IN PUERTO LINDO. A CHURCH WAS DAMAGED."


def read(text: str) -> Report:
    return Report(id=identify("re", text), text=text)


def test_the_encoder_has_all_its_weights() -> None:
    found = shipped()
    assert found["pieces.weight"].shape == (30522, 384)
    assert found["positions.weight"].shape == (512, 384)
    assert found["blocks.5.grow.weight"].shape == (384, 1536)
    assert len(found) == 5 + 6 * (2 * len(PRODUCTS) + 4)


def test_error_a_graph_without_the_encoder_lacks_its_tables() -> None:
    graph = b"\x3a\x00"  # field 7, empty
    with pytest.raises(KeyError, match="pieces"):
        weights(graph)


def test_without_differences_it_sees_what_the_shipped_encoder_sees() -> None:
    states = encoder().read(read(TEXT))
    ours = adapt(shipped(), {}).read(states.windows)[:, 384:]  # after the last block
    theirs = states.views[CAPITALS].states[:, 768:].astype(np.float32)
    assert ours.shape == theirs.shape
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.995  # the shipped one computes in 8 bits


def test_a_difference_of_low_rank_is_added_to_its_product_alone() -> None:
    up, down = np.ones((384, 2), np.float32), np.full((2, 1536), 0.5, np.float32)
    adapted, plain = adapt(shipped(), {"3.shrink.up": up, "3.shrink.down": down}).weights, shipped()
    assert np.allclose(adapted["blocks.3.shrink.weight"] - plain["blocks.3.shrink.weight"], 1, atol=1e-5)
    assert all(adapted[name] is plain[name] for name in plain if name != "blocks.3.shrink.weight")


def test_a_whole_norm_takes_the_place_of_the_shipped_one() -> None:
    adapted = adapt(shipped(), {"4.norm.bias": np.ones(384, np.float32)}).weights
    assert adapted["blocks.4.norm.bias"].tolist() == [1.0] * 384


@pytest.mark.parametrize(
    ("sentences", "windows"),
    [(1, 1), (20, 1), (60, 2), (100, 3)],
)
def test_long_windows_hold_every_word_once_and_are_cut_between_sentences(sentences: int, windows: int) -> None:
    analysis = analyse_by_rule(
        read(" ".join(f"THE BRIDGE NUMBER {n} WAS BLOWN UP BY REBELS." for n in range(sentences)))
    )
    found = [row.window for row in long.rows(analysis, encoder().vocabulary)]
    assert len(found) == windows
    assert [window.first for window in found] == [0, *(window.last for window in found[:-1])]
    assert found[-1].last == len(analysis.tokens)
    starts = {sentence.first for sentence in analysis.sentences}
    assert {window.first for window in found} <= starts
    assert max(window.pieces for window in found) <= long.PIECES


def test_a_sentence_too_long_for_a_window_is_cut_all_the_same() -> None:
    analysis = analyse_by_rule(read("BRIDGES " * 1200))
    found = [row.window for row in long.rows(analysis, encoder().vocabulary)]
    assert sum(window.last - window.first for window in found) == len(analysis.tokens)
    assert max(window.pieces for window in found) <= long.PIECES


def test_a_report_without_words_has_no_window() -> None:
    assert long.rows(analyse_by_rule(read(" ")), encoder().vocabulary) == []


def test_the_gate_of_a_row_is_that_of_the_training() -> None:
    given = np.array([[-3.0, 0.0, 0.5, 3.0]], np.float32)
    assert np.allclose(gelu(given), [[-0.0036, 0.0, 0.3457, 2.9964]], atol=1e-3)
    assert given.tolist() == [[-3.0, 0.0, 0.5, 3.0]]
