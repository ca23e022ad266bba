"""Tokens and sentences by rule: what the language layer says of a report without a model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.language.analysis import Analysis, Sentence, Token
from sayso.language.sentences import sentence_ends
from sayso.language.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.records import Report

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def analyse_by_rule(report: Report) -> Analysis:
    """Return the tokens and sentences of a report; a sentence never leaves its block."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for start, end, block in stretches(report):
        first = len(tokens)
        inside = tokenise(report.text, start, end)
        tokens += inside
        begin = 0
        for stop in sentence_ends(inside):
            sentences.append(Sentence(first + begin, first + stop, inside[begin].start, inside[stop - 1].end, block))
            begin = stop
    return Analysis(report, tuple(tokens), tuple(sentences))


def stretches(report: Report) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, block number) of the paragraphs that together cover the text.

    A blank line ends a paragraph. Text between blocks has the number −1; a report without blocks has one paragraph a
    number.
    """
    if not report.blocks:
        for number, (start, end) in enumerate(_paragraphs(report.text, 0, len(report.text))):
            yield start, end, number
        return
    at = 0
    for number, block in enumerate(report.blocks):
        for start, end in _paragraphs(report.text, at, block.start):
            yield start, end, -1
        for start, end in _paragraphs(report.text, block.start, block.end):
            yield start, end, number
        at = block.end
    for start, end in _paragraphs(report.text, at, len(report.text)):
        yield start, end, -1


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of ``text[start:end]`` between blank lines."""
    for match in _BLANK_LINE.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end
