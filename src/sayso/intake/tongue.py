"""Which language a text is in. English is told by its own words; others by py3langid, and only when it is sure."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Any, Final

from sayso.intake.phrases import words

_WORD: Final = re.compile(r"[^\W\d_]+")
_SURVEYED: Final = 3000
_JUDGED: Final = 5000
"""Code points by which a language is named."""
_SHARE: Final = 0.11
"""English news has about one such word in four, headlines one in eight; Dutch or Danish fewer than one in twenty."""
_LEAST: Final = 3
_LETTERS: Final = 60
"""Letters that a text has at least before another language than English is named: names alone prove nothing."""
_SURE: Final = 0.99
"""Probability from which a language in Latin letters is named; in another script it is not English for certain."""
_CODE: Final = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]{0,30})?")


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language; None where the text is too short, or cannot be told for sure."""
    tokens = [found.group() for found in islice(_WORD.finditer(text.lower()), _SURVEYED)]
    english = words("english")
    hits = [token for token in tokens if token in english]
    if len(set(hits)) >= _LEAST and len(hits) >= _SHARE * len(tokens):
        return "en"
    letters = " ".join(tokens)
    return _named(letters[:_JUDGED]) if sum(map(len, tokens)) >= _LETTERS and not text.isupper() else None


def code_of(words: str) -> str | None:
    """Return the ISO 639-1 code of ``en-GB`` or ``en``; None for what is none."""
    found = _CODE.fullmatch(words.strip())
    return found[1].lower() if found else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _named(letters: str) -> str | None:
    code, probability = _identifier().classify(letters)
    surely = probability >= _SURE or sum(each > "\u02ff" for each in letters) > 0.5 * len(letters)
    return str(code) if code != "en" and surely else None
