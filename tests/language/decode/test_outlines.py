"""Specification of outlines: what is seen at the edges of a stretch and in its tree, and that the table knows it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sayso.language.decode.outlines import Ground, outlined, traits_of, weights
from sayso.language.marks import mark_of

#         0      1      2       3      4       5    6      7     8     9          10    11   12 13     14   15
WORDS = ["He", "said", "that", "the", "raid", ",", "led", "by", "an", "officer", ",", "“", "failed", "”", ".", "Then"]
HEADS = [1, -1, 12, 4, 12, 4, 4, 9, 9, 6, 4, 12, 1, 12, 1, -1]
MARKS = {",", "“", "”", "."}
GROUND = Ground(
    np.array([[0] * 16, [mark_of(word) for word in WORDS]]),
    np.array([[0] * 16, [0] * 15 + [1]]),
    np.array([[-1] * 16, HEADS]),
    np.array([[False] * 16, [word in MARKS for word in WORDS]]),
)

TABLE = [
    # stretch, traits that are not 0
    ("whole", (2, 14), {"heads": 1, "stop or nothing behind": 1, "quote at end": 1, "words": math.log(12)}),
    ("without its opener", (3, 14),
     {"heads": 1, "goes on behind": 0, "that before": 1, "stop or nothing behind": 1, "quote at end": 1,
      "words": math.log(11)}),
    ("broken off at a comma", (2, 5),
     {"heads": 2, "goes on behind": 1, "comma behind": 1, "words": math.log(3)}),
    ("a mark too much, and quotes that do not close", (2, 13),
     {"heads": 1, "odd quotes": 1, "words": math.log(11)}),
    ("behind a quote", (12, 13), {"heads": 1, "quote before": 1}),
    ("the end of the window", (15, 16), {"heads": 1, "stop or nothing behind": 1}),
    ("over the stop", (12, 16),
     {"heads": 3, "stop or nothing behind": 1, "quote before": 1, "odd quotes": 1, "several sentences": 1,
      "words": math.log(4)}),
]  # fmt: skip


@pytest.mark.parametrize(("stretch", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_traits(stretch: tuple[int, int], expected: dict[str, float]) -> None:
    found = traits_of(GROUND, np.array([1]), np.array(stretch[:1]), np.array(stretch[1:]))
    seen = {name: values[0] for name, values in found.items() if values[0]}
    assert seen == pytest.approx({name: value for name, value in expected.items() if value})


def test_the_table_knows_every_trait_and_no_other() -> None:
    traits = traits_of(GROUND, np.array([1]), np.array([2]), np.array([14]))
    assert weights("attribution")["content"].keys() == {"bias", "log-odds", *traits}
    assert weights("upos") == {}


def test_a_content_that_closes_its_quotation_is_likelier_than_one_that_does_not() -> None:
    first, last = np.array([11, 11]), np.array([14, 13])
    found = outlined(
        np.array([0.5, 0.5]), traits_of(GROUND, np.array([1, 1]), first, last), weights("attribution")["content"]
    )
    assert found[0] > 0.5 > found[1]
