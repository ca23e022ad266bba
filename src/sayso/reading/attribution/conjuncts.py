"""Contents that break off at "and": "said it was planned · and ordered by a leader", "…, he said, and · 40 fell"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.language.analysis import Analysis
    from sayso.reading.attribution.contents import Range
    from sayso.reading.attribution.drafts import Draft, Drafts

AHEAD: Final = 4
"""So many words behind "and" may the verb stand that goes on."""
DEEP: Final = 40
"""So many words may the part that goes on have."""


def with_conjuncts(drafts: Drafts, found: Sequence[Draft]) -> list[Draft]:
    """Let contents behind their cue go on where the tree joins a verb without its own subject to a verb in them."""
    analysis = drafts.analysis
    if analysis.arcs.get("dep") is None or analysis.tags.get("upos") is None:
        return list(found)
    cues = sorted(item.cue[0] for item in found if item.cue)
    starts = [token.start for token in analysis.tokens]
    return [_extended(analysis, starts, drafts, item, cues) for item in found]


def _extended(analysis: Analysis, starts: list[int], drafts: Drafts, item: Draft, cues: list[int]) -> Draft:
    if item.cue is None or not item.contents or item.contents[-1][0] < item.cue[1]:
        return item
    start, end = item.contents[-1]
    first, at = bisect_left(starts, start), bisect_left(starts, end)
    stop = drafts.lines[item.line].sentence.last
    if len(item.contents) > 1 and analysis.report.text[start:end].lower() in ("and", "but"):
        return replace(item, contents=[*item.contents[:-1], *_second_half(analysis, first, stop, cues)])
    if at >= stop or analysis.tokens[at].text.lower() not in ("and", "or"):
        return item
    last = _joined(analysis, first, at, stop)
    if last is None:
        return item
    reach = analysis.tokens[last].end
    if any(end <= cue < reach for cue in cues):
        return item
    pieces: list[Range] = [*item.contents[:-1], (start, reach)]
    return replace(item, contents=pieces)


def _second_half(analysis: Analysis, first: int, stop: int, cues: list[int]) -> list[Range]:
    """Return the rest of a sentence behind "…, it said, and", of which the model saw no more; [] before a cue."""
    while stop > first + 1 and analysis.tags["upos"][stop - 1] == "PUNCT":
        stop -= 1
    start, reach = analysis.tokens[first].start, analysis.tokens[stop - 1].end
    return [] if stop - first == 1 or any(start < cue < reach for cue in cues) else [(start, reach)]


def _joined(analysis: Analysis, first: int, at: int, stop: int) -> int | None:
    """Return the last token of the verb phrase behind "and" at ``at`` that is joined to a verb of [first, at)."""
    dep, upos = analysis.arcs["dep"], analysis.tags["upos"]
    for verb in range(at + 1, min(at + 1 + AHEAD, stop)):
        head = int(dep.heads[verb])
        if upos[verb] != "VERB" or dep.labels[verb] != "conj" or not first <= head < at or upos[head] != "VERB":
            continue
        below = [k for k in range(at, min(stop, at + DEEP)) if int(dep.heads[k]) == verb]
        if any(dep.labels[k].startswith("nsubj") for k in below):
            return None
        return _end_below(analysis, verb, stop)
    return None


def _end_below(analysis: Analysis, verb: int, stop: int) -> int:
    """Return the last token that hangs on a verb, marks at the end left out."""
    dep, upos = analysis.arcs["dep"], analysis.tags["upos"]
    inside = {verb}
    for at in range(verb + 1, min(stop, verb + DEEP)):
        if int(dep.heads[at]) in inside or (int(dep.heads[at]) > at and int(dep.heads[at]) < stop):
            inside.add(at)
        else:
            break
    last = max(inside)
    while last > verb and upos[last] == "PUNCT":
        last -= 1
    return last
