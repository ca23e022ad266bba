"""Specification of the analysis record: labels, stretches, arcs."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.language.analysis import Anchor, Arcs, Chunk, Labels, chunks_of
from sayso.language.rules import analyse_by_rule
from sayso.records import Report

TABLE = [
    ("nothing", ["O", "O"], []),
    ("one", ["O", "B-a", "I-a", "O"], [Chunk("a", 1, 3)]),
    ("neighbours", ["B-a", "B-a", "I-a"], [Chunk("a", 0, 1), Chunk("a", 1, 3)]),
    ("open at the end", ["O", "B-b"], [Chunk("b", 1, 2)]),
    ("an I- that continues nothing opens one", ["I-a", "I-a", "I-b"], [Chunk("a", 0, 2), Chunk("b", 2, 3)]),
]


@pytest.mark.parametrize(("labels", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_stretches_of_labels(labels: list[str], expected: list[Chunk]) -> None:
    assert chunks_of(labels) == expected


def test_labels_are_a_sequence_of_strings() -> None:
    labels = Labels(("O", "B-a"), np.array([0, 1, 1], np.int16))
    assert list(labels) == ["O", "B-a", "B-a"]
    assert labels[-1] == "B-a"
    assert labels[:2] == ["O", "B-a"]
    assert labels != ["O"]
    assert len(labels) == 3


def test_children_of_a_word_in_text_order() -> None:
    assert Arcs(np.array([1, -1, 1], np.int32), ()).children(1) == [0, 2]


def test_the_filler_of_a_role() -> None:
    anchor = Anchor(0, 1.0, (Chunk("source", 1, 2), Chunk("content", 3, 9)))
    assert anchor.role("content") == Chunk("content", 3, 9)
    assert anchor.role("cue") is None


def test_a_span_over_tokens_is_the_text_from_the_first_to_the_last() -> None:
    analysis = analyse_by_rule(Report(id="re_x", text="Ude  left, then."))
    span = analysis.span(0, 3)
    assert (span.start, span.end, span.text) == (0, 10, "Ude  left,")
