"""Sentences that their sayer closes: "CONTENT, the army has announced." All that goes before is what he says.

The model often takes half of it ("two car bombs exploded · , killing nine and wounding 34, police say") or misses the
sayer whose cue is rare ("a relative disclosed in a text message").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.missed_sayers import DATELINE, missed_sayers, start_of
from sayso.reading.sentences.grammar import QUOTES, words_of
from sayso.reading.sentences.syntax import syntax_of

if TYPE_CHECKING:
    from sayso.reading.attribution.contents import Range
    from sayso.reading.attribution.drafts import Draft, Drafts
    from sayso.reading.sentences.grammar import Line

TAIL: Final = 14
"""So many words may follow the cue of a sayer who closes a sentence: when, where and through whom he said it."""
SHORT: Final = 12
"""So many words may stand between a comma and the cue in an aside: "In the village, say officials, …"."""
_AS_SAYING: Final = re.compile(r" ([^,;:]{3,90}?) as saying\b")
OPENS_REST: Final = ("with ", "among them ", "including ")
"""Words that go on, behind the sayer, with what he said: "…, police said, with eight people known to have died"."""


def with_closing_sayers(drafts: Drafts) -> list[Draft]:
    """Return the attributions found, those that close their sentence widened, and those nobody saw."""
    by_line: dict[int, list[Draft]] = {}
    for item in drafts.found:
        _quoted_as_saying(drafts, item)
        if _is_whole(item) or _emptied(drafts, item):
            by_line.setdefault(item.line, []).append(item)
    for number, rows in by_line.items():
        if len(rows) == 1 and not rows[0].quoted:
            _widen(drafts, drafts.lines[number], rows[0])
    missed = list(missed_sayers(drafts, by_line))
    lines, sure = {item.line for item in missed}, {id(item) for rows in by_line.values() for item in rows}
    return [*(item for item in drafts.found if item.line not in lines or id(item) in sure), *missed]


def _is_whole(item: Draft) -> bool:
    """Tell whether an attribution is sure, and says something beside its sayer's own words."""
    source = item.source
    own = any(source is None or not source[0] <= one[0] < source[1] for one in item.contents)
    return own and not item.doubtful


def _emptied(drafts: Drafts, item: Draft) -> bool:
    """Give a sayer at the end of his sentence of whom the model only knows the words for him what stands before."""
    text, line = drafts.marks.text, drafts.lines[item.line]
    if item.source is None or item.cue is None or item.doubtful or item.cue[0] < item.source[1]:
        return False
    comma = len(text[: item.source[0]].rstrip())
    tail = text[item.cue[1] : line.sentence.end].split()
    if comma <= line.sentence.start or text[comma - 1] != "," or len(tail) > TAIL:
        return False
    item.contents = [(start_of(text, line, comma - 1), comma - 1)]
    return True


def _quoted_as_saying(drafts: Drafts, item: Draft) -> None:
    """Give "…, X quoted Y as saying" to Y: what he is quoted with stands before it all."""
    text, line = drafts.marks.text, drafts.lines[item.line]
    if item.source is None or item.cue is None or text[slice(*item.cue)] not in ("quoted", "quotes", "cited"):
        return
    found = _AS_SAYING.match(text, item.cue[1], line.sentence.end)
    comma = len(text[: item.source[0]].rstrip())
    if found and comma > line.sentence.start and text[comma - 1] == ",":
        item.source = found.span(1)
        item.contents = [(start_of(text, line, comma - 1), comma - 1)]


def _widen(drafts: Drafts, line: Line, item: Draft) -> None:
    """Give a sayer who closes his sentence all that goes before, and one in an aside what stands on both sides."""
    text = drafts.marks.text
    parts = sorted(part for part in (item.source, item.cue) if part)
    if len(parts) < 2 or not item.contents or any(start < line.sentence.start for start, _ in item.contents):
        return
    before = [piece for piece in item.contents if piece[1] <= parts[0][0]]
    behind = [piece for piece in item.contents if piece[0] >= parts[-1][1]]
    comma = len(text[: parts[0][0]].rstrip())
    if comma <= line.sentence.start or text[comma - 1] != ",":
        return
    if before and (opened := _relative(text, line, comma - 1)):
        before = opened
    elif before:
        start = _start(text, line, before[0][0])
        whole = (start, comma - 1)
        if not _has_quotes(text[whole[0] : whole[1]]) and ";" not in text[whole[0] : whole[1]]:
            before = [whole]
    elif behind and text[parts[-1][1] : parts[-1][1] + 1] == "," and not _has_quotes(text[slice(*behind[0])]):
        before = _fronted(text, line, comma - 1) or _clause(drafts, line, comma - 1)
    item.contents = [*before, *(_to_the_end(text, line, piece) for piece in behind)]


def _relative(text: str, line: Line, comma: int) -> list[Range]:
    """Return the word that opens a clause of which alone somebody speaks: "a man who, the army said, had fled"."""
    word = text[line.sentence.start : comma].rsplit(" ", 1)[-1]
    return [(comma - len(word), comma)] if word.lower() in _OPENERS else []


_OPENERS: Final = frozenset({"who", "which", "that", "where", "whose", "whom"})


def _start(text: str, line: Line, first: int) -> int:
    """Return where what is said begins: with its sentence, or behind its dateline, a mark or another's words."""
    begin = start_of(text, line, first)
    head = text[begin:first].rstrip()
    if not head:
        return first
    dateline = len(head) <= DATELINE and head[-1] in "-–—:])"
    cut = dateline or any(mark in head for mark in (";", ":", "--", " - ", "—", "–")) or _has_quotes(head)
    return first if cut else begin


def _has_quotes(words: str) -> bool:
    return any(mark in words for mark in QUOTES)


def _clause(drafts: Drafts, line: Line, comma: int) -> list[Range]:
    """Return the clause before a sayer of whom only what follows was read: "Four died, doctors said, · in a raid"."""
    start = start_of(drafts.marks.text, line, comma)
    syntax = syntax_of(drafts.analysis, line.sentence, line.lower)
    last = bisect_left(line.starts, comma)
    first = bisect_left(line.starts, start)
    opens = line.at(first) in words_of("preposition", "subordinator") and line.at(first + 1) != "least"
    if syntax is None or opens or syntax.upos[first] == "VERB" or _has_quotes(drafts.marks.text[start:comma]):
        return []
    told = any(syntax.labels[at].startswith("nsubj") and syntax.heads[at] < last for at in range(last))
    return [(start, comma)] if told else []


def _fronted(text: str, line: Line, comma: int) -> list[Range]:
    """Return the phrase that opens a sentence before an aside: "In the village of X · , say officials, ·"."""
    words = text[line.sentence.start : comma].lower().split()
    placed = bool(words) and len(words) <= SHORT and words[0] in words_of("preposition") - {"as", "according", "for"}
    return [(line.sentence.start, comma)] if placed and "," not in text[line.sentence.start : comma] else []


def _to_the_end(text: str, line: Line, piece: Range) -> Range:
    """Return what follows the sayer up to the end of the sentence where it goes on with what he said."""
    if not text[slice(*piece)].lower().startswith(OPENS_REST) or line.stop() == 0:
        return piece
    end = line.end(line.stop())
    return piece if _has_quotes(text[piece[1] : end]) else (piece[0], max(piece[1], end))
