"""Is a text English? Only a convincing share of words that are frequent in English and rare elsewhere says so."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from sayso.intake.phrases import words

_WORD: Final = re.compile(r"[^\W\d_]+")
_SURVEYED: Final = 3000
_SHARE: Final = 0.11
"""English news has about one such word in four, headlines one in eight; Dutch or Danish fewer than one in twenty."""
_LEAST: Final = 3


def language_of(text: str) -> str | None:
    """Return "en", or None where the text is too short or another language (a later version tells which)."""
    tokens = [found.group().lower() for found in islice(_WORD.finditer(text), _SURVEYED)]
    hits = [token for token in tokens if token in words("english")]
    return "en" if len(set(hits)) >= _LEAST and len(hits) >= _SHARE * len(tokens) else None
