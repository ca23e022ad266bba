"""Source, cue and content of every attribution, found by rule.

This is the seam: a trained layer of tags and arcs will give the same ``Attribution`` for each cue it finds, and
everything behind it (holders, channel, stance, certainty, nesting) stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.reading.contents import Marks
from sayso.reading.cue_phrases import read_noun, read_phrase, read_speaker_line
from sayso.reading.cue_verbs import read_finite, read_inverted, read_participle, read_passive
from sayso.reading.cues import Cue, find_cues
from sayso.reading.drafts import Draft, Drafts
from sayso.reading.follow_ups import drop_tentative, follow_quotations
from sayso.reading.grammar import Line, lines

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis
    from sayso.reading.contents import Range
    from sayso.records import Report, Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says (None: nobody is named), the words that say so (None: a bare quotation), and what is said."""

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]


def find_attributions(analysis: Analysis) -> list[Attribution]:
    """Return the attributions of a report in the order of their cues (a bare quotation: of its content)."""
    drafts = Drafts(analysis, Marks.of(analysis), lines(analysis))
    for number, line in enumerate(drafts.lines):
        _read_line(drafts, number, line)
    drop_tentative(drafts)
    follow_quotations(drafts)
    spans = (_spans(analysis.report, found) for found in drafts.found)
    return sorted((item for item in spans if item is not None), key=_place)


def _place(item: Attribution) -> tuple[int, int]:
    first = item.cue or item.contents[0]
    return first.start, first.end


def _read_line(drafts: Drafts, number: int, line: Line) -> None:
    if not read_speaker_line(drafts, number, line):
        found = find_cues(line)
        drafts.cues = {cue.first: cue for cue in found}
        drafts.subject, drafts.floor = None, 0
        for cue in found:
            before = len(drafts.found)
            _read_cue(drafts, number, line, cue)
            if len(drafts.found) > before:
                drafts.floor = cue.last


def _read_cue(drafts: Drafts, number: int, line: Line, cue: Cue) -> None:
    part = cue.group.part
    if part == "phrase":
        read_phrase(drafts, number, line, cue)
    elif part == "noun":
        read_noun(drafts, number, line, cue)
    elif cue.passive and part == "verb":
        read_passive(drafts, number, line, cue)
    elif cue.form == "ing" and cue.first == cue.verb:
        read_participle(drafts, number, line, cue)
    elif part == "verb" and read_inverted(drafts, number, line, cue):
        return
    else:
        read_finite(drafts, number, line, cue)


def _spans(report: Report, found: Draft) -> Attribution | None:
    """Check and freeze: contents in order, without what belongs to cue or source, none empty."""
    taken = [part for part in (found.cue, found.source) if part is not None]
    contents: list[Range] = []
    for start, end in sorted(found.contents):
        start, end = _shrink(report.text, start, end)
        if contents:
            start = max(start, contents[-1][1])
        if start < end and not any(start < b and a < end for a, b in taken):
            contents.append((start, end))
    if not contents:
        return None
    span = report.span
    return Attribution(
        span(*found.source) if found.source else None,
        span(*found.cue) if found.cue else None,
        tuple(span(*content) for content in contents),
    )


def _shrink(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
