"""Sayers at the end of a headline: "Blast kills five: police" · "Two held over raid - ministry"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.cues import find_cues
from sayso.reading.attribution.drafts import Draft, Drafts
from sayso.reading.sentences.grammar import BREAKS, DASHES, Line, words_of
from sayso.reading.speaking.speakers import read_source
from sayso.reading.speaking.title_words import Sort, titles

if TYPE_CHECKING:
    from sayso.reading.attribution.contents import Range

_MARKS: Final = DASHES | {":", "-"}
_FIRST_LINES: Final = 5  # sentences among which headlines are
_LONGEST: Final = 7  # words of a sayer behind the mark
_SHORTEST: Final = 3  # words of what he says
_SAYERS: Final[tuple[Sort, ...]] = ("crowd", "body", "voice", "office", "rank", "document")
_ALONE: Final = frozenset(
    {"monitor", "observatory", "ngo", "ministry", "police", "army", "official", "officials", "minister"}
)
_FORMS: Final = frozenset({"statement", "communique", "communiqué", "release", "letter", "video", "editorial"})
"""Words that end a headline as its sayer where the mark before them is lost: "Raid kills four Monitor"."""


def read_headlines(drafts: Drafts) -> None:
    """Add the attributions of headlines that end with their sayer, where nothing else was read in them."""
    blocks = drafts.analysis.report.blocks
    for number, line in enumerate(drafts.lines):
        if number >= _FIRST_LINES or not (0 <= line.sentence.block < len(blocks)):
            return
        starts = (start for item in drafts.found for start, _ in item.contents)
        told = any(line.sentence.start <= start < line.sentence.end for start in starts)
        if blocks[line.sentence.block].kind == "headline" and not told and not find_cues(line):
            _read(drafts, number, line)


def _read(drafts: Drafts, number: int, line: Line) -> None:
    stop = line.stop()
    mark = next((at for at in range(stop - 1, max(_SHORTEST, stop - _LONGEST) - 1, -1) if _parts(line, at)), None)
    if mark is not None and _says(line, mark + 1, stop):
        cue: Range = (line.start(mark), line.end(mark + 1))
        drafts.found.append(_draft(line, number, mark, mark + 1, stop, cue))
    elif mark is None and _stands_alone(line, stop - 1):
        drafts.found.append(_draft(line, number, stop - 1, stop - 1, stop, None))


def _parts(line: Line, at: int) -> bool:
    """Tell whether the mark at ``at`` parts what is said from its sayer: a hyphen with room on both sides."""
    apart = line.start(at) > line.end(at) and at + 1 < len(line) and line.start(at + 1) > line.end(at + 1)
    return line.lower[at] in _MARKS and (line.lower[at] == ":" or apart)


def _says(line: Line, first: int, last: int) -> bool:
    """Tell whether the words name somebody who can say something: their head is a title, and no verb is among them."""
    words = line.lower[first:last]
    if not words or any(word in BREAKS | words_of("auxiliary") for word in words):
        return False
    if len(words) == 1 and words[0] in words_of("no speaker"):
        return False
    text = " ".join(token.text for token in line.tokens[first:last])
    source = read_source(text)
    head = titles().get((words[-1],)) or titles().get((words[0],))
    if words[-1] in _FORMS:
        return False  # "Ministry of Health: communique"
    return head is not None and head.sort in _SAYERS and bool(source.body or source.role or source.voice)


def _stands_alone(line: Line, at: int) -> bool:
    """Tell whether the last word is a sayer whose mark is lost: the only capital among plain words."""
    plain = [token.text for token in line.tokens[1:at] if token.text.isalpha()]
    low = sum(word.islower() for word in plain)
    return (
        at >= 2 * _SHORTEST and line.lower[at] in _ALONE and line.capital(at) and not line.capital(at - 1)
        and 2 * low > len(plain)
    ) or (at >= 2 * _SHORTEST and line.lower[at] in _CAPITAL_ALONE and line.capital(at))  # fmt: skip


_CAPITAL_ALONE: Final = frozenset({"ngo"})


def _draft(line: Line, number: int, end: int, first: int, last: int, cue: Range | None) -> Draft:
    source = (line.start(first), line.end(last))
    return Draft(source, cue, [(line.start(0), line.end(end))], number)
