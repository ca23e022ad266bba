"""What a date means, before and after it is tied to a year: small frozen classes that read themselves.

``expression.read(context)`` gives a ``Period``; where the words and the context do not say when, it raises
``Unresolved`` with the name of what is missing. Nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal, Protocol

from sayso.values.timex_calendar import (
    Period,
    Unit,
    end_of,
    holiday,
    moved,
    of_day,
    of_month,
    of_quarter,
    of_season,
    of_unit,
    start_of,
)

Tense = Literal["past", "future", "unknown"]
Which = Literal["", "this", "last", "next", "narrative"]
DAYS_OF_WEEK: Final = 7
FORWARD_COSTS: Final = 2  # reports look back more than ahead: with no tense, a day ahead must be much the nearer
LEAP_CYCLE: Final = 9  # years within which every day of the calendar comes round


class Unresolved(Exception):  # noqa: N818 - not a fault: the honest answer to "when?"
    """The words do not say when; ``what`` names what is missing."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class Context:
    """What an expression is read against.

    Attributes:
        now: the anchor; None when it is not known.
        timed: whether the anchor's time of day is known too.
        tense: where the verb looks; decides between the last Sunday and the next.
        name: what the anchor is, for the reason when it is missing.
        loose: read "a day earlier" and "at noon" against the anchor too (for TIMEX values, never for a Moment).

    """

    now: datetime | None = None
    timed: bool = False
    tense: Tense = "past"
    name: str = "publication date"
    loose: bool = False

    @property
    def today(self) -> date:
        """The anchor's day; raises Unresolved without one."""
        if self.now is None:
            raise Unresolved(self.name)
        return self.now.date()


class Expression(Protocol):
    """Something that names a time."""

    def read(self, context: Context) -> Period:
        """Return the stretch meant, or raise Unresolved."""
        ...


@dataclass(frozen=True)
class Fixed:
    """An absolute stretch: a full date, a year, a decade."""

    period: Period

    def read(self, context: Context) -> Period:
        """Return the stretch itself."""
        return self.period


@dataclass(frozen=True)
class CalendarDay:
    """A day of a month, with its year if named; ``short`` marks a year of two digits."""

    month: int
    day: int
    year: int | None = None
    short: bool = False

    def read(self, context: Context) -> Period:
        """Return the day: in the named year, else the nearest such day the tense allows."""
        if self.year is not None:
            return of_day(date(_full_year(self.year, context) if self.short else self.year, self.month, self.day))
        if context.now is None:
            raise Unresolved("year")
        return of_day(_nearest(_days(self.month, self.day, context.today.year), context))


@dataclass(frozen=True)
class DayOfMonth:
    """A day ("the 20th") of a month not named."""

    day: int

    def read(self, context: Context) -> Period:
        """Return the nearest such day the tense allows."""
        months = [moved(context.today.replace(day=1), "month", step) for step in range(-3, 4)]
        days = [day for day in (_valid(month.year, month.month, self.day) for month in months) if day]
        return of_day(_nearest(days, context))


@dataclass(frozen=True)
class WeekOf:
    """The week a day lies in: "the week of March 6"."""

    day: CalendarDay

    def read(self, context: Context) -> Period:
        """Return the week."""
        return of_unit("week", start_of(self.day.read(context).first or "").date())


@dataclass(frozen=True)
class SlashDate:
    """A date like 12/7/2016: read only where the order of day and month cannot be in doubt."""

    first: int
    second: int
    year: int
    short: bool = False

    def read(self, context: Context) -> Period:
        """Return the only day it can be; raise Unresolved when both orders are possible."""
        year = _full_year(self.year, context) if self.short else self.year
        american, european = _valid(year, self.first, self.second), _valid(year, self.second, self.first)
        days = sorted({day for day in (american, european) if day})
        if len(days) > 1 and context.now and context.tense != "unknown":
            days = [day for day in days if _allowed(day, context)] or days
        if not days:
            raise ValueError("no such day")
        if len(days) > 1 and not (context.loose and american):
            raise Unresolved("order of day and month")
        return of_day(american if context.loose and american else days[0])


