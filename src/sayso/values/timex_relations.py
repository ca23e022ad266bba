"""What relations between times mean: distances, parts, ranges, bounds, and what is no moment at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from sayso.values.timex_calendar import (
    DAY,
    MINUTE,
    MONTH,
    Period,
    Position,
    Unit,
    end_of,
    moved,
    of_day,
    of_unit,
    start_of,
    third,
)
from sayso.values.timex_expressions import (
    CalendarDay,
    Context,
    Expression,
    Fixed,
    MonthName,
    OnWeekday,
    Relative,
    Unresolved,
    Weekday,
)
from sayso.values.timex_words import HOURS_OF_POSITIONS


@dataclass(frozen=True)
class Narrative:
    """A time told relative to something else in the story: "that day", "the previous week"."""

    unit: Unit | Literal["minute", "hour"]
    shift: int
    bare: bool = False  # "the week", "year-earlier": that of the report rather than of what was told just before

    def read(self, context: Context) -> Period:
        """Raise Unresolved: it hangs on another event (read loosely, on the anchor)."""
        if not context.loose or self.unit in {"minute", "hour"}:
            raise Unresolved("another event")
        # A quarter reported on is the last one complete.
        shift = self.shift - (self.unit == "quarter")
        return Relative(self.unit, shift).read(context)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Offset:
    """A distance from a point: "three months ago", "a day after Christmas", "two days earlier".

    Attributes:
        low: the least number of units.
        high: the greatest, None for "several", "more than two".
        unit: what is counted; a "night" is a day whose night is meant.
        direction: -1 before, +1 after.
        base: counted from this expression; None means the anchor.
        event: set when counted from something told, not dated: "" for the story itself, else its words.
        vague: the number is a vague word ("a few"), so that no TIMEX value can be computed.

    """

    low: int
    high: int | None
    unit: str
    direction: int
    base: Expression | None = None
    event: str | None = None
    vague: bool = False

    def read(self, context: Context) -> Period:
        """Return the stretch the distance leads to."""
        if self.event is not None and not context.loose:
            raise Unresolved("another event" + (f": {self.event}" if self.event else ""))
        if self.unit in {"minute", "hour"}:
            return self._clocked(context)
        near = self._at(self.low, context)
        if self.high == self.low:
            return near
        far = self._at(self.high, context) if self.high is not None else None
        value = ("PAST_REF" if self.direction < 0 else "FUTURE_REF") if self.vague else near.value
        if self.direction < 0:
            return Period(far.first if far else None, near.last, value)
        return Period(near.first, far.last if far else None, value)

    def _at(self, count: int, context: Context) -> Period:
        unit, count = ("week", 2 * count) if self.unit == "fortnight" else (self.unit, count)
        if unit == "night":
            return PartOfDay(("18:00", "23:59", "NI"), Fixed(of_day(self._moved("day", count, context)))).read(context)
        return of_unit(unit, self._moved(unit, count, context))  # type: ignore[arg-type]

    def _moved(self, unit: str, count: int, context: Context) -> date:
        if self.base is None:
            return moved(context.today, unit, self.direction * count)  # type: ignore[arg-type]
        base = self.base.read(context)
        if base.first is None or base.last is None or (unit == "day" and base.first[:DAY] != base.last[:DAY]):
            raise Unresolved("day")
        start = start_of(base.first if self.direction < 0 else base.last).date()
        if unit == "day" and len(base.first) < DAY:
            raise Unresolved("day")
        return moved(start, unit, self.direction * count)  # type: ignore[arg-type]

    def _clocked(self, context: Context) -> Period:
        """Minutes and hours: exact when the anchor's time is known, else the day or two days it can be."""
        if self.base is not None:
            return self._clocked_from(self.base.read(context))
        today = context.today
        assert context.now is not None
        step = timedelta(minutes=self.direction * self.low * (60 if self.unit == "hour" else 1))
        if context.timed:
            iso = (context.now + step).isoformat()[:MINUTE]
            open_end = self.high is None
            past = self.direction < 0
            return Period(None if open_end and past else iso, None if open_end and not past else iso, iso)
        midnight = datetime.combine(today, datetime.min.time())
        ends = [(midnight + step).date(), (midnight + timedelta(hours=23, minutes=59) + step).date()]
        return Period(of_day(ends[0]).first, of_day(ends[1]).last, of_day(ends[0]).value)

    def _clocked_from(self, base: Period) -> Period:
        """Minutes and hours from a time that was named: exact from a minute, else the days it can be."""
        if base.first is None or base.last is None or len(base.first) < DAY:
            raise Unresolved("time of day")
        unit = timedelta(minutes=60 if self.unit == "hour" else 1) * self.direction
        near, far = unit * self.low, None if self.high is None else unit * self.high
        first, last = (near, far) if self.direction > 0 else (far, near)
        size = MINUTE if base.first == base.last and len(base.first) >= MINUTE else DAY
        early = None if first is None else (start_of(base.first) + first).isoformat()[:size]
        late = None if last is None else (end_of(base.last) + last).isoformat()[:size]
        return Period(early, late, early or late or "")


