"""``Stream``: a format that is one file of text, made of pieces, some hundred incidents at once, here or by workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from sayso.exports.selection import Selection

Piece = tuple[int | str | None, str]
"""What it stands in the file for, and its text: the log's entry of a report, or the id of somebody or something that
many incidents name, either of them written only once; None for what belongs to one incident."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One file of text.

    Attributes:
        pieces: some hundred incidents → their pieces, in order; a function that can be sent to workers.
        head: what stands before all pieces.
        between: what stands between two.
        tail: what stands behind all.

    """

    pieces: Callable[[Selection], Iterator[Piece]]
    head: Callable[[Selection], str] | str = ""
    between: str = ""
    tail: str = ""

    def __call__(self, chosen: Selection) -> Iterator[str]:
        """Yield the file."""
        yield self.head if isinstance(self.head, str) else self.head(chosen)
        met, before = Met(), ""
        for made in chosen.each(partial(_made, self.pieces)):
            for text in met.first(made):
                yield before + text
                before = self.between
        yield self.tail


def _made(pieces: Callable[[Selection], Iterator[Piece]], chosen: Selection) -> list[Piece]:
    """Return the pieces of some incidents, those that many name only once."""
    found, met = list[Piece](), set[str]()
    for piece in pieces(chosen):
        if isinstance(piece[0], str):
            if piece[0] in met:
                continue
            met.add(piece[0])
        found.append(piece)
    return found


class Met:
    """Which reports, and who and what else, were written already; of reports a bit each, so that memory stays flat."""

    def __init__(self) -> None:
        self._entries, self._ids = Seen(), set[str]()

    def first(self, pieces: Iterable[Piece]) -> Iterator[str]:
        """Yield the texts of some incidents without what earlier ones brought."""
        fresh = Fresh(self._entries)
        for once, text in pieces:
            if isinstance(once, int):
                if fresh[once]:
                    yield text
            elif once is None:
                yield text
            elif once not in self._ids:
                self._ids.add(once)
                yield text


class Seen:
    """Which entries of the log were met already: a bit each, so that memory stays flat."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def first(self, number: int) -> bool:
        """Tell whether an entry is met for the first time, and remember it."""
        at, bit = divmod(number, 8)
        if at >= len(self._bits):
            self._bits.extend(bytes(at + 1 - len(self._bits)))
        new = not self._bits[at] >> bit & 1
        self._bits[at] |= 1 << bit
        return new


class Fresh(dict[int, bool]):
    """Entry of the log → whether these incidents are the first to bring it, however often they name it."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._seen = seen

    def __missing__(self, number: int) -> bool:
        self[number] = self._seen.first(number)
        return self[number]
