"""The uses of numbers that name, date or rank: "Route 9", "F-16", "9/11", "5:30 pm", "the 82nd", "two-thirds".

Each rule takes a token and returns the ``Use`` that starts there, or None. The words go by ``counting.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sayso.values.intervals import Expression
from sayso.values.nouns import noun_phrase
from sayso.values.numerals import expression, number, whole_digits
from sayso.values.words import Phrases, Words, load

_TABLE: Final = load("counting")
UNITS: Final = Phrases.grouped(_TABLE["units"])
CURRENCIES: Final = frozenset(_TABLE["currency"]["before"])
HIS: Final = frozenset(_TABLE["age"]["his"])
MONTHS: Final = frozenset(_TABLE["date"]["months"])
YEAR_AFTER: Final = frozenset(_TABLE["date"]["year_after"])
NAMED: Final = Phrases.grouped({key: _TABLE["identifier"][key] for key in ("before", "before_noun")})
_ORDINAL_SUFFIXES: Final = frozenset(_TABLE["ordinal"]["suffixes"])
ORDINALS: Final = frozenset(_TABLE["ordinal"]["words"])
_ORDINAL_NAMES: Final = frozenset(_TABLE["ordinal"]["names"])
FRACTIONS: Final = frozenset(_TABLE["fraction"]["words"])
_NO_SERIAL: Final = CURRENCIES | MONTHS | HIS | YEAR_AFTER
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a number over tokens [start, end).

    Attributes:
        kind: "count", or what it is instead ("age", "date", "money" …).
        value: the number expression; None where the number names or dates something and is no quantity.
        unit: tokens of the word of measure.
        group: tokens of the noun phrase counted; its head is the last.
        beyond: where to read on, after the unit.

    """

    start: int
    end: int
    kind: str
    value: Expression | None = None
    unit: tuple[int, int] | None = None
    group: tuple[int, int] | None = None
    beyond: int = 0


def serial(words: Words, at: int) -> Use | None:
    """Read letters with digits: "F-16", "MH17", "AK-47", "C4"."""
    if not is_serial(words, at) or words.key(at) in _NO_SERIAL or expression(words, at):
        return None
    return Use(at, glued_end(words, at + 1), "identifier")


def is_serial(words: Words, at: int) -> bool:
    """Return True where digits are tied to letters before them."""
    step = at + 1 + (words.key(at + 1) == "-")
    return words.is_word(at) and words.is_number(step) and words.glued(step) and words.glued(at + 1)


def glued_end(words: Words, at: int) -> int:
    """Return the end of the row of letters, digits and inner hyphens that token ``at`` stands in."""
    end = at + 1
    while words.glued(end) and (words.is_word(end) or words.is_number(end) or _inner_sign(words, end)):
        end += 1
    return end


def _inner_sign(words: Words, at: int) -> bool:
    return words.key(at) in {"-", "/"} and words.glued(at + 1) and (words.is_word(at + 1) or words.is_number(at + 1))


def named(words: Words, at: int) -> Use | None:
    """Read a word and the number that names it: "Route 9", "No. 4", "Group of Seven"."""
    cue = NAMED.match(words, at)
    if cue is None:
        return None
    end = cue[0] + (words.key(cue[0]) == ".")
    dotted = end > cue[0]
    if words.key(at) == "no" and not (dotted or words.is_capital(at)):
        return None
    group_of = end - at == 2 and not dotted and words.key(at) == "group"
    found = number(words, end) if words.is_number(end) or group_of else None
    if found is None or ((cue[1] == "before_noun" or words.key(at) == "no") and noun_phrase(words, found.end)):
        return None
    return Use(at, glued_end(words, found.end - 1), "identifier")


def clock_or_date(words: Words, at: int) -> Use | None:
    """Read digits held together by signs: "5:30 pm", "2020-12-20", "9/11", "2014-15", "2-1"."""
    sign = words.key(at + 1)
    if not (words.is_number(at) and sign in {":", "/", "-", "."} and words.glued(at + 1) and words.glued(at + 2)):
        return _dotted_date(words, at)
    if not words.is_number(at + 2):
        return None
    third = words.key(at + 3) == sign and words.glued(at + 3) and words.glued(at + 4) and words.is_number(at + 4)
    end = at + 5 if third else at + 3
    if sign == ":":
        unit = UNITS.match(words, end)
        return Use(at, unit[0] if unit and unit[1] == "time" else end, "time")
    if third:
        return Use(at, glued_end(words, at), "date" if end == glued_end(words, at) else "identifier")
    return Use(at, end, kind) if (kind := _pair_kind(words, at)) else None


