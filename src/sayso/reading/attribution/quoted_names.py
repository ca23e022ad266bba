"""Names in quotation marks that act and that nobody says: '"The Millers" announced a truce', not '"Never," said X'."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sayso.reading.attribution.contents import Range
    from sayso.reading.attribution.drafts import Draft, Drafts
    from sayso.reading.sentences.grammar import Line

LONGEST: Final = 7
"""So many words may a name take, its "the" included."""


def with_quoted_names(drafts: Drafts) -> list[Draft]:
    """Return the attributions; where the grammar makes a quoted name the subject of the cue, it is the sayer."""
    known = drafts.analysis.arcs.get("dep") is not None and drafts.analysis.tags.get("upos") is not None
    return [_turned(drafts, item) for item in drafts.found] if known else drafts.found


def _turned(drafts: Drafts, item: Draft) -> Draft:
    """Return an attribution with the quoted name before its cue as sayer, and who was taken for him as what he says."""
    if item.source is None or item.cue is None or item.source[0] < item.cue[1]:
        return item
    line = drafts.lines[item.line]
    cue = bisect_left(line.starts, item.cue[0])
    quotation = drafts.marks.ends.get(line.end(cue)) if 0 < cue < len(line) else None
    if quotation is None or quotation.start < line.start(0):
        return item
    first = bisect_left(line.starts, quotation.start)
    article = line.at(first - 1) == "the"
    name: Range = (line.start(first - article), quotation.end)
    named = _is_name(line, first + 1, cue - 1, article=article)
    return replace(item, source=name, contents=[item.source]) if named and _acts(drafts, item, first, cue) else item


def _is_name(line: Line, first: int, last: int, *, article: bool) -> bool:
    """Tell whether the tokens between the marks are a name with its article, not a cry: "the Millers"."""
    begin = first + (line.at(first) == "the")
    headed = article or begin > first
    return headed and begin < last <= begin + LONGEST and line.capital(begin) and line.capital(last - 1)


def _acts(drafts: Drafts, item: Draft, first: int, cue: int) -> bool:
    """Tell whether the name is the verb's subject by the grammar, and a thing its object: "announced · a truce"."""
    dep, upos = drafts.analysis.arcs["dep"], drafts.analysis.tags["upos"]
    line = drafts.lines[item.line]
    begin = line.sentence.first
    source = item.source or (0, 0)
    inside = range(begin + first, begin + cue)
    behind = range(begin + bisect_left(line.starts, source[0]), begin + bisect_left(line.starts, source[1]))
    verbs = {begin + at for at in range(cue, bisect_left(line.starts, item.cue[1] if item.cue else 0))}
    subject = any(dep.labels[at] == "nsubj" and int(dep.heads[at]) in verbs for at in inside)
    thing = any(dep.labels[at] == "obj" and upos[at] == "NOUN" and int(dep.heads[at]) in verbs for at in behind)
    return subject and thing
