"""Attributions while they are being put together: what the rules of one report share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.reading.sentences.grammar import QUOTES, Line, words_of

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis
    from sayso.reading.attribution.contents import Marks, Range
    from sayso.reading.attribution.cues import Cue


@dataclass(slots=True)
class Draft:
    """An attribution being put together: code-point ranges, and where it was found."""

    source: Range | None
    cue: Range | None
    contents: list[Range]
    line: int
    quoted: bool = False
    tentative: bool = False  # the quotation that follows may have a speaker of its own
    doubtful: bool = False  # the model alone takes it for one, and is not sure


@dataclass(slots=True)
class Drafts:
    """One pass over the sentences of one report."""

    analysis: Analysis
    marks: Marks
    lines: tuple[Line, ...]
    found: list[Draft] = field(default_factory=list)
    cues: dict[int, Cue] = field(default_factory=dict)
    subject: Range | None = None  # the source that a coordinated cue in this sentence shares
    floor: int = 0  # first token of this sentence that no earlier cue has taken


def add_draft(
    drafts: Drafts, number: int, line: Line, cue: Cue, source: Range | None, contents: list[Range], **more: bool
) -> None:
    """Keep an attribution; ``source`` in tokens."""
    span = None if source is None else (line.start(source[0]), line.end(source[1]))
    if span is not None and source is not None and source[0] >= cue.last and source[1] >= line.stop():
        span = (span[0], _broken_off(drafts, number, span[1]))
    if span is not None and source is not None and line.at(source[1]) == "," and "," in line.lower[slice(*source)]:
        span = (span[0], line.end(source[1] + 1))  # an apposition keeps its closing comma, as PolNeAR has it
    own = (line.start(cue.first), line.end(cue.last + (line.at(cue.last) == ":")))
    drafts.found.append(Draft(span, own, contents, number, **more))
    if source is not None:
        drafts.subject = source


def _broken_off(drafts: Drafts, number: int, end: int) -> int:
    """Extend a speaker line that a stray full stop has cut: what follows in the block begins in lower case."""
    block = drafts.lines[number].sentence.block
    for line in drafts.lines[number + 1 : number + 4]:
        if line.sentence.block != block or not line.tokens[0].text[0].islower():
            break
        stop = next((index for index in range(len(line)) if line.lower[index] in {",", ";", ":"} | QUOTES), line.stop())
        end = line.end(stop) if stop else end
        if stop < line.stop():
            break
    return end


def goes_on(drafts: Drafts, line: Line, index: int) -> bool:
    """Tell whether the interrupted clause goes on at ``index``: no relative, no cue, no new clause begins there.

    A comma that closes what opened the sentence ("Now, X said, the …") is always followed by the rest.
    """
    if index >= line.stop() or index in drafts.cues:
        return False
    return (
        line.at(index)
        not in words_of("relative")
        | words_of("subordinator")
        | {"but", "and", "or", "with", "an", "a", "the", "after", "before", "in", "at"}
        | QUOTES
    )


def clause_floor(drafts: Drafts, line: Line, end: int) -> int:
    """Return the first token of the clause before ``end``: behind "; " or a bracket that opens."""
    depth = 0
    for index in range(end - 1, max(-1, end - 200), -1):
        word = line.lower[index]
        depth += (word == ")") - (word == "(")
        if word == ";" or depth < 0:
            return index + 1
    return 0


def closes(drafts: Drafts, line: Line, index: int) -> bool:
    """Tell whether the mark at ``index`` closes a quotation (a comma may stand behind it)."""
    if line.at(index) == "," and index:
        index -= 1
    return line.lower[index] in QUOTES | {"’", "'"} and drafts.marks.ends.get(line.end(index + 1)) is not None
