"""What the model's two layers on attribution say together: whose source, cue and content are whose, in tokens.

``attribution`` labels words; its stretches have the better edges, but it is flat: of nested attributions it has only
the outermost. ``quote`` opens roles at the first word of each cue, nested or not. So the roles say what belongs
together, and where a stretch of the flat layer is the same but for its edges, its edges are taken.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.language.analysis import Analysis, Anchor, Chunk
    from sayso.reading.attribution.contents import Range

SAME: Final = 0.5
"""Words in common, of those in either, from which a role and a flat stretch are one span. PolNeAR dev, linked triples
exact: 47.6 without, 49.0 at 0.5; 0.3 and 0.7 are as good."""


@dataclass(frozen=True, slots=True)
class Linked:
    """An attribution of the model; ranges of tokens, half-open."""

    cue: Range
    source: Range | None
    contents: tuple[Range, ...]
    score: float  # how sure the model is of the cue, 0 to 1


def linked(analysis: Analysis) -> list[Linked]:
    """Return the attributions of the ``quote`` layer in the order of their cues; those without content left out."""
    flat = _Stretches.of(analysis)
    found = (_link(anchor, flat) for anchor in analysis.anchors.get("quote", ()))
    return [item for item in found if item.contents]


@dataclass(frozen=True, slots=True)
class _Stretches:
    """The stretches of the flat layer, ready to be asked about places."""

    chunks: Sequence[Chunk]
    starts: Sequence[int]

    @classmethod
    def of(cls, analysis: Analysis) -> _Stretches:
        chunks = analysis.chunks("attribution")
        return cls(chunks, [chunk.first for chunk in chunks])

    def meeting(self, label: str, span: Range) -> list[Range]:
        """Return the stretches of a label that share words with ``span``."""
        first = max(0, bisect_right(self.starts, span[0]) - 1)
        near = self.chunks[first : bisect_left(self.starts, span[1])]
        return [(chunk.first, chunk.last) for chunk in near if chunk.label == label and span[0] < chunk.last]

    def edges(self, label: str, span: Range, outside: int = -1) -> Range:
        """Return the stretch that is ``span`` but for its edges, or else ``span``.

        A stretch that holds the token ``outside``, the cue, is what somebody further out says.
        """
        fits = [other for other in self.meeting(label, span) if not other[0] <= outside < other[1]]
        best = max(fits, key=lambda other: _share(span, other), default=span)
        return best if _share(span, best) >= SAME else span


def _link(anchor: Anchor, flat: _Stretches) -> Linked:
    token = (anchor.token, anchor.token + 1)
    own = [span for span in _roles(anchor, "cue") if span[0] <= anchor.token < span[1]]
    cue = next(iter(flat.meeting("cue", token) + own), token)
    source = min(_roles(anchor, "source"), key=lambda span: _distance(span, cue), default=None)
    if source is not None:
        source = flat.edges("source", source)
    contents = sorted({flat.edges("content", span, anchor.token) for span in _roles(anchor, "content")})
    return Linked(cue, source, tuple(contents), anchor.score)


def _roles(anchor: Anchor, label: str) -> list[Range]:
    return [(role.first, role.last) for role in anchor.roles if role.label == label]


def _share(one: Range, other: Range) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0


def _distance(one: Range, other: Range) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
