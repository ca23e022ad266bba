"""The words before a sayer: "Asked why, he said, “Nothing.”" only leads up; the "what" of "what he says" is said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import words_of

if TYPE_CHECKING:
    from sayso.reading.attribution.contents import Marks, Range
    from sayso.reading.attribution.drafts import Draft

_GAP: Final = re.compile(r"[,:]?\s*")
_WHAT: Final = re.compile(r"\bwhat$", re.IGNORECASE)
_LONG: Final = len(" what")
_ASKED: Final = frozenset({"asked", "pressed", "questioned", "faced", "told", "confronted"})


def without_opener(item: Draft, marks: Marks) -> Draft:
    """Drop the opening phrase before a sayer behind whom the quotation begins.

    PolNeAR, training and development texts: 126 such phrases are left out of what is said, 15 belong to it.
    """
    parts = sorted(part for part in (item.source, item.cue) if part)
    before = [piece for piece in item.contents if parts and piece[1] <= parts[0][0]]
    behind = [piece for piece in item.contents if parts and piece[0] >= parts[-1][1]]
    if len(before) != 1 or not behind or not _quotes(behind[0], parts[-1][1], marks):
        return item
    return replace(item, contents=behind) if _opens(before[0], parts[0][0], marks) else item


def with_object(item: Draft, text: str) -> Draft:
    """Give what is said the "what" before its sayer: "what · the ministry says · it will cost".

    PolNeAR, training and development texts: 39 such words belong to the content, 17 are left out.
    """
    if item.source is None or item.cue is None or not item.contents:
        return item
    first = text[: item.source[0]].rstrip()
    ordered = item.source[1] <= item.cue[0] and item.cue[1] <= item.contents[0][0]
    word = _WHAT.search(first[-_LONG:]) if ordered and len(first) + 1 == item.source[0] else None
    return replace(item, contents=[(len(first) - len("what"), len(first)), *item.contents]) if word else item


def _quotes(piece: Range, end: int, marks: Marks) -> bool:
    return piece[0] in marks.starts and _GAP.fullmatch(marks.text, end, piece[0]) is not None


def _opens(piece: Range, end: int, marks: Marks) -> bool:
    """Tell whether words are a phrase with a comma behind: "As for the toll,", "Asked why,", "Speaking here,"."""
    words = marks.text[slice(*piece)].split()
    first = words[0].lower() if words else ""
    leads = first in words_of("preposition", "subordinator") | _ASKED or first.endswith("ing")
    quoted = any(marks.within.at(place) for place in piece[:1])
    return leads and not quoted and "," in marks.text[piece[1] - 1 : end]
