"""Intervals of whole numbers as number expressions give them, and what modifiers ("at least", "about") make of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Final

from sayso.values.words import load

_APPROXIMATE: Final = load("numbers")["approximate"]
_LEAST: Final = Fraction(str(_APPROXIMATE["least"]))
_MOST: Final = Fraction(str(_APPROXIMATE["most"]))


@dataclass(frozen=True, slots=True)
class Expression:
    """A number expression over the tokens [start, end) as a closed interval of whole numbers (high None: no bound).

    Attributes:
        form: how it was said: exact, above, at_least, at_most, below, nearly, just_below, just_above, about, range,
            vague, or fraction, where the number is not whole and the interval means nothing.
        number: the first token of the number itself, after modifiers.
        vague: rests on a vague word ("several").

    """

    start: int
    end: int
    low: int
    high: int | None
    form: str
    number: int
    vague: bool = False


def apply(modifier: str, core: Expression) -> Expression:
    """Return the interval that a modifier makes of another interval."""
    low, high = core.low, core.high
    width = _width(high if high is not None else low)
    if core.form == "fraction":
        return core if modifier not in {"above", "at_least"} else replace(core, low=low + 1, high=None, form=modifier)
    made: dict[str, tuple[int, int | None]] = {
        "above": (low + 1, None),
        "at_least": (low, None),
        "at_most": (0, high),
        "below": (0, None if high is None else max(0, high - 1)),
        "nearly": (max(0, low - width), high),
        "just_below": (max(0, low - width), None if high is None else max(0, high - 1)),
        "just_above": (low + 1, None if high is None else max(high, 1) + width),
        "about": (max(min(low, 1), low - width), None if high is None else high + width),
    }
    if modifier == "plain":
        return core
    low, high = made[modifier]
    return replace(core, low=low, high=high, form=modifier)


def _width(value: int) -> int:
    """Return how far "around ``value``" reaches to each side (numbers.toml, [approximate])."""
    place = 1
    while value and value % (place * 10) == 0:
        place *= 10
    share = min(max(Fraction(place, 2), value * _LEAST), value * _MOST)
    return max(1, floor(share + Fraction(1, 2)))
