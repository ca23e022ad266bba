"""``Moment``: when something happened, as an interval of known precision, with the words it was read from.

How words become days (READING, "When and where"):

* a weekday is the last such day up to the anchor, the anchor's own day included, unless the tense looks ahead; with
  an unknown tense it is the stretch from the last to the next such day. "Next Friday" said before Friday of the same
  week may be either of two Fridays: both ends are kept;
* a day and month without a year are the nearest such day the tense allows; without an anchor the year is missing;
* parts of a day have the hours of ``timex_words.toml``; a night named by its evening ends with that day ("Sunday
  night" is 18:00 to 23:59) and, since it may run on, is compared as if it lasted to 05:59; "overnight" and "last
  night" reach from 18:00 to 05:59; a "weekend" is Saturday and Sunday;
* seasons are the northern meteorological ones; the winter of a year begins in its December;
* "early", "mid", "late" are thirds of a longer stretch (rounded up, so that neighbours share an edge);
* 12/7/2016 stays unresolved unless only one order gives a day the tense allows; feasts of other calendars and days
  that each country sets for itself stay unresolved;
* "since", "before", "recently" leave one end None; "two days earlier", "a day after the attack" hang on another event
  and stay unresolved. No anchor, no day: nothing is guessed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from sayso.values import timex_grammar as grammar
from sayso.values.base import Value
from sayso.values.timex_calendar import DAY, MINUTE, Period, end_of, of_day, of_month, start_of
from sayso.values.timex_expressions import Context, Expression, Tense
from sayso.values.timex_finder import Found, find, resolve
from sayso.values.timex_relations import Duration, Narrative, is_year_before, step, story_unit
from sayso.values.timex_tokens import tokenize
from sayso.values.timex_words import LISTS

Anchor = date | datetime | None
NOT_A_TIME: Final = "not a time expression"
WESTMOST, EASTMOST = timedelta(hours=-12), timedelta(hours=14)  # the zones there are
YEAR_AGO_QUARTER: Final = Narrative("quarter", -4, bare=True)
PARAGRAPHS: Final = 2  # line ends within which a quarter is still the one that "a year earlier" compares with
NIGHT_RUNS_ON: Final = timedelta(hours=6)
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PUNCTUATION: Final = ' \t\r\n.,;:!?"“”–—-'


class Moment(Value):
    """A stretch of time, never padded: ``2020-12`` stays a month.

    Unresolved moments have ``earliest`` and ``latest`` None, and ``anchor`` says what is missing. A resolved moment
    may be open at one end ("since 2011").
    """

    earliest: str | None = Field(description="first day or minute it may be: ISO 8601 at the precision known")
    latest: str | None = Field(description="last day or minute it may be: ISO 8601 at the precision known")
    words: str = Field(description="the time expression as written")
    resolved: bool = Field(description="False: the words alone do not say when, and `anchor` says what is missing")
    anchor: str | None = Field(default=None, description="what the moment was counted from, or what is missing")

    @model_validator(mode="after")
    def _ends_fit(self) -> Self:
        ends = [end for end in (self.earliest, self.latest) if end is not None]
        if self.resolved != bool(ends):
            raise ValueError("a moment is resolved when, and only when, it has an earliest or a latest end")
        if not self.resolved and self.anchor is None:
            raise ValueError("an unresolved moment says in `anchor` what is missing")
        if len(ends) == 2 and _zones(self) < 2 and start_of(ends[0]) > end_of(ends[1]):
            raise ValueError(f"earliest {ends[0]} lies after latest {ends[1]}")
        return self

    @classmethod
    def parse(
        cls, words: str, anchor: Anchor = None, *, anchor_name: str = "publication date", tense: Tense = "past"
    ) -> Moment:
        """Read a time expression; never raises, whatever the words.

        Args:
            words: the expression as written, with or without its preposition.
            anchor: the day (or minute) it is told from; None when unknown.
            anchor_name: what the anchor is, for the record.
            tense: where the verb of its clause looks.

        """
        clean = words.strip()
        expression = _whole(clean) or _only_one_inside(clean)
        if expression is None:
            return cls(earliest=None, latest=None, words=clean, resolved=False, anchor=NOT_A_TIME)
        return _of_expression(expression, clean, _context(anchor, anchor_name, tense))

    @property
    def one_day(self) -> bool:
        """Whether it is known to lie within one day (a night may run on into the next)."""
        first, last = self.earliest or "", self.latest or ""
        return len(first) >= DAY and (first[:DAY] == last[:DAY] or (last[DAY:] == "T05:59" and first[DAY:] > "T12"))

    def counted_from(self, base: Moment, name: str) -> Moment:
        """Return an unresolved moment that hangs on something told, counted from the day of that; else itself.

        Args:
            base: when that was: a day, or a time of a day.
            name: what it is, for the record: "the attack", "Sunday".

        """
        expression = _whole(self.words) or _only_one_inside(self.words)
        if self.resolved or expression is None or not base.one_day:
            return self
        start = start_of(base.earliest or "")
        context = Context(start, timed=base.earliest == base.latest and len(base.earliest or "") > DAY, loose=True)
        period = resolve(expression, context)
        if isinstance(period, str) or (period.first is None and period.last is None):
            return self
        anchor = f"{name} {of_day(start.date()).first}"
        return Moment(earliest=period.first, latest=period.last, words=self.words, resolved=True, anchor=anchor)

    def contains(self, other: Moment) -> bool | None:
        """Return whether ``other`` lies wholly within this moment; None when either is not known well enough."""
        if not (self.resolved and other.resolved) or _mixed_zones(self, other):
            return None
        (first, last), (start, end) = _extent(self), _extent(other)
        return first <= start and end <= last

    def overlaps(self, other: Moment) -> bool | None:
        """Return whether both can be true of one happening; None when either is unresolved.

        Where one names its zone and the other does not, every zone there is counts as possible.
        """
        if not (self.resolved and other.resolved):
            return None
        (first, last), (start, end) = _extent(self, night=True), _extent(other, night=True)
        slack = EASTMOST - WESTMOST if _mixed_zones(self, other) else timedelta()
        return _minus(first, slack) <= end and _minus(start, slack) <= last

    def contradicts(self, other: Moment) -> bool | None:
        """Return whether the two cannot both be true; None when either is unresolved."""
        overlap = self.overlaps(other)
        return None if overlap is None else not overlap

    def days_from(self, other: Moment) -> int | None:
        """Return the whole days between the two, 0 where they meet; None when either is unresolved."""
        if not (self.resolved and other.resolved):
            return None
        (first, last), (start, end) = _extent(self), _extent(other)
        return max((max(first, start) - min(last, end)).days, 0)

    def format(self) -> str:
        """Return a short form for people: "Sun 20 Dec 2020", "Dec 2020", "Sunday (no publication date)"."""
        if not self.resolved:
            return f"{self.words} ({_reason(self.anchor or '')})"
        if self.earliest is None:
            return f"some time before {_format(step(self.latest or '', 1), weekday=False)}"
        if self.latest is None:
            return f"since {_format(self.earliest)}"
        return _format_both(self.earliest, self.latest)


class FoundMoment(NamedTuple):
    """A time expression in a text: half-open code points, and what it says."""

    start: int
    end: int
    moment: Moment


class Timex(NamedTuple):
    """A time expression as annotators of TimeML mark it: half-open code points, type, and value ("" unknown)."""

    start: int
    end: int
    type: str
    value: str


def find_moments(
    text: str, anchor: Anchor = None, *, anchor_name: str = "publication date", tense: Tense | None = None
) -> list[FoundMoment]:
    """Return the moments told in running text, left to right; durations and frequencies are left out.

    A span takes in what bounds the moment ("since 2011", "from Monday to Wednesday", "a day after the attack").
    Without ``tense`` that of each clause is judged by its verbs, else the past. Linear in the length of ``text``.
    """
    found = []
    for hit in find(text, grammar.moment):
        if isinstance(hit.expression, Duration):
            continue
        context = _context(anchor, anchor_name, tense or ("future" if hit.tense == "future" else "past"))
        found.append(
            FoundMoment(hit.start, hit.end, _of_expression(hit.expression, text[hit.start : hit.end], context))
        )
    return found


def find_timexes(text: str, anchor: Anchor = None) -> list[Timex]:
    """Return all time expressions of running text in the sense of TimeML (TIMEX3), values read as annotators do.

    Here, and only here, what hangs on the story ("a day earlier") is counted from the anchor.
    """
    found: list[Timex] = []
    told: Timex | None = None  # the quarter last reported on
    story = Story()
    for hit in find(text, grammar.leaf):
        now = story.told_from(text, hit) or _now(anchor)
        period = resolve(hit.expression, Context(*now, tense=hit.tense, loose=True))
        kind = hit.expression.kind if isinstance(hit.expression, Duration) else ""
        value = hit.expression.value if isinstance(hit.expression, Duration) else ""
        if isinstance(period, Period):
            value = _of_quarter(text, hit, told) or period.value
        found.append(Timex(hit.start, hit.end, kind or _timex_type(value), value))
        if "-Q" in value and not is_year_before(hit.expression) and hit.expression != YEAR_AGO_QUARTER:
            told = found[-1]
        if isinstance(period, Period):
            story.add(hit, period)
    return found


class Story:
    """The times told so far in a text, from which "later that day" and "the following year" are counted."""

    def __init__(self) -> None:
        self._told: dict[int, tuple[int, datetime]] = {}  # precision → where it ends, and when it begins

    def add(self, hit: Found, period: Period) -> None:
        """Take in a time that was told: what is one year, month, day or minute."""
        if (period.first is not None and period.first == period.last) or (
            period.first and period.last and period.first[:DAY] == period.last[:DAY]
        ):
            size = min(len(period.first), DAY)
            for precision in (4, 7, DAY):
                if precision <= size:
                    self._told[precision] = hit.end, start_of(period.first)

    def told_from(self, text: str, hit: Found) -> tuple[datetime, bool] | None:
        """Return the time told last before ``hit`` that it can be counted from; None when it needs none or has none."""
        unit = story_unit(hit.expression)
        if unit is None:
            return None
        precision = {"year": 4, "month": 7, "decade": 4, "century": 4}.get(unit, DAY)
        end, start = self._told.get(precision, (0, None))
        if start is None or text.count("\n", end, hit.start) > PARAGRAPHS:
            return None
        return start, False


def _of_quarter(text: str, hit: Found, told: Timex | None) -> str:
    """Return the quarter that "the quarter" or "a year earlier" means beside a quarter reported on ("" by none)."""
    if told is None or text.count("\n", told.end, hit.start) > PARAGRAPHS:
        return ""
    if hit.expression in (Narrative("quarter", 0, bare=True), Narrative("quarter", 0)):
        return told.value
    return f"{int(told.value[:4]) - 1}{told.value[4:]}" if is_year_before(hit.expression) else ""


def _timex_type(value: str) -> str:
    """Return the TIMEX3 type that a value has."""
    if value.endswith("_REF"):
        return "DATE"
    return "DURATION" if value.startswith("P") else "TIME" if "T" in value else "DATE"


def _whole(words: str) -> Expression | None:
    """Return the expression that ``words`` are from end to end, prepositions and punctuation apart."""
    tokens = tokenize(words.strip(_PUNCTUATION), whole=True)
    for i in range(len(tokens.items)):
        hit = grammar.moment(tokens, i)
        rest = tokens.skip(hit[1], {"'s"}) if hit else 0
        if hit and all(tokens.kind(at) in {"mark", "possessive"} for at in range(rest, len(tokens.items))):
            return hit[0]
        if tokens.kind(i) != "mark" and tokens.word(i) not in LISTS["leading"]:
            return None
    return None


def _only_one_inside(words: str) -> Expression | None:
    """Return the one expression among other words ("Sunday's missile attack"); None when there are more."""
    found = [hit.expression for hit in islice(find(words, grammar.moment), 2)]
    return found[0] if len(found) == 1 else None


def _of_expression(expression: Expression, words: str, context: Context) -> Moment:
    period = resolve(expression, context)
    if isinstance(period, str) or (period.first is None and period.last is None):
        missing = period if isinstance(period, str) else NOT_A_TIME
        return Moment(earliest=None, latest=None, words=words, resolved=False, anchor=missing)
    # What can be read without an anchor was not counted from one.
    absolute = resolve(expression, Context(tense=context.tense)) == period
    day = "" if context.now is None else of_day(context.now.date()).first
    anchor = None if absolute else f"{context.name} {day}"
    return Moment(earliest=period.first, latest=period.last, words=words, resolved=True, anchor=anchor)


def _context(anchor: Anchor, name: str, tense: Tense) -> Context:
    return Context(*_now(anchor), tense=tense, name=name)


def _now(anchor: Anchor) -> tuple[datetime | None, bool]:
    """Return the anchor as local wall time, and whether its time of day is known."""
    if isinstance(anchor, datetime):
        return anchor.replace(tzinfo=None, second=0, microsecond=0), True
    return (None, False) if anchor is None else (datetime(anchor.year, anchor.month, anchor.day), False)


def _zones(moment: Moment) -> int:
    return sum(end is not None and len(end) > MINUTE for end in (moment.earliest, moment.latest))


def _mixed_zones(one: Moment, other: Moment) -> bool:
    """Whether one of two moments names a zone and the other does not."""
    return bool(_zones(one)) != bool(_zones(other))


def _extent(moment: Moment, *, night: bool = False) -> tuple[datetime, datetime]:
    """First and last minute, in UTC when zoned; with ``night``, a night named by its evening runs on to 05:59."""
    first = datetime.min if moment.earliest is None else _minus(start_of(moment.earliest), _offset(moment.earliest))
    last = datetime.max if moment.latest is None else _minus(end_of(moment.latest), _offset(moment.latest))
    late = moment.earliest != moment.latest and (moment.latest or "")[DAY:] == "T23:59"
    if night and late and "evening" not in moment.words.casefold():  # an evening is over before the next day
        last = _minus(last, -NIGHT_RUNS_ON)
    return first, last


def _offset(iso: str) -> timedelta:
    """How far east of Greenwich the clock of ``iso`` stands; nothing when it names no zone."""
    zone = iso[MINUTE:]
    if zone in {"", "Z"}:
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def _minus(moment: datetime, span: timedelta) -> datetime:
    """``moment - span``, stopped at the ends of the calendar."""
    try:
        return moment - span
    except OverflowError:
        return datetime.min if span > timedelta() else datetime.max


def _reason(missing: str) -> str:
    if missing.startswith("another event"):
        return f"relative to {missing}"
    if missing.startswith("order"):
        return f"{missing} not known"
    return missing if missing.startswith(("a ", "not ", "two ")) else f"no {missing}"


def _format(iso: str, *, weekday: bool = True) -> str:
    """Return one end: "2020", "Dec 2020", "Sun 20 Dec 2020", "Sun 20 Dec 2020 05:30"."""
    if len(iso) < DAY:
        return iso[:4] if len(iso) == 4 else f"{_MONTHS[int(iso[5:7]) - 1]} {iso[:4]}"
    name = f"{_WEEKDAYS[start_of(iso).weekday()]} " if weekday else ""
    time = f" {iso[11:16]}{iso[MINUTE:].replace('Z', ' UTC')}" if len(iso) > DAY else ""
    return f"{name}{int(iso[8:10])} {_MONTHS[int(iso[5:7]) - 1]} {iso[:4]}{time}"


def _format_both(first: str, last: str) -> str:
    """Return both ends without saying twice what they share: "19-20 Dec 2020", "Sun 20 Dec 2020 18:00-23:59"."""
    if first == last:
        return _format(first)
    if len(first) == len(last) >= MINUTE and first[:DAY] == last[:DAY]:
        return f"{_format(first)}-{last[11:]}"
    if len(first) == len(last) == DAY and first[:7] == last[:7]:
        return f"{int(first[8:])}-{int(last[8:])} {_format(of_month(int(first[:4]), int(first[5:7])).first or '')}"
    if len(first) == len(last) == 7 and first[:4] == last[:4]:
        return f"{_format(first)[:3]}-{_format(last)}"
    return f"{_format(first)}{'-' if len(first) == len(last) == 4 else ' to '}{_format(last)}"
