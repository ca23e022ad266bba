"""Authors whose words begin in a dateline that the layout did not set off: "KABUL, Afghanistan - Gunmen shot …"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan

DASHES: Final = ("-", "–", "—")
REACH: Final = 10
"""So many words of a sentence may a dateline take."""


def past_dateline(scan: Scan, item: Mention) -> Mention:
    """Return an author without the place and the dash before him."""
    passage = scan.passages[item.passage]
    first, last = passage.tokens_of(*item.anchor)
    if item.field != "perpetrator" or first > REACH or not isinstance(item.value, Actor):
        return item
    dash = next((at for at in range(first, min(last - 1, REACH)) if _stands_free(passage, at)), None)
    if dash is None:
        return item
    begin = dash + 1 + (passage.word(dash + 1) in closed("determiners"))
    words = scan.report.text[slice(*passage.offsets(begin, last))]
    actor = actor_at(scan, passage, begin, last) or item.value.model_copy(update={"name": words, "words": words})
    span = passage.offsets(begin, last)
    return replace(item, value=actor, anchor=span)


def in_dateline(passage: Passage, last: int) -> bool:
    """Tell whether words that end at ``last`` stand before the dash of a dateline."""
    return last < REACH and _stands_free(passage, last) and all(passage.line.capital(at) for at in range(last))


def _stands_free(passage: Passage, at: int) -> bool:
    """Tell whether a dash has a space on either side; no dash stands behind the last word."""
    tokens = passage.line.tokens
    if passage.word(at) not in DASHES or at + 1 >= len(tokens):
        return False
    before = at == 0 or tokens[at - 1].end < tokens[at].start
    return before and tokens[at].end < tokens[at + 1].start
