"""Cut reports into the windows the model reads: whole sentences, whole paragraphs where they fit.

A window's padded size depends on that window alone, and only windows of one size share a batch: so a window scores the
same whatever is read beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.language.analysis import Analysis

PIECES = 160  # most word pieces of a window, special pieces included
OVERLAP = 0.25  # share of a window that the next one repeats, inside a sentence too long for one
STEP = 16  # padded sizes are multiples of this
BATCH_PIECES = 1_024  # padded pieces of a batch: bounds the memory of a run
_SPECIAL = 2  # [CLS] and the last [SEP]


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens [first, last) of one report, of which [own_first, own_last) are decided by this window."""

    first: int
    last: int
    own_first: int
    own_last: int
    pieces: int  # special pieces included

    @property
    def size(self) -> int:
        """Padded number of pieces, and of words."""
        return -(-self.pieces // STEP) * STEP


@dataclass(frozen=True, slots=True)
class _Room:
    """What a window may hold, and what each stretch of tokens takes of it."""

    words: int
    edges: list[int]  # pieces before each token, and after the last

    def pieces(self, first: int, last: int, breaks: int = 0) -> int:
        """Pieces of a window with ``breaks`` paragraphs beginning inside it, behind its first word."""
        return self.edges[last] - self.edges[first] + _SPECIAL + breaks

    def fits(self, first: int, last: int, breaks: int = 0) -> bool:
        return last - first <= self.words and self.pieces(first, last, breaks) <= PIECES


def paragraph_starts(analysis: Analysis) -> list[int]:
    """Return the first tokens of the paragraphs: where a block begins, or a blank line goes before a sentence."""
    text, sentences = analysis.report.text, analysis.sentences
    starts = [sentences[0].first] if sentences else []
    for before, sentence in pairwise(sentences):
        if sentence.block != before.block or text.count("\n", before.end, sentence.start) > 1:
            starts.append(sentence.first)
    return starts


def cut(analysis: Analysis, lengths: Sequence[int], words: int) -> Iterator[Window]:
    """Yield the windows of a report, in text order; each token is decided by exactly one.

    Args:
        analysis: tokens and sentences.
        lengths: word pieces of each token.
        words: most words of a window.

    """
    edges = [0]
    for length in lengths:
        edges.append(edges[-1] + length)
    room = _Room(words, edges)
    first, breaks = 0, 0
    for start, end, opens in _units(analysis, room):
        if first < start and not room.fits(first, end, breaks + opens):
            yield _whole(room, first, start, breaks)
            first, breaks = start, 0
        breaks += opens and start > first
        if not room.fits(first, end, breaks):
            yield from _parts(room, first, end)
            first, breaks = end, 0
    if first < len(analysis.tokens):
        yield _whole(room, first, len(analysis.tokens), breaks)


def _whole(room: _Room, first: int, last: int, breaks: int) -> Window:
    return Window(first, last, first, last, room.pieces(first, last, breaks))


def _units(analysis: Analysis, room: _Room) -> Iterator[tuple[int, int, bool]]:
    """Yield (first, last, begins a paragraph): paragraphs where they fit a window, else their sentences."""
    starts = [*paragraph_starts(analysis), len(analysis.tokens)]
    sentences = iter(analysis.sentences)
    for first, last in pairwise(starts):
        inside = []
        for sentence in sentences:
            inside.append(sentence)
            if sentence.last >= last:
                break
        if room.fits(first, last):
            yield first, last, True
        else:
            for number, sentence in enumerate(inside):
                yield sentence.first, sentence.last, number == 0


def _parts(room: _Room, first: int, last: int) -> Iterator[Window]:
    """Yield overlapping windows over a sentence too long for one; the middle of an overlap parts what they decide."""
    ranges = []
    start = first
    while True:
        end = start + 1  # a single word always fits: the model keeps few pieces of it
        while end < last and room.fits(start, end + 1):
            end += 1
        ranges.append((start, end))
        if end == last:
            break
        start = max(end - int((end - start) * OVERLAP), start + 1)
    borders = [first, *((after[0] + before[1]) // 2 for before, after in pairwise(ranges)), last]
    for (start, end), (own_first, own_last) in zip(ranges, pairwise(borders), strict=True):
        yield Window(start, end, own_first, own_last, room.pieces(start, end))


def batches(windows: Sequence[Window]) -> Iterator[list[int]]:
    """Yield the positions of windows that are read together: of one padded size, up to ``BATCH_PIECES`` pieces."""
    order = sorted(range(len(windows)), key=lambda position: windows[position].size)
    for size, group in groupby(order, key=lambda position: windows[position].size):
        positions = list(group)
        rows = max(1, BATCH_PIECES // size)
        for start in range(0, len(positions), rows):
            yield positions[start : start + rows]
