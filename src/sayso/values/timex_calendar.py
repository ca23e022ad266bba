"""Calendar arithmetic on stretches of time that keep their precision: a month is ``2020-12``, never its first day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from sayso.values.timex_words import EASTER, FIXED_DAYS, SEASONS, WEEKDAY_RULES

Unit = Literal["day", "week", "weekend", "month", "quarter", "year", "decade", "century"]
Position = Literal["early", "mid", "late"]
# Lengths of ISO 8601 prefixes: yyyy, yyyy-mm, yyyy-mm-dd, yyyy-mm-ddThh:mm (a zone may follow).
YEAR, MONTH, DAY, MINUTE = 4, 7, 10, 16
LAST_NAMED_MONTH: Final = 12


@dataclass(frozen=True)
class Period:
    """A stretch of time.

    Attributes:
        first: ISO 8601 at the precision known, None when the stretch is open towards the past.
        last: the same for its end (inclusive), None when open towards the future.
        value: the ISO-TimeML value of the expression (TIMEX3 ``value``), empty when it has none.

    """

    first: str | None
    last: str | None
    value: str


def start_of(iso: str) -> datetime:
    """Return the first minute of an ISO prefix, zone left aside; raises ValueError off the calendar."""
    year, month, day = int(iso[:4]), int(iso[5:7] or 1), int(iso[8:10] or 1)
    return datetime(year, month, day, int(iso[11:13] or 0), int(iso[14:16] or 0))


def end_of(iso: str) -> datetime:
    """Return the last minute of an ISO prefix, zone left aside; raises ValueError off the calendar."""
    first = start_of(iso)
    if len(iso) == YEAR:
        return first.replace(month=12, day=31, hour=23, minute=59)
    if len(iso) == MONTH:
        return first.replace(day=calendar.monthrange(first.year, first.month)[1], hour=23, minute=59)
    return first.replace(hour=23, minute=59) if len(iso) == DAY else first


def of_day(day: date) -> Period:
    """Return one day."""
    iso = f"{day.year:04}-{day.month:02}-{day.day:02}"
    return Period(iso, iso, iso)


def of_month(year: int, month: int) -> Period:
    """Return one month; ValueError when there is no such month."""
    date(year, month, 1)
    iso = f"{year:04}-{month:02}"
    return Period(iso, iso, iso)


def of_year(year: int) -> Period:
    """Return one year; ValueError outside years 1 to 9999."""
    date(year, 1, 1)
    return Period(f"{year:04}", f"{year:04}", f"{year:04}")


def of_years(first: int, last: int, value: str) -> Period:
    """Return the years from first to last (a decade, a century)."""
    return Period(of_year(first).first, of_year(last).last, value)


def of_months(year: int, month: int, count: int, value: str) -> Period:
    """Return ``count`` months from ``month`` (which may exceed 12: counted on into the next years)."""
    first, last = _month_number(year, month), _month_number(year, month + count - 1)
    return Period(of_month(*first).first, of_month(*last).last, value)


def of_quarter(year: int, quarter: int) -> Period:
    """Return a quarter of the calendar year, 1 to 4."""
    return of_months(year, 3 * quarter - 2, 3, f"{year:04}-Q{quarter}")


def of_season(year: int, season: str) -> Period:
    """Return a northern meteorological season; the winter of a year begins in its December."""
    month, code = SEASONS[season]
    return of_months(year, month, 3, f"{year:04}-{code}")


def of_unit(unit: Unit, day: date) -> Period:
    """Return the week, month, year … that ``day`` lies in."""
    if unit == "day":
        return of_day(day)
    if unit in {"week", "weekend"}:
        return _of_week(day, weekend=unit == "weekend")
    if unit == "month":
        return of_month(day.year, day.month)
    if unit == "quarter":
        return of_quarter(day.year, (day.month + 2) // 3)
    if unit == "year":
        return of_year(day.year)
    size = 10 if unit == "decade" else 100
    first = day.year - day.year % size
    return of_years(max(first, 1), first + size - 1, f"{day.year // size:0{3 if size == 10 else 2}}")


def moved(day: date, unit: Unit, count: int) -> date:
    """Return ``day`` moved by ``count`` units; months and years keep the day where the month has it.

    Raises ValueError or OverflowError off the calendar.
    """
    if unit in {"day", "week", "weekend"}:
        return day + timedelta(days=count * (1 if unit == "day" else 7))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    year, month = _month_number(day.year, day.month + count * months)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def third(period: Period, position: Position) -> Period:
    """Return the early, middle or late third of a stretch longer than a day, at the next finer precision.

    Thirds are rounded up, so neighbours share an edge: "early" and "mid" are vague words.
    """
    steps = _steps(period)
    size = -(-len(steps) // 3)
    start = {"early": 0, "mid": (len(steps) - size) // 2, "late": len(steps) - size}[position]
    return Period(steps[start], steps[start + size - 1], period.value)


def holiday(name: str, year: int) -> date | None:
    """Return the day of a holiday in a year; None when other calendars or governments set it."""
    if name in FIXED_DAYS:
        return date(year, *FIXED_DAYS[name])
    if name in WEEKDAY_RULES:
        return _by_weekday(year, *WEEKDAY_RULES[name])
    return _easter(year) + timedelta(days=EASTER[name]) if name in EASTER else None


def _month_number(year: int, month: int) -> tuple[int, int]:
    return year + (month - 1) // 12, (month - 1) % 12 + 1


def _of_week(day: date, *, weekend: bool) -> Period:
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    first = of_day(monday + timedelta(days=5 if weekend else 0)).first
    return Period(first, of_day(monday + timedelta(days=6)).last, f"{year:04}-W{week:02}{'-WE' if weekend else ''}")


def _steps(period: Period) -> list[str]:
    """Return the finer stretches a closed period consists of: years of a decade, months of a year, days of the rest."""
    first, last = start_of(period.first or ""), end_of(period.last or "")
    if last.year - first.year > 1:
        return [f"{year:04}" for year in range(first.year, last.year + 1)]
    if len(period.first or "") == YEAR:
        return [f"{first.year:04}-{month:02}" for month in range(1, LAST_NAMED_MONTH + 1)]
    days = (last - first).days + 1
    return [(first + timedelta(days=step)).date().isoformat() for step in range(days)]


def _by_weekday(year: int, month: int, weekday: int, which: int) -> date:
    days = [day for day in calendar.Calendar().itermonthdates(year, month) if day.month == month]
    matching = [day for day in days if day.weekday() == weekday]
    return matching[which - 1 if which > 0 else which]


def _easter(year: int) -> date:
    """Gregorian Easter Sunday (anonymous algorithm, as in Meeus, *Astronomical Algorithms*, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)
