"""Rules of the grammar for named stretches: "last month", "this summer", "the 1990s", "Christmas Day", "recently"."""

from __future__ import annotations

from typing import Final

from sayso.values import timex_words as words
from sayso.values.timex_calendar import Unit, of_years
from sayso.values.timex_dates import WHICH, calendar_day, fixed, spoken_year, year_number
from sayso.values.timex_expressions import CalendarDay, Expression, Holiday, Quarter, Relative, Season, WeekOf, Which
from sayso.values.timex_lengths import CODES, amount
from sayso.values.timex_relations import Narrative, Part, Reference, Window
from sayso.values.timex_tokens import Tokens

Hit = tuple[Expression, int]
SHIFTS: Final = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
STORY: Final = {"previous": -1, "preceding": -1, "following": 1, "same": 0, "that": 0, "next": 1}
AROUND_NOW: Final = {"last": -1, "past": -1, "recent": -1, "previous": -1, "next": 1, "coming": 1}
LONG: Final = {"decade": 10, "century": 100}  # "the past decade" is ten years, not the eighties
PLAIN_DAYS: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}


def period(t: Tokens, i: int) -> Hit | None:
    """Read a named stretch of any length but a calendar date."""
    rules = (
        window,
        quarter,
        year_before,
        week_of,
        year_end,
        unit_of_now,
        unit_of_story,
        season,
        holiday,
        decade,
        century,
        reference,
    )
    return next((hit for hit in (rule(t, i) for rule in rules) if hit), None)


def plain_day(t: Tokens, i: int) -> Hit | None:
    """Read "today", "yesterday", "tomorrow", "the day before yesterday", "the day after tomorrow"."""
    j = t.skip(i, {"the"})
    pair = (t.word(j), t.word(j + 1), t.word(j + 2))
    if pair == ("day", "before", "yesterday"):
        return Relative("day", -2), j + 3
    if pair == ("day", "after", "tomorrow"):
        return Relative("day", 2), j + 3
    return (Relative("day", PLAIN_DAYS[t.word(i)]), i + 1) if t.word(i) in PLAIN_DAYS else None


def window(t: Tokens, i: int) -> Hit | None:
    """Read "the past two weeks", "the next few days", "recent months"."""
    j = t.skip(i, {"the"})
    direction = AROUND_NOW.get(t.word(j))
    if direction is None:
        return None
    years = LONG.get(t.word(j + 1))
    if j > i and t.word(j) in {"last", "past", "next", "coming"} and years:
        return Window(years, "year", direction, f"P{years}Y"), j + 2
    found = amount(t, j + 1)
    vague = t.word(j) in {"recent", "coming", "past"} and t.word(j + 1).endswith("s")
    end = found[1] if found else j + 1
    end = t.skip(end, {"-"}) if found else end
    unit = words.UNITS.get(t.word(end))
    if unit is None or unit == "weekend" or not (found or vague):
        return None
    count = found[0].low if found and not found[0].vague else None
    value = "P" + CODES[unit].format(count or "X")
    if not found and t.word(j) == "recent":
        value = "PAST_REF"
    return Window(count, unit, direction, value), end + 1


def unit_of_now(t: Tokens, i: int) -> Hit | None:
    """Read "this week", "last month", "the current year", "next weekend", "the weekend"."""
    j = t.skip(i, {"the"})
    if t.word(j) == "weekend":
        return Relative("weekend", 0), j + 1
    shift = SHIFTS.get(t.word(j))
    k = j + 1
    if shift is not None and t.word(k) in {"past", "coming"}:
        shift, k = SHIFTS[t.word(k)], k + 1
    unit = _unit(t, t.skip(k, {"fiscal", "calendar"}))
    if shift is None or unit is None or (unit == "day" and shift < 1) or (j > i and t.word(j) == "next"):
        return None
    return Relative(unit, shift), t.skip(k, {"fiscal", "calendar"}) + 1


def unit_of_story(t: Tokens, i: int) -> Hit | None:
    """Read what hangs on the story: "that day", "the previous week", "the day before", "the next morning"."""
    j = t.skip(i, {"the"})
    if t.word(j) == "that" and t.word(j + 1) == "same":
        j += 1
    shift = STORY.get(t.word(j))
    unit = _unit(t, j + 1)
    if shift is not None and unit and (j > i or t.word(j) != "next"):
        return Narrative(unit, shift), j + 2
    k = t.skip(j, {"fiscal", "full", "entire", "calendar"})
    if k > j > i and t.word(k) == "year":
        return Narrative("year", 0, bare=True), k + 1
    plain = _unit(t, j)
    if j > i and plain and t.word(j + 1) in {"before", "after"} and t.kind(j + 2) != "word":
        return Narrative(plain, -1 if t.word(j + 1) == "before" else 1), j + 2
    if t.word(j) == "latest" and t.word(j + 1) in {"quarter", "period"}:
        return Narrative("quarter", 0, bare=True), j + 2
    if t.word(j + 1) == "-" and t.word(j + 2) in {"ago", "earlier"}:  # "the year-earlier loss"
        return None
    return (Narrative(plain, 0, bare=True), j + 1) if j > i and plain in {"week", "month", "year", "quarter"} else None


def year_before(t: Tokens, i: int) -> Hit | None:
    """Read "the year-earlier period", "year-ago"."""
    j = t.skip(i, {"the"})
    if t.word(j) != "year" or t.word(j + 1) != "-" or t.word(j + 2) not in {"ago", "earlier"}:
        return None
    number = words.ORDINALS.get(t.word(j + 3), 0)
    if 1 <= number <= 4 and t.word(j + 4) == "quarter":
        return Quarter(number, None, -1), j + 5
    if t.word(j + 3) in {"quarter", "period"}:
        return Narrative("quarter", -4, bare=True), j + 4
    return (Narrative("year", -1, bare=True), j + 3) if j == i else None


