"""Marks and small words that tell where something said begins or ends, as one code a word."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Mark(IntEnum):
    """What a word is to the edge of a stretch."""

    OTHER = 0
    STOP = 1
    COMMA = 2
    BREAK = 3  # colon, semicolon, dash
    QUOTE = 4
    THAT = 5
    JOINER = 6


_MEMBERS: Final = {
    Mark.STOP: (".", "!", "?"),
    Mark.COMMA: (",",),
    Mark.BREAK: ("--", "-", "—", "–", ":", ";"),
    Mark.QUOTE: ('"', "“", "”", "''", "``"),
    Mark.THAT: ("that",),
    Mark.JOINER: ("and", "but", "or"),
}
_MARKS: Final = {word: mark for mark, words in _MEMBERS.items() for word in words}


def mark_of(word: str) -> Mark:
    """Return what a word is, in any case."""
    return _MARKS.get(word.lower(), Mark.OTHER)
