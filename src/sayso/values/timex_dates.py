"""Rules of the grammar for the calendar: dates, months, years, weekdays, and times of the clock."""

from __future__ import annotations

import re
from datetime import date as Date  # noqa: N812 - `date` is a rule here
from typing import Final

from sayso.values import timex_words as words
from sayso.values.timex_calendar import Period, of_day, of_month, of_year
from sayso.values.timex_expressions import (
    DAYS_OF_WEEK,
    CalendarDay,
    DayOfMonth,
    Expression,
    Fixed,
    MonthName,
    OnWeekday,
    SlashDate,
    Weekday,
    Which,
)
from sayso.values.timex_relations import Clock, Offset, Range
from sayso.values.timex_tokens import Tokens

Hit = tuple[Expression, int]
FIRST_YEAR, LAST_YEAR = 1000, 2199  # a bare number outside is no year
MONTHS_THAT_ARE_WORDS: Final = {"may", "march", "mar"}
MONTH_SIGNS: Final = frozenset(words.LISTS["before_month"])
WHICH: Final[dict[str, Which]] = {"last": "last", "past": "last", "this": "this", "next": "next", "coming": "next"}
DETERMINERS: Final = {"the", "and", "of", "to", "a", "its", "his", "her", "their", "that", "whose", "'s", "’s"}
HALVES: Final = {"am": 0, "pm": 12}
NOON: Final = 12
SMALL_HOURS: Final = 6
"""Hours before this that are said to be at night are those after midnight: "three at night"."""
_ZONE: Final = re.compile(r"([+-])(\d\d):?(\d\d)$")


def date(t: Tokens, i: int) -> Hit | None:
    """Read a date of any precision from a day to a year, with or without its weekday."""
    rules = (iso_date, slash_date, dotted_date, _with_weekday, day_of_month, month, year)
    return next((hit for hit in (rule(t, i) for rule in rules) if hit), None)


def iso_date(t: Tokens, i: int) -> Hit | None:
    """Read ``2020-12-20``, ``2020-12-20T05:30Z``, ``2020-12``, and ``2019-20`` (two years)."""
    word = t.word(i).upper()
    if t.kind(i) == "yearmonth":
        return _year_and_month(word, i)
    if t.kind(i) != "iso":
        return None
    try:
        day = of_day(Date.fromisoformat(word[:10]))
    except ValueError:
        return None
    if len(word) == len("2020-12-20"):
        return Fixed(day), i + 1
    minute = int(word[11:13]) * 60 + int(word[14:16])
    offset = _ZONE.search(word)
    zone = 0 if word.endswith("Z") else None
    if offset:
        zone = (int(offset[2]) * 60 + int(offset[3])) * (-1 if offset[1] == "-" else 1)
    return (Clock(minute, zone, Fixed(day)), i + 1) if minute < 24 * 60 and int(word[14:16]) < 60 else None


def slash_date(t: Tokens, i: int) -> Hit | None:
    """Read ``12/7/2016`` and ``2016/07/12``."""
    if t.kind(i) != "slash":
        return None
    a, b, c = t.word(i).split("/")
    if len(a) == 4 and len(c) == 2:
        return fixed(lambda: of_day(Date(int(a), int(b), int(c))), i + 1)
    short = len(c) == 2
    if len(a) > 2 or len(c) == 3 or not (short or FIRST_YEAR <= int(c) <= LAST_YEAR):
        return None
    if not ((1 <= int(a) <= 12 and 1 <= int(b) <= 31) or (1 <= int(b) <= 12 and 1 <= int(a) <= 31)):
        return None
    return SlashDate(int(a), int(b), int(c), short), i + 1


def dotted_date(t: Tokens, i: int) -> Hit | None:
    """Read ``12.03.2024``: who writes dates with stops writes the day first."""
    if t.kind(i) != "dotted":
        return None
    day, month, year = map(int, t.word(i).split("."))
    return fixed(lambda: of_day(Date(year, month, day)), i + 1) if FIRST_YEAR <= year <= LAST_YEAR else None


def calendar_day(t: Tokens, i: int) -> Hit | None:
    """Read "3 February 2019", "Feb. 3, 2019", "20 Aug 88", "the 3rd of February", "3-5 February", "February 3-5"."""
    first = day_number(t, t.skip(i, {"the"}))
    if first:
        day, j = first
        other = _second_day(t, j)
        name = month_name(t, t.skip(other[1] if other else j, {"of", "-"}), beside_day=True)
        if name is None:
            return None
        days, (number, j) = (day, other[0] if other else day), name
    else:
        name = month_name(t, i, beside_day=True)
        after = day_number(t, t.skip(name[1], {"the"})) if name else None
        if name is None or after is None:
            return None
        number, (day, j) = name[0], after
        other = _second_day(t, j)
        days, j = (day, other[0] if other else day), other[1] if other else j
    full, short, j = _year_after(t, j)
    left, right = (CalendarDay(number, each, full, short) for each in days)
    return (right if left == right else Range(left, right)), j


