"""Where the content of a cue stands: behind it, before it, on both sides, in quotations that run on."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import DASHES, QUOTES, STOPS, is_adverb, words_of
from sayso.reading.sentences.quotations import Quotation, Within, find_quotations

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis
    from sayso.reading.attribution.cues import Cue
    from sayso.reading.sentences.grammar import Line

Range = tuple[int, int]  # half-open code points
_LONGEST: Final = 250  # tokens of a content inside one sentence; the bound keeps hostile input linear
_TRAIL: Final = frozenset({",", ";", ":"}) | DASHES


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotations of a report, ready to be asked about places."""

    text: str
    quotations: tuple[Quotation, ...]
    within: Within
    ends: dict[int, Quotation]
    starts: dict[int, Quotation]
    outer_starts: tuple[int, ...]

    @classmethod
    def of(cls, analysis: Analysis) -> Marks:
        """Find the quotations of a report."""
        quotations = find_quotations(analysis.report)
        outer = [quotation for quotation in quotations if quotation.inside is None]
        return cls(
            analysis.report.text,
            quotations,
            Within(quotations),
            {quotation.end: quotation for quotation in reversed(quotations)},
            {quotation.start: quotation for quotation in reversed(quotations)},
            tuple(quotation.start for quotation in outer),
        )

    def whole(self, quotation: Quotation) -> bool:
        """Tell whether a quotation is a sentence or more rather than some quoted words inside a sentence."""
        end = quotation.end
        while end > quotation.start + 1 and self.text[end - 1] in "”\"’'» ":
            end -= 1
        if end <= quotation.start + 1:
            return False
        return self.text[end - 1] in ".,!?…—–-" or self._before_comma(quotation)

    def _before_comma(self, quotation: Quotation) -> bool:
        """Accept the style that puts the comma behind the mark: a capital and a few words make a sentence too."""
        head = self.text[quotation.start + 1 : min(quotation.end, quotation.start + 200)]
        follows = self.text[quotation.end : quotation.end + 1]
        return follows in (",", ".") and head.count(" ") >= 3 and head.lstrip(" [‘'")[:1].isupper()

    def after(self, line: Line, index: int) -> int:
        """Return the token index behind the quotation that the token at ``index`` stands in or opens."""
        quotation = self.within.at(line.start(index))
        if quotation is None:
            return index
        return max(index + 1, bisect_left(line.starts, quotation.end))


def inside_quotation(line: Line, index: int, marks: Marks) -> Quotation | None:
    """Return the quotation around the token at ``index``, its marks not counted."""
    quotation = marks.within.at(line.start(index))
    return None if quotation is None or line.start(index) == quotation.start else quotation


def clause_end(line: Line, start: int, own: Cue, cues: dict[int, Cue], marks: Marks) -> int:
    """Return one past the last token of the content that begins at ``start``, in the sentence of its cue."""
    limit = min(_limit(line, own, marks), start + _LONGEST)
    index = start
    depth = 0
    while index < limit:
        outer = marks.within.at(line.start(index))
        if outer is not None and not (outer.start <= line.start(own.first) < outer.end):
            index = min(limit, marks.after(line, index))
            continue
        word = line.lower[index]
        depth += (word == "(") - (word == ")")
        if depth < 0 or word == ";":
            break
        if depth == 0 and index in cues and (stop := _stop_before(line, cues[index], start)) is not None:
            index = stop
            break
        if depth == 0 and word == "," and index > start and _turns(line, index, own):
            break
        index += 1
    return _strip_right(line, start, min(index, limit))


def _turns(line: Line, comma: int, own: Cue) -> bool:
    """Tell whether a new clause of the report's own begins behind the comma: ", but …", for a mere object ", she …"."""
    behind = line.at(comma + 1)
    if (
        line.at(own.first - 1) in ("who", "which")
        and line.at(own.first - 2) == ","
        and (behind in words_of("auxiliary") or (behind.endswith("ed") and not line.capital(comma + 1)))
    ):
        return True  # the relative clause closes: "X, who said …, was there"
    if behind in ("but", "though", "although", "while", "whereas", "however"):
        return True
    return "clause" not in own.group.content and behind in words_of("pronoun") | {"which", "where"}


