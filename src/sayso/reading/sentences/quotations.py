"""Where a report quotes: pairs of quotation marks, told from apostrophes, nested, left open, run over paragraphs.

Everything is one scan over the characters, so the time is linear in the text. A quotation that is opened again at the
head of the next paragraph is one quotation in several pieces; one that nobody closes ends with its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Report

# opening mark → the mark that closes it
PAIRS: Final = {"“": "”", "„": "“", "‘": "’", "«": "»", '"': '"', "'": "'"}
DOUBLE: Final = frozenset('“”„«»"')
SINGLE: Final = frozenset("‘’'")
MARKS: Final = DOUBLE | SINGLE
_MARK: Final = re.compile(f"[{''.join(sorted(MARKS))}]")
_SINGLE_CLOSER: Final = re.compile("[’']")
_TYPED: Final = re.compile(r"(?<=\S)'''(?!')|''|``")
_FILLER: Final = "\ufffe"  # second half of a double mark typed as two single ones; no character of any text
_DEEPEST: Final = 8  # nobody quotes deeper; the bound keeps hostile input linear
_OPEN_BEFORE: Final = frozenset("([{-—–/…")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: code-point ranges with their marks, one for each paragraph it runs over."""

    pieces: tuple[tuple[int, int], ...]
    inside: int | None  # number of the quotation it stands in, in the list it came with
    closed: bool

    @property
    def start(self) -> int:
        """First code point: the opening mark."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """One past the last code point: behind the closing mark, where there is one."""
        return self.pieces[-1][1]


def find_quotations(report: Report) -> tuple[Quotation, ...]:
    """Return all quotations of a report by their start; no two overlap unless one lies inside the other."""
    scan = _Scan(_level(report.text))
    for start, end in paragraphs(report):
        scan.paragraph(start, end)
    scan.leave_open(scan.floor)
    return scan.ordered()


def paragraphs(report: Report) -> list[tuple[int, int]]:
    """Return the code-point ranges of the paragraphs: the blocks, or else the lines that are not blank."""
    if report.blocks:
        return [(block.start, block.end) for block in report.blocks]
    ranges, at = [], 0
    for line in report.text.split("\n"):
        if line.strip():
            ranges.append((at, at + len(line)))
        at += len(line) + 1
    return ranges


def _level(text: str) -> str:
    """Return the text, of the same length, with double marks typed as two single ones ('') made one mark each."""
    return _TYPED.sub(lambda found: f"'\"{_FILLER}" if len(found[0]) == 3 else f'"{_FILLER}', text)


class Within:
    """Answers "in which outermost quotation does this code point stand?" in logarithmic time."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        pieces = sorted(
            (start, end, number)
            for number, quotation in enumerate(quotations)
            if quotation.inside is None
            for start, end in quotation.pieces
        )
        self._starts = [start for start, _, _ in pieces]
        self._pieces = pieces
        self._quotations = quotations

    def at(self, position: int) -> Quotation | None:
        """Return the outermost quotation around ``position`` (its marks belong to it), or None."""
        found = bisect_right(self._starts, position) - 1
        if found < 0 or position >= self._pieces[found][1]:
            return None
        return self._quotations[self._pieces[found][2]]


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    number: int  # order of opening
    pieces: list[tuple[int, int]]
    parent: int | None
    enough: bool = False