@dataclass(frozen=True)
class Window:
    """A stretch that touches the anchor: "the past two weeks"; ``count`` None for "recent months"."""

    count: int | None
    unit: str
    direction: int
    value: str

    def read(self, context: Context) -> Period:
        """Return the stretch from or to the anchor's day; a vague number leaves the far end open."""
        today = of_day(context.today).first
        far = None
        if self.count is not None:
            far = Offset(self.count, self.count, self.unit, self.direction).read(context)
            far = replace(far, first=(far.first or "")[:DAY], last=(far.last or "")[:DAY])
        if self.direction < 0:
            return Period(far.first if far else None, today, self.value)
        return Period(today, far.last if far else None, self.value)


@dataclass(frozen=True)
class PartOfDay:
    """Hours of a day that words name: "Sunday night". ``part`` is first minute, last minute, ISO-TimeML code."""

    part: tuple[str, str, str]
    base: Expression | None = None
    runs_on: Literal["", "overnight", "last night"] = ""

    def read(self, context: Context) -> Period:
        """Return the hours; a base of more than a day ("on a summer night") stays what it is."""
        first, last, code = self.part
        if self.base is None and not context.loose:
            raise Unresolved("day")
        base = (self.base or Relative("day", 0)).read(context)
        value = f"{base.value[:DAY]}T{code}"
        if base.first is None or base.first != base.last or len(base.first) != DAY:
            return base
        day = start_of(base.first).date()
        if not self.runs_on:
            return Period(f"{base.first}T{first}", f"{base.first}T{last}", value)
        # "Overnight" on a named day may be the night before or after it; counted from now it is the night just past.
        before = of_day(day - timedelta(days=1)).first
        after = of_day(day + timedelta(days=1)).first
        if self.runs_on == "last night":
            return Period(f"{before}T18:00", f"{base.first}T05:59", f"{before}TNI")
        return Period(f"{before}T18:00", f"{after}T05:59", value)


@dataclass(frozen=True)
class Clock:
    """A time of day on a day; ``zone`` is minutes east of Greenwich, None for the place's own time."""

    minute: int
    zone: int | None = None
    base: Expression | None = None

    def read(self, context: Context) -> Period:
        """Return the minute; without a day it cannot be told."""
        if self.base is None and not context.loose:
            raise Unresolved("day")
        base = (self.base or Relative("day", 0)).read(context)
        if base.first is None or base.last is None or base.first[:DAY] != base.last[:DAY] or len(base.first) < DAY:
            raise Unresolved("day")
        time = f"{base.first[:DAY]}T{self.minute // 60:02}:{self.minute % 60:02}"
        return Period(time + _zone(self.zone), time + _zone(self.zone), time)


@dataclass(frozen=True)
class Part:
    """The early, middle or late part of a stretch: "late last month", "early Sunday", "mid-2019"."""

    position: Position
    base: Expression

    def read(self, context: Context) -> Period:
        """Return the hours of the day, half of the day part, or third of the longer stretch."""
        base = self.base.read(context)
        if base.first is None or base.last is None or len(base.first) > DAY:
            return base
        if base.first == base.last and len(base.first) == DAY:
            first, last = HOURS_OF_POSITIONS[self.position]
            return Period(f"{base.first}T{first}", f"{base.first}T{last}", base.value)
        return third(base, self.position)


@dataclass(frozen=True)
class Sofar:
    """The part of a running stretch on one side of the anchor: "earlier this year" (-1), "later this week" (1)."""

    direction: int
    base: Expression

    def read(self, context: Context) -> Period:
        """Return the stretch cut at the anchor's day."""
        base, today = self.base.read(context), of_day(context.today).first or ""
        if base.first is None or base.last is None or not base.first <= today[: len(base.first)] <= base.last:
            return base
        ends = of_day(start_of(base.first).date()).first, of_day(end_of(base.last).date()).first
        first, last = (ends[0], today) if self.direction < 0 else (today, ends[1])
        return base if len(base.first) >= DAY and base.first == base.last else Period(first, last, base.value)


