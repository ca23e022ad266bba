"""Dates of incidents in the key's three forms: a day, a first and a last day, "on or before" a day.

``- 21 JAN 89`` is on or before; a day of the week, and no date at all, count as on or before the date of the report
(task guide, slot 2).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.language.analysis import Analysis
from sayso.values.moment import find_timexes

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAY = re.compile(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]*\.?,? (?:19)?(\d\d)\b")
_HEAD = 250
_WEEKDAYS = re.compile(r"\b(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY", re.IGNORECASE)
_LAST = re.compile(r"\b(?:PAST|LAST)\s+(\d+)\s+(HOURS|DAYS)", re.IGNORECASE)
_HOURS = 24


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression: tokens [first, last), and the dates it stands for in the key's form."""

    first: int
    last: int
    value: str


def published(text: str) -> date | None:
    """Return the date in the head line of a report, None where it has none."""
    match = _DAY.search(" ".join(text[:_HEAD].split()))
    return None if match is None else _day(match[1], match[2], match[3])


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(1900 + int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


def write(day: date) -> str:
    """Return a day as the key writes it."""
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year % 100:02d}"


def read(value: str) -> tuple[date | None, date | None]:
    """Return first and last day of what the key writes; the first is None for "on or before"."""
    days = [day for parts in _DAY.findall(value) if (day := _day(*parts))]
    if not days:
        return None, None
    return (None if value.startswith("-") else days[0]), days[-1]


def expressions(analysis: Analysis, today: date | None) -> list[Dated]:
    """Return the time expressions of a report behind its head line that say when, in text order."""
    out = []
    starts = {token.start: number for number, token in enumerate(analysis.tokens)}
    ends = {token.end: number + 1 for number, token in enumerate(analysis.tokens)}
    for found in find_timexes(analysis.report.text, today):
        words = analysis.report.text[found.start : found.end]
        value = _value(found.value, " ".join(words.split()), today)
        first, last = starts.get(found.start), ends.get(found.end)
        if value and first is not None and last is not None and not _in_head(analysis, last):
            out.append(Dated(first, last, value))
    return out


def _in_head(analysis: Analysis, last: int) -> bool:
    """Tell whether a stretch ends before the dashes that end the head line."""
    return any(token.text.startswith("--") for token in analysis.tokens[last : last + 12]) and last < 16


def _value(iso: str, words: str, today: date | None) -> str:
    span = _LAST.search(words)
    if span and today:
        days = -(-int(span[1]) // _HOURS) if span[2].upper() == "HOURS" else int(span[1])
        return f"{write(today - timedelta(days))} - {write(today)}"
    if _WEEKDAYS.search(words) and today and not re.search(r"\d", words):
        return f"- {write(today)}"
    day = re.match(r"(\d{4})-(\d\d)(?:-(\d\d))?(?![\dW])", iso)
    if day is None:
        return ""
    year, month = int(day[1]), int(day[2])
    if not 1900 <= year < 2000:
        return ""
    if day[3]:
        return write(date(year, month, int(day[3])))
    return f"{write(date(year, month, 1))} - {write(date(year, month, monthrange(year, month)[1]))}"
