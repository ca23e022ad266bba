"""Attributions whose cue is no verb: "according to X", "X's claim that …", "Mayor: bridge is safe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.attribution.contents import left_content, right_content, skip_adverbials
from sayso.reading.attribution.cues import Cue, find_cues
from sayso.reading.attribution.drafts import Draft, Drafts, add_draft, clause_floor, goes_on
from sayso.reading.attribution.sources import source_before, source_behind
from sayso.reading.sentences.grammar import BREAKS, QUOTES, Line, words_of

if TYPE_CHECKING:
    from sayso.reading.attribution.contents import Range


def read_phrase(drafts: Drafts, number: int, line: Line, cue: Cue) -> None:
    """Read "According to X, …" · "…, according to X" · "The attack, according to X, was …"."""
    opens = _opens_clause(line, cue.first)
    source = source_behind(line, cue.last, line.stop(), opens=opens)
    if source is None:
        return
    contents: list[Range] = []
    if not opens:
        contents += left_content(line, cue.first, clause_floor(drafts, line, cue.first), drafts.marks)
    behind = source[1]
    if line.at(behind) == "," and (opens or goes_on(drafts, line, behind + 1)):
        contents += right_content(line, behind + 1, cue, drafts.cues, drafts.marks)
    elif opens:
        behind = skip_adverbials(line, behind, drafts.marks, recipient=False)
        contents += right_content(line, behind + (line.at(behind) in (",", ":")), cue, drafts.cues, drafts.marks)
    if contents:
        subject = drafts.subject
        add_draft(drafts, number, line, cue, source, contents)
        drafts.subject = subject or source


def _opens_clause(line: Line, first: int) -> bool:
    while first and not line.word(first - 1) and line.at(first - 1) not in (",", ")"):
        first -= 1
    return first == 0 or line.at(first - 1) in ("and", "but", "that", "while", "because", ";")


def read_noun(drafts: Drafts, number: int, line: Line, cue: Cue) -> None:
    """Read "The mayor's claim that …" · "their accusation that …"."""
    before = line.at(cue.first - 1)
    if line.at(cue.last) != "that" or line.at(cue.last + 1) in words_of("auxiliary"):
        return
    source: Range | None = None
    if before in ("'s", "’s", "'", "’"):
        found = source_before(line, cue.first - 1, 0)
        source = found
    elif before in ("his", "her", "their", "its", "my", "our", "your"):
        source = (cue.first - 1, cue.first)
    if source is None:
        return
    contents = right_content(line, cue.last, cue, drafts.cues, drafts.marks)
    if contents:
        subject = drafts.subject
        add_draft(drafts, number, line, cue, source, contents)
        drafts.subject = subject


def read_speaker_line(drafts: Drafts, number: int, line: Line) -> bool:
    """Read "Mayor: bridge is safe" and the lines of a transcript; the colon is the cue."""
    colon = next((index for index in range(1, min(7, len(line))) if line.lower[index] == ":"), None)
    opens = number == 0 or drafts.lines[number - 1].sentence.block != line.sentence.block
    if colon is None or colon + 1 >= len(line) or not (opens or line.tokens[0].text.isupper()):
        return False
    begin = 1 if line.lower[0] in QUOTES else 0
    if not _is_speaker(line, begin, colon):
        return False
    contents = [(line.start(colon + 1), _speech_end(drafts, number, transcript=line.tokens[begin].text.isupper()))]
    source = (line.start(begin), line.end(colon))
    drafts.found.append(Draft(source, (line.start(colon), line.end(colon + 1)), contents, number))
    return True


_LONGEST_SPEECH = 60  # sentences of one speaker in a transcript


def _speech_end(drafts: Drafts, number: int, *, transcript: bool) -> int:
    """Return where the words of a speaker line end: with the line, in a transcript with the paragraph."""
    line = drafts.lines[number]
    end = line.end(line.stop()) if line.stop() else line.sentence.end
    if line.shouting or not transcript:
        return end
    for later in drafts.lines[number + 1 : number + _LONGEST_SPEECH]:
        if later.sentence.block != line.sentence.block or later.at(1) == ":":
            break
        end = later.sentence.end
    return end


def _is_speaker(line: Line, start: int, end: int) -> bool:
    """Tell whether the words before a colon name somebody: capitals, none of them "Update" or "Photo"."""
    words = line.tokens[start:end]
    if not words or any(word.text.lower() in BREAKS | words_of("no speaker") for word in words):
        return False
    if not all(word.text[:1].isupper() for word in words):
        return False
    return not any(start <= cue.verb < end for cue in find_cues(line))