def day_of_month(t: Tokens, i: int) -> Hit | None:
    """Read "the 20th" where nothing but a date is expected."""
    j = t.skip(i, {"the"})
    if t.whole and t.kind(j) == "ordinal" and j + 1 == len(t.items) and int(t.word(j)[:-2]) <= 31:
        return DayOfMonth(int(t.word(j)[:-2])), j + 1
    return None


def month(t: Tokens, i: int) -> Hit | None:
    """Read "December 2020", "December of last year", "last December", "December"."""
    which: Which = WHICH.get(t.word(i), "")
    name = month_name(t, i + 1 if which else i)
    if name is None:
        return None
    number, j = name
    k = t.skip(t.skip(j, {","}), {"of", "the"})
    found = year_number(t, k) or spoken_year(t, k)
    if found and not which:
        return MonthName(number, found[0]), found[1]
    k = t.skip(j, {"of"})
    if t.word(k) in {"this", "last", "next"} and t.word(k + 1) == "year":
        return _MonthOfYear(number, {"this": 0, "last": -1, "next": 1}[t.word(k)]), k + 2
    return MonthName(number, None, which), j


def year(t: Tokens, i: int) -> Hit | None:
    """Read "2019", "fiscal 2019", "nineteen ninety-six"; in running text only where it looks like one."""
    j = t.skip(i, {"the"})
    said = t.word(j) in {"year", "fiscal", "calendar"}
    if said:
        j = t.skip(t.skip(j, {"fiscal", "calendar"}), {"year"})
    elif j > i:
        return None
    found = year_number(t, j) or spoken_year(t, j)
    if found is None or not (said or t.whole or _looks_like_year(t, j, found[1])):
        return None
    number, end = found
    return fixed(lambda: of_year(number), end)


def weekday(t: Tokens, i: int) -> Hit | None:
    """Read "Sunday", "last Sunday", "this coming Sunday", "the previous Sunday", "Sunday before last"."""
    j = t.skip(i, {"the"})
    which: Which = ""
    shift = 0
    if t.word(j) in {"previous", "following", "same"}:
        which, shift, j = "narrative", {"previous": -1, "following": 1}.get(t.word(j), 0), j + 1
    elif t.word(j) in WHICH:
        which, j = WHICH[t.word(j)], j + 1
        if t.word(j) in {"coming", "past"}:
            which, j = WHICH[t.word(j)], j + 1
    elif j > i:
        return None
    number = words.WEEKDAYS.get(t.word(j))
    if number is None and t.whole:
        number = words.SHORT_WEEKDAYS.get(t.word(j))
        j = t.skip(j + 1, {"."}) - 1 if number is not None else j
    if number is None:
        return None
    if not which and (t.word(j + 1), t.word(j + 2)) == ("before", "last"):
        return Offset(DAYS_OF_WEEK, DAYS_OF_WEEK, "day", -1, base=Weekday(number)), j + 3
    return Weekday(number, which, shift), j + 1


def clock(t: Tokens, i: int) -> tuple[int, int | None, int] | None:
    """Read a time of day: (minute of the day, zone or None, position after it)."""
    found = _clock_face(t, t.skip(i, {"about", "around", "approximately", "shortly", "exactly"}))
    if found is None:
        return None
    minute, j = found
    zone, j = _zone(t, j)
    return minute, zone, j


def month_name(t: Tokens, i: int, *, beside_day: bool = False) -> tuple[int, int] | None:
    """Read a month's name and the full stop of its abbreviation: (number, position after)."""
    word = t.word(i)
    number = words.MONTHS.get(word)
    if number is None:
        return None
    end = i + 2 if t.word(i + 1) == "." and (len(word) < 4 or word in {"sept", "febr"}) and word != "may" else i + 1
    if beside_day or t.whole:
        return number, end
    sure = t.capital(i) and word not in MONTHS_THAT_ARE_WORDS and (len(word) > 3 or t.word(i + 1) == ".")
    name = len(word) <= 3 and word != "may" and t.kind(i + 1) == "word" and t.capital(i + 1)  # "and Jan Kavan"
    signed = t.capital(i) and not name and (t.word(i - 1) in MONTH_SIGNS or t.kind(i + 1) == "number")
    return (number, end) if sure or signed else None


