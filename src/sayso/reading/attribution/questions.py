"""Questions that a sayer leaves open: "would not say whether it was linked to clashes, · in which a trader died"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import words_of

if TYPE_CHECKING:
    from sayso.reading.attribution.drafts import Draft

_OPEN: Final = re.compile(r"(?:whether|if|how|when|where|why|who|what)\b", re.IGNORECASE)
_EXPLAINS: Final = re.compile(
    r"\s*,\s+(?:(?:in|of|at|by|from|during|after|before)\s+)?(?:which|who|whom|whose|where|when)\b[^,;]*$"
)


def without_explanation(item: Draft, text: str) -> Draft:
    """Leave to the report what explains a question that somebody does not answer: he has not said that either."""
    if item.cue is None or not item.contents or item.contents[-1][0] < item.cue[1]:
        return item
    start, end = item.contents[-1]
    silent = any(word in words_of("negation") for word in text[slice(*item.cue)].lower().replace("’", "'").split())
    aside = _EXPLAINS.search(text, start, end) if silent and _OPEN.match(text, start, end) else None
    return item if aside is None else replace(item, contents=[*item.contents[:-1], (start, aside.start())])
