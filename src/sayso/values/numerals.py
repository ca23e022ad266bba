"""The grammar of number expressions: "at least 20", "two and a half million", "dozens", "between 5 and 7".

``expression(words, at)`` reads the longest expression that starts with one token and returns its interval. It knows
nothing of what is counted: ``counting.py`` tells counts from ages, prices and routes. Every function looks at a
bounded number of tokens ahead, so reading a text is linear whatever the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Final

from sayso.values.intervals import Expression, apply
from sayso.values.words import Phrases, Words, load, perceived

_GRAMMAR: Final = load("numbers")
_UNITS: Final[dict[str, int]] = _GRAMMAR["cardinals"]
_TENS: Final[dict[str, int]] = _GRAMMAR["tens"]
_SCALES: Final[dict[str, int]] = _GRAMMAR["scales"]
_SUFFIXES: Final[dict[str, int]] = _GRAMMAR["suffixes"]
_PLURALS: Final[dict[str, int]] = _GRAMMAR["plurals"]
_EXACT: Final[Phrases[int]] = Phrases(_GRAMMAR["exact"])
_BEFORE: Final = Phrases.grouped(_GRAMMAR["before"])
_AFTER: Final = Phrases.grouped(_GRAMMAR["after"])
_OPENING: Final = Phrases(dict.fromkeys(_GRAMMAR["ranges"]["opening"], True))

# A longer row of digits is a serial number or an attack on us, not a count of anything.
_MOST_DIGITS: Final = 18
_VULGAR: Final = {sign: Fraction(unicodedata.numeric(sign)).limit_denominator(8) for sign in "½¼¾⅓⅔⅛"}
_LOW_PERCENTILE: Final = 25
_HIGH_PERCENTILE: Final = 95


@dataclass(frozen=True, slots=True)
class Number:
    """One number as written, without modifiers: ``value`` and the token after it.

    ``scale`` is the scale word it ends with (1: none), which a range may share: "two to three hundred".
    """

    value: Fraction
    end: int
    scale: int = 1
    digits: bool = False


def _vague_words() -> dict[str, tuple[int, int | None]]:
    table: dict[str, tuple[int, int | None]] = {}
    for row in _GRAMMAR["vague"]:
        low, high = row.get("low"), row.get("high")
        if "perceived" in row:
            low = floor(perceived("numbers", row["perceived"], _LOW_PERCENTILE))
            high = ceil(perceived("numbers", row["perceived"], _HIGH_PERCENTILE)) if row.get("bounded") else None
        table.update(dict.fromkeys(row["words"], (low, high)))
    return table


_VAGUE: Final[Phrases[tuple[int, int | None]]] = Phrases(_vague_words())


def openings() -> set[tuple[str, str]]:
    """Return the words an expression can begin with, each with the second word ("" where any will do)."""
    single = [*_UNITS, *_TENS, *_PLURALS, *_VULGAR, "half", "quarter"]
    after_article = [(article, word) for article in ("a", "an", "one") for word in [*_SCALES, "half", "quarter"]]
    tables = (_EXACT.openings(), _BEFORE.openings(), _OPENING.openings(), _VAGUE.openings())
    return {(word, "") for word in single}.union(after_article, *tables)


def expression(words: Words, at: int) -> Expression | None:
    """Return the longest number expression that starts with the token ``at``, or None."""
    return _between(words, at) or _modified(words, at)


def number(words: Words, at: int) -> Number | None:
    """Return the bare number (digits or words) that starts with the token ``at``, or None."""
    if words.is_number(at):
        return _in_digits(words, at)
    return _in_words(words, at) or _half_of_scale(words, at)


def whole_digits(words: Words, at: int) -> int | None:
    """Return the whole number the digits of token ``at`` stand for; None for other tokens, decimals and monsters."""
    value = _digits_value(words.key(at)) if words.is_number(at) else None
    return int(value) if value is not None and value.denominator == 1 else None


# --- numbers in digits -------------------------------------------------------------------------------------------


def _in_digits(words: Words, at: int) -> Number | None:
    value = _digits_value(words.key(at))
    if value is None:
        return None
    end = at + 1
    if words.glued(end) and words.key(end) in _VULGAR:
        value, end = value + _VULGAR[words.key(end)], end + 1
    if words.glued(end) and words.key(end) in _SUFFIXES:
        scale = _SUFFIXES[words.key(end)]
        return Number(value * scale, end + 1, scale, digits=True)
    return _with_scales(words, Number(value, end, digits=True))


@lru_cache(maxsize=1024)
def _digits_value(key: str) -> Fraction | None:
    """Return the value of digits in any script, thousands set apart or not; None where no reading is sure."""
    if len(key) > _MOST_DIGITS * 2:
        return None
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in key)
    pieces = plain.replace("٫", ".").replace("．", ".").split(".")
    groups = "".join(sign for sign in pieces[0] if sign.isdecimal())
    if len(pieces) > 2 and len(groups) <= 3 and all(len(piece) == 3 for piece in pieces[1:]):
        return Fraction(groups + "".join(pieces[1:]))  # 1.200.000 can only be thousands
    if len(pieces) > 2 or len(groups) > _MOST_DIGITS:
        return None
    return Fraction(".".join([groups, *pieces[1:]]))


def _with_scales(words: Words, found: Number) -> Number:
    """Apply the scale words after a number: "1.2 million", "5-thousand", "2 and a half dozen"."""
    halved = _and_a_half(words, found.end)
    if halved and words.key(halved) in _SCALES:
        found = replace(found, value=found.value + Fraction(1, 2), end=halved)
    for _ in range(2):
        at = found.end + (words.key(found.end) == "-" and words.glued(found.end))
        scale = _scale(words, at)
        if scale is None or (found.digits and words.key(at) == "score"):
            return found
        found = replace(found, value=found.value * scale, end=at + 1, scale=found.scale * scale)
    return found


def _scale(words: Words, at: int) -> int | None:
    return _SCALES.get(words.key(at))


def _and_a_half(words: Words, at: int) -> int | None:
    """Return the token after "and a half" where these words stand at ``at``."""
    return at + 3 if words.keys[at : at + 3] == ["and", "a", "half"] else None


# --- numbers in words --------------------------------------------------------------------------------------------


_NOTHING: Final = Fraction(0)
_SHARES: Final = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}


def _in_words(words: Words, at: int) -> Number | None:
    """Read groups with falling scales: "two million three hundred thousand and five", "a dozen and a half"."""
    total, last, end, found = _NOTHING, None, at, None
    begin = at
    while True:
        group = _group(words, begin, first=end == at)
        if group is None or (last is not None and group.value >= last):
            break
        total, end, last = total + group.value, group.end, group.scale if group.scale > 1 else 1
        found = Number(total, end, group.scale if found is None else 1)
        if last == 1:
            break
        begin = end + 1 if words.key(end) == "and" and _below_hundred(words, end + 1) else end
    return _half_more(words, found) if found else None


def _group(words: Words, at: int, *, first: bool) -> Number | None:
    """Read a number below ten thousand with its scale: "three hundred and five thousand", "a million", "twenty"."""
    if words.key(at) in {"a", "an"}:
        scale = _scale(words, at + 1) if first else None
        if scale is None or (words.key(at + 1) == "score" and words.key(at + 2) != "of"):
            return None
        base: Number | None = Number(Fraction(1), at + 1)
    else:
        base = _below_hundred(words, at)
    if base is None or base.value == 0:
        return base
    halved = _and_a_half(words, base.end)
    if halved and words.key(halved) in _SCALES:
        base = replace(base, value=base.value + Fraction(1, 2), end=halved)
    base = _hundreds(words, base)
    step = base.end + (words.key(base.end) == "-")
    scale = _scale(words, step)
    if scale is None or (scale == 100 and base.scale == 100):
        return base
    return Number(base.value * scale, step + 1, scale)


def _hundreds(words: Words, base: Number) -> Number:
    """Add "hundred [and five]" to a number below a hundred."""
    if words.key(base.end) != "hundred":
        return base
    end = base.end + 1
    rest = _below_hundred(words, end + (words.key(end) == "and"))
    if rest is None or rest.value == 0:
        return Number(base.value * 100, end, 100)
    return Number(base.value * 100 + rest.value, rest.end)


def _below_hundred(words: Words, at: int) -> Number | None:
    key = words.key(at)
    if key in _UNITS:
        return Number(Fraction(_UNITS[key]), at + 1)
    if key not in _TENS:
        return None
    step = at + 1 + (words.key(at + 1) == "-")
    unit = _UNITS.get(words.key(step), 0)
    if 0 < unit < 10:
        return Number(Fraction(_TENS[key] + unit), step + 1)
    return Number(Fraction(_TENS[key]), at + 1)


def _half_more(words: Words, found: Number) -> Number:
    """Add the half of "a dozen and a half", "two and a half"; only once, however often it is said."""
    end = _and_a_half(words, found.end)
    return Number(found.value + Fraction(found.scale, 2), end) if end else found


def _half_of_scale(words: Words, at: int) -> Number | None:
    """Read "half a dozen", "a half-dozen", "half a million", "a quarter of a million", "½ million"."""
    begin = at + (words.key(at) in {"a", "one"})
    share = _SHARES.get(words.key(begin)) or _VULGAR.get(words.key(begin))
    if share is None:
        return None
    step = begin + 1
    step += words.key(step) in {"-", "of"}
    step += words.key(step) == "a"
    scale = _scale(words, step)
    return Number(share * scale, step + 1, scale) if scale and words.key(step) != "score" else None


# --- modifiers, ranges, vague words ------------------------------------------------------------------------------


def _modified(words: Words, at: int) -> Expression | None:
    """Read up to three modifiers and what they modify: "at least some 200", "up to several dozen"."""
    modifiers: list[str] = []
    begin = at
    while len(modifiers) < 3 and (found := _BEFORE.match(words, begin)) and not _is_vague_some(words, begin):
        begin = found[0]
        modifiers.append(found[1])
    core = _core(words, begin)
    if core is None:
        return _another(words, at) or (_core(words, at) if modifiers else None)
    for modifier in reversed(modifiers):
        core = apply(modifier, core)
    return replace(core, start=at)


def _is_vague_some(words: Words, at: int) -> bool:
    """Return False before a number, where "some" says "about"; "some few" and "some people" are vague."""
    return words.key(at) == "some" and number(words, at + 1) is None


def _another(words: Words, at: int) -> Expression | None:
    """Read "another soldier": one more; the word alone counts."""
    return Expression(at, at + 1, 1, 1, "exact", at) if words.key(at) == "another" else None


def _core(words: Words, at: int) -> Expression | None:
    found = _range(words, at) or _plain(words, at) or _plural(words, at) or _vague(words, at) or _exact(words, at)
    return _with_after(words, found) if found else None


def _plain(words: Words, at: int) -> Expression | None:
    found = number(words, at)
    return _whole(at, found.end, found.value, found.value, "exact") if found else None


def _whole(at: int, end: int, low: Fraction, high: Fraction, form: str) -> Expression:
    if ceil(low) > floor(high):
        return Expression(at, end, floor(low), floor(high), "fraction", at)
    return Expression(at, end, ceil(low), floor(high), form, at)


def _plural(words: Words, at: int) -> Expression | None:
    """Read "dozens", "tens of thousands", "hundreds and hundreds"."""
    least, end = 2 * _PLURALS.get(words.key(at), 0), at + 1
    if not least:
        return None
    if words.key(end) in {"and", "upon"} and words.key(end + 1) == words.key(at):
        end += 2
    if words.key(end) == "of" and (more := _PLURALS.get(words.key(end + 1))):
        least, end = least * more, end + 2
    elif words.key(at) == "tens":
        return None
    return Expression(at, end, least, None, "vague", at, vague=True)


def _vague(words: Words, at: int) -> Expression | None:
    """Read a vague word, multiplied where a scale follows: "several hundred", "a few dozen"."""
    found = _VAGUE.match(words, at)
    if found is None:
        return None
    end, (low, high) = found
    scale = _scale(words, end)
    if scale and words.key(end) != "score" and low:
        return Expression(at, end + 1, low * scale, high and high * scale, "vague", at, vague=True)
    return Expression(at, end, low, high, "vague", at, vague=True)


def _exact(words: Words, at: int) -> Expression | None:
    """Read "both", "none", "a couple", and with a scale "a couple of hundred", which is only roughly 200."""
    found = _EXACT.match(words, at)
    if found is None:
        return None
    end, value = found
    step = end + (words.key(end) == "of")
    scale = _scale(words, step)
    if scale and value and words.key(step) != "score":
        return replace(apply("about", Expression(at, step + 1, value * scale, value * scale, "exact", at)), vague=True)
    return Expression(at, end, value, value, "exact", at)


def _with_after(words: Words, found: Expression) -> Expression:
    """Apply a modifier that follows: "20 or more", "30-odd", "12+"."""
    after = _AFTER.match(words, found.end)
    if after is None or found.form in {"fraction", "vague"} or (found.high == 0):
        return found
    end, modifier = after
    sign = words.key(found.end)
    if (sign in {"+", "-"} and not words.glued(found.end)) or (sign != "+" and number(words, end)):
        return found
    return replace(apply(modifier, found), end=end)


def _between(words: Words, at: int) -> Expression | None:
    """Read "between 5 and 7", "from 12 to 15"."""
    opening = _OPENING.match(words, at)
    if opening is None:
        return None
    joint = "and" if words.key(opening[0] - 1) == "between" else "to"
    found = _pair(words, opening[0], lambda words, end: end + 1 if words.key(end) == joint else None)
    return replace(found, start=at) if found else None


def _range(words: Words, at: int) -> Expression | None:
    """Read "5-7", "5 – 7", "five to seven", "5-to-7", "two or three"."""
    return _pair(words, at, _joint)


def _joint(words: Words, end: int) -> int | None:
    """Return the token after a joint of two numbers: a dash, "to", "or"."""
    key = words.key(end)
    if key in {"to", "or"} or (key == "–" and words.is_number(end + 1)):
        return end + 1
    if key == "-" and words.keys[end + 1 : end + 3] == ["to", "-"]:
        return end + 3
    return end + 1 if key == "-" and words.glued(end) and words.glued(end + 1) and words.is_number(end + 1) else None


def _pair(words: Words, at: int, joint: Callable[[Words, int], int | None]) -> Expression | None:
    low = number(words, at)
    step = joint(words, low.end) if low else None
    high = number(words, step) if step is not None else None
    if low is None or high is None:
        return None
    least = low.value
    if low.scale == 1 and high.scale > 1 and least < high.value / high.scale:
        least *= high.scale  # "two to three hundred"
    return _whole(at, high.end, least, high.value, "range") if least < high.value else None
