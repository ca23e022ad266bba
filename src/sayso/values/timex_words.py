"""The words of time expressions, read once from ``timex_words.toml`` beside this file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

_DATA: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"),
)

MONTHS: Final[dict[str, int]] = _DATA["months"]
WEEKDAYS: Final[dict[str, int]] = _DATA["weekdays"]
SHORT_WEEKDAYS: Final[dict[str, int]] = _DATA["short_weekdays"]
NUMBERS: Final[dict[str, int]] = _DATA["numbers"]
ORDINALS: Final[dict[str, int]] = _DATA["ordinals"]
UNITS: Final[dict[str, str]] = _DATA["units"]
PARTS: Final[dict[str, tuple[str, str, str]]] = {name: (a, b, c) for name, (a, b, c) in _DATA["parts"].items()}
POSITIONS: Final[dict[str, str]] = _DATA["positions"]
HOURS_OF_POSITIONS: Final[dict[str, tuple[str, str]]] = {
    name: (first, last) for name, (first, last) in _DATA["hours_of_positions"].items()
}
SEASONS: Final[dict[str, tuple[int, str]]] = {name: (month, code) for name, (month, code) in _DATA["seasons"].items()}
FIXED_DAYS: Final[dict[str, tuple[int, int]]] = {name: (m, d) for name, (m, d) in _DATA["fixed_days"].items()}
WEEKDAY_RULES: Final[dict[str, tuple[int, int, int]]] = {
    name: (month, weekday, which) for name, (month, weekday, which) in _DATA["weekday_rules"].items()
}
EASTER: Final[dict[str, int]] = _DATA["easter"]
FEASTS: Final[frozenset[str]] = frozenset(_DATA["feasts"]["words"])
REFERENCES: Final[dict[str, str]] = _DATA["references"]
ZONES: Final[dict[str, int]] = _DATA["zones"]
REPEATS: Final[dict[str, str]] = _DATA["repeats"]
LISTS: Final[dict[str, tuple[str, ...]]] = {name: tuple(words) for name, words in _DATA["lists"].items()}
HOLIDAYS: Final[frozenset[str]] = frozenset(FIXED_DAYS) | frozenset(WEEKDAY_RULES) | frozenset(EASTER) | FEASTS


def _beginnings() -> frozenset[str]:
    """Return every phrase that is looked up as a phrase, and all that such phrases begin with."""
    hedges = (phrase for name in ("less", "more", "approximate") for phrase in LISTS[name])
    phrases = [*PARTS, *HOLIDAYS, *REFERENCES, *hedges]
    return frozenset(
        " ".join(phrase.split()[:length]) for phrase in phrases for length in range(1, len(phrase.split()) + 1)
    )


# What a phrase begins with: reading stops at the first word after which no phrase goes on.
BEGINNINGS: Final[frozenset[str]] = _beginnings()
