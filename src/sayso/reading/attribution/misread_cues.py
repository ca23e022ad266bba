"""Words taken for a cue that are none: "it rejected as false · reports that …", "Omar · Said", "two · found guilty".

"reports", "claims" are nouns there, the object of the verb before them; "Said" behind a given name is a surname; of
those who were found guilty a court says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.sources import source_before
from sayso.reading.speaking.title_words import titles

if TYPE_CHECKING:
    from sayso.reading.attribution.drafts import Draft, Drafts

_VERB: Final = re.compile(
    r"(?:[^.;:]*? )?(?:(?:has|have|had) )?((?:rejected|rejects|dismissed|dismisses|denied|denies|denounced|branded|"
    r"condemned|described|ridiculed|slammed|brushed (?:off|aside)) as \W?[\w-]+(?: (?:and|or) [\w-]+)?\W?)"
    r"(?: all| any| the)?",
    re.IGNORECASE,
)
_NOUNS: Final = ("reports", "claims", "report", "claim", "charges", "suggests", "allegations")


def without_misread_cues(drafts: Drafts) -> list[Draft]:
    """Return the attributions, those of a verb and its object turned to who stands before the verb."""
    kept = (item for item in drafts.found if not _is_surname(drafts, item) and not _is_found(drafts, item))
    return [_with_surname(drafts.marks.text, _turned(drafts, item)) for item in kept]


_NAMED_SAID: Final = re.compile(r"((?:[A-Z][\w’'-]+ )+Said, ?)$")


def _with_surname(text: str, item: Draft) -> Draft:
    """Give a source the surname that was taken for a cue: "Omar · Said", "Omar Said, · a baker in Kaldor"."""
    if item.source is None or item.cue is None:
        return item
    start, end = item.source
    before = _NAMED_SAID.search(text, max(start - _LONGEST, 0), start)
    if before is not None and text[start:end].split()[:1] in (["a"], ["an"], ["the"]):
        return replace(item, source=(before.start(1), end))
    if _MONTH.search(text, start, end) and (rest := _REST_OF_NAME.match(text, end)) is not None:
        return replace(item, source=(start, rest.end()))  # "the Sixth of May · Brigade"
    last = text[start:end].split(" ")[-1]
    if re.match(r" Said\b(?!,? that)", text[end : end + 6]) and last[:1].isupper() and (last.lower(),) not in titles():
        return replace(item, source=(start, end + len(" Said")))
    return item


_MONTH: Final = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)
_REST_OF_NAME: Final = re.compile(
    r" (?:Alliance|Army|Battalion|Brigades?|Cell|Faction|Front|Group|Movement|Organi[sz]ation)\b"
)
_LONGEST: Final = 60
"""So many code points may a name before its apposition take."""


def _is_surname(drafts: Drafts, item: Draft) -> bool:
    """Tell whether a cue is the surname "Said": a capital inside a sentence, right behind a name."""
    text = drafts.marks.text
    if item.cue is None or text[slice(*item.cue)] != "Said":
        return False
    before = text[: item.cue[0]].rstrip(" ")
    word = re.split(r"\W", before)[-1]
    return before[-1:].isalnum() and word[:1].isupper() and (word.lower(),) not in titles()


def _is_found(drafts: Drafts, item: Draft) -> bool:
    """Tell whether somebody is only found guilty: "Two found · guilty over the bombing" says nothing of their own."""
    if item.cue is None or not item.contents:
        return False
    cue = drafts.marks.text[slice(*item.cue)].lower()
    whole = f"{cue} {drafts.marks.text[item.contents[0][0] : item.contents[0][1]].lower()}"
    return _FOUND_GUILTY.match(whole) is not None


_FOUND_GUILTY: Final = re.compile(r"(?:(?:was|were|is|are) )?found (?:not )?guilty\b")


def _turned(drafts: Drafts, item: Draft) -> Draft:
    text = drafts.marks.text
    if item.source is None or item.cue is None or text[slice(*item.cue)].lower() not in _NOUNS:
        return item
    found = _VERB.fullmatch(text[slice(*item.source)])
    line = drafts.lines[item.line]
    if found is None or not line.sentence.start <= item.source[0] < line.sentence.end or not item.contents:
        return item
    verb = item.source[0] + found.start(1)
    at = next((index for index in range(len(line)) if line.start(index) >= verb), 0)
    before = source_before(line, at, 0) if at else None
    if before is None:
        return item
    first = text[verb:].split()[0]
    content = (verb + len(first) + 1, max(end for _, end in item.contents))
    return replace(
        item, source=(line.start(before[0]), line.end(before[1])), cue=(verb, verb + len(first)), contents=[content]
    )
