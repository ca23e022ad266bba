"""Which times of a report are those of saying: beside a cue, with nothing but the holder in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.sentences.grammar import BREAKS, words_of
from sayso.reading.sentences.passages import closed
from sayso.reading.times import counts_back

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.statements.statements import Statements
    from sayso.records import Statement

OCCASION = 80
"""So many code points may lie between them where they only tell where and on what occasion it was said."""
SAID_REACH = 22
"""So many code points may lie between a cue and the time of saying ("told reporters in the capital on Monday")."""


def saying_times(view: Scan, statements: Statements) -> list[tuple[int, int]]:
    """Return the code points of times of saying: those beside the cue, with nothing but the holder in between."""
    found = []
    for statement in statements.records:
        if statement.said is None or statement.cue is None:
            continue
        for passage in view.passages:
            if passage.start <= statement.cue.start < passage.end:
                found += [span for span in _times_in(view, passage) if _of_saying(passage, span, statement)]
    return found


def _times_in(view: Scan, passage: Passage) -> list[tuple[int, int]]:
    hits = (hit for hit in view.moments(passage) if not (_of_an_attack(passage, hit.last) or counts_back(hit.value)))
    return [passage.offsets(hit.first, hit.last) for hit in hits]


def _of_an_attack(passage: Passage, last: int) -> bool:
    """Tell whether a day is that of an attack by its possessive: "a curfew after Tuesday's · rocket attack"."""
    owns = passage.word(last) in ("'s", "’s") or passage.word(last - 1) in ("'s", "’s")
    return owns and any(passage.word(at) in closed("attack nouns") for at in range(last, last + 4))


def _of_saying(passage: Passage, span: tuple[int, int], statement: Statement) -> bool:
    """Tell whether a time outside the content adjoins the cue, the holder not counted."""
    start, end = span
    if statement.cue is None or any(piece.start <= start < piece.end for piece in statement.content):
        return False
    cue = statement.cue.start
    if any(end <= piece.start and piece.end <= cue for piece in statement.content):
        return False  # "on Thursday a bombing claimed by X killed two": the day of the bombing
    low, high = (end, statement.cue.start) if end <= statement.cue.start else (statement.cue.end, start)
    holder = statement.holder_span
    inside = holder.end - holder.start if holder and low <= holder.start and holder.end <= high else 0
    return high - low - inside <= SAID_REACH or (high == start and _occasion(passage, low, high))


def _occasion(passage: Passage, start: int, end: int) -> bool:
    """Tell whether only where it was said stands before a time: "said · at a briefing in the city · on …"."""
    first, last = passage.tokens_of(start, end)
    first += passage.offsets(first, first + 1)[0] < start  # a space opens the gap
    syntax = passage.syntax
    if syntax is None or end - start > OCCASION or passage.word(first) not in words_of("preposition"):
        return False
    return not syntax.has_verb(first, last) and not any(passage.word(at) in BREAKS for at in range(first, last))