def _limit(line: Line, own: Cue, marks: Marks) -> int:
    """Return where the content must end: with the sentence, or with the quotation that the cue stands in."""
    quotation = inside_quotation(line, own.first, marks)
    if quotation is None:
        return line.stop()
    inner = bisect_left(line.starts, quotation.end - 1 if quotation.closed else quotation.end)
    return max(own.last, min(inner, line.stop()))


def _stop_before(line: Line, cue: Cue, start: int) -> int | None:
    """Return where the content ends because another cue takes over, or None if that cue stands inside it."""
    before = cue.first - 1
    word = line.at(before)
    if cue.group.part == "phrase":
        return before if word == "," else None
    if cue.group.part == "noun":
        return None
    if cue.form == "ing" and cue.first == cue.verb:
        if word == ",":
            return before
        return before - (line.at(before - 1) == ",") if word == "and" and line.at(before - 1) == "," else None
    if word in ("and", "but", "then") and cue.form != "base" and not cue.passive:
        return before - (line.at(before - 1) in (",", "and"))
    source = cue.subject
    if source is None or source[0] <= start:
        return None
    left = line.at(source[0] - 1)
    if left in words_of("joins clauses") and line.at(source[0] - 2) == ",":
        return source[0] - 2
    if left == "," and _is_last(line, cue):
        return source[0] - 1
    return None


def _is_last(line: Line, cue: Cue) -> bool:
    """Tell whether nothing but marks, a day or a channel follows the cue."""
    return cue.last >= line.stop() or line.at(cue.last) == ","


def _strip_right(line: Line, start: int, end: int) -> int:
    while end > start and (line.lower[end - 1] in _TRAIL or line.lower[end - 1] in ("and", "but")):
        end -= 1
    return end


def right_content(line: Line, start: int, own: Cue, cues: dict[int, Cue], marks: Marks) -> list[Range]:
    """Return the content that begins with the token at ``start``: a whole quotation, or the clause."""
    if start >= len(line):
        return []
    quotation = marks.starts.get(line.start(start))
    if quotation is not None and marks.whole(quotation):
        return list(quotation.pieces)
    end = clause_end(line, start, own, cues, marks)
    if end <= start:
        return []
    return _run_on((line.start(start), line.end(end)), marks)


def _run_on(content: Range, marks: Marks) -> list[Range]:
    """Extend a content that ends inside a quotation it did not leave to the end of that quotation."""
    start, end = content
    quotation = marks.within.at(end - 1)
    if quotation is None or quotation.start < start or quotation.end <= end:
        return [content]
    first = next(number for number, piece in enumerate(quotation.pieces) if piece[0] <= end - 1 < piece[1])
    return [(start, quotation.pieces[first][1]), *quotation.pieces[first + 1 :]]


def left_content(line: Line, end: int, floor: int, marks: Marks) -> list[Range]:
    """Return the content that ends before the token at ``end``: a quotation that ends there, or the clause.

    Args:
        line: the sentence.
        end: one past the last token of the content, its comma included.
        floor: first token that may belong to it.
        marks: the quotations.

    """
    while end > floor and line.lower[end - 1] in _TRAIL:
        end -= 1
    while floor < end and (line.lower[floor] in _TRAIL or (line.lower[floor] in ("but", "and") and floor == 0)):
        floor += 1
    if end <= floor:
        return []
    last = line.end(end)
    quotation = marks.ends.get(last) or _closing(marks, last)
    if quotation is not None and quotation.inside is None:
        begins_before = quotation.start <= line.start(floor)
        if begins_before or (marks.whole(quotation) and _is_opening(line, floor, quotation)):
            return list(quotation.pieces)
    return _run_back((line.start(floor), last), marks)


def _closing(marks: Marks, last: int) -> Quotation | None:
    """Return the quotation whose closing mark stands at ``last``, behind its comma or stop."""
    return marks.ends.get(last + 1) if marks.text[last : last + 1] in '”"' else None


def _is_opening(line: Line, floor: int, quotation: Quotation) -> bool:
    """Tell whether only marks stand between ``floor`` and the quotation."""
    first = bisect_left(line.starts, quotation.start)
    return first - floor < 4 and all(not line.word(index) for index in range(floor, first))


def _run_back(content: Range, marks: Marks) -> list[Range]:
    start, end = content
    quotation = marks.within.at(start)
    if quotation is None or quotation.start >= start or quotation.end > end:
        return [content]
    last = next(number for number, piece in enumerate(quotation.pieces) if piece[0] <= start < piece[1])
    return [*quotation.pieces[:last], (quotation.pieces[last][0], end)]


