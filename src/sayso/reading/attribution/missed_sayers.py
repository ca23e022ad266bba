"""Sayers whom neither the model nor the rules see: who closes a sentence, who stands in it between two commas.

"Five gendarmes perished on the Ouargaye road, a security source confided to us; …" · "What villagers had heard, it
went on, was a mine." The words for saying are more than those that read an attribution by themselves: the commas tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.charges import charge_before
from sayso.reading.attribution.cues import groups_by_word
from sayso.reading.attribution.drafts import Draft
from sayso.reading.attribution.sayers import can_say
from sayso.reading.attribution.sources import source_behind
from sayso.reading.sentences.grammar import QUOTES, is_adverb, words_of
from sayso.reading.sentences.syntax import syntax_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sayso.reading.attribution.contents import Range
    from sayso.reading.attribution.drafts import Drafts
    from sayso.reading.sentences.grammar import Line
    from sayso.reading.sentences.syntax import Syntax

TAIL: Final = 16
"""So many words may follow the cue of a sayer who closes: when, where and through whom he said it."""
SOURCE: Final = 16
"""So many words may name him."""
COMMAS: Final = 3
"""So many commas may his name have."""
ASIDE: Final = 9
"""So many words may name who stands between two commas."""
LONG: Final = 120
"""Sentences with more words are no sentences."""
_DATELINE: Final = re.compile(r"[^.;]*?(?: - | -- | — | – |\] )|\w+: ")
DATELINE: Final = 60
"""So many code points may a dateline take."""
_NO_HEADS: Final = ("who", "which", "that", "whose", "whom", "where", "in", "there")


def missed_sayers(drafts: Drafts, taken: Mapping[int, Sequence[Draft]]) -> Iterator[Draft]:
    """Yield the attributions that a comma before their sayer tells, where none of those ``taken`` has him."""
    for number, line in enumerate(drafts.lines):
        if "," not in line.lower or line.shouting or len(line) > LONG:
            continue
        cues = [at for at, word in enumerate(line.lower) if at > 2 and _says(word)]
        syntax = syntax_of(drafts.analysis, line.sentence, line.lower) if cues else None
        for cue in cues if syntax else ():
            found = _read(drafts, line, number, syntax, cue)  # type: ignore[arg-type]
            if found is not None and not _is_known(taken.get(number, ()), found):
                yield found
                break


def _says(word: str) -> bool:
    group = groups_by_word().get(word)
    return word in words_of("closes a sentence") or (group is not None and "clause" in group.content)


def _is_known(found: Sequence[Draft], item: Draft) -> bool:
    """Tell whether somebody has this sayer or cue already, or the cue stands in what somebody says behind it."""
    cue, source = item.cue or (0, 0), item.source or (0, 0)
    return any(
        (one.cue and one.cue[0] < cue[1] and cue[0] < one.cue[1])
        or (one.source and one.source[0] < source[1] and source[0] < one.source[1] and one.contents)
        or any(start <= cue[0] < end for start, end in one.contents)
        for one in found
    )


def _read(drafts: Drafts, line: Line, number: int, syntax: Syntax, cue: int) -> Draft | None:
    if line.at(cue) in _NEVER_ALONE and line.at(cue + 1) not in ("back", "out"):
        return None  # "… killed, six others shot"
    if not _is_verb(line, syntax, cue) or drafts.marks.within.at(line.start(cue)):
        return None
    if line.at(cue - 1) == ",":
        return _inverted(drafts, line, number, syntax, cue)
    begin = cue
    while begin > 1 and (line.at(begin - 1) in words_of("auxiliary") - {"'s", "’s"} or is_adverb(line.at(begin - 1))):
        begin -= 1
    last = cue + 1 + (line.at(cue + 1) in ("on", "back", "out", "known") and line.at(cue) in _PARTICLED)
    first = _sayer(line, syntax, begin)
    if first is None or line.at(first - 2) in QUOTES:
        return None
    contents = _aside(drafts, line, first, last) if line.at(last) == "," else []
    if not contents and _tells(syntax, first - 1):
        contents = _closed(drafts, line, syntax, first, last)
    if not contents:
        return None
    source = (line.start(first), line.end(begin))
    if charge := charge_before(drafts.marks.text[slice(*source)]):
        contents, source = [(source[0], source[0] + charge[0])], (source[0] + charge[1], source[1])
    return Draft(source, (line.start(begin), line.end(last)), contents, number)


def _is_verb(line: Line, syntax: Syntax, cue: int) -> bool:
    """Tell whether a word is a finite verb of saying; "the service and the army report" is one that taggers miss."""
    closes = line.at(cue) == "report" and cue + 1 == line.stop() and "and" in line.lower[max(cue - SOURCE, 0) : cue]
    before = line.at(cue - 1)
    return (syntax.upos[cue] == "VERB" or closes) and before not in ("to", "-") and not line.at(cue).endswith("ing")


def _inverted(drafts: Drafts, line: Line, number: int, syntax: Syntax, cue: int) -> Draft | None:
    """Return "Soldiers burnt it down, declared Ana Ruiz, a nurse, and …": the sayer stands behind his verb."""
    source = source_behind(line, cue + 1, line.stop()) if line.at(cue).endswith(_TOLD) else None
    if source is None or not (_tells(syntax, cue - 1) and _names_sayer(line, syntax, *source)):
        return None
    if line.at(cue - 2) in QUOTES or any(_is_said(syntax, at) for at in range(*source)):
        return None
    contents = [_whole(drafts, line, (line.start(0), line.end(cue - 1)))]
    return Draft((line.start(source[0]), line.end(source[1])), (line.start(cue), line.end(cue + 1)), contents, number)


_TOLD: Final = ("d", "t", "say", "says")
_NEVER_ALONE: Final = frozenset({"shot", "shoots", "pointed", "points"})
_PARTICLED: Final = frozenset({"went", "goes", "shot", "shoots", "pointed", "points", "made", "makes"})


def _sayer(line: Line, syntax: Syntax, begin: int) -> int | None:
    """Return where the noun phrase before a cue begins, right behind a comma, if it names somebody who can speak."""
    if line.at(begin - 1) in words_of("pronoun") - words_of("first or second person") and line.at(begin - 2) == ",":
        return begin - 1
    places = [at for at in range(begin - 1, max(begin - SOURCE - 1, 0), -1) if line.at(at) == ","][:COMMAS]
    return next((at + 1 for at in places if _names_sayer(line, syntax, at + 1, begin)), None)


def _names_sayer(line: Line, syntax: Syntax, first: int, last: int) -> bool:
    ends = (at for at in range(first + 1, last) if line.at(at) in {",", *_NO_HEADS})
    head = next(ends, last)
    word = line.at(first)
    opens = words_of("preposition", "subordinator", "conjunction") | {*_NO_HEADS}
    if word in opens or word.endswith("ing") or head <= first or line.at(last - 1) == "," == line.at(last):
        return False
    verbs = (at for at in range(first, head) if syntax.upos[at] in ("VERB", "AUX"))
    if any(syntax.labels[at] not in ("acl", "amod") for at in verbs):
        return False
    return syntax.upos[first] != "ADV" and can_say(line, (first, head))


def _tells(syntax: Syntax, comma: int) -> bool:
    return any(syntax.upos[at] in ("VERB", "AUX") for at in range(comma))


def _aside(drafts: Drafts, line: Line, first: int, last: int) -> list[Range]:
    """Return what stands around ", it went on, " where the sentence goes on behind it."""
    if last - first > ASIDE or last + 1 >= line.stop() or line.at(last + 1) in words_of("leaves the words"):
        return []
    before = (line.start(0), line.end(first - 1))
    stop = next((at for at in range(last + 1, line.stop()) if line.at(at) == ";"), line.stop())
    return [_whole(drafts, line, before), (line.start(last + 1), line.end(stop))]


def _closed(drafts: Drafts, line: Line, syntax: Syntax, first: int, last: int) -> list[Range]:
    """Return what stands before a sayer behind whom nothing is said but when, where and to whom."""
    ends = (at for at in range(last, line.stop()) if line.at(at) in (";", ":", "--", "—", "–") or _leaves(line, at))
    stop = next(ends, line.stop())
    verbs = (at for at in range(last, stop) if syntax.upos[at] == "VERB" and syntax.labels[at] not in ("acl", "amod"))
    if stop - last > TAIL or next(verbs, None) is not None or any(_is_said(syntax, at) for at in range(last, stop)):
        return []
    return [_whole(drafts, line, (line.start(0), line.end(first - 1)))]


def _leaves(line: Line, at: int) -> bool:
    """Tell whether the sentence goes on behind its sayer: ", and", ", in which", ", adding", ", after"."""
    behind = line.at(at + 1)
    return line.at(at) == "," and (behind in words_of("leaves the words") or behind.endswith("ing"))


def _is_said(syntax: Syntax, at: int) -> bool:
    """Tell whether a word behind the cue is what is said: its object, or a clause."""
    return syntax.labels[at] in ("ccomp", "xcomp") or (syntax.labels[at] == "obj" and syntax.child(at, "case") is None)


def _whole(drafts: Drafts, line: Line, part: Range) -> Range:
    """Return a part of a sentence from behind its dateline on, and from behind a semicolon."""
    start = start_of(drafts.marks.text, line, part[1])
    semicolon = drafts.marks.text.rfind(";", start, part[1])
    start = semicolon + 1 if semicolon >= 0 else start
    while start < part[1] and drafts.marks.text[start].isspace():
        start += 1
    return start, part[1]


def start_of(text: str, line: Line, comma: int) -> int:
    """Return where a sentence begins, its dateline or label left out."""
    start = line.sentence.start
    dateline = _DATELINE.match(text, start, min(start + DATELINE, comma))
    return dateline.end() if dateline else start
