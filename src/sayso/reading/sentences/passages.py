"""``Passage``: one sentence as the claim rules see it; ``Scan``: a report's passages with what lexicons find in them.

Word positions count from the sentence's first token; offsets are code points of ``Report.text``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from sayso.reading.sentences.grammar import QUOTES, Line, lines
from sayso.reading.sentences.syntax import syntax_of
from sayso.reading.times import moments_of
from sayso.values.certainty import find_hedges
from sayso.values.quantity import find_quantities
from sayso.vocab import Entry, PhraseMatcher, load_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.language.analysis import Analysis
    from sayso.reading.sentences.syntax import Syntax
    from sayso.records import BlockKind, Report
    from sayso.values import Certainty, Moment, Quantity
    from sayso.vocab.gazetteer import Gazetteer

T = TypeVar("T")
_CLOCK: Final = re.compile(r":\d\d")


class ClosedList(Entry):
    """A closed list of words: an entry of ``vocab/closed.toml``."""

    name: str
    words: tuple[str, ...]


@cache
def closed(*names: str) -> frozenset[str]:
    """Return closed lists as one, lower case; raises KeyError for one that ``closed.toml`` does not have."""
    lists = {entry.name: entry.words for entry in load_table("closed", ClosedList)}
    return frozenset(word for name in names for word in lists[name])


@cache
def closed_matcher(name: str) -> PhraseMatcher[str]:
    """Return a matcher for the phrases of a closed list; each stands for itself."""
    return PhraseMatcher({phrase: phrase for phrase in sorted(closed(name))})


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """Something at the tokens [first, last) of one passage."""

    first: int
    last: int
    value: T


@dataclass(frozen=True, slots=True)
class Clauses:
    """Where clauses begin and end in one sentence.

    ``starts[i]``: first token of the clause that reaches up to ``i``; ``ends[i]``: one past the last token of the one
    that goes on from ``i``. Both have one more entry than the sentence has tokens.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, words: Sequence[str]) -> Clauses:
        """Return the clauses of some lower-case words."""
        starts, ends = [0], [len(words)]
        opening, breaking = _bounds("clause openers"), _bounds("clause breaks")
        for index, word in enumerate(words, start=1):
            starts.append(index if word in opening else starts[-1])
        for index in range(len(words) - 1, -1, -1):
            ends.append(index if words[index] in breaking else ends[-1])
        return cls(tuple(starts), tuple(reversed(ends)))


@cache
def _bounds(name: str) -> frozenset[str]:
    """Return what bounds clauses on either side, and the words of a closed list with it."""
    return closed("clause ends") | QUOTES | closed(name)


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence: its number in the report, its words, the kind of block it stands in, its grammar where known."""

    number: int
    line: Line
    kind: BlockKind
    clauses: Clauses
    syntax: Syntax | None = None

    @property
    def start(self) -> int:
        """First code point."""
        return self.line.sentence.start

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.line.sentence.end

    def __len__(self) -> int:
        return self.line.size

    def word(self, index: int) -> str:
        """Return the lower-case word at ``index``, or "" outside the sentence."""
        line = self.line  # as Line.at, without the call: nothing is asked more often
        return line.lower[index] if 0 <= index < line.size else ""

    def phrase(self, first: int, last: int) -> str:
        """Return the lower-case words [first, last) with single spaces."""
        return " ".join(self.line.lower[max(first, 0) : last])

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Return the code points of the tokens [first, last)."""
        return self.line.start(first), self.line.end(last)

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the token range that covers the code points [start, end)."""
        starts = self.line.starts
        first = max(bisect_right(starts, start) - 1, 0)
        return first, max(bisect_left(starts, end), first + 1)


@dataclass(slots=True)
class Scan:
    """A report cut into passages; matches are found once and remembered, as is what finders put in ``memo``."""

    report: Report
    passages: tuple[Passage, ...]
    world: Gazetteer
    people: dict[str, Any] = field(default_factory=dict)
    memo: dict[tuple[str, int], Any] = field(default_factory=dict)
    _starts: list[int] = field(init=False)
    _found: dict[int, dict[int, list[Hit[Any]]]] = field(default_factory=dict)
    _kept: list[object] = field(default_factory=list)
    _counts: dict[int, list[Hit[Quantity]]] | None = None
    _moments: dict[int, list[Hit[Moment]]] | None = None
    _hedges: dict[int, list[Hit[Certainty]]] | None = None

    def __post_init__(self) -> None:
        self._starts = [passage.start for passage in self.passages]

    def hits(self, matcher: PhraseMatcher[T], number: int) -> list[Hit[T]]:
        """Return the matches of ``matcher`` inside passage ``number``, in text order."""
        found = self._found.get(id(matcher))
        if found is None:
            self._kept.append(matcher)  # keeps the id from being used again
            found = self._found[id(matcher)] = self.spread(matcher.find(self.report.text))
        return found.get(number, [])

    def counts(self, passage: Passage) -> list[Hit[Quantity]]:
        """Return the numbers of things or people in a passage (no ages, dates, prices)."""
        if self._counts is None:
            self._counts = self.spread(
                [
                    (m.start, m.end, m.quantity)
                    for m in find_quantities(self.report.text)
                    if m.kind == "count" and m.quantity and not self._is_clock(m.start, m.end)
                ]
            )
        return self._counts.get(passage.number, [])

    def _is_clock(self, start: int, end: int) -> bool:
        """Tell whether a number belongs to a time of day: "10" in "08:10 Twelve children …"."""
        text = self.report.text
        minutes = text[max(start - 1, 0) : start] == ":" and text[max(start - 2, 0) : start - 1].isdigit()
        return minutes or _CLOCK.match(text, end) is not None

    def moments(self, passage: Passage) -> list[Hit[Moment]]:
        """Return the time expressions in a passage, resolved against the publication date where there is one."""
        if self._moments is None:
            self._moments = self.spread([(found.start, found.end, found.moment) for found in moments_of(self.report)])
        return self._moments.get(passage.number, [])

    def hedges(self, passage: Passage) -> list[Hit[Certainty]]:
        """Return the hedges and boosters in a passage."""
        if self._hedges is None:
            self._hedges = self.spread(
                [(hedge.start, hedge.end, hedge.certainty) for hedge in find_hedges(self.report.text)]
            )
        return self._hedges.get(passage.number, [])

    def spread(self, found: Sequence[tuple[int, int, T]]) -> dict[int, list[Hit[T]]]:
        """Return ``found`` (start, end, value; in text order) by passage; what crosses sentences is left out."""
        starts = self._starts
        rows: dict[int, list[Hit[T]]] = {}
        for start, end, value in found:
            number = bisect_right(starts, start) - 1
            if number >= 0 and end <= self.passages[number].end:
                rows.setdefault(number, []).append(Hit(*self.passages[number].tokens_of(start, end), value))
        return rows


def scan(analysis: Analysis, world: Gazetteer) -> Scan:
    """Return the passages of a report, boilerplate and credits left out; names are looked up in ``world``."""
    blocks = analysis.report.blocks
    passages: list[Passage] = []
    for line in lines(analysis):
        block = line.sentence.block
        kind: BlockKind = blocks[block].kind if 0 <= block < len(blocks) else "paragraph"
        if kind not in ("boilerplate", "credit", "dateline") and len(line):
            syntax = syntax_of(analysis, line.sentence, line.lower)
            passages.append(Passage(len(passages), line, kind, Clauses.of(line.lower), syntax))
    return Scan(analysis.report, tuple(passages), world)
