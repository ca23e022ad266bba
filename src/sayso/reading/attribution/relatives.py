"""What "according to which" takes up: of "charges by activists, according to which …" the activists say the rest.

The relative only takes up the noun before: the ministry that denies the allegations is no source of the houses, and
"which soldiers" are no source at all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.drafts import Draft
from sayso.reading.attribution.sources import source_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.attribution.contents import Range
    from sayso.reading.attribution.drafts import Drafts
    from sayso.reading.sentences.grammar import Line

_RELATIVE: Final = re.compile(r"according to (?:which|whom)\b,?", re.IGNORECASE)
_GIVER: Final = re.compile(r".* (?:by|from) (?!which\b|whom\b)|.*? (?:of|in) ", re.DOTALL)
"""What stands between a noun for what is told and those who tell it: "allegations by", "reports in"."""
_END: Final = re.compile(r"[;:]| (?:but|though|although|while) |, (?:the |an? )?[\w' -]{1,60}? (?:said|says)\b")


def with_relatives(drafts: Drafts) -> list[Draft]:
    """Return the attributions, those by "according to which" turned to whom the relative takes up."""
    found, text = list(drafts.found), drafts.marks.text
    for number, line in enumerate(drafts.lines):
        for cue in _RELATIVE.finditer(text, line.sentence.start, line.sentence.end):
            found = _turned(found, number, line, cue, text)
    return found


def _turned(found: Sequence[Draft], number: int, line: Line, cue: re.Match[str], text: str) -> list[Draft]:
    floor = max((item.cue[1] for item in found if item.cue and line.start(0) <= item.cue[0] < cue.start()), default=0)
    source = _source(line, cue.start(), floor, text)
    stop = _END.search(text, cue.end(), line.sentence.end)
    end = stop.start() if stop else line.sentence.end
    content = (cue.end(), len(text[:end].rstrip(" .\n,")))
    kept = [item for item in found if item.cue is None or not cue.start() <= item.cue[0] < cue.end()]
    told = source[0] if source else cue.start()
    kept = [_reaching(item, cue.start(), told, content) for item in kept]
    if source is None or content[0] >= content[1]:
        return kept
    own = Draft(source, (cue.start(), cue.start() + len("according to")), [content], number)
    return [*kept, own]


def _source(line: Line, cue: int, floor: int, text: str) -> Range | None:
    """Return those who tell what the noun before the relative is: "reports by · activists", or the noun itself."""
    first = next((at for at in range(len(line)) if line.start(at) >= cue), None)
    before = source_before(line, first - (line.at(first - 1) == ","), 0) if first else None
    if before is None:
        return None
    start, end = max(line.start(before[0]), floor), line.end(before[1])
    start += len(text[start:end]) - len(text[start:end].lstrip())
    giver = _GIVER.match(text[start:end])
    return (start + giver.end(), end) if giver else (start, end)


def _reaching(item: Draft, cue: int, told: int, content: Range) -> Draft:
    """Let what is said of the noun reach over its relative: what is denied are the allegations with all they say."""
    if item.cue is None or not item.contents or item.cue[0] >= cue:
        return item
    start, end = item.contents[-1]
    touches = start < cue and end >= told - len(" from ")
    return replace(item, contents=[*item.contents[:-1], (start, max(end, content[1]))]) if touches else item
