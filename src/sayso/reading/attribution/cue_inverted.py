"""Attributions whose sayer stands behind the verb: "…," said X · "The bomb was hidden in a cart, said X."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.attribution.contents import left_content, right_content, skip_adverbials
from sayso.reading.attribution.drafts import Drafts, add_draft, clause_floor, closes, goes_on
from sayso.reading.attribution.sources import source_before, source_behind
from sayso.reading.sentences.grammar import BREAKS, Line, words_of

if TYPE_CHECKING:
    from sayso.reading.attribution.contents import Range
    from sayso.reading.attribution.cues import Cue


def read_inverted(drafts: Drafts, number: int, line: Line, cue: Cue) -> bool:
    """Read "…," said X: the cue stands right behind a quotation or a comma, and a noun phrase follows."""
    before = line.at(cue.first - 1)
    closing = cue.first > 0 and closes(drafts, line, cue.first - 1)
    bare = not closing and before != "," and _closes_without_comma(line, cue)
    if (
        not cue.group.inverts
        or cue.form not in ("past", "third")
        or cue.first != cue.verb
        or not (closing or before == "," or bare)
    ):
        return False
    nxt = line.at(cue.last)
    small = words_of("subordinator", "preposition", "auxiliary", "day", "time")
    if not line.word(cue.last) or nxt in small or nxt in ("her", "him", "them", "there"):
        return False
    source = source_behind(line, cue.last, line.stop())
    if source is None or (not closing and not _ends_clause(drafts, line, source[1])):
        return False
    if not closing and not bare and _is_apposed(line, cue, drafts.floor):
        return False
    contents = left_content(line, cue.first, clause_floor(drafts, line, cue.first), drafts.marks)
    behind = skip_adverbials(line, source[1], drafts.marks, recipient=False)
    contents += _second_half(drafts, line, cue, behind)
    if contents:
        add_draft(drafts, number, line, cue, source, contents, quoted=closing)
    return bool(contents)


def _closes_without_comma(line: Line, cue: Cue) -> bool:
    """Tell whether a sayer whose comma is lost closes the sentence: "… and two soldiers said director Ana Ruiz."."""
    if line.at(cue.verb) not in ("said", "says", "added", "reported") or "," in line.lower:
        return False
    stop = line.stop()
    if not 1 < stop - cue.last <= _SAYER or cue.first < _CLAUSE or line.capital(cue.first - 1):
        return False
    words = range(cue.last, stop)
    named = line.capital(stop - 1) and line.capital(stop - 2) and not any(line.lower[at] in BREAKS for at in words)
    verbs = words_of("auxiliary", "subordinator", "pronoun")
    return named and not any(line.lower[at] in verbs or line.lower[at].endswith("ed") for at in words)


_SAYER = 9  # words of a sayer who closes a sentence
_CLAUSE = 5  # words of what he says, at least


def _is_apposed(line: Line, cue: Cue, floor: int) -> bool:
    """Tell "Ana Ruiz, a spokeswoman for X, said …" from "The bomb was hidden in a cart, said X."."""
    found = source_before(line, cue.first, floor)
    if found is None or found[1] < cue.first - 1:
        return not any(
            word in words_of("auxiliary") or word.endswith("ed") for word in line.lower[_near(cue.first) : cue.first]
        )
    before = line.lower[_near(found[0]) : found[0]]
    return not any(word in words_of("auxiliary") - {"'s", "’s"} for word in (*before, *line.lower[slice(*found)])) or (
        "who" in line.lower[slice(*found)]
    )


def _near(index: int) -> int:
    """Return the first token that is looked at before ``index``; the bound keeps hostile input linear."""
    return max(0, index - 60)


def _ends_clause(drafts: Drafts, line: Line, index: int) -> bool:
    return (
        index >= line.stop()
        or line.at(index) in (",", ";", "in", "on", "at", "during", "to", "via")
        or line.at(index) in words_of("day", "adverb")
    )


def _second_half(drafts: Drafts, line: Line, cue: Cue, index: int) -> list[Range]:
    """Return the rest of an interrupted content behind "…, X said, …"."""
    word = line.at(index)
    if word in (",", ":") and index + 1 < line.stop():
        quotation = drafts.marks.starts.get(line.start(index + 1))
        if quotation is not None and quotation.inside is None:
            return right_content(line, index + 1, cue, drafts.cues, drafts.marks)
        if word == "," and not closes(drafts, line, _left_mark(line, cue)) and goes_on(drafts, line, index + 1):
            return right_content(line, index + 1, cue, drafts.cues, drafts.marks)
        if word == "," and line.at(index + 1) in ("and", "but") and _finite(line, index + 2):
            return right_content(line, index + 1, cue, drafts.cues, drafts.marks)
    return []


def _left_mark(line: Line, cue: Cue) -> int:
    return max(0, cue.first - 1)


def _finite(line: Line, index: int) -> bool:
    return line.at(index) in words_of("auxiliary") - {"'s", "’s"}
