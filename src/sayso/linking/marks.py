"""``marks``: numbers and streets that tell one incident from another: ages, blocks, streets, times of day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sayso.linking.terms import normal

MOST: Final = 40
_UNITS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_IN_WORDS: Final = {word: number for number, word in enumerate(_UNITS.split(), start=1)}
_AGE: Final = re.compile(r"\b(\d{1,2})[- ]years?[- ]old|\baged? (\d{1,2})\b|, (\d{1,2})[,;](?!\d)")
_AGE_IN_WORDS: Final = re.compile(rf"\b({'|'.join(_IN_WORDS)})-years?-old", re.IGNORECASE)
_AGES: Final = re.compile(r"\bages? (?:are |of |ranged? from )?((?:\d{1,2}(?:,? and |, | to )){1,12}\d{1,2})\b")
_BLOCK: Final = re.compile(r"\b(\d+)(?:th|st|nd|rd)? block of ((?:[NSEW]\.? |North |South |East |West )?\w+)", re.I)
_STREET: Final = re.compile(
    r"\b(\d{1,3}(?:st|nd|rd|th)|[A-Z][\w'’]+) (?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Ln|Way|Place"
    r"|Parkway|Pkwy|Highway|Hwy|Circle|Terrace|Square)\b"
)
_NO_STREET: Final = frozenset({"north", "south", "east", "west", "the", "this", "that", "no", "one", "market", "first"})
_CLOCK: Final = re.compile(r"\b(\d{1,2})(?::(\d\d))? ?([ap])\.?m\b(?!\.? ?(?:[ECMP][DS]?T|GMT)\b)", re.I)
_OF_PAGE: Final = re.compile(r"\b(?:posted|updated|published|created|modified)\b[^.]{0,60}$", re.I)


def marks(text: str, stretches: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Return the marks that stand in stretches of a text, each with what it is: "age 17", "clock 21:30"."""
    found = {mark for start, end in stretches for mark in _marks(text[start:end])}
    return tuple(sorted(found)[:MOST])


def _marks(piece: str) -> Iterator[str]:
    for found in _AGE.finditer(piece):
        yield f"age {next(group for group in found.groups() if group)}"
    for found in _AGE_IN_WORDS.finditer(piece) if "-old" in piece else ():
        yield f"age {_IN_WORDS[found[1].lower()]}"
    for found in _AGES.finditer(piece):
        yield from (f"age {number}" for number in re.findall(r"\d+", found[1]))
    for found in _BLOCK.finditer(piece) if "block" in piece else ():
        street = found[2].split()[-1].casefold()
        yield from (f"block {found[1]} {street}", f"street {normal(street)}")
    for found in _STREET.finditer(piece):
        if (street := normal(found[1])) not in _NO_STREET:
            yield f"street {street}"
    for found in _CLOCK.finditer(piece):
        if not _OF_PAGE.search(piece[max(0, found.start() - 80) : found.start()]):
            yield f"clock {int(found[1]) % 12 + 12 * (found[3] in 'pP'):02}:{found[2] or '00'}"
