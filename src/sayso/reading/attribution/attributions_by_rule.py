"""Source, cue and content of every attribution, found by rule: the reader without a model, and the model's helper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.attribution.contents import Marks
from sayso.reading.attribution.cue_inverted import read_inverted
from sayso.reading.attribution.cue_phrases import read_noun, read_phrase, read_speaker_line
from sayso.reading.attribution.cue_verbs import read_finite, read_participle, read_passive
from sayso.reading.attribution.cues import Cue, find_cues
from sayso.reading.attribution.drafts import Drafts
from sayso.reading.attribution.follow_ups import drop_tentative, follow_quotations
from sayso.reading.attribution.headlines import read_headlines
from sayso.reading.attribution.questions import without_explanation
from sayso.reading.attribution.relatives import with_relatives
from sayso.reading.sentences.grammar import Line, lines

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis


def drafts_by_rule(analysis: Analysis) -> Drafts:
    """Return the attributions that the rules find in a report, in the order they were found."""
    drafts = Drafts(analysis, Marks.of(analysis), lines(analysis))
    for number, line in enumerate(drafts.lines):
        _read_line(drafts, number, line)
    drop_tentative(drafts)
    drafts.found = [without_explanation(item, drafts.marks.text) for item in drafts.found]
    drafts.found = with_relatives(drafts)
    follow_quotations(drafts)
    read_headlines(drafts)
    return drafts


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
