"""Source, cue and content of every attribution: by the model's layers where it ran, else by rule.

Everything behind ``Attribution`` (holders, channel, stance, certainty, nesting) is the same for both.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.errors import SetupError
from sayso.reading.attribution.attributions_by_model import drafts_by_model
from sayso.reading.attribution.attributions_by_rule import drafts_by_rule

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis
    from sayso.reading.attribution.contents import Range
    from sayso.reading.attribution.drafts import Draft
    from sayso.records import Report, Span

SWITCH: Final = "SAYSO_ATTRIBUTION"
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d\d(?:\s?(?:[ap]\.?m\.?|[A-Z]{3,4}\b))?\s*[:–—|-]?\s+")
DEFAULT: Final = "model"
"""Who finds attributions where the switch is not set; without a model it is the rules in any case."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says (None: nobody is named), the words that say so (None: a bare quotation), and what is said."""

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]
    doubtful: bool = False  # the model alone takes it for one, and is not sure: no statement is made of it


def find_attributions(analysis: Analysis) -> list[Attribution]:
    """Return the attributions of a report in the order of their cues (a bare quotation: of its content)."""
    by_model = "quote" in analysis.anchors and finder() == "model"
    drafts = drafts_by_model(analysis) if by_model else drafts_by_rule(analysis)
    spans = (_spans(analysis.report, found) for found in drafts.found)
    return sorted((item for item in spans if item is not None), key=_place)


def finder() -> str:
    """Return who finds attributions, "rules" or "model"; raises SetupError where ``SAYSO_ATTRIBUTION`` is neither."""
    chosen = os.environ.get(SWITCH) or DEFAULT
    if chosen not in ("rules", "model"):
        raise SetupError(f"{chosen!r} is neither 'rules' nor 'model'", place=SWITCH, way_out="set one, or unset it")
    return chosen


def _place(item: Attribution) -> tuple[int, int]:
    first = item.cue or item.contents[0]
    return first.start, first.end


def _spans(report: Report, found: Draft) -> Attribution | None:
    """Check and freeze: contents in order, without what belongs to cue or source, none empty."""
    source = _one_paragraph(report.text, found.source, found.cue) if found.source else None
    if source and found.cue:
        source = next(iter(_without(source, [found.cue])), None)
    taken = [part for part in (found.cue, source) if part is not None]
    contents: list[Range] = []
    for whole in sorted(found.contents):
        for start, end in _without(whole, taken):
            start, end = _shrink(report.text, max(start, contents[-1][1]) if contents else start, end)
            if start < end and any(letter.isalnum() for letter in report.text[start:end]):
                contents.append((start, end))
    if not contents:
        return None
    span = report.span
    return Attribution(
        span(*source) if source else None,
        span(*found.cue) if found.cue else None,
        tuple(span(*content) for content in contents),
        found.doubtful,
    )


def _without(whole: Range, taken: list[Range]) -> list[Range]:
    """Return a content without the cue and the source; where one stands inside it, nothing (its edges are unsure)."""
    start, end = whole
    for first, last in taken:
        if start < first and last < end:
            return []
        if first <= start < last:
            start = last
        if first < end <= last:
            end = first
    return [(start, end)] if start < end else []


def _shrink(text: str, start: int, end: int) -> Range:
    """Drop white space at the edges, a comma at the end, and the hour that opens an entry of a live blog."""
    clock = _CLOCK.match(text, start, end) if start == 0 or text[start - 1] == "\n" else None
    start = clock.end() if clock else start
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _one_paragraph(text: str, part: Range, cue: Range | None) -> Range:
    """Cut a source that runs over paragraphs: the side next to the cue is kept."""
    start, end = part
    if cue is not None and cue[0] < start:
        stop = text.find("\n", start, end)
        return _shrink(text, start, stop if stop > start else end)
    return _shrink(text, text.rfind("\n", start, end) + 1 or start, end)
