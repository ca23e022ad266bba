"""Edges of roles: a stretch of a layer's best sequence that is a role but for its edges has the better ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.language.decode.sequences import stretches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.language.decode.sequences import Ids

    Span = tuple[int, int]

SAME: Final = 0.5
"""Words in common, of those in either, from which a role and a stretch are one span."""
_OWN: Final = "cue"  # the anchor is a word of it


def by_label(ids: Ids, labels: Sequence[str]) -> dict[tuple[int, str], list[Span]]:
    """Return the stretches of R×W label ids, by row and label, in order."""
    found: dict[tuple[int, str], list[Span]] = {}
    for row, first, last, kind in zip(*(column.tolist() for column in stretches(ids)), strict=True):
        found.setdefault((row, labels[2 * kind + 1][2:]), []).append((first, last))
    return found


def edged(
    roles: tuple[Ids, Ids, Ids, Ids], anchors: tuple[Ids, Ids], labels: Sequence[str],
    layer: Mapping[tuple[int, str], Sequence[Span]],
) -> tuple[Ids, Ids, Ids, Ids]:  # fmt: skip
    """Return the roles (anchor, first, one past the last, kind) with the edges of the layer's stretches.

    Args:
        roles: of all anchors.
        anchors: row and word of each.
        labels: of the roles.
        layer: its stretches by row and label; one that holds the anchor is what somebody further out says.

    """
    which, first, last, kind = roles
    begins, ends = first.copy(), last.copy()
    rows, words = (column.tolist() for column in anchors)
    for at, (anchor, one, end, name) in enumerate(zip(*(column.tolist() for column in roles), strict=True)):
        label = labels[2 * name + 1][2:]
        fits = [
            span
            for span in layer.get((rows[anchor], label), ())
            if (span[0] <= words[anchor] < span[1]) == (label == _OWN)
        ]
        best = max(fits, key=lambda span: share((one, end), span), default=(one, end))
        if share((one, end), best) >= SAME:
            begins[at], ends[at] = best
    return which, begins, ends, kind


def share(one: Span, other: Span) -> float:
    """Return the words that two spans have in common, of those in either."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0
