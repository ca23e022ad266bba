"""Sources that the model cuts short: "A nurse · , Ana Ruiz, put", "The website · Blik accused", "who first · told"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.no_sayers import with_sayers_only
from sayso.reading.attribution.sources import source_before
from sayso.reading.sentences.grammar import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.reading.attribution.contents import Range
    from sayso.reading.attribution.drafts import Draft, Drafts

_NAME: Final = re.compile(r",? ?((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){0,3})(?P<comma>,?) ")
_RELATIVE: Final = ("who ", "which ")


def settled(drafts: Drafts) -> list[Draft]:
    """Return the attributions of those who do say something, each with its whole source."""
    drafts.found = with_sayers_only(drafts)
    return _with_whole_sources(drafts)


def _with_whole_sources(drafts: Drafts) -> list[Draft]:
    """Return the attributions with the name that stands between a source and its cue, and with whom "who" means."""
    longest: dict[tuple[int, int], Range] = {}
    found = [_with_name(drafts, _with_head(drafts, _cut(drafts, item))) for item in drafts.found]
    for item in found:
        if item.source and item.cue and item.source[1] <= item.cue[0]:
            key = (item.line, item.source[0])
            longest[key] = max(longest.get(key, item.source), item.source, key=lambda part: part[1])
    return [_as_whole(item, longest) for item in found]


def _cut(drafts: Drafts, item: Draft) -> Draft:
    """End a source behind its cue at a colon: "says the owner, Blik · : the pilot and two geologists"."""
    if item.source is None or item.cue is None or item.source[0] < item.cue[1]:
        return item
    colon = drafts.marks.text.find(": ", *item.source)
    return item if colon < 0 else replace(item, source=(item.source[0], colon))


def _with_name(drafts: Drafts, item: Draft) -> Draft:
    """Give a source the name between it and its cue: a name and nothing else, with a comma on both sides or on none."""
    if item.source is None or item.cue is None or not item.source[1] < item.cue[0]:
        return item
    gap = _NAME.fullmatch(drafts.marks.text, item.source[1], item.cue[0])
    if gap is None or gap[0].startswith(",") != bool(gap["comma"]):
        return item
    if any(word.lower().strip(".") in words_of("day") | words_of("time") for word in gap[1].split()):
        return item
    return replace(item, source=(item.source[0], gap.end(1)))


def _with_head(drafts: Drafts, item: Draft) -> Draft:
    """Give a source that is a relative clause whom it tells of: "The mayor, who at first said four, told …"."""
    text, line = drafts.marks.text, drafts.lines[item.line]
    if item.source is None or item.cue is None or item.cue[0] < item.source[1]:
        return item
    if not text[slice(*item.source)].lower().startswith(_RELATIVE):
        return item
    at = bisect_left(line.starts, item.source[0])
    head = source_before(line, at - (line.at(at - 1) == ","), 0) if at > 1 else None
    return item if head is None else replace(item, source=(line.start(head[0]), item.source[1]))


def _as_whole(item: Draft, longest: Mapping[tuple[int, int], Range]) -> Draft:
    """Return a draft with the longest source that begins where its own does and ends before its cue."""
    whole = longest.get((item.line, item.source[0])) if item.source else None
    fits = whole is not None and item.cue is not None and item.source is not None and whole[1] > item.source[1]
    return replace(item, source=whole) if fits and whole and item.cue and whole[1] <= item.cue[0] else item
