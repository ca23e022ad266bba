"""Words that look like somebody who says something, and are none: "the disputed border", "in which suspects hurled"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.missed_sayers import start_of
from sayso.reading.attribution.sayers import can_say
from sayso.reading.attribution.sources import source_before, source_behind
from sayso.reading.sentences.grammar import words_of

if TYPE_CHECKING:
    from sayso.reading.attribution.drafts import Draft, Drafts
    from sayso.reading.sentences.grammar import Line

_ATTRIBUTIVE: Final = frozenset(
    {"accused", "admitted", "alleged", "claimed", "confirmed", "contested", "denied", "disputed", "reported",
     "suspected", "unconfirmed"}
)  # fmt: skip
"""Participles that stand before the noun they tell of."""


def with_sayers_only(drafts: Drafts) -> list[Draft]:
    """Return the attributions without those whose source or cue only looks like one."""
    found = (_turned_round(drafts, _with_subject(drafts, item)) for item in drafts.found)
    return [item for item in found if not _is_none(drafts, item)]


def _turned_round(drafts: Drafts, item: Draft) -> Draft:
    """Give "Nine names are on it, say women at the gate" to the women: the model let the names say the women."""
    if item.source is None or item.cue is None or item.quoted or not item.source[1] < item.cue[0]:
        return item
    line, text = drafts.lines[item.line], drafts.marks.text
    cue = bisect_left(line.starts, item.cue[0])
    behind = any(start >= item.cue[1] for start, _ in item.contents)
    before = bisect_left(line.starts, item.source[1])
    told = any(line.word(at) for at in range(before, cue - 1))  # a predicate stands between the source and the comma
    if line.at(cue) not in ("say", "says") or line.at(cue - 1) != "," or not (behind and told):
        return item
    found = source_behind(line, cue + 1, line.stop())
    if found is None or not can_say(line, found):
        return item
    source = (line.start(found[0]), line.end(found[1]))
    return replace(item, source=source, contents=[(start_of(text, line, line.start(cue - 1)), line.start(cue - 1))])


def _with_subject(drafts: Drafts, item: Draft) -> Draft:
    """Give "Their army, which holds the hills, at · first acknowledged" its subject: the model took "at" for it."""
    words = drafts.marks.text[slice(*item.source)].lower().split() if item.source else []
    if item.source is None or len(words) != 1 or words[0] not in words_of("preposition"):
        return item
    line = drafts.lines[item.line]
    at = bisect_left(line.starts, item.source[0])
    found = source_before(line, at, 0) if at > 1 else None
    return item if found is None else replace(item, source=(line.start(found[0]), line.end(found[1])))


def _is_none(drafts: Drafts, item: Draft) -> bool:
    if item.source is None or item.cue is None:
        return False
    line = drafts.lines[item.line]
    at, cue = bisect_left(line.starts, item.source[0]), bisect_left(line.starts, item.cue[0])
    words = drafts.marks.text[slice(*item.source)].lower().split()
    if len(words) == 1 and words[0] in words_of("preposition"):
        return True  # "In February suspected militants left nine dead"
    if words == ["which"] and line.at(at - 1) in words_of("preposition") and cue == at + 1:
        return True  # "in which suspects threw stones"
    if line.at(cue) == "went" and line.at(cue + 1) in _GOES and len(line) > cue + 1:
        return True  # "when a charge went off"
    if line.at(cue) == "answered" and line.at(cue + 1) in ("a", "an", "the") and line.at(cue + 2) in ("call", "alarm"):
        return True
    return _tells_of_noun(line, cue, item) or _is_shown_to(drafts, item)


_GOES: Final = frozenset({"off", "out", "down", "through", "up"})


def _tells_of_noun(line: Line, cue: int, item: Draft) -> bool:
    """Tell whether a cue is a participle before its noun: "from the disputed border"."""
    if line.at(cue) not in _ATTRIBUTIVE or line.end(cue + 1) < (item.cue or (0, 0))[1]:
        return False
    behind = line.at(cue + 1)
    apart = words_of("preposition") | words_of("pronoun") | words_of("determiner") | words_of("conjunction")
    return line.at(cue - 1) in words_of("determiner") and behind.isalpha() and behind not in apart | {"that"}


def _is_shown_to(drafts: Drafts, item: Draft) -> bool:
    """Tell whether the source only sees or hears it: "no proof was shown to reporters"."""
    text, source, cue = drafts.marks.text, item.source or (0, 0), item.cue or (0, 0)
    passive = text[slice(*cue)].lower().split()[-1:][0] in ("shown", "given", "told", "offered", "presented")
    return passive and source[0] >= cue[1] and text[cue[1] : source[0]].strip().lower() == "to"