class _Scan:
    """State of the one pass: the stack of open quotations, and those that are done."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.done: dict[int, Quotation] = {}
        self.opened = 0
        self.floor = 0  # end of the last paragraph seen
        self._openers_left = self._closers_left = self._single_closers_left = self._straight_left = 0

    def paragraph(self, start: int, end: int) -> None:
        """Scan one paragraph; what the one before left open goes on only if its mark is repeated here."""
        text = self.text
        self._count(start, end)
        at = start
        while at < end and text[at].isspace():
            at += 1
        if self.stack:
            if at < end and text[at] == self.stack[0].mark and text[at] in DOUBLE:
                self._resume(at)
                self._seen(at)
                at += 1
            else:
                self.leave_open(self.floor)
        for found in _MARK.finditer(text, at, end):
            self._mark(found.start(), start, end)
            self._seen(found.start())
        self.floor = _rstrip(text, start, end)

    def leave_open(self, end: int) -> None:
        """End every open quotation at ``end``, as nobody closed it; a single mark without a partner was none."""
        while self.stack:
            self._finish(self.stack.pop(), end, closed=False)

    def ordered(self) -> tuple[Quotation, ...]:
        """Return the quotations in order of their start, ``inside`` renumbered to match."""
        order = sorted(self.done)
        new = {old: position for position, old in enumerate(order)}
        return tuple(
            Quotation(quotation.pieces, self._kept(quotation.inside, new), quotation.closed)
            for quotation in (self.done[old] for old in order)
        )

    def _kept(self, parent: int | None, new: dict[int, int]) -> int | None:
        return None if parent is None else new.get(parent)

    def _count(self, start: int, end: int) -> None:
        """Count the marks ahead in this paragraph, so that a missing one can be noticed."""
        text = self.text
        self._openers_left = text.count("“", start, end)
        self._closers_left = text.count("”", start, end)
        self._straight_left = text.count('"', start, end)
        self._single_closers_left = sum(
            1
            for position in (found.start() for found in _SINGLE_CLOSER.finditer(text, start, end))
            if _may_close(text, position, end) and not _plural_possessive(text, position, end)
        )

    def _seen(self, position: int) -> None:
        mark = self.text[position]
        self._openers_left -= mark == "“"
        self._closers_left -= mark == "”"
        self._straight_left -= mark == '"'

    def _mark(self, position: int, start: int, end: int) -> None:
        mark = self.text[position]
        if mark in "’'" and _may_close(self.text, position, end) and not _plural_possessive(self.text, position, end):
            self._single_closers_left -= 1
        if mark in "“„«":
            self._open_double(position)
        elif mark in "”»":
            self._close(position)
        elif mark == '"':
            self._straight(position, start, end)
        else:
            self._single(position, start, end)

    def _open_double(self, position: int) -> None:
        """Open; if a quotation is open and too few closing marks are left, it had lost its own: end it here."""
        mark = self.text[position]
        if mark == "“" and self.stack and self.stack[-1].mark == "„":
            self._close(position)
            return
        depth = sum(item.mark == "“" for item in self.stack)
        if mark == "“" and depth and self._closers_left < self._openers_left + depth:
            self.leave_open(_rstrip(self.text, self.stack[0].start, position))
        self._push(position)

    def _straight(self, position: int, start: int, end: int) -> None:
        text = self.text
        is_open = any(item.mark == '"' for item in self.stack)
        if is_open:
            if _opens(text, position, start, end) and self._straight_left % 2 == 0 and self._straight_left > 0:
                # The one open lost its closing mark: an even number is left, so this one opens a pair.
                self.leave_open(_rstrip(text, self.stack[0].start, position))
                self._push(position)
            else:
                self._close(position)
        elif not (position > start and text[position - 1].isdigit()) and position + 1 < end:
            self._push(position)

    def _single(self, position: int, start: int, end: int) -> None:
        text = self.text
        mark = text[position]
        top = self.stack[-1].mark if self.stack else ""
        if mark in "’'" and top in ("‘", "'") and PAIRS[top] == mark and _may_close(text, position, end):
            if not (_plural_possessive(text, position, end) and self._single_closers_left > 0):
                self._close(position)
            return
        if mark == "’" or top in ("‘", "'"):
            return
        if _opens_single(text, position, start, end) and self._single_closers_left > 0:
            self._push(position)

    def _push(self, position: int) -> None:
        if len(self.stack) >= _DEEPEST:
            return
        parent = self.stack[-1].number if self.stack else None
        self.stack.append(_Open(self.text[position], position, self.opened, [], parent))
        self.opened += 1

    def _resume(self, position: int) -> None:
        """Go on with the outermost open quotation at the head of a new paragraph; inner ones ended before."""
        while len(self.stack) > 1:
            self._finish(self.stack.pop(), self.floor, closed=False)
        outer = self.stack[0]
        outer.pieces.append((outer.start, self.floor))
        outer.start = position

    def _close(self, position: int) -> None:
        """Close the innermost open quotation that this mark fits; inner ones left open end just before it."""
        mark = self.text[position]
        fits = [depth for depth, item in enumerate(self.stack) if PAIRS[item.mark] == mark]
        if not fits:
            return  # a closing mark that nothing opened: lost marks are the business of the statements
        while len(self.stack) - 1 > fits[-1]:
            self._finish(self.stack.pop(), position, closed=False)
        width = 2 if self.text[position + 1 : position + 2] == _FILLER else 1
        self._finish(self.stack.pop(), position + width, closed=True)

    def _finish(self, item: _Open, end: int, *, closed: bool) -> None:
        if not closed and item.mark in SINGLE:
            self._forget(item)
            return
        pieces = (*item.pieces, (item.start, max(end, item.start + 1)))
        self.done[item.number] = Quotation(pieces, item.parent, closed)

    def _forget(self, item: _Open) -> None:
        """Drop a single mark that was an apostrophe after all; what stood in it stands in its parent.

        Children are few: they were opened after it and before now, and numbers are consecutive.
        """
        for number in range(item.number + 1, self.opened):
            child = self.done.get(number)
            if child is not None and child.inside == item.number:
                self.done[number] = Quotation(child.pieces, item.parent, child.closed)


def _opens(text: str, position: int, start: int, end: int) -> bool:
    """Tell whether a mark stands as an opening one does: behind a gap and before a word."""
    before = position == start or text[position - 1].isspace() or text[position - 1] in _OPEN_BEFORE
    return before and position + 1 < end and not text[position + 1].isspace()


def _opens_single(text: str, position: int, start: int, end: int) -> bool:
    """As ``_opens``, but not before a shortened year or word ('90s, ‘em), which carries an apostrophe."""
    before = (
        position == start or text[position - 1].isspace() or text[position - 1] in _OPEN_BEFORE
        or text[position - 1] in DOUBLE
    )  # fmt: skip
    if not before or position + 1 >= end or text[position + 1].isspace():
        return False
    year = text[position + 1 : position + 4]
    return not (len(year) == 3 and year[:2].isdigit() and year[2] == "s")


def _may_close(text: str, position: int, end: int) -> bool:
    """Tell whether a single mark can close: not inside a word, not behind a gap."""
    behind = text[position + 1] if position + 1 < end else " "
    before = text[position - 1] if position else " "
    return not before.isspace() and not behind.isalnum()


def _plural_possessive(text: str, position: int, end: int) -> bool:
    """Tell whether s’ stands before another word: more likely "the workers’ union" than the end of a quotation."""
    follows = text[position + 1 : position + 3]
    return text[position - 1 : position] == "s" and position + 2 < end and follows[0] == " " and follows[1].isalpha()


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
