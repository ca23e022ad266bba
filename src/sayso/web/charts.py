"""Charts as SVG made here: they need no script, print well, and say in words what they show."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from sayso.linking.overview import Overview
from sayso.linking.scene import Scene
from sayso.records import Claim
from sayso.showing.rows import voice
from sayso.values import Quantity

MOST: Final = 60
"""Bars of a time line."""
WIDTH: Final = 900
HEIGHT: Final = 92
BASE: Final = 70
"""Where the bars stand, from the top."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Incidents of one stretch of time; places and sizes are those of the SVG."""

    since: str
    until: str
    label: str
    count: int
    disputed: int
    x: float
    width: float
    y: float
    height: float
    part: float


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Bars over time, with the words under their ends."""

    bars: tuple[Bar, ...]
    step: str
    first: str
    last: str
    most: int
    undated: int


def time_line(rows: Iterable[tuple[str | None, int, int]]) -> TimeLine | None:
    """Return how many incidents there were, and how many with a dispute, day by day, week by week or longer.

    Args:
        rows: day, as precise as it is known; how many incidents; how many of these with a dispute.

    """
    found = [(_day(day), count, disputed) for day, count, disputed in rows]
    days = sorted(day for day, _, _ in found if day)
    if not days:
        return None
    step, starts = _steps(days[0], days[-1])
    counts: Counter[int] = Counter()
    contested: Counter[int] = Counter()
    for day, count, disputed in found:
        if day:
            at = _index(starts, day)
            counts[at] += count
            contested[at] += disputed
    most = max(counts.values())
    bars = tuple(_bar(starts, at, counts[at], contested[at], most, step) for at in range(len(starts) - 1))
    undated = sum(count for day, count, _ in found if not day)
    return TimeLine(bars, step, _label(starts[0], step), _label(starts[-2], step), most, undated)


@dataclass(frozen=True, slots=True)
class KindRow:
    """Incidents of one kind over time, on the scale of all rows."""

    kind: str
    total: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """One row a kind, the commonest first, on one scale and one stretch of time; ``left`` kinds are not shown."""

    rows: tuple[KindRow, ...]
    step: str
    first: str
    last: str
    most: int
    left: int


KINDS: Final = 8
"""Kinds in a chart at most."""


def kind_rows(counted: Iterable[tuple[str | None, str, int]]) -> Rows | None:
    """Return how many incidents of each kind there were over time; see :func:`time_line`.

    Args:
        counted: day, kind, how many.

    """
    found = [(day, kind, count) for given, kind, count in counted if (day := _day(given))]
    if not found:
        return None
    step, starts = _steps(min(day for day, _, _ in found), max(day for day, _, _ in found))
    totals: Counter[str] = Counter()
    cells: Counter[tuple[str, int]] = Counter()
    for day, kind, count in found:
        totals[kind] += count
        cells[kind, _index(starts, day)] += count
    most = max(cells.values())
    kinds = [kind for kind, _ in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))]
    rows = tuple(
        KindRow(
            kind, totals[kind], tuple(_bar(starts, at, cells[kind, at], 0, most, step) for at in range(len(starts) - 1))
        )
        for kind in kinds[:KINDS]
    )
    return Rows(rows, step, _label(starts[0], step), _label(starts[-2], step), most, max(0, len(kinds) - KINDS))


def _bar(starts: Sequence[date], at: int, count: int, disputed: int, most: int, step: str) -> Bar:
    room = WIDTH / (len(starts) - 1)
    width = min(room * 0.82, 40.0)
    height = (BASE - 8) * count / most
    since, until = starts[at], starts[at + 1] - timedelta(days=1)
    return Bar(
        since=since.isoformat(),
        until=until.isoformat(),
        label=_label(since, step),
        count=count,
        disputed=disputed,
        x=round(at * room, 2),
        width=round(width, 2),
        y=round(BASE - height, 2),
        height=round(height, 2),
        part=round((BASE - 8) * disputed / most, 2),
    )


def _steps(first: date, last: date) -> tuple[str, list[date]]:
    """Return the step and where each begins, with the end of the last: at most MOST of them."""
    for step in ("day", "week", "month", "quarter", "year"):
        starts = [_begin(first, step)]
        while starts[-1] <= last and len(starts) <= MOST + 1:
            starts.append(_after(starts[-1], step))
        if starts[-1] > last:
            return step, starts
    century = [date(year, 1, 1) for year in range(first.year // 100 * 100 or 1, last.year + 200, 100) if year < 10_000]
    return "century", century


def _begin(day: date, step: str) -> date:
    if step == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if step == "day":
        return day
    month = 1 if step == "year" else (day.month - 1) // 3 * 3 + 1 if step == "quarter" else day.month
    return date(day.year, month, 1)


def _after(day: date, step: str) -> date:
    months = {"month": 1, "quarter": 3, "year": 12}.get(step)
    try:
        if months is None:
            return day + timedelta(days=7 if step == "week" else 1)
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, 1)
    except (OverflowError, ValueError):
        return date.max


def _index(starts: Sequence[date], day: date) -> int:
    return max(0, min(bisect_right(starts, day) - 1, len(starts) - 2))


@lru_cache(maxsize=16_384)  # many incidents, few days
def _day(moment: str | None) -> date | None:
    """Return the first day of a moment as precise as it is known: 2031, 2031-05, 2031-05-14T12:00."""
    if not moment:
        return None
    parts = [*moment[:10].split("-"), "1", "1"][:3]
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


def _label(day: date, step: str) -> str:
    if step in ("day", "week"):
        return f"{day.day} {day:%b %Y}"
    return f"{day:%b %Y}" if step in ("month", "quarter") else str(day.year)


@dataclass(frozen=True, slots=True)
class Dot:
    """One toll that somebody gave: a dot, or a bar where it is a range; ``open`` where it has no upper end."""

    when: str
    holder: str
    value: str
    x: float
    end: float
    open: bool
    y: int
    replaced: bool


@dataclass(frozen=True, slots=True)
class Tolls:
    """All tolls of one field, the earliest first, on one scale."""

    field: str
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[int, float], ...]
    height: int


LEFT: Final = 300
"""Room for the day and the holder of a toll."""
ROW: Final = 26
DOTS: Final = 40
"""Rows of a chart at most: the latest."""


def tolls(view: Overview) -> list[Tolls]:
    """Return how the tolls of an incident developed: a row for each one that somebody asserted, on the whole."""
    return [chart for field in ("killed", "injured") if (chart := _tolls(view, field))]


def _tolls(view: Overview, field: str) -> Tolls | None:
    scene = Scene(view.claims, view.told)
    claims = [
        (view.by_id[number], number in row.superseded)
        for row in view.judged
        if row.finding.field == field and row.group == ""
        for value in row.finding.values
        for number in value.claims
    ]
    found = sorted(((c, gone) for c, gone in claims if isinstance(c.value, Quantity)), key=lambda it: scene.time(it[0]))
    found = found[-DOTS:]
    if len({(c.value.low, c.value.high) for c, _ in found if isinstance(c.value, Quantity)}) < 2:
        return None  # one number needs no picture
    ends = [c.value.high or c.value.low for c, _ in found if isinstance(c.value, Quantity)]
    ticks = _ticks(max(ends))
    scale = (WIDTH - LEFT - 60) / ticks[-1]
    dots = tuple(_dot(claim, gone, number, scale, view) for number, (claim, gone) in enumerate(found))
    marks = tuple((tick, round(LEFT + tick * scale, 1)) for tick in ticks)
    return Tolls(field, dots, marks, ROW * len(dots) + 34)


def _dot(claim: Claim, replaced: bool, number: int, scale: float, view: Overview) -> Dot:
    value = claim.value
    assert isinstance(value, Quantity)
    said = claim.said.latest if claim.said and claim.said.resolved else None
    when = (said or view.told[claim.evidence.report].published or "")[:10]
    low = LEFT + value.low * scale
    end = WIDTH - 40 if value.high is None else LEFT + value.high * scale
    holder = voice(claim, view)
    short = holder if len(holder) <= 30 else holder[:29] + "…"
    y = ROW * number + 18
    return Dot(when, short, value.format(), round(low, 1), round(end, 1), value.high is None, y, replaced)


def _ticks(top: int) -> list[int]:
    """Return round numbers from 0 to ``top`` or just above."""
    step = 1
    while top / step > 6:
        step *= 5 if str(step)[0] == "1" else 2
    return list(range(0, top + step, step))
