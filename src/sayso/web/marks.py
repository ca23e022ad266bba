"""A report's text in pieces: who is speaking in each, which words are the evidence of which claim.

Pieces are cut wherever a mark begins or ends, so that marks may cross and nest in any way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from sayso.records import Claim, Report, Statement
from sayso.showing.wording import UNNAMED, channel
from sayso.web.text import is_hidden

DEEPEST: Final = 3
"""Statements inside each other that are told apart by eye."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters with the same marks.

    Attributes:
        text: the characters.
        start: code point of the report at which they begin.
        hidden: name of a character that cannot be seen; ``text`` is that one.
        said: ids of the statements in whose content they stand, the outermost first.
        speakers: names to put before them: of statements whose words begin here.
        numbers: of claims that were read from them.
        anchors: numbers of claims whose evidence begins here.
        refs: numbers of claims whose evidence ends here.
        cue: they attribute a statement.
        holder: they name a holder.

    """

    text: str
    start: int = 0
    hidden: bool = False
    said: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    refs: tuple[int, ...] = ()
    cue: bool = False
    holder: bool = False

    @property
    def depth(self) -> int:
        """How many statements it stands in, at most DEEPEST."""
        return min(len(self.said), DEEPEST)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the report in pieces; what stands between blocks is of kind ``paragraph``."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    sort: str  # said, cue, holder, claim
    id: str
    order: int = 0


@dataclass(slots=True)
class _Pen:
    """What is going on at a place of the text."""

    names: Mapping[str, str]
    numbers: Mapping[str, int]
    named: set[tuple[str, int]] = field(default_factory=set)
    anchored: set[int] = field(default_factory=set)


def parts(
    report: Report, statements: Iterable[Statement], claims: Iterable[Claim], numbers: Mapping[str, int]
) -> list[Part]:
    """Return the text of a report block by block.

    Args:
        report: the report.
        statements: read from it.
        claims: read from it.
        numbers: id of a claim → the number it is shown with.

    """
    told = list(statements)
    marks = sorted(_marks(report.id, told, claims), key=lambda mark: (mark.start, -mark.end, mark.order))
    pen = _Pen({statement.id: speaker(statement) for statement in told}, numbers)
    blocks = [(kind, start, end) for kind, start, end in _blocks(report) if report.text[start:end].strip()]
    return [
        Part(kind, tuple(_pieces(report.text, start, end, inside, pen)))
        for (kind, start, end), inside in zip(blocks, _inside(blocks, marks), strict=True)
    ]


def _inside(blocks: Iterable[tuple[str, int, int]], marks: Sequence[_Mark]) -> Iterator[list[_Mark]]:
    """Yield the marks that reach into each block, the blocks and the marks in the order of the text."""
    going: list[_Mark] = []
    at = 0
    for _, start, end in blocks:
        while at < len(marks) and marks[at].start < end:
            going.append(marks[at])
            at += 1
        going = [mark for mark in going if mark.end > start]
        yield going


def speaker(statement: Statement) -> str:
    """Return who speaks, through which channel."""
    name = statement.holder.name or statement.holder.words or UNNAMED
    return f"{name}, {channel(statement.via)}" if statement.via else name


def _marks(report: str, statements: Sequence[Statement], claims: Iterable[Claim]) -> Iterator[_Mark]:
    for order, statement in enumerate(statements):
        yield from (_Mark(each.start, each.end, "said", statement.id, order) for each in statement.content)
        if statement.cue:
            yield _Mark(statement.cue.start, statement.cue.end, "cue", statement.id)
        if statement.holder_span:
            yield _Mark(statement.holder_span.start, statement.holder_span.end, "holder", statement.id)
    for claim in claims:
        if claim.evidence.report == report:
            yield _Mark(claim.evidence.start, claim.evidence.end, "claim", claim.id)


def _blocks(report: Report) -> Iterator[tuple[str, int, int]]:
    """Yield kind, start and end of each paragraph; lines of a text without blocks are paragraphs."""
    at = 0
    for block in report.blocks:
        yield from _lines(report.text, at, block.start)
        yield block.kind, block.start, block.end
        at = block.end
    yield from _lines(report.text, at, len(report.text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield "paragraph", start, stop
        start = stop + 1


def _pieces(text: str, start: int, end: int, inside: Sequence[_Mark], pen: _Pen) -> Iterator[Piece]:
    edges = {start, end} | {place for mark in inside for place in (mark.start, mark.end) if start < place < end}
    edges |= {place for at in range(start, end) if is_hidden(text[at]) for place in (at, at + 1)}
    cuts = sorted(edges)
    for left, right in pairwise(cuts):
        over = [mark for mark in inside if mark.start <= left and mark.end >= right]
        yield _piece(text[left:right], left, right, end, over, pen)


def _piece(text: str, left: int, right: int, end: int, over: Sequence[_Mark], pen: _Pen) -> Piece:
    said = tuple(dict.fromkeys(mark.id for mark in over if mark.sort == "said"))
    evidence = [mark for mark in over if mark.sort == "claim" and mark.id in pen.numbers]
    numbers = tuple(sorted({pen.numbers[mark.id] for mark in evidence}))
    anchors = tuple(number for number in numbers if number not in pen.anchored)
    pen.anchored.update(anchors)
    sorts = {mark.sort for mark in over}
    return Piece(
        text=text,
        start=left,
        hidden=len(text) == 1 and is_hidden(text),
        said=said,
        speakers=tuple(_beginning(over, left, end, pen)),
        numbers=numbers,
        anchors=anchors,
        refs=tuple(sorted({pen.numbers[mark.id] for mark in evidence if min(mark.end, end) == right})),
        cue="cue" in sorts,
        holder="holder" in sorts,
    )


def _beginning(over: Sequence[_Mark], left: int, end: int, pen: _Pen) -> Iterator[str]:
    """Yield the speakers whose words begin here: once for each statement and block."""
    for mark in over:
        if mark.sort == "said" and (mark.id, end) not in pen.named:
            pen.named.add((mark.id, end))
            yield pen.names[mark.id]