def day_number(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read the number of a day, in digits or words: (number, position after)."""
    word, kind = t.word(i), t.kind(i)
    digits = word[:-2] if kind == "ordinal" else word if kind == "number" and len(word) <= 2 else ""
    if digits.isascii() and digits and 1 <= int(digits) <= 31:
        return int(digits), i + 1
    tens = words.NUMBERS.get(word)
    last = t.skip(i + 1, {"-"})
    if tens in {20, 30} and t.word(last) in words.ORDINALS:
        return tens + words.ORDINALS[t.word(last)], last + 1
    return (words.ORDINALS[word], i + 1) if word in words.ORDINALS else None


def year_number(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read a year of four digits: (year, position after)."""
    word = t.word(i)
    if t.kind(i) != "number" or len(word) != 4 or not word.isascii() or not FIRST_YEAR <= int(word) <= LAST_YEAR:
        return None
    return int(word), i + 1


def fixed(build: object, end: int) -> Hit | None:
    """Return the absolute stretch that ``build()`` makes; None when the calendar has no such day."""
    try:
        made = build()  # type: ignore[operator]
    except ValueError:
        return None
    assert isinstance(made, Period)
    return Fixed(made), end


def _with_weekday(t: Tokens, i: int) -> Hit | None:
    """Read a date, perhaps with its weekday before it, or the weekday alone."""
    short = t.word(i) in words.SHORT_WEEKDAYS
    named = weekday(t, i) or ((Weekday(words.SHORT_WEEKDAYS[t.word(i)]), i + 1) if short else None)
    if named is None:
        return calendar_day(t, i)
    after = t.skip(t.skip(named[1], {"."}), {",", "("})
    dated = calendar_day(t, after) or slash_date(t, after) or dotted_date(t, after) or iso_date(t, after)
    if dated is None:
        return weekday(t, i)
    number = named[0].weekday if isinstance(named[0], Weekday) else 0
    return OnWeekday(number, dated[0]), dated[1]


def _year_and_month(word: str, i: int) -> Hit | None:
    left, right = int(word[:4]), int(word[5:])
    if 1 <= right <= 12:
        return fixed(lambda: of_month(left, right), i + 1)
    last = left - left % 100 + right
    if right < 13 or last <= left:
        return None
    both = Period(f"{left:04}", f"{last:04}", f"{left:04}/{last:04}")
    return Fixed(both), i + 1


def _second_day(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read the other end in "3-5 February", "3 and 5 February"."""
    return day_number(t, i + 1) if t.word(i) in {"-", "–", "to", "and"} and t.kind(i + 1) != "word" else None


def _year_after(t: Tokens, i: int) -> tuple[int | None, bool, int]:
    """Read the year after a day and month: (year or None, of two digits, position after)."""
    j = t.skip(t.skip(i, {","}), {"of"})
    found = year_number(t, j)
    if found:
        return found[0], False, found[1]
    j = t.skip(j, {"'", "’"})
    word = t.word(j)
    two = t.kind(j) == "number" and len(word) == 2 and word.isascii() and j <= i + 1 and t.word(i) != ","
    if two and t.word(j + 1) not in {":", "/", "%"} and (t.word(i) in {"'", "’"} or int(word) > 31 or t.whole):
        return int(word), True, j + 1
    return None, False, i


class _MonthOfYear(MonthName):
    """A month of "last year": the ``year`` is counted from the anchor's."""

    def read(self, context: object) -> Period:
        """Return the month in the anchor's year plus ``year``."""
        return of_month(context.today.year + (self.year or 0), self.month)  # type: ignore[attr-defined]


def spoken_year(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read "nineteen ninety-six", "two thousand (and) one"."""
    if t.word(i) == "two" and t.word(i + 1) == "thousand":
        j = t.skip(i + 2, {"and"})
        ones = words.NUMBERS.get(t.word(j), 0)
        if t.word(i + 2) in words.UNITS:  # "two thousand years"
            return None
        return (2000 + ones, j + 1) if 0 < ones < 20 else (2000, i + 2)
    century, tens = words.NUMBERS.get(t.word(i), 0), words.NUMBERS.get(t.word(i + 1), 0)
    if century not in range(15, 21) or tens not in range(10, 100):
        return None
    j = t.skip(i + 2, {"-"})
    ones = words.NUMBERS.get(t.word(j), 0) if tens % 10 == 0 and tens > 10 else 0
    return (century * 100 + tens + ones, j + 1) if 0 < ones < 10 else (century * 100 + tens, i + 2)


def _looks_like_year(t: Tokens, i: int, end: int) -> bool:
    """Whether a number of four digits in running text is a year, judged by its neighbours."""
    if t.kind(i) != "number":  # spelled out: "nineteen ninety-six"
        return True
    before, after = t.word(i - 1), t.word(end)
    if before in words.LISTS["never_before_year"] or (
        t.glued(i) and before in {".", "-", "/", ",", "+", ":"} and t.word(i - 2) not in words.POSITIONS
    ):
        return False
    if after in {"%", "°"} or (after in {",", ".", ":", "/", "-"} and t.glued(end) and t.kind(end + 1) == "number"):
        return t.glued(end) and after == "-" and len(t.word(end + 1)) == 4
    if before in words.LISTS["before_year"]:
        return int(t.word(i)) % 100 > 0 or t.kind(end) != "word" if before in DETERMINERS else True
    follows_noun = t.kind(end) != "word" or after in words.LISTS["after_year"]
    return follows_noun and 1900 <= int(t.word(i)) < 2050


def _clock_face(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read "5:30 a.m.", "5.30am", "11pm", "0300 GMT", "1900 hours", "5 o'clock", "ten a.m."; (minute, after)."""
    word, kind = t.word(i), t.kind(i)
    if kind == "clock":
        hour, minute = int(word.split(":")[0]), int(word.split(":")[1])
        return _in_part(t, hour, minute, i + 1) or _halved(t, hour, minute, i + 1)
    if kind != "number" or len(word) > 4 or not word.isascii():
        return _spoken_hour(t, i)
    if len(word) == 4:
        hours = t.word(i + 1) in {"hours", "hrs"}
        sure = hours or t.word(i + 1) in words.ZONES or (t.word(i + 1), t.word(i + 2)) == ("local", "time")
        return _minutes(int(word[:2]), int(word[2:]), i + 1 + hours) if sure else None
    if len(word) > 2:
        return None
    if t.word(i + 1) == "." and t.kind(i + 2) == "number" and len(t.word(i + 2)) == 2 and t.glued(i + 2):
        if t.kind(i + 3) == "half":
            return _halved(t, int(word), int(t.word(i + 2)), i + 3)
        return _in_part(t, int(word), int(t.word(i + 2)), i + 3)
    if t.kind(i + 1) == "half":
        return _halved(t, int(word), 0, i + 1)
    return _spoken_hour(t, i)


def _spoken_hour(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read "five o'clock in the morning", "5 in the morning", "ten a.m."."""
    word = t.word(i)
    hour = int(word) if t.kind(i) == "number" and len(word) <= 2 and word.isascii() else words.NUMBERS.get(word, 0)
    if not 1 <= hour <= NOON:
        return None
    if t.kind(i + 1) == "half":
        return _halved(t, hour, 0, i + 1)
    said = t.word(i + 1) == "o" and t.word(i + 2) in {"'", "’"} and t.word(i + 3) == "clock"
    j = i + 4 if said else i + 1
    return _in_part(t, hour, 0, j)


def _in_part(t: Tokens, hour: int, minute: int, i: int) -> tuple[int, int] | None:
    """Apply the part of the day that must follow: "5 · in the morning", "10.40 · in the evening"."""
    part = t.skip(i + 1, {"the"})
    if t.word(i) not in {"in", "at"} or not t.phrase(part, {"morning", "afternoon", "evening", "night"}):
        return None
    late = t.word(part) != "morning" and hour < NOON and not (t.word(part) == "night" and hour < SMALL_HOURS)
    return _minutes(hour % NOON + (NOON if late else 0) if hour <= NOON else hour, minute, part + 1)


def _halved(t: Tokens, hour: int, minute: int, i: int) -> tuple[int, int] | None:
    """Apply a.m. or p.m. when it follows."""
    if t.kind(i) != "half":
        return _minutes(hour, minute, i)
    if not 1 <= hour <= NOON:
        return None
    half = "am" if t.word(i).startswith("a") else "pm"
    return _minutes(hour % NOON + HALVES[half], minute, i + 1)


def _minutes(hour: int, minute: int, i: int) -> tuple[int, int] | None:
    return (hour * 60 + minute, i) if hour < 24 and minute < 60 else None


def _zone(t: Tokens, i: int) -> tuple[int | None, int]:
    """Read the zone after a time of day."""
    zone: int | None = None
    if t.word(i) in words.ZONES and (t.word(i) != "z" or t.glued(i)):
        zone, i = words.ZONES[t.word(i)], i + 1
    elif (t.word(i), t.word(i + 1)) == ("local", "time"):
        i += 2
    return zone, i


def in_brackets(t: Tokens, i: int) -> int:
    """Return the position after a second time in brackets ("(1900 GMT)"), or ``i``."""
    if t.word(i) == "(" and t.kind(i + 1) in {"number", "clock"}:
        close = next((k for k in range(i + 2, i + 6) if t.word(k) == ")"), 0)
        return close + 1 if close else i
    return i
