"""Quotations without a cue of their own: they go on with the speaker just quoted, or nobody is named."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from sayso.reading.attribution.drafts import Draft, Drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.reading.attribution.contents import Range
    from sayso.reading.sentences.quotations import Quotation


def drop_tentative(drafts: Drafts) -> None:
    """Give a quotation that follows "He went on." to its own cue where it has one."""
    firm = {start for item in drafts.found if not item.tentative for start, _ in item.contents}
    drafts.found = [item for item in drafts.found if not (item.tentative and item.contents[0][0] in firm)]


def follow_quotations(drafts: Drafts) -> None:
    """Give every whole quotation that no cue took to the speaker just quoted, or to nobody."""
    taken = [(start, end) for item in drafts.found for start, end in item.contents]
    quotations = [q for q in drafts.marks.quotations if q.inside is None and drafts.marks.whole(q)]
    inside = covered(taken)
    by_block = _last_before(drafts)
    for quotation in quotations:
        if inside(quotation.start + 1) or not _stands_alone(drafts, quotation):
            continue
        speaker = by_block(quotation.start)
        if speaker is not None and _quotes(drafts, speaker):
            speaker.contents += quotation.pieces
        elif speaker is not None and speaker.source is not None and quotation.end - quotation.start > 25:
            drafts.found.append(Draft(speaker.source, None, list(quotation.pieces), speaker.line, quoted=True))
        elif quotation.end - quotation.start > 25:
            drafts.found.append(Draft(None, None, list(quotation.pieces), 0, quoted=True))


def covered(taken: list[Range]) -> Callable[[int], bool]:
    """Return a look-up: does a place stand in one of these ranges."""
    merged: list[list[int]] = []
    for start, end in sorted(taken):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    starts = [start for start, _ in merged]

    def inside(position: int) -> bool:
        place = bisect_right(starts, position) - 1
        return place >= 0 and position < merged[place][1]

    return inside


def _last_before(drafts: Drafts) -> Callable[[int], Draft | None]:
    """Return a look-up: the attribution that ends right before a place or in the sentence before."""
    ends = sorted((_end(item), number) for number, item in enumerate(drafts.found))
    places = [end for end, _ in ends]
    sentence_starts = [line.sentence.start for line in drafts.lines]

    def look_up(position: int) -> Draft | None:
        place = bisect_left(places, position + 1) - 1
        if place < 0:
            return None
        item = drafts.found[ends[place][1]]
        gap = bisect_left(sentence_starts, position) - bisect_left(sentence_starts, ends[place][0])
        return item if gap == 0 else None

    return look_up


def _quotes(drafts: Drafts, item: Draft) -> bool:
    """Tell whether an attribution has quoted words already: those that follow go on with them."""
    return any(start in drafts.marks.starts for start, _ in item.contents)


def _end(found: Draft) -> int:
    return max([end for _, end in found.contents] + ([found.cue[1]] if found.cue else []))


def _stands_alone(drafts: Drafts, quotation: Quotation) -> bool:
    """Tell whether a quotation begins its sentence rather than sit inside one."""
    text = drafts.marks.text
    at = quotation.start
    while at and text[at - 1] in " \t\u00a0":
        at -= 1
    return at == 0 or text[at - 1] in '.!?\n”"…'