@dataclass(frozen=True)
class Weekday:
    """A day of the week: the last such day up to the anchor, unless the words or the tense look ahead."""

    weekday: int
    which: Which = ""
    shift: int = 0  # of a day counted from another event: "the previous Friday" (-1), "the following Friday" (1)

    def read(self, context: Context) -> Period:
        """Return the day. "Next Friday" said early in the week may be either of two: both ends are kept."""
        if self.which == "narrative" and not context.loose:
            raise Unresolved("another event")
        today = context.today
        back, ahead = (today.weekday() - self.weekday) % 7, (self.weekday - today.weekday()) % 7
        if self.which == "last" or self.shift < 0:
            return of_day(today - timedelta(days=back or DAYS_OF_WEEK))
        if self.shift > 0:
            return of_day(today + timedelta(days=ahead or DAYS_OF_WEEK))
        if self.which == "next":
            return self._next(today, ahead or DAYS_OF_WEEK)
        if context.tense == "future":
            return of_day(today + timedelta(days=ahead))
        last = of_day(today - timedelta(days=back))
        if context.tense == "unknown" and not context.loose:
            return replace(last, last=of_day(today + timedelta(days=ahead)).last)
        return last

    def _next(self, today: date, ahead: int) -> Period:
        coming = of_day(today + timedelta(days=ahead))
        if today.weekday() + ahead >= DAYS_OF_WEEK:
            return coming
        return replace(coming, last=of_day(today + timedelta(days=ahead + DAYS_OF_WEEK)).last)


@dataclass(frozen=True)
class OnWeekday:
    """A date with its weekday: "Sunday, 20 December"."""

    weekday: int
    base: Expression

    def read(self, context: Context) -> Period:
        """Return the date in the year that fits the weekday; raise Unresolved when none near the anchor does."""
        tenses: tuple[Tense, ...] = (context.tense, "past", "future")  # the weekday itself tells which year is meant
        for tense in tenses:
            period = self.base.read(replace(context, tense=tense))
            if start_of(period.last or "").weekday() == self.weekday:
                return period
        if context.loose:
            return self.base.read(context)
        raise Unresolved("agreement of weekday and date")


@dataclass(frozen=True)
class MonthName:
    """A month, with its year or with "last", "this", "next" if said."""

    month: int
    year: int | None = None
    which: Which = ""

    def read(self, context: Context) -> Period:
        """Return the month: in the named year, else the nearest the tense allows."""
        if self.year is not None:
            return of_month(self.year, self.month)
        if context.now is None:
            raise Unresolved("year")
        year = _nearest_year(self.month, context.today.month, self.which, context)
        return of_month(year, self.month)


@dataclass(frozen=True)
class Season:
    """A season, with its year or with "last", "this", "next" if said."""

    name: str
    year: int | None = None
    which: Which = ""

    def read(self, context: Context) -> Period:
        """Return the season: of the named year, else the nearest the tense allows."""
        if self.year is not None:
            return of_season(self.year, self.name)
        if context.now is None:
            raise Unresolved("year")
        today = context.today
        options = [of_season(today.year + step, self.name) for step in (-2, -1, 0, 1, 2)]
        running = [p for p in options if start_of(p.first or "").date() <= today <= end_of(p.last or "").date()]
        if running and self.which in {"", "this"}:
            return running[0]
        before = [p for p in options if end_of(p.last or "").date() < today]
        after = [p for p in options if start_of(p.first or "").date() > today]
        same_year = self.which == "this" and [p for p in options if start_of(p.first or "").year == today.year]
        if same_year:
            return same_year[0]
        ahead = self.which == "next" or (self.which == "" and context.tense == "future")
        return after[0] if ahead else before[-1]