def _pair_kind(words: Words, at: int) -> str | None:
    """Return what "A/B" or "A-B" is when it is no range."""
    first, second = whole_digits(words, at), whole_digits(words, at + 2)
    if words.key(at + 1) == "/":
        return "fraction" if words.key(at + 3) == "of" else "date"
    if first is None or second is None or words.key(at + 1) != "-":
        return None
    if is_year(words, at) and (is_year(words, at + 2) or second < 100) and len(words.key(at + 2)) in {2, 4}:
        return "date"
    return "score" if first >= second and not words.glued(at + 3) else None


def _dotted_date(words: Words, at: int) -> Use | None:
    """Read digits with more than one point: "3.2.2020" is a date, "10.0.0.1" a name."""
    key = words.key(at)
    if not words.is_number(at) or number(words, at) is not None:
        return None
    pieces = [len(piece) for piece in key.split(".")]
    date = len(pieces) == 3 and pieces[2] in {2, 4} and max(pieces[:2]) <= 2
    return Use(at, glued_end(words, at), "date" if date else "identifier")


def is_year(words: Words, at: int) -> bool:
    """Return True for four digits between 1900 and 2099."""
    value = whole_digits(words, at)
    return value is not None and len(words.key(at)) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR


def is_month(words: Words, at: int) -> bool:
    """Return True for the name of a month in capitals or with a capital: May, not may."""
    return words.key(at) in MONTHS and words.is_capital(at)


def is_day(words: Words, at: int) -> bool:
    """Return True for one or two digits from 1 to 31."""
    value = whole_digits(words, at)
    return value is not None and 1 <= value <= 31 and len(words.key(at)) <= 2


def month_first(words: Words, at: int) -> Use | None:
    """Read a month before day or year: "February 3rd, 2020", "Feb. 3", "May 2019"."""
    if not is_month(words, at):
        return None
    begin = at + 1 + (words.key(at + 1) in {".", "of", ","})
    if is_year(words, begin):
        return Use(at, begin + 1, "date")
    if not is_day(words, begin):
        return None
    if words.key(at - 1) in YEAR_AFTER | {"last", "this", "that"} and noun_phrase(words, begin + 1):
        return None  # "in May 20 people were hurt"
    end = begin + 1 + (words.glued(begin + 1) and words.key(begin + 1) in _ORDINAL_SUFFIXES)
    if words.key(end) in {"-", "–"} and is_day(words, end + 1):
        end += 2
    return Use(at, with_year(words, end), "date")


def with_year(words: Words, end: int) -> int:
    """Return the end of a date with the year that follows, if one does."""
    step = end + (words.key(end) == ",")
    return step + 1 if is_year(words, step) else end


def ordinal(words: Words, at: int) -> Use | None:
    """Read ranks: "first", "twenty-first", "82nd"; with a month a date, with the name of a unit a name."""
    end = at + 1
    if words.is_number(at) and words.glued(end) and words.key(end) in _ORDINAL_SUFFIXES:
        end += 1
    elif words.key(at) not in ORDINALS:
        found = number(words, at) if words.is_word(at) else None
        tens = found is None or words.key(found.end) != "-" or words.key(found.end + 1) not in ORDINALS
        if found is None or tens:
            return None
        end = found.end + 2
    month = end + (words.key(end) == "of")
    if is_month(words, month):
        return Use(at, with_year(words, month + 1), "date")
    return Use(at, end, "identifier" if words.key(end) in _ORDINAL_NAMES else "ordinal")


def fraction(words: Words, at: int) -> Use | None:
    """Read parts of a whole: "a third of", "two-thirds", "half the", "three out of five"."""
    found = number(words, at)
    begin = found.end if found else at + (words.key(at) in {"a", "an"})
    begin += bool(found) and words.key(begin) == "-"
    if words.key(begin) in FRACTIONS and begin + 1 < len(words):
        of_whole = words.key(begin + 1) in {"of", "the", "its", "their", "his", "all"}
        plural = found is not None and words.key(begin).endswith("s")
        return Use(at, begin + 1, "fraction") if (of_whole and number(words, begin + 2) is None) or plural else None
    if found and words.keys[found.end : found.end + 2] in (["out", "of"], ["in", "every"]):
        whole = number(words, found.end + 2)
        return Use(at, whole.end, "fraction") if whole and whole.value > found.value else None
    return None
