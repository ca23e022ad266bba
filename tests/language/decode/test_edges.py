"""Specification of the edges of roles: those of a stretch that is the role but for its edges are better."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.language.decode.edges import by_label, edged, share

LABELS = ("O", "B-cue", "I-cue", "B-content", "I-content")

TABLE = [
    # role (first, one past the last, kind) of the anchor at 1, stretches in its row, edges
    ("a word too few", (4, 8, 1), {"content": [(4, 9)]}, (4, 9)),
    ("another stretch", (4, 8, 1), {"content": [(7, 16)]}, (4, 8)),
    ("the nearer of two", (4, 8, 1), {"content": [(2, 8), (3, 8)]}, (3, 8)),
    ("one that holds the anchor is somebody else's", (4, 8, 1), {"content": [(1, 8)]}, (4, 8)),
    ("of another kind", (4, 8, 1), {"cue": [(4, 9)]}, (4, 8)),
    ("a cue that holds the anchor", (1, 3, 0), {"cue": [(0, 3)]}, (0, 3)),
    ("a cue that does not", (4, 8, 0), {"cue": [(4, 9)]}, (4, 8)),
    ("nothing near", (4, 8, 1), {}, (4, 8)),
]


@pytest.mark.parametrize(("role", "near", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_edges_of_a_role(
    role: tuple[int, int, int], near: dict[str, list[tuple[int, int]]], expected: tuple[int, int]
) -> None:
    roles = tuple(np.array([value]) for value in (0, *role))
    layer = {(2, label): spans for label, spans in near.items()}
    _, first, last, kind = edged(roles, (np.array([2]), np.array([1])), LABELS, layer)  # type: ignore[arg-type]
    assert (first.tolist(), last.tolist(), kind.tolist()) == ([expected[0]], [expected[1]], [role[2]])


def test_stretches_by_label() -> None:
    ids = np.array([[0, 3, 4, 0], [1, 3, 4, 4]])
    assert by_label(ids, LABELS) == {(0, "content"): [(1, 3)], (1, "cue"): [(0, 1)], (1, "content"): [(1, 4)]}


def test_share_of_two_spans() -> None:
    assert share((0, 4), (2, 6)) == pytest.approx(2 / 6)
    assert share((0, 2), (2, 4)) == 0