@dataclass(frozen=True)
class Quarter:
    """A quarter of the (calendar) year."""

    number: int
    year: int | None = None
    shift: int = 0

    def read(self, context: Context) -> Period:
        """Return the quarter: of the named year, else the nearest begun (or, ahead, this year's) one."""
        if self.year is not None:
            return of_quarter(self.year, self.number)
        if context.now is None:
            raise Unresolved("year")
        year, running = context.today.year, (context.today.month + 2) // 3
        if self.shift:
            return of_quarter(year + self.shift, self.number)
        if context.tense == "future":
            return of_quarter(year, self.number)
        return of_quarter(year - (self.number > running), self.number)


@dataclass(frozen=True)
class Holiday:
    """A named day of the year, with its year or with "last", "this", "next" if said."""

    name: str
    year: int | None = None
    which: Which = ""

    def read(self, context: Context) -> Period:
        """Return the day; a feast that other calendars or governments set is left unresolved."""
        if holiday(self.name, self.year or 2000) is None:
            raise Unresolved(f"date of {self.name.title()}")
        if self.year is not None:
            return of_day(holiday(self.name, self.year) or date.min)
        if context.now is None:
            raise Unresolved("year")
        years = range(max(1, context.today.year - 1), context.today.year + 2)
        days = [day for day in (holiday(self.name, year) for year in years) if day]
        if self.which in {"last", "next"}:
            side = -1 if self.which == "last" else 1
            return of_day(_nearest([day for day in days if day != context.today], context, side))
        return of_day(_nearest(days, context))


@dataclass(frozen=True)
class Relative:
    """A stretch counted from the anchor's own: "this week" (0), "last month" (-1), "tomorrow" (1)."""

    unit: Unit
    shift: int

    def read(self, context: Context) -> Period:
        """Return the stretch; "the weekend" said from Monday to Friday of what happened is the last one."""
        today = context.today
        shift = self.shift
        if self.unit == "weekend" and today.weekday() < 5 and shift == 0 and context.tense != "future":
            shift = -1
        return of_unit(self.unit, moved(today, self.unit, shift))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days(month: int, day: int, year: int) -> list[date]:
    """Return this day of the years around ``year``; ValueError for a day that no year has."""
    around = range(max(1, year - LEAP_CYCLE), min(9999, year + LEAP_CYCLE) + 1)
    days = [found for found in (_valid(each, month, day) for each in around) if found]
    if not days:
        raise ValueError("no such day")
    return days


def _allowed(day: date, context: Context) -> bool:
    return day >= context.today if context.tense == "future" else day <= context.today


def _nearest(days: list[date], context: Context, side: int | None = None) -> date:
    """Return the day nearest to the anchor on the side the tense (or ``side``) allows; when unknown, on either."""
    today = context.today
    if side is None:
        side = 0 if context.loose else {"past": -1, "future": 1, "unknown": 0}[context.tense]
    allowed = [day for day in days if (day - today).days * side >= 0]
    return min(allowed, key=lambda day: (today - day).days if day <= today else FORWARD_COSTS * (day - today).days)


def _nearest_year(month: int, current: int, which: Which, context: Context) -> int:
    year = context.today.year
    if which == "this":
        return year
    if which == "next" or (which == "" and context.tense == "future"):
        return year + (month < current or (which == "next" and month == current))
    if which == "" and (context.tense == "unknown" or context.loose):
        ahead, back = (month - current) % 12, (current - month) % 12
        return year + (month < current) if ahead * FORWARD_COSTS < back else year - (month > current)
    return year - (month > current or (which == "last" and month == current))


def _full_year(short: int, context: Context) -> int:
    """Complete a year of two digits: the nearest such year not after the anchor (not before it, looking ahead)."""
    if context.now is None:
        raise Unresolved("century")
    year = context.today.year
    if context.tense == "future":
        return year + (short - year) % 100
    return year - (year - short) % 100
