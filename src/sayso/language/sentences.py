"""Group tokens into sentences inside one block of a report: full stops that end something, and those that don't."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.language.tokens import abbreviations, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.language.analysis import Token

_CLOSERS = frozenset("\"'”’»)]}")
_OPENERS = frozenset("\"'“‘«([{*•-–—")
_INSIDE = frozenset(",;:%)]}")  # marks that cannot open a sentence
_RULES = frozenset("-=_*~#")
_RULE = 5  # so many marks in a row draw a line
_STOPS = frozenset(".!?…。！？؟")
LONGEST = 400
"""Tokens. No sentence of ours is longer; text without stops (lists, tables, hostile input) is cut, so that what looks
at a whole sentence stays linear in the text."""


def sentence_ends(tokens: Sequence[Token]) -> list[int]:
    """Return one past the last token of each sentence; ``tokens`` are those of one paragraph."""
    ends: list[int] = []
    first = 0
    for index, token in enumerate(tokens):
        if index - first >= LONGEST:
            ends.append(index)
            first = index
        drawn = _is_rule(token.text)
        if drawn and index > first:
            ends.append(index)
            first = index
        if token.text[-1] in _STOPS or drawn or _is_smile(token.text):
            end = _end_after(tokens, first, index)
            if end > first:
                ends.append(end)
                first = end
    if first < len(tokens):
        ends.append(len(tokens))
    return ends


def _is_rule(text: str) -> bool:
    """True for a line drawn with marks: ----- or =====."""
    return len(text) >= _RULE and text[0] in _RULES and text.count(text[0]) == len(text)


def _is_smile(text: str) -> bool:
    """True for :-) and its like."""
    return 1 < len(text) < 4 and text[0] in ":;=" and text[-1] in "()DPp"


def _end_after(tokens: Sequence[Token], first: int, index: int) -> int:
    """Return one past the last token of the sentence that the stop at ``index`` ends, 0 where it ends none."""
    behind = index + 1
    while behind < len(tokens) and _closes(tokens, behind):
        behind += 1
    behind = _behind_reference(tokens, behind)
    if behind >= len(tokens):
        return len(tokens)
    if tokens[behind].text[0] in _STOPS:
        return 0  # the next stop decides
    return behind if _ends(tokens, first, index, behind) else 0


def _closes(tokens: Sequence[Token], index: int) -> bool:
    """Say whether this is a quotation mark or bracket that stands right behind what it closes."""
    return (
        tokens[index].text[0] in _CLOSERS
        and len(set(tokens[index].text)) == 1
        and (tokens[index].start == tokens[index - 1].end)
    )


def _behind_reference(tokens: Sequence[Token], index: int) -> int:
    """Return one past a reference mark like [12] that stands at ``index``, which belongs to the sentence before it."""
    marks = [token.text for token in tokens[index : index + 3]]
    return index + 3 if len(marks) == 3 and marks[0] == "[" and marks[1].isdigit() and marks[2] == "]" else index


def _ends(tokens: Sequence[Token], first: int, index: int, behind: int) -> bool:
    """Decide whether the stop at ``index`` ends a sentence when the word at ``behind`` follows."""
    stop = tokens[index].text
    follower = _first_word(tokens, behind)
    if tokens[behind].text[0] in _INSIDE:
        return False
    if follower[:1].islower() and (len(stop) > 1 or stop in "!…" or behind > index + 1):
        return False  # "Stop!" he said; and so on … and on
    touching = tokens[behind].start == tokens[behind - 1].end
    if touching and stop == "." and not _is_glued(tokens[index - 1].text, follower):
        return False  # no space behind it: part of a name, a number, a file
    if stop == "." and index - 1 == first and tokens[first].text.isalnum() and len(tokens[first].text) <= 2:
        return False  # the number or letter of a list item
    if len(stop) > 1 and stop[0].isalpha():
        return _abbreviation_ends(stop.lower(), follower)
    return True


def _is_glued(word: str, follower: str) -> bool:
    """Tell whether two sentences only lost the space between them: "the fire.Four men were"."""
    begins = follower[:1].isupper() and (follower[1:].islower() or follower in ("A", "I"))
    return begins and word[-2:].isalpha() and word[-2:].islower()


def _first_word(tokens: Sequence[Token], index: int) -> str:
    """Return the first token from ``index`` on that is no opening mark."""
    while index + 1 < len(tokens) and tokens[index].text[0] in _OPENERS:
        index += 1
    return tokens[index].text


def _abbreviation_ends(abbreviation: str, follower: str) -> bool:
    """Say whether an abbreviation also ends its sentence: a word that opens sentences follows."""
    if abbreviation in abbreviations("titles") or not follower[:1].isupper():
        return False
    return follower.lower() in _sentence_openers()


@cache
def _sentence_openers() -> frozenset[str]:
    return frozenset(words()["sentence"]["openers"])
