"""Sentences that their sayer closes: "CONTENT, the army has announced." All that goes before is what he says.

The model often takes half of it ("two car bombs exploded · , killing nine and wounding 34, police say") or misses the
sayer whose cue is rare ("a relative disclosed in a text message").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.cues import groups_by_word
from sayso.reading.attribution.drafts import Draft
from sayso.reading.sentences.grammar import QUOTES, words_of
from sayso.reading.sentences.syntax import syntax_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.attribution.contents import Range
    from sayso.reading.attribution.drafts import Drafts
    from sayso.reading.sentences.grammar import Line
    from sayso.reading.sentences.syntax import Syntax

TAIL: Final = 14
"""So many words may follow the cue of a sayer who closes a sentence: when, where and through whom he said it."""
SOURCE: Final = 14
"""So many words may name him."""
SHORT: Final = 12
"""So many words may stand between a comma and the cue in an aside: "In the village, say officials, …"."""
_DATELINE: Final = re.compile(r"[^.;]*?(?: - | -- | — | – |\] )|\w+: ")
_AS_SAYING: Final = re.compile(r" ([^,;:]{3,90}?) as saying\b")
DATELINE: Final = 60
"""So many code points may a dateline take."""
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
            _widen(drafts.marks.text, drafts.lines[number], rows[0])
    missed = list(_missed(drafts, by_line))
    lines = {item.line for item in missed}
    return [*(item for item in drafts.found if item.line not in lines), *missed]


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
    item.contents = [(_start_of(text, line, comma - 1), comma - 1)]
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
        item.contents = [(_start_of(text, line, comma - 1), comma - 1)]


def _widen(text: str, line: Line, item: Draft) -> None:
    """Give a sayer who closes his sentence all that goes before, and one in an aside what stands on both sides."""
    parts = sorted(part for part in (item.source, item.cue) if part)
    if len(parts) < 2 or not item.contents or any(start < line.sentence.start for start, _ in item.contents):
        return
    before = [piece for piece in item.contents if piece[1] <= parts[0][0]]
    behind = [piece for piece in item.contents if piece[0] >= parts[-1][1]]
    comma = len(text[: parts[0][0]].rstrip())
    if comma <= line.sentence.start or text[comma - 1] != ",":
        return
    if before:
        start = _start(text, line, before[0][0])
        whole = (start, comma - 1)
        if not _has_quotes(text[whole[0] : whole[1]]) and ";" not in text[whole[0] : whole[1]]:
            before = [whole]
    elif behind and text[parts[-1][1] : parts[-1][1] + 1] == ",":
        before = _fronted(text, line, comma - 1)
    item.contents = [*before, *(_to_the_end(text, line, piece) for piece in behind)]


def _start(text: str, line: Line, first: int) -> int:
    """Return where what is said begins: with its sentence, or behind its dateline, a mark or another's words."""
    head = text[line.sentence.start : first].rstrip()
    if not head:
        return first
    dateline = len(head) <= DATELINE and head[-1] in "-–—:])"
    cut = dateline or any(mark in head for mark in (";", ":", "--", " - ", "—", "–")) or _has_quotes(head)
    return first if cut else line.sentence.start


def _has_quotes(words: str) -> bool:
    return any(mark in words for mark in QUOTES)


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


def _missed(drafts: Drafts, by_line: dict[int, list[Draft]]) -> Iterator[Draft]:
    table = groups_by_word()
    for number, line in enumerate(drafts.lines):
        if "," not in line.lower or line.shouting or number in by_line:
            continue
        cues = [at for at, word in enumerate(line.lower) if at > 2 and word in table]
        cues = [at for at in cues if line.stop() - at <= TAIL + 1 and "clause" in table[line.lower[at]].content]
        syntax = syntax_of(drafts.analysis, line.sentence, line.lower) if cues else None
        for at in cues if syntax else ():
            found = _closing(syntax, line, at)  # type: ignore[arg-type]
            if found is not None:
                yield _draft(drafts.marks.text, line, number, *found)
                break


def _closing(syntax: Syntax, line: Line, cue: int) -> tuple[Range, Range] | None:
    """Return source and cue, in tokens, of a verb of saying at the end of its sentence, behind "…, X".

    Whatever hangs on what: the parser takes what is rare for a further clause ("…, a relative disclosed").
    """
    first = _subject(syntax, cue)
    if syntax.upos[cue] != "VERB" or first is None:
        return None
    begin = min([cue, *(at for at in syntax.children[cue] if syntax.labels[at] == "aux" and first < at < cue)])
    tells = any(syntax.upos[at] in ("VERB", "AUX") for at in range(first - 1))
    if (
        line.at(first - 1) != ","
        or not (tells and 0 < cue - first <= SOURCE)
        or any(word in QUOTES for word in line.lower)
    ):
        return None
    return (
        None if any(_goes_on(syntax, at) for at in range(cue + 1, line.stop())) else ((first, begin), (begin, cue + 1))
    )


def _subject(syntax: Syntax, cue: int) -> int | None:
    """Return the first word of who says, by the tree or by the roles."""
    subject = next((at for at in syntax.children[cue] if syntax.labels[at] == "nsubj" and at < cue), None)
    if subject is not None:
        return _left_edge(syntax, subject)
    return next((first for label, first, last in syntax.frames.get(cue, ()) if label == "ARG0" and last <= cue), None)


def _goes_on(syntax: Syntax, at: int) -> bool:
    """Tell whether a word behind the cue is what is said: its object, or the verb of a clause."""
    if syntax.upos[at] == "VERB" and syntax.labels[at] not in ("acl", "amod"):
        return True
    return syntax.labels[at] in ("ccomp", "xcomp") or (syntax.labels[at] == "obj" and syntax.child(at, "case") is None)


def _left_edge(syntax: Syntax, head: int) -> int:
    edge, rest = head, [head]
    while rest:
        rest = [at for one in rest for at in syntax.children[one] if at < one and syntax.upos[at] != "PUNCT"]
        edge = min([edge, *rest])
    return edge


def _draft(text: str, line: Line, number: int, source: Range, cue: Range) -> Draft:
    comma = line.start(source[0] - 1)
    return Draft(
        (line.start(source[0]), line.end(source[1])),
        (line.start(cue[0]), line.end(cue[1])),
        [(_start_of(text, line, comma), comma)],
        number,
    )


def _start_of(text: str, line: Line, comma: int) -> int:
    """Return where a sentence begins, its dateline or label left out."""
    start = line.sentence.start
    dateline = _DATELINE.match(text, start, min(start + DATELINE, comma))
    return dateline.end() if dateline else start
