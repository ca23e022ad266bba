"""The grammar of time expressions: what stands at a token is read into an ``Expression``, or into nothing.

Every rule is a function (tokens, position) → hit or None, where a hit is the expression and the position after it.
Rules look at a bounded number of tokens, so reading a text is linear in its length.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sayso.values import timex_words as words
from sayso.values.timex_calendar import Position
from sayso.values.timex_dates import clock, date, in_brackets
from sayso.values.timex_expressions import (
    CalendarDay,
    Expression,
    Fixed,
    Holiday,
    OnWeekday,
    Relative,
    Weekday,
)
from sayso.values.timex_lengths import amount_of_unit, length, one_unit
from sayso.values.timex_periods import STORY, period, plain_day
from sayso.values.timex_relations import Bound, Clock, Duration, Event, Narrative, Offset, Part, PartOfDay, Range, Sofar
from sayso.values.timex_starts import may_start
from sayso.values.timex_tokens import Tokens

Hit = tuple[Expression, int]
DEEPEST: Final = 2  # "the day before the day after Christmas" is as far as anyone goes
TAIL: Final = 8  # tokens of an event kept in running text
LINKS: Final = {"on", "of", "at", "in", ","}
NIGHT: Final = words.PARTS["night"]
SIDES: Final = {
    "since": "since", "before": "before", "until": "until", "till": "until", "by": "until", "after": "after",
    "following": "after",
}  # fmt: skip
STOPS: Final = {".", ",", ";", ":", "!", "?", "(", ")", '"', "“", "”"}


def moment(t: Tokens, i: int) -> Hit | None:
    """Read the longest expression at ``i``: a range, a one-sided stretch, a distance from an event, or a plain one."""
    if not may_start(t, i):
        return None
    if t.word(i) in {"after", "before", "shortly", "just"} and t.phrase(i, words.PARTS):
        return named_part(t, i)
    return span(t, i) or bound(t, i) or counted_from(t, i) or from_event(t, i) or leaf(t, i)


def span(t: Tokens, i: int) -> Hit | None:
    """Read "from Monday to Wednesday", "between 3 and 5 February", "2014-2016", "Monday to Wednesday"."""
    opener = t.word(i)
    j = t.skip(t.skip(i, {"from", "between"}), {"the"}) if opener in {"from", "between"} else i
    left = _left_end(t, j)
    if left is None:
        return None
    both = opener == "between" or (t.whole and isinstance(left[0], Weekday))
    joints = {"and"} if both and t.word(left[1]) == "and" else {"to", "-", "–", "until", "till", "through"}
    if t.word(left[1]) not in joints:
        return None
    right = leaf(t, left[1] + 1)
    if right is None or isinstance(right[0], Duration):
        return None
    if isinstance(left[0], int):
        day = right[0]
        if not isinstance(day, CalendarDay):
            return None
        return Range(replace(day, day=left[0]), day), right[1]
    return Range(left[0], right[0]), right[1]


def bound(t: Tokens, i: int) -> Hit | None:
    """Read "since 2011", "before Friday", "by the end of the year", "before the attack"."""
    j = t.skip(t.skip(i, {"some", "shortly", "just", "sometime", "ever"}), {"time"})
    side = SIDES.get(t.word(j))
    if side is None:
        return None
    base = leaf(t, j + 1)
    if base and not isinstance(base[0], Duration):
        near = any(t.word(at) in {"shortly", "just"} for at in range(i, j))
        return Bound(side, base[0], near), base[1]  # type: ignore[arg-type]
    return (Event(_tail(t, j + 1)[0]), len(t.items)) if t.whole and j + 1 < len(t.items) else None


def from_event(t: Tokens, i: int) -> Hit | None:
    """Read "a day after the attack", "hours before the vote", "on the day of the attack"."""
    j = t.skip(i, {"the"})
    told = t.whole or (j > i and t.word(i - 1) == "on" and t.word(j + 2) in {"the", "his", "her", "their"})
    if told and t.word(j) in {"day", "night", "morning"} and t.word(j + 1) == "of" and leaf(t, j + 2) is None:
        return Event(_tail(t, j + 2)[0]), _tail(t, j + 2)[1]
    counted = amount_of_unit(t, i) or one_unit(t, i)
    if counted is None:
        return None
    found, unit, j = counted
    if t.word(j) not in {"after", "before", "following"}:
        return None
    tail, end = _tail(t, j + 1)
    direction = -1 if t.word(j) == "before" else 1
    return Offset(found.low, found.high, unit, direction, event=tail, vague=found.vague), end


def leaf(t: Tokens, i: int, depth: int = 0) -> Hit | None:
    """Read one expression as annotators mark it (a TIMEX3): without the preposition before it."""
    if (i, depth) not in t.memo:
        t.memo[i, depth] = _leaf(t, i, depth) if may_start(t, i) else None
    return t.memo[i, depth]  # type: ignore[return-value]


def _leaf(t: Tokens, i: int, depth: int) -> Hit | None:
    return (
        clocked(t, i)
        or overnight(t, i)
        or named_part(t, i)
        or position(t, i, depth)
        or counted_from(t, i, depth)
        or day_and_part(t, i)
        or _story_part(t, i)
        or period(t, i)
        or length(t, i)
    )


def day(t: Tokens, i: int) -> Hit | None:
    """Read something that names a day (or a month or year, when no day is named)."""
    return plain_day(t, i) or date(t, i)


def day_and_part(t: Tokens, i: int) -> Hit | None:
    """Read a day with the part or the time of day after it: "Sunday night", "20 December, 5:30 a.m."."""
    base = day(t, i)
    if base is None or (isinstance(base[0], Clock)):
        return base
    j = t.skip(base[1], {"'s"})
    part = t.phrase(j, words.PARTS)
    if part:
        return PartOfDay(words.PARTS[part[0]], base[0]), part[1]
    if t.word(j) == "overnight":
        return PartOfDay(NIGHT, base[0], "overnight"), j + 1
    at = clock(t, t.skip(t.skip(j, {","}), {"at", "around", "about"}))
    return (Clock(at[0], at[1], base[0]), at[2]) if at else base


def clocked(t: Tokens, i: int) -> Hit | None:
    """Read a time of day, with its day if one follows: "5:30 a.m. on Sunday", "0300 GMT", "noon Thursday"."""
    at = clock(t, i)
    if at is None:
        return None
    minute, zone, j = at
    part = t.phrase(t.skip(t.skip(j, {"in", "on"}), {"the"}), words.PARTS)
    j = part[1] if part and t.word(j) in {"in", "on"} else j
    after = in_brackets(t, j)
    base = _day_after(t, after)
    return (Clock(minute, zone, base[0]), base[1]) if base else (Clock(minute, zone), after if t.whole else j)


def overnight(t: Tokens, i: int) -> Hit | None:
    """Read "overnight", "last night", "tonight", "overnight on Saturday", "overnight Saturday into Sunday"."""
    if t.word(i) == "tonight":
        return PartOfDay(NIGHT, Relative("day", 0)), i + 1
    if (t.word(i), t.word(i + 1)) == ("last", "night"):
        return PartOfDay(NIGHT, Relative("day", 0), "last night"), i + 2
    if t.word(i) != "overnight":
        return None
    left = _day_after(t, t.skip(i + 1, {"from", "between"}))
    right = _day_after(t, left[1] + 1) if left and t.word(left[1]) in {"into", "to", "and"} else None
    if right:
        return PartOfDay(NIGHT, right[0], "last night"), right[1]
    base = _day_after(t, t.skip(i + 1, {"into", "to"}))
    if base is None:
        return PartOfDay(NIGHT, Relative("day", 0), "last night"), i + 1
    into = t.word(i + 1) in {"into", "to"}
    return PartOfDay(NIGHT, base[0], "last night" if into else "overnight"), base[1]


def named_part(t: Tokens, i: int) -> Hit | None:
    """Read "this morning", "the early hours of Wednesday", "the night of 3 February", "noon Thursday"."""
    this = t.word(i) == "this"
    j = i + 1 if this else t.skip(i, {"the"})
    found = t.phrase(t.skip(j, {"later", "earlier"}) if this or j == i else j, words.PARTS)
    if found is None:
        return None
    part, end = words.PARTS[found[0]], found[1]
    if j > i and t.word(i - 1) == "in" and not t.whole and _day_after(t, end) is None:
        return PartOfDay(part, Narrative("day", 0)), end
    if this:
        return PartOfDay(part, Relative("day", 0)), end
    base = _day_after(t, end)
    if base:
        return PartOfDay(part, base[0]), base[1]
    alone = t.whole or found[0] in {"midnight", "noon", "midday"}
    return (PartOfDay(part), end) if alone else None


def position(t: Tokens, i: int, depth: int = 0) -> Hit | None:
    """Read "late last month", "early on Sunday", "mid-November", "the end of 2019", "earlier this year"."""
    j = t.skip(i, {"the"})
    word = t.word(j)
    if word in {"earlier", "later"}:
        base = leaf(t, t.skip(j + 1, {"on", "in"}), depth + 1) if depth < DEEPEST else None
        return (Sofar(-1 if word == "earlier" else 1, base[0]), base[1]) if base and _dated(base[0]) else None
    where = words.POSITIONS.get(word)
    if where is None or depth >= DEEPEST:
        return None
    noun = word in {"beginning", "start", "middle", "end", "close"}
    if noun and t.word(j + 1) != "of":
        return None
    base = leaf(t, t.skip(t.skip(j + 1, {"of", "in", "on", "-"}), {"a"}), depth + 1)
    if base is None or not _dated(base[0]):
        return None
    if noun and isinstance(base[0], Narrative):  # "the end of the year" said of no other year is that of now
        base = Relative(base[0].unit, base[0].shift), base[1]  # type: ignore[arg-type]
    if isinstance(base[0], PartOfDay):
        return _narrower(where, base[0]), base[1]
    place: Position = {"early": "early", "mid": "mid", "late": "late"}[where]  # type: ignore[assignment]
    return Part(place, base[0]), base[1]


def counted_from(t: Tokens, i: int, depth: int = 0) -> Hit | None:
    """Read "two days after Christmas", "the day before last Tuesday", "a week from Friday"."""
    counted = amount_of_unit(t, i) or one_unit(t, i)
    if counted is None or depth >= DEEPEST:
        return None
    found, unit, j = counted
    if t.word(j) not in {"after", "before", "from"} or t.word(j + 1) in {"now", "today"}:
        return None
    base = leaf(t, j + 1, depth + 1)
    if base is None or not _dated(base[0]):
        return None
    direction = -1 if t.word(j) == "before" else 1
    return Offset(found.low, found.high, unit, direction, base=base[0], vague=found.vague), base[1]


def _day_after(t: Tokens, i: int) -> Hit | None:
    """Read the day that follows a time or part of day, over a linking word."""
    for j in (i, i + 1):
        if j > i and t.word(i) not in LINKS:
            return None
        base = plain_day(t, j) or date(t, j) or _holiday(t, j)
        # A comma or "of" may lead to a day only: "at noon, 2019 people" is no date.
        if base and not (j > i and t.word(i) in {",", "in"} and not _is_day(base[0])):
            return base
    return None


def _narrower(position: str, part: PartOfDay) -> PartOfDay:
    """Return "early Sunday morning" for "early" and "Sunday morning", where the vocabulary has the early morning."""
    for name, hours in words.PARTS.items():
        if hours == part.part and f"{position} {name}" in words.PARTS:
            return replace(part, part=words.PARTS[f"{position} {name}"])
    return part


def _holiday(t: Tokens, i: int) -> Hit | None:
    hit = period(t, i)
    return hit if hit and isinstance(hit[0], Holiday) else None


def _is_day(expression: Expression) -> bool:
    return isinstance(expression, (CalendarDay, OnWeekday, Weekday, Relative, Fixed))


def _story_part(t: Tokens, i: int) -> Hit | None:
    """Read "that night", "the next morning", "the previous evening": hangs on the story."""
    j = t.skip(i, {"the"})
    shift = STORY.get(t.word(j))
    found = t.phrase(j + 1, words.PARTS)
    if shift is None or found is None or (j == i and t.word(j) != "that"):
        return _part_before(t, i, j)
    return PartOfDay(words.PARTS[found[0]], Narrative("day", shift)), found[1]


def _part_before(t: Tokens, i: int, j: int) -> Hit | None:
    """Read "the evening before" at the end of its clause: the day before the one that the story is at."""
    found = t.phrase(j, words.PARTS)
    if j == i or found is None or t.word(found[1]) != "before" or t.kind(found[1] + 1) == "word":
        return None
    return PartOfDay(words.PARTS[found[0]], Narrative("day", -1)), found[1] + 1


def _left_end(t: Tokens, i: int) -> tuple[Expression | int, int] | None:
    """Read the left end of a range: an expression, or a bare day number before "and 5 February"."""
    hit = leaf(t, i)
    if hit and not isinstance(hit[0], Duration):
        return hit
    word = t.word(i)
    if t.kind(i) in {"number", "ordinal"} and len(word) <= 4 and t.word(i + 1) in {"and", "to", "-", "–"}:
        digits = word.rstrip("stndrh")
        if digits.isascii() and digits and 1 <= int(digits) <= 31:
            return int(digits), i + 1
    return None


def _tail(t: Tokens, i: int) -> tuple[str, int]:
    """Return the words of an event up to the next stop: (words, position after)."""
    end = i
    while end < len(t.items) and t.word(end) not in STOPS and (t.whole or end - i < TAIL):
        end += 1
    return (t.text[t.items[i].start : t.items[end - 1].end] if end > i else ""), end


def _dated(expression: Expression) -> bool:
    """Whether an expression can carry a date at all."""
    return not isinstance(expression, (Duration, Event))
