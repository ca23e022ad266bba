"""Specification of what is decided between labels and analysis: roles that are taken once, anchors that stay."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.language.decode.batch import decode, surest
from sayso.language.model import Layer

SRL = Layer("srl", "anchor", ("O", "B-ARG0", "I-ARG0", "B-ARGM-TMP", "I-ARGM-TMP"), bio=True, index="srl.index",
            scores="srl.scores")  # fmt: skip

TABLE = [
    # label ids of a window, how much each scores above O, stretches that stay
    ("both apart", [1, 0, 3], [1, 0, 1], [(0, 1), (2, 3)]),
    ("the surer of two", [1, 0, 1], [1, 0, 2], [(2, 3)]),
    ("sure on average, not by length", [1, 2, 0, 1], [2, 2, 0, 3], [(3, 4)]),
    ("a tie goes to the first", [1, 0, 1], [1, 0, 1], [(0, 1)]),
    ("modifiers may come twice", [3, 0, 3], [1, 0, 2], [(0, 1), (2, 3)]),
    ("nothing", [0, 0, 0], [0, 0, 0], []),
]


@pytest.mark.parametrize(("ids", "gains", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_numbered_argument_is_given_once(ids: list[int], gains: list[float], expected: list[tuple[int, int]]) -> None:
    scores = np.zeros((1, len(ids), 5), np.float32)
    scores[0, np.arange(len(ids)), ids] = gains
    rows, first, last, _ = surest(scores, np.array([ids]), SRL)
    assert list(zip(first, last, strict=True)) == expected
    assert not rows.any()


CUES = Layer("attribution", "tag", ("O", "B-cue", "I-cue"), bio=True, output="tag.attribution")
QUOTE = Layer("quote", "anchor", ("O", "B-cue", "I-cue"), bio=True, index="quote.index", scores="quote.scores")


def test_a_cue_that_the_quote_layer_is_sure_of_tips_the_scales() -> None:
    inputs = {"wordmask": np.array([[1]]), "sentences": np.array([[0]]), "anchors": np.zeros((1, 1, 1), np.int64)}
    for logit, expected in [(3.0, 1), (-3.0, 0), (0.0, 0)]:
        outputs = {
            "tag.attribution": np.array([[[1.0, 0.5, 0.0]]], np.float32),
            "tag.anchor": np.array([[[logit]]], np.float32),
            "quote.index": np.array([[0, 0]]),
            "quote.scores": np.array([[[0.0, 3.0, 0.0]]], np.float32),
        }
        assert decode(inputs, outputs, [CUES, QUOTE], ["quote"]).tags["attribution"].tolist() == [[expected]]


PICKS = [
    # logit of the pick, label of the word, forced, stays
    (1.0, "O", False, True),  # sure enough
    (-0.4, "O", False, False),  # under a half
    (-0.4, "cue", False, True),  # under a half, but the attribution layer sees a cue too
    (-0.84, "cue", False, False),  # too near the model's own threshold (0.3, a logit of −0.85): left to noise
    (-3.0, "O", True, True),  # asked for
]


@pytest.mark.parametrize(("logit", "label", "forced", "stays"), PICKS)
def test_a_pick_stays_where_it_is_sure_supported_or_asked_for(
    logit: float, label: str, forced: bool, stays: bool
) -> None:
    inputs = {
        "wordmask": np.array([[1, 1]]),
        "sentences": np.array([[0, 0]]),
        "anchors": np.array([[[int(forced)], [0]]]),
    }
    cue = np.array([[[0, 1, 0] if label == "cue" else [1, 0, 0], [1, 0, 0]]], np.float32)
    outputs = {
        "tag.attribution": cue,
        "tag.anchor": np.array([[[logit], [-9.0]]], np.float32),
        "quote.index": np.array([[0, 0]]),
        "quote.scores": np.array([[[0, 1, 0], [1, 0, 0]]], np.float32),
    }
    picks = decode(inputs, outputs, [CUES, QUOTE], ["quote"]).picks["quote"]
    assert (len(picks.rows) == 1) == stays
    assert len(picks.roles[0]) == len(picks.rows)
