"""Long windows: a whole report where it fits, so that each word sees all the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from sayso.language.analysis import Analysis
from sayso.language.inputs import Row
from sayso.language.pieces import Vocabulary
from sayso.language.windows import Window, paragraph_starts

PIECES = 500
"""Most pieces of a window: the encoder has 512 positions, the last two of them were never trained."""
_SPECIAL = 2


def rows(analysis: Analysis, vocabulary: Vocabulary) -> list[Row]:
    """Return the windows of a report, of about equal size, cut between sentences where that is possible."""
    sizes = [len(word.pieces) for word in vocabulary.look_up(token.text for token in analysis.tokens)]
    paragraphs, sentences = paragraph_starts(analysis), [sentence.first for sentence in analysis.sentences]
    for first in paragraphs:
        sizes[first] += 1  # the separator before it
    edges = list(accumulate(sizes, initial=0))
    windows = [
        Window(first, last, first, last, edges[last] - edges[first] + _SPECIAL)
        for first, last in pairwise(_borders(edges, sentences))
    ]
    return [Row(analysis, window, paragraphs, sentences, {}) for window in windows]


def _borders(edges: Sequence[int], sentences: Sequence[int]) -> Iterator[int]:
    """Yield the first tokens of the windows, and the number of tokens."""
    room = PIECES - _SPECIAL
    share = edges[-1] / max(1, -(-edges[-1] // room))  # pieces of a window, were all the same
    first, end = 0, len(edges) - 1
    yield first
    while edges[end] - edges[first] > room:
        fits = next(at for at in range(end, first, -1) if edges[at] - edges[first] <= room or at == first + 1)
        starts = [at for at in sentences if first < at <= fits]
        first = min(starts, key=lambda at: abs(edges[at] - edges[first] - share), default=fits)
        yield first
    if end:
        yield end
