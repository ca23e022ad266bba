"""``Analysis``: what the language layer says of one report; everything in `reading/` starts from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.records import Report, Span


class Token(NamedTuple):
    """One word or mark: half-open code-point range of ``Report.text`` (a tuple: reports have millions of them)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: token range and code-point range (both half-open), and the block it stands in."""

    first: int
    last: int  # one past the last token
    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """Tokens, sentences and, where a model ran, tag and arc layers over the tokens of one report."""

    report: Report
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def span(self, first: int, last: int) -> Span:
        """Return the report's span over tokens [first, last)."""
        return self.report.span(self.tokens[first].start, self.tokens[last - 1].end)