def year_end(t: Tokens, i: int) -> Hit | None:
    """Read "year-end", "year end", "year's end" of the running year."""
    if t.word(i) != "year" or t.word(i - 1) in {"last", "next", "this", "the", "fiscal", "full"}:
        return None
    j = t.skip(i + 1, {"-", "'s", "’s"})
    return (Part("late", Relative("year", 0)), j + 1) if t.word(j) == "end" else None


def week_of(t: Tokens, i: int) -> Hit | None:
    """Read "the week of March 6"."""
    j = t.skip(i, {"the"})
    if j == i or t.word(j) != "week" or t.word(j + 1) != "of":
        return None
    day = calendar_day(t, j + 2)
    return (WeekOf(day[0]), day[1]) if day and isinstance(day[0], CalendarDay) else None


def season(t: Tokens, i: int) -> Hit | None:
    """Read "last summer", "the summer of 2019", "winter 2020"."""
    j = t.skip(i, {"the"})
    which: Which = WHICH.get(t.word(j), "")
    j = j + 1 if which else j
    if which and t.word(j) in {"past", "coming"}:
        which, j = WHICH[t.word(j)], j + 1
    name = t.word(j)
    if name not in words.SEASONS:
        return None
    k = t.skip(t.skip(j + 1, {","}), {"of"})
    found = year_number(t, k) or spoken_year(t, k)
    if found:
        return Season(name, found[0]), found[1]
    # "Spring", "fall" and "winter" alone are words of other kinds too.
    signed = which or t.whole or (j > i and name not in {"fall", "spring"}) or t.word(i - 1) in {"in", "since", "until"}
    return (Season(name, None, which), j + 1) if signed and t.word(j + 1) != "of" else None


def holiday(t: Tokens, i: int) -> Hit | None:
    """Read "Christmas Day", "last Easter", "New Year's Eve 2019"."""
    which: Which = WHICH.get(t.word(i), "")
    found = t.phrase(i + 1 if which else i, words.HOLIDAYS)
    if found is None or not (t.whole or t.capital(found[1] - 1) or t.capital(i + bool(which))):
        return None
    name, j = found
    dated = year_number(t, t.skip(j, {",", "of", "in"}))
    return (Holiday(name, dated[0]), dated[1]) if dated else (Holiday(name, None, which), j)


def quarter(t: Tokens, i: int) -> Hit | None:
    """Read "the third quarter of 2019", "third-quarter", "last year's first quarter"."""
    shift, j = 0, t.skip(i, {"the"})
    if t.word(j) in {"this", "last", "next"} and t.word(j + 1) == "year" and t.kind(j + 2) == "possessive":
        shift, j = SHIFTS[t.word(j)], j + 3
    dated = year_number(t, j)
    j = t.skip(dated[1] if dated else j, {"fiscal"})
    number = words.ORDINALS.get(t.word(j)) or {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}.get(t.word(j), 0)
    k = t.skip(t.skip(j + 1, {"-"}), {"fiscal"})
    joined = t.word(j + 1) == "-" and t.word(i) == "the"  # "the third-quarter loss": the article is that of the loss
    if not 1 <= number <= 4 or t.word(k) != "quarter" or joined:
        return None
    after = year_number(t, t.skip(k + 1, {"of"}))
    if after:
        return Quarter(number, after[0]), after[1]
    return Quarter(number, dated[0] if dated else None, shift), k + 1


def decade(t: Tokens, i: int) -> Hit | None:
    """Read "the 1990s", "the '90s" (of the twentieth century, as nobody writes the 1890s so)."""
    j = t.skip(i, {"the"})
    j = t.skip(j, {"'", "’"})
    if t.kind(j) != "decade":
        return None
    digits = t.word(j).rstrip("s").rstrip("'’")
    if len(digits) == 2:
        if j == i or digits[1] != "0" or t.word(j - 1) not in {"'", "’", "the"} or int(digits) < 20:
            return None
        digits = f"19{digits}"
    first = int(digits)
    if first % 10 or not 1000 <= first < 2200:
        return None
    return fixed(lambda: of_years(first, first + 9, f"{first // 10}"), j + 1)


def century(t: Tokens, i: int) -> Hit | None:
    """Read "the 20th century", "the nineteenth century"."""
    j = t.skip(i, {"the"})
    number = int(t.word(j)[:-2]) if t.kind(j) == "ordinal" else words.ORDINALS.get(t.word(j), 0)
    k = t.skip(j + 1, {"-"})
    if t.word(j) == "twenty" and t.word(k) == "first":
        number, k = 21, t.skip(k + 1, {"-"})
    if t.word(k) != "century" or not 2 <= number <= 22:
        return None
    first = (number - 1) * 100
    return fixed(lambda: of_years(first, first + 99, f"{number - 1:02}"), k + 1)


def reference(t: Tokens, i: int) -> Hit | None:
    """Read "now", "recently", "soon"."""
    found = t.phrase(i, words.REFERENCES)
    if found is None or (found[0] == "soon" and t.word(found[1]) in {"as", "after", "to", "be"}):
        return None
    if found[0] == "the past" and words.UNITS.get(t.word(found[1])):
        return None
    return Reference(words.REFERENCES[found[0]]), found[1]


def _unit(t: Tokens, i: int) -> Unit | None:
    """Read a unit of a day or more in the singular."""
    units: dict[str, Unit] = {
        "day": "day", "week": "week", "weekend": "weekend", "month": "month", "quarter": "quarter", "year": "year",
        "decade": "decade", "century": "century",
    }  # fmt: skip
    return units.get(t.word(i))