@dataclass(frozen=True)
class Range:
    """From one time to another, both included."""

    left: Expression
    right: Expression

    def read(self, context: Context) -> Period:
        """Return the stretch. A left end with no year or week of its own is the last one before the right end."""
        right = self.right.read(context)
        if isinstance(self.left, (CalendarDay, OnWeekday, Weekday, MonthName)) and right.first:
            left = self.left.read(replace(context, now=start_of(right.first), tense="past"))
        else:
            left = self.left.read(context)
        if left.first and right.last and start_of(left.first) > end_of(right.last):
            raise Unresolved("order of the two ends")
        return Period(left.first, right.last, f"{left.value}/{right.value}")


@dataclass(frozen=True)
class Bound:
    """One end only: "since 2011", "before Friday", "until Friday", "after Friday".

    ``near``: "shortly", so that beside a minute the other end is half an hour away ("shortly before 8 p.m.").
    """

    side: Literal["since", "after", "before", "until"]
    base: Expression
    near: bool = False

    def read(self, context: Context) -> Period:
        """Return the stretch, open on its other side."""
        base = self.base.read(context)
        if self.side == "since":
            return Period(base.first, None, base.value)
        if self.side == "until":
            return Period(None, base.last, base.value)
        near = self.near and "T" in (base.first or "") and base.first == base.last
        if self.side == "after":
            end = step(base.last, SHORTLY) if near and base.last else None
            return Period(step(base.last, 1) if base.last else None, end, base.value)
        start = step(base.first, -SHORTLY) if near and base.first else None
        return Period(start, step(base.first, -1) if base.first else None, base.value)


SHORTLY = 30
"""So many minutes "shortly before 8 p.m." may be before it."""


@dataclass(frozen=True)
class Reference:
    """A word like "now", "recently", "soon": open towards where they point."""

    value: str

    def read(self, context: Context) -> Period:
        """Return the anchor's day, or everything up to it, or from it on."""
        today = of_day(context.today).first
        if self.value == "PRESENT_REF":
            return Period(today, today, self.value)
        return Period(None, today, self.value) if self.value == "PAST_REF" else Period(today, None, self.value)


@dataclass(frozen=True)
class Event:
    """A happening used as a time: "after the attack"."""

    words: str

    def read(self, context: Context) -> Period:
        """Return the day of the event where that is what is counted from; else raise Unresolved."""
        if context.loose and context.now is not None:
            return of_day(context.today)
        raise Unresolved(f"another event: {self.words}")


@dataclass(frozen=True)
class Duration:
    """A length ("two days") or a frequency ("daily"): a time expression that names no moment."""

    value: str
    kind: Literal["DURATION", "SET"] = "DURATION"

    def read(self, context: Context) -> Period:
        """Raise Unresolved: a length is not a moment."""
        raise Unresolved("a length of time, not a moment" if self.kind == "DURATION" else "a frequency, not a moment")


def story_unit(expression: Expression | None) -> str | None:
    """Return the unit in which an expression is counted from what was told before; None when it is not.

    "Later that day" → day, "two hours later" → hour, "the following year" → year; "a day after the attack" is not
    counted from a time that was told but from an event.
    """
    if isinstance(expression, Narrative):
        return None if expression.bare else expression.unit
    if isinstance(expression, Offset):
        return expression.unit if expression.event == "" else story_unit(expression.base)
    if isinstance(expression, Weekday) and expression.which == "narrative":
        return "day"
    if isinstance(expression, (PartOfDay, Clock)) and expression.base is None:
        return "day"  # "at 10 p.m." of the day told before
    if isinstance(expression, (PartOfDay, Clock, Part, Sofar, Bound)):
        return story_unit(expression.base)
    return None


def is_year_before(expression: Expression) -> bool:
    """Return whether an expression says "a year ago", "a year earlier" or "year-earlier"."""
    if isinstance(expression, Offset):
        return (expression.unit, expression.low, expression.high, expression.direction) == ("year", 1, 1, -1)
    return expression == Narrative("year", -1, bare=True)


def step(iso: str, direction: int) -> str:
    """Return the neighbour of an ISO prefix at its own precision; zone kept."""
    start = start_of(iso)
    if len(iso) >= MINUTE:
        return (start + timedelta(minutes=direction)).isoformat()[:MINUTE] + iso[MINUTE:]
    unit: Unit = "day" if len(iso) == DAY else "month" if len(iso) == MONTH else "year"
    return (of_unit(unit, moved(start.date(), unit, direction)).first) or iso


def _zone(zone: int | None) -> str:
    if zone is None:
        return ""
    return "Z" if zone == 0 else f"{'-' if zone < 0 else '+'}{abs(zone) // 60:02}:{abs(zone) % 60:02}"