def skip_adverbials(line: Line, index: int, marks: Marks, *, recipient: bool) -> int:
    """Walk over what may stand between cue and content: when, through what, to whom it was said."""
    if recipient:
        index = _skip_recipient(line, index)
    for _ in range(6):
        behind = _skip_one(line, index)
        if behind == index:
            break
        index = behind
    return index


def _skip_recipient(line: Line, index: int) -> int:
    """Walk over "the court", "him", "reporters in Madib"; a clause may follow without "that"."""
    word = line.at(index)
    if word in words_of("negation") | {"to", "for", "about"}:
        return index
    if word in QUOTES | {"him", "her", "them", "me", "us", "you", "it"}:
        return index + (word not in QUOTES)
    place = index
    if word in words_of("determiner"):
        place += 1
    begun = place
    while (place < len(line) and line.word(place)) or line.at(place) in ("'s", "’s", "-", "&"):
        word = line.at(place)
        if word in words_of("subordinator", "relative") | words_of("auxiliary") - {"'s", "’s"}:
            break
        if place > begun and word in words_of("pronoun", "determiner", "day"):
            break
        if place > begun and word in (
            "in",
            "on",
            "at",
            "during",
            "after",
            "to",
            "about",
            "last",
            "this",
            "via",
            "by",
            "for",
        ):
            break
        if (
            place > begun
            and line.capital(place) != line.capital(place - 1)
            and line.at(place - 1) not in ("of", "'s", "’s", "-", "and", "the")
            and word not in ("of", "and", "'s", "’s", "-")
        ):
            if line.capital(place - 1) and line.at(place) in words_of("listener"):
                place += 1
                continue
            break
        place += 1
    return place


def _skip_one(line: Line, index: int) -> int:
    word = line.at(index)
    if line.at(index + 1) in ("'s", "’s"):
        return index
    if word in words_of("day") - {"may"} or (
        is_adverb(word)
        and word not in ("so", "there", "here", "not", "now", "even", "only", "nearly", "still", "just", "never", "no")
    ):
        return index + 1
    if word in ("this", "last", "late", "early", "next", "earlier", "later") and line.at(index + 1) in words_of(
        "day"
    ) | words_of("time"):
        place = index + 1
        while line.at(place) in words_of("day", "time"):
            place += 1
        return place
    if word in ("on", "by", "since") and line.at(index + 1) in words_of("day") | {"late", "early"}:
        place = index + 1
        while line.at(place) in words_of("day", "time") or line.at(place).isdigit():
            place += 1
        return place
    if word == "at" and line.at(index + 1) in ("least", "most"):
        return index  # "spoke of at least 60 dead"
    if word in ("in", "on", "at", "to", "during", "via", "by", "from", "through", "over", "before", "after"):
        return _skip_channel(line, index)
    return index


def _skip_channel(line: Line, index: int) -> int:
    """Walk over "in a statement", "on Twitter", "to reporters in Madib", "at a news conference"."""
    for place in range(index + 1, min(index + 7, len(line))):
        word = line.lower[place]
        if word in words_of("channel") and line.at(place + 1) not in words_of("channel"):
            return _skip_tail(line, place + 1)
        if word in QUOTES | STOPS | {",", ":"} or word in words_of("subordinator", "auxiliary"):
            return index
    return index


def _skip_tail(line: Line, index: int) -> int:
    """Walk over "in Madib", "with the Courier", "of 3 May" behind a channel."""
    if line.at(index) in ("in", "with", "to", "from", "on", "of", "at") and (
        line.capital(index + 1) or line.at(index + 1) in ("the", "a", "an")
    ):
        place = index + 2
        while line.capital(place) or line.at(place) in ("'s", "’s", "of", "-"):
            place += 1
        return place
    return index


def bare_quotation_after(position: int, marks: Marks) -> Quotation | None:
    """Return the whole quotation that begins at or right behind ``position`` (only white space between)."""
    number = bisect_left(marks.outer_starts, position)
    if number >= len(marks.outer_starts):
        return None
    start = marks.outer_starts[number]
    if start > position + 20 or marks.text[position:start].strip():
        return None
    return marks.starts[start]
