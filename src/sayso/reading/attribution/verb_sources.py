"""Verbs taken for a source: in "it rejected as false reports that …" nobody reports; it rejects.

"reports", "claims" are nouns there, the object of the verb before them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.sources import source_before

if TYPE_CHECKING:
    from sayso.reading.attribution.drafts import Draft, Drafts

_VERB: Final = re.compile(
    r"(?:[^.;:]*? )?(?:(?:has|have|had) )?((?:rejected|rejects|dismissed|dismisses|denied|denies|denounced|branded|"
    r"condemned|described|ridiculed|slammed|brushed (?:off|aside)) as \W?[\w-]+(?: (?:and|or) [\w-]+)?\W?)(?: all| any| the)?",
    re.IGNORECASE,
)
_NOUNS: Final = ("reports", "claims", "report", "claim", "charges", "suggests", "allegations")


def without_verb_sources(drafts: Drafts) -> list[Draft]:
    """Return the attributions, those of a verb and its object turned to who stands before the verb."""
    return [_turned(drafts, item) for item in drafts.found]


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
