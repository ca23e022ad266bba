"""What a time expression means: the table that `Moment.parse` is held to, row by row."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sayso.values.moment import Moment

WEDNESDAY = date(2020, 12, 23)

# words, earliest, latest, why (all told past on Wednesday 23 December 2020; None at both ends never stands here)
RESOLVED: list[tuple[str, str | None, str | None, str]] = [
    ("Sunday", "2020-12-20", "2020-12-20", "the last such day"),
    ("on Sunday", "2020-12-20", "2020-12-20", "a preposition changes nothing"),
    ("ON SUNDAY", "2020-12-20", "2020-12-20", "nor do capitals"),
    ("Sun.", "2020-12-20", "2020-12-20", "a short weekday, alone"),
    ("Sunday's missile attack", "2020-12-20", "2020-12-20", "one expression among other words"),
    ("Wednesday", "2020-12-23", "2020-12-23", "the report's own day is that day"),
    ("last Wednesday", "2020-12-16", "2020-12-16", "'last' excludes the report's own day"),
    ("last Sunday", "2020-12-20", "2020-12-20", "the last one before the report"),
    ("this Sunday", "2020-12-20", "2020-12-20", "told in the past tense"),
    ("next Tuesday", "2020-12-29", "2020-12-29", "no other Tuesday of this week is left"),
    ("next Friday", "2020-12-25", "2021-01-01", "this week's or next week's: both ends kept"),
    ("this coming Friday", "2020-12-25", "2021-01-01", "'coming' is read as 'next'"),
    ("this past Friday", "2020-12-18", "2020-12-18", "'past' is read as 'last'"),
    ("Sunday night", "2020-12-20T18:00", "2020-12-20T23:59", "a night ends with the day that names it"),
    ("late Sunday", "2020-12-20T17:00", "2020-12-20T23:59", "hours of a late day"),
    ("early on Sunday", "2020-12-20T00:00", "2020-12-20T08:59", "hours of an early day"),
    ("late on Sunday night", "2020-12-20T21:00", "2020-12-20T23:59", "a part of a part"),
    ("early Wednesday morning", "2020-12-23T00:00", "2020-12-23T08:59", "a part of a part"),
    ("early on Sunday night", "2020-12-20T18:00", "2020-12-20T23:59", "no such part is known: the part stays"),
    ("on Wednesday, Dec 23, 2020 at 4:15 pm", "2020-12-23T16:15", "2020-12-23T16:15", "all at once"),
    ("day before yesterday", "2020-12-21", "2020-12-21", "without its article"),
    ("this past summer", "2020-06", "2020-08", "the last one"),
    ("Saturday morning", "2020-12-19T00:00", "2020-12-19T11:59", "3 a.m. is 'morning' in wire English"),
    ("the early hours of Wednesday", "2020-12-23T00:00", "2020-12-23T05:59", "early hours"),
    ("in the small hours of Tuesday", "2020-12-22T00:00", "2020-12-22T05:59", "small hours"),
    ("before dawn on Tuesday", "2020-12-22T00:00", "2020-12-22T05:59", "not everything up to a dawn"),
    ("at dawn on Tuesday", "2020-12-22T04:00", "2020-12-22T07:59", "dawn"),
    ("shortly before 8 p.m. on Friday", "2020-12-18T19:30", "2020-12-18T19:59", "half an hour before the time named"),
    ("shortly after midnight on Sunday", "2020-12-20T00:00", "2020-12-20T01:59", "the first hours of the day named"),
    ("midnight Friday", "2020-12-18T00:00", "2020-12-18T23:59", "either end of the day: nobody says which"),
    ("noon Thursday", "2020-12-17T12:00", "2020-12-17T12:00", "noon is a minute"),
    ("the night of 3 February", "2020-02-03T18:00", "2020-02-03T23:59", "part before day"),
    ("on the morning of Sunday, 20 December", "2020-12-20T00:00", "2020-12-20T11:59", "part, weekday, date"),
    ("overnight", "2020-12-22T18:00", "2020-12-23T05:59", "the night just past"),
    ("last night", "2020-12-22T18:00", "2020-12-23T05:59", "the night just past"),
    ("overnight into Sunday", "2020-12-19T18:00", "2020-12-20T05:59", "the night that ends on the day"),
    ("overnight on Saturday", "2020-12-18T18:00", "2020-12-20T05:59", "before or after: both nights kept"),
    (
        "overnight Saturday into Sunday",
        "2020-12-19T18:00",
        "2020-12-20T05:59",
        "both evenings named: the night between",
    ),
    ("overnight from Saturday to Sunday", "2020-12-19T18:00", "2020-12-20T05:59", "the same with from and to"),
    ("three hours after noon on Sunday", "2020-12-20T15:00", "2020-12-20T15:00", "noon is a minute to count from"),
    ("less than 24 hours after Sunday's raid", "2020-12-20", "2020-12-21", "the days it can be"),
    ("two hours before Sunday", "2020-12-19", "2020-12-20", "the days it can be, counted back"),
    ("the past decade", "2010", "2020-12-23", "ten years up to now, not the years of the calendar's decade"),
    ("the week of December 3", "2020-11-30", "2020-12-06", "the week a day lies in"),
    ("two weeks after 3 December", "2020-12-14", "2020-12-20", "a distance in weeks leads to a week"),
    ("the winter of nineteen ninety-four", "1994-12", "1995-02", "a year in words"),
    ("20.12.2020", "2020-12-20", "2020-12-20", "stops: the day first"),
    ("on 03.02.2019", "2019-02-03", "2019-02-03", "stops: the day first, whatever the tense"),
    ("Sunday before last", "2020-12-13", "2020-12-13", "one week before the last one"),
    ("Saturday overnight", "2020-12-18T18:00", "2020-12-20T05:59", "the same, the other way round"),
    ("tonight", "2020-12-23T18:00", "2020-12-23T23:59", "the report's own night"),
    ("this morning", "2020-12-23T00:00", "2020-12-23T11:59", "the report's own morning"),
    ("yesterday", "2020-12-22", "2020-12-22", "the day before the report"),
    ("yesterday evening", "2020-12-22T17:00", "2020-12-22T23:59", "with its part"),
    ("the day before yesterday", "2020-12-21", "2020-12-21", "two days back"),
    ("the day after tomorrow", "2020-12-25", "2020-12-25", "two days on"),
    ("today", "2020-12-23", "2020-12-23", "the report's day"),
    ("tomorrow", "2020-12-24", "2020-12-24", "needs no tense"),
    ("5:30 a.m. on Sunday", "2020-12-20T05:30", "2020-12-20T05:30", "clock before day"),
    ("Sunday at 5:30 a.m.", "2020-12-20T05:30", "2020-12-20T05:30", "clock after day"),
    ("5.30am yesterday", "2020-12-22T05:30", "2020-12-22T05:30", "a point for a colon"),
    ("12:15 am on Sunday", "2020-12-20T00:15", "2020-12-20T00:15", "the hour after midnight"),
    ("12 p.m. Sunday", "2020-12-20T12:00", "2020-12-20T12:00", "noon by the clock"),
    ("0300 GMT Sunday", "2020-12-20T03:00Z", "2020-12-20T03:00Z", "the zone is kept"),
    ("around 11pm local time (1900 GMT) on Sunday", "2020-12-20T23:00", "2020-12-20T23:00", "local time first"),
    ("9 a.m. EST Tuesday", "2020-12-22T09:00-05:00", "2020-12-22T09:00-05:00", "a zone west of Greenwich"),
    ("0430 hours on 20 December 2020", "2020-12-20T04:30", "2020-12-20T04:30", "military time"),
    ("8 o'clock in the evening on Monday", "2020-12-21T20:00", "2020-12-21T20:00", "in words"),
    ("five in the morning on Monday", "2020-12-21T05:00", "2020-12-21T05:00", "number in words"),
    ("at 10.40 in the morning on Monday", "2020-12-21T10:40", "2020-12-21T10:40", "a point, and the part of the day"),
    ("9:15 in the evening on Monday", "2020-12-21T21:15", "2020-12-21T21:15", "a colon, and the part of the day"),
    ("three at night on Monday", "2020-12-21T03:00", "2020-12-21T03:00", "the small hours"),
    ("ten p.m. on Monday", "2020-12-21T22:00", "2020-12-21T22:00", "number in words, half in letters"),
    ("on 3 February", "2020-02-03", "2020-02-03", "the nearest such day not after the report"),
    ("February 3", "2020-02-03", "2020-02-03", "month first"),
    ("the 3rd of February", "2020-02-03", "2020-02-03", "ordinal"),
    ("March eighth", "2020-03-08", "2020-03-08", "ordinal in words"),
    ("December twenty-first", "2020-12-21", "2020-12-21", "ordinal of two words"),
    ("24 December", "2019-12-24", "2019-12-24", "tomorrow's date, told in the past, is last year's"),
    ("29 February", "2020-02-29", "2020-02-29", "only leap years count"),
    ("3 Feb. 2019", "2019-02-03", "2019-02-03", "absolute"),
    ("Feb. 3, 2019", "2019-02-03", "2019-02-03", "American order"),
    ("20 Aug 88", "1988-08-20", "1988-08-20", "two digits: the nearest such year not after the report"),
    ("20 AUG 88", "1988-08-20", "1988-08-20", "upper case"),
    ("3 Feb '19", "2019-02-03", "2019-02-03", "apostrophe"),
    ("the 20th", "2020-12-20", "2020-12-20", "a day of a month not named"),
    ("Sunday, 20 December 2020", "2020-12-20", "2020-12-20", "the weekday agrees"),
    ("Tuesday (22 December)", "2020-12-22", "2020-12-22", "date in brackets"),
    ("Monday, December 28", "2020-12-28", "2020-12-28", "the weekday tells that it lies ahead"),
    ("Sept. 11", "2020-09-11", "2020-09-11", "no event is assumed"),
    ("25/12/2016", "2016-12-25", "2016-12-25", "no 25th month"),
    ("12/25/2016", "2016-12-25", "2016-12-25", "nor in the other order"),
    ("7/7/2005", "2005-07-07", "2005-07-07", "both orders give one day"),
    ("2016/07/12", "2016-07-12", "2016-07-12", "year first"),
    ("2020-12-20", "2020-12-20", "2020-12-20", "ISO day"),
    ("2020-12", "2020-12", "2020-12", "ISO month stays a month"),
    ("2020-12-20T05:30", "2020-12-20T05:30", "2020-12-20T05:30", "ISO minute"),
    ("2020-12-20T05:30:10Z", "2020-12-20T05:30Z", "2020-12-20T05:30Z", "seconds are below our precision"),
    ("2020-12-20T05:30+03:00", "2020-12-20T05:30+03:00", "2020-12-20T05:30+03:00", "offset kept"),
    ("2019-20", "2019", "2020", "two years, as there is no 20th month"),
    ("2019", "2019", "2019", "a year stays a year"),
    ("in the year 2019", "2019", "2019", "a year, said so"),
    ("nineteen ninety-six", "1996", "1996", "spoken year"),
    ("two thousand and eight", "2008", "2008", "spoken year of this century"),
    ("March 2019", "2019-03", "2019-03", "a month stays a month"),
    ("March", "2020-03", "2020-03", "the last one"),
    ("last March", "2020-03", "2020-03", "the last one"),
    ("next March", "2021-03", "2021-03", "the next one"),
    ("in December", "2020-12", "2020-12", "the running month"),
    ("December of last year", "2019-12", "2019-12", "month of a relative year"),
    ("mid-November", "2020-11-11", "2020-11-20", "middle third"),
    ("late last month", "2020-11-21", "2020-11-30", "last third"),
    ("early 2019", "2019-01", "2019-04", "first third of a year, in months"),
    ("the end of 2019", "2019-09", "2019-12", "last third of a year"),
    ("by the end of the year", None, "2020-12", "of no other year than the report's"),
    ("early next week", "2020-12-28", "2020-12-30", "first third of a week, rounded up"),
    ("earlier this year", "2020-01-01", "2020-12-23", "up to the report"),
    ("later this week", "2020-12-23", "2020-12-27", "from the report on"),
    ("earlier on Sunday", "2020-12-20", "2020-12-20", "a day is not cut"),
    ("this week", "2020-12-21", "2020-12-27", "Monday to Sunday"),
    ("last month", "2020-11", "2020-11", "a month stays a month"),
    ("last year", "2019", "2019", "a year stays a year"),
    ("the current year", "2020", "2020", "the running one"),
    ("the weekend", "2020-12-19", "2020-12-20", "told on a Wednesday: the last one"),
    ("last weekend", "2020-12-19", "2020-12-20", "the same, said so"),
    ("next weekend", "2021-01-02", "2021-01-03", "the weekend of next week"),
    ("two days ago", "2020-12-21", "2020-12-21", "from now"),
    ("three months ago", "2020-09", "2020-09", "to the month"),
    ("a week ago", "2020-12-14", "2020-12-20", "to the week"),
    ("a fortnight ago", "2020-12-07", "2020-12-13", "two weeks"),
    ("two nights ago", "2020-12-21T18:00", "2020-12-21T23:59", "a night of a day"),
    ("a decade ago", "2010", "2019", "to the decade"),
    ("two or three weeks ago", "2020-11-30", "2020-12-13", "both numbers kept"),
    ("two hours ago", "2020-12-22", "2020-12-23", "the hour of publication is not known: two days it can be"),
    ("a few days ago", None, "2020-12-21", "at least two; how many more nobody knows"),
    ("more than 10 years ago", None, "2010", "open towards the past"),
    ("less than two weeks ago", "2020-12-07", "2020-12-27", "from then to this week"),
    ("three weeks from now", "2021-01-11", "2021-01-17", "ahead"),
    ("two days after Christmas", "2019-12-27", "2019-12-27", "from a dated day"),
    ("the day before last Tuesday", "2020-12-21", "2020-12-21", "from a weekday"),
    ("the past two weeks", "2020-12-07", "2020-12-23", "up to the report"),
    ("in the last 24 hours", "2020-12-22", "2020-12-23", "two days it can be"),
    ("in recent weeks", None, "2020-12-23", "nobody says how many"),
    ("the next three days", "2020-12-23", "2020-12-26", "from the report on"),
    ("the coming months", "2020-12-23", None, "open ahead"),
    ("last summer", "2020-06", "2020-08", "northern summer"),
    ("the summer of 2019", "2019-06", "2019-08", "with its year"),
    ("winter 2019", "2019-12", "2020-02", "the winter that begins in December"),
    ("this winter", "2020-12", "2021-02", "the running one"),
    ("next spring", "2021-03", "2021-05", "the next one"),
    ("this autumn", "2020-09", "2020-11", "of this year, though over"),
    ("Christmas Day", "2019-12-25", "2019-12-25", "told in the past two days before Christmas"),
    ("New Year's Eve", "2019-12-31", "2019-12-31", "the last one"),
    ("next Christmas", "2020-12-25", "2020-12-25", "the next one"),
    ("Easter 2019", "2019-04-21", "2019-04-21", "computed"),
    ("Good Friday 2018", "2018-03-30", "2018-03-30", "counted from Easter"),
    ("Thanksgiving 2020", "2020-11-26", "2020-11-26", "fourth Thursday of November"),
    ("Memorial Day 2020", "2020-05-25", "2020-05-25", "last Monday of May"),
    ("the third quarter of 2019", "2019-07", "2019-09", "calendar quarter"),
    ("the second quarter", "2020-04", "2020-06", "the last one begun"),
    ("last year's first quarter", "2019-01", "2019-03", "of a relative year"),
    ("the 1990s", "1990", "1999", "a decade"),
    ("the '90s", "1990", "1999", "a decade, short"),
    ("the late 1990s", "1996", "1999", "its last third, rounded up"),
    ("the 20th century", "1900", "1999", "a century, as ISO counts them"),
    ("the nineteenth century", "1800", "1899", "in words"),
    ("the twenty-first century", "2000", "2099", "in two words"),
    ("between 3 and 5 February", "2020-02-03", "2020-02-05", "one month for two days"),
    ("3-5 February 2019", "2019-02-03", "2019-02-05", "with its year"),
    ("February 3-5", "2020-02-03", "2020-02-05", "month first"),
    ("from 30 December to 2 January", "2019-12-30", "2020-01-02", "the left end precedes the right"),
    ("from Monday to Wednesday", "2020-12-21", "2020-12-23", "the left end precedes the right"),
    ("from Friday to 3 January 2019", "2018-12-28", "2019-01-03", "even long before the report"),
    ("Monday to Wednesday", "2020-12-21", "2020-12-23", "without 'from'"),
    ("Sunday and Monday", "2020-12-20", "2020-12-21", "two days in a row"),
    ("between 2014 and 2016", "2014", "2016", "years"),
    ("2014-2016", "2014", "2016", "years with a hyphen"),
    ("since 2011", "2011", None, "open ahead"),
    ("since Monday", "2020-12-21", None, "open ahead, counted from the report"),
    ("before Friday", None, "2020-12-17", "the day itself excluded"),
    ("until Friday", None, "2020-12-18", "the day itself included"),
    ("after Friday", "2020-12-19", None, "the day itself excluded"),
    ("after 2011", "2012", None, "the year itself excluded"),
    ("before March 2019", None, "2019-02", "the month itself excluded"),
    ("before 5:30 a.m. on Sunday", None, "2020-12-20T05:29", "the minute itself excluded"),
    ("now", "2020-12-23", "2020-12-23", "the report's day"),
    ("recently", None, "2020-12-23", "open towards the past"),
    ("soon", "2020-12-23", None, "open ahead"),
]

# words, what is missing, why (told on the same Wednesday)
UNRESOLVED = [
    ("two days earlier", "another event", "relative to the story, not to now"),
    ("three weeks later", "another event", "relative to the story"),
    ("the previous day", "another event", "relative to the story"),
    ("the next day", "another event", "relative to the story"),
    ("the day before", "another event", "relative to the story"),
    ("that day", "another event", "relative to the story"),
    ("that night", "another event", "relative to the story"),
    ("the following week", "another event", "relative to the story"),
    ("the previous Sunday", "another event", "relative to the story"),
    ("a day after the attack", "another event: the attack", "the attack is the anchor"),
    ("a day after several shells were fired", "another event: several shells were fired", "a clause is the anchor"),
    ("the day after the vote", "another event: the vote", "one day, unnumbered"),
    ("hours before the vote", "another event: the vote", "an unknown number"),
    ("before the attack", "another event: the attack", "no distance at all"),
    ("since the coup", "another event: the coup", "one-sided, from an event"),
    ("the day of the attack", "another event: the attack", "the event's own day"),
    ("at 5:30 a.m.", "day", "a time of day without a day"),
    ("around 11pm local time (1900 GMT)", "day", "two clocks, no day"),
    ("in the afternoon", "day", "a part of the day without a day"),
    ("12/7/2016", "order of day and month", "12 July or 7 December: no guess"),
    ("5/12/2020", "order of day and month", "12 May and 5 December are both past"),
    ("Monday, Oct. 3", "agreement of weekday and date", "no such Monday near the report"),
    ("Ramadan", "date of Ramadan", "another calendar"),
    ("Election Day", "date of Election Day", "each country has its own"),
    ("31 February", "not a day of the calendar", "no such day"),
    ("two weeks", "a length of time, not a moment", "a duration"),
    ("a two-week siege", "a length of time, not a moment", "a duration among other words"),
    ("daily", "a frequency, not a moment", "a frequency"),
    ("every Monday", "a frequency, not a moment", "a frequency"),
    ("from 2019 to 2018", "order of the two ends", "backwards"),
    ("two days after March 2019", "day", "no day to count from"),
    ("20,000 years ago", "not a time expression", "beyond four digits it is no number of ours"),
    ("9000 years ago", "not a day of the calendar", "before the first year"),
    ("3 February and 5 May 2019", "not a time expression", "two moments that are no range"),
    ("some Wednesdays", "not a time expression", "no such word here"),
    ("bananas", "not a time expression", "no time at all"),
    ("", "not a time expression", "nothing at all"),
]


@pytest.mark.parametrize(("words", "earliest", "latest", "why"), RESOLVED, ids=[row[0] for row in RESOLVED])
def test_words_become_the_stretch_they_mean(words: str, earliest: str | None, latest: str | None, why: str) -> None:
    moment = Moment.parse(words, WEDNESDAY)
    assert (moment.earliest, moment.latest) == (earliest, latest), f"{why}: {moment.anchor}"
    assert moment.resolved
    assert moment.words == words


@pytest.mark.parametrize(("words", "missing", "why"), UNRESOLVED, ids=[row[0] or "nothing" for row in UNRESOLVED])
def test_what_cannot_be_known_is_unresolved_and_says_why(words: str, missing: str, why: str) -> None:
    moment = Moment.parse(words, WEDNESDAY)
    assert (moment.earliest, moment.latest, moment.resolved) == (None, None, False), why
    assert moment.anchor == missing, why


NO_ANCHOR = [
    ("Sunday", "publication date", "a weekday hangs on the report"),
    ("yesterday", "publication date", "so does a relative day"),
    ("last month", "publication date", "so does a relative month"),
    ("two days ago", "publication date", "so does a distance"),
    ("two hours ago", "publication date", "so do hours"),
    ("recently", "publication date", "so does a vague word"),
    ("the past two weeks", "publication date", "so does a stretch up to now"),
    ("overnight", "publication date", "so does a night"),
    ("since Monday", "publication date", "so does one side"),
    ("on 3 February", "year", "a day of no year"),
    ("in March", "year", "a month of no year"),
    ("last summer", "year", "a season of no year"),
    ("Christmas Day", "year", "a holiday of no year"),
    ("the third quarter", "year", "a quarter of no year"),
    ("20 Aug 88", "century", "a year of no century"),
    ("the 20th", "publication date", "a day of no month"),
    ("12/7/2016", "order of day and month", "nothing tells the order"),
]


@pytest.mark.parametrize(("words", "missing", "why"), NO_ANCHOR, ids=[row[0] for row in NO_ANCHOR])
def test_without_an_anchor_nothing_is_guessed(words: str, missing: str, why: str) -> None:
    moment = Moment.parse(words)
    assert not moment.resolved, why
    assert moment.anchor == missing, why


@pytest.mark.parametrize("words", ["3 February 2019", "in 2019", "the 1990s", "2020-12", "between 3 and 5 May 2019"])
def test_absolute_words_need_no_anchor_and_name_none(words: str) -> None:
    assert Moment.parse(words).resolved
    assert Moment.parse(words, WEDNESDAY).anchor is None
    assert Moment.parse(words) == Moment.parse(words, WEDNESDAY)


# words, anchor, tense, earliest, latest, why
TOLD = [
    ("Monday", date(2020, 12, 21), "past", "2020-12-21", "2020-12-21", "Monday in Monday's report is that day"),
    ("Sunday", date(2020, 12, 20), "past", "2020-12-20", "2020-12-20", "Sunday on a Sunday"),
    ("last Sunday", date(2020, 12, 20), "past", "2020-12-13", "2020-12-13", "but not 'last Sunday'"),
    ("Sunday", WEDNESDAY, "future", "2020-12-27", "2020-12-27", "the tense looks ahead"),
    ("Wednesday", WEDNESDAY, "future", "2020-12-23", "2020-12-23", "today may still be meant"),
    ("Sunday", WEDNESDAY, "unknown", "2020-12-20", "2020-12-27", "either Sunday: both ends kept"),
    ("Wednesday", WEDNESDAY, "unknown", "2020-12-23", "2020-12-23", "today is the only one between"),
    ("3 February", WEDNESDAY, "future", "2021-02-03", "2021-02-03", "the next such day"),
    ("3 February", WEDNESDAY, "unknown", "2021-02-03", "2021-02-03", "by far the nearest"),
    ("3 October", WEDNESDAY, "unknown", "2020-10-03", "2020-10-03", "by far the nearest"),
    ("January", WEDNESDAY, "future", "2021-01", "2021-01", "the next one"),
    ("January", WEDNESDAY, "unknown", "2021-01", "2021-01", "by far the nearest"),
    ("August", WEDNESDAY, "unknown", "2020-08", "2020-08", "nearest, looking back"),
    ("Christmas", WEDNESDAY, "future", "2020-12-25", "2020-12-25", "the next one"),
    ("the summer", WEDNESDAY, "future", "2021-06", "2021-08", "the next one"),
    ("the weekend", WEDNESDAY, "future", "2020-12-26", "2020-12-27", "the next one"),
    ("the weekend", date(2020, 12, 20), "past", "2020-12-19", "2020-12-20", "told on the weekend itself"),
    ("the fourth quarter", WEDNESDAY, "future", "2020-10", "2020-12", "this year's"),
    ("3 Feb 21", WEDNESDAY, "future", "2021-02-03", "2021-02-03", "two digits, ahead"),
    ("12/7/2016", date(2016, 7, 13), "past", "2016-07-12", "2016-07-12", "7 December lay ahead then"),
    ("12/7/2016", date(2016, 7, 13), "future", "2016-12-07", "2016-12-07", "12 July lay behind"),
    ("two hours ago", datetime(2020, 12, 23, 1, 30), "past", "2020-12-22T23:30", "2020-12-22T23:30", "minute known"),
    ("in the last 24 hours", datetime(2020, 12, 23, 1, 30), "past", "2020-12-22", "2020-12-23", "as days"),
    ("several hours ago", datetime(2020, 12, 23, 9, 0), "past", None, "2020-12-23T07:00", "at least two"),
    ("several minutes from now", datetime(2020, 12, 23, 9, 0), "past", "2020-12-23T09:02", None, "at least two, ahead"),
    ("29 February", date(2019, 3, 1), "past", "2016-02-29", "2016-02-29", "the last leap day"),
    ("last year", date(1, 5, 5), "past", None, None, "there is no year 0"),
    ("tomorrow", date(9999, 12, 31), "past", None, None, "the calendar ends"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "anchor", "tense", "earliest", "latest", "why"), TOLD)
def test_anchor_and_tense_decide(
    words: str, anchor: date, tense: str, earliest: str | None, latest: str | None, why: str
) -> None:
    moment = Moment.parse(words, anchor, tense=tense)  # type: ignore[arg-type]
    assert (moment.earliest, moment.latest) == (earliest, latest), why


def test_the_anchor_is_named_as_the_caller_names_it() -> None:
    assert Moment.parse("Sunday", anchor_name="dateline").anchor == "dateline"
    assert Moment.parse("Sunday", WEDNESDAY, anchor_name="dateline").anchor == "dateline 2020-12-23"


FORMATS = [
    ("Sunday", "Sun 20 Dec 2020", "a day with its weekday"),
    ("2020-12", "Dec 2020", "a month"),
    ("2019", "2019", "a year"),
    ("the 1990s", "1990-1999", "years"),
    ("the weekend", "19-20 Dec 2020", "days of one month"),
    ("the third quarter of 2019", "Jul-Sep 2019", "months of one year"),
    ("winter 2019", "Dec 2019 to Feb 2020", "months of two years"),
    ("next Friday", "Fri 25 Dec 2020 to Fri 1 Jan 2021", "days of two months"),
    ("Sunday night", "Sun 20 Dec 2020 18:00-23:59", "hours of one day"),
    ("5:30 a.m. on Sunday", "Sun 20 Dec 2020 05:30", "a minute"),
    ("0300 GMT Sunday", "Sun 20 Dec 2020 03:00 UTC", "a minute with its zone"),
    ("last night", "Tue 22 Dec 2020 18:00 to Wed 23 Dec 2020 05:59", "hours of two days"),
    ("before Wednesday", "some time before 23 Dec 2020", "open towards the past"),
    ("since 2011", "since 2011", "open ahead"),
    ("two days earlier", "two days earlier (relative to another event)", "unresolved: the story"),
    ("a day after the raid", "a day after the raid (relative to another event: the raid)", "unresolved: an event"),
    ("12/7/2016", "12/7/2016 (order of day and month not known)", "unresolved: ambiguous"),
    ("two weeks", "two weeks (a length of time, not a moment)", "unresolved: no moment"),
    ("at 5:30 a.m.", "at 5:30 a.m. (no day)", "unresolved: no day"),
]


@pytest.mark.parametrize(("words", "shown", "why"), FORMATS)
def test_format_is_short_and_for_people(words: str, shown: str, why: str) -> None:
    assert Moment.parse(words, WEDNESDAY).format() == shown, why


def test_format_says_that_the_publication_date_is_missing() -> None:
    assert Moment.parse("Sunday").format() == "Sunday (no publication date)"


def test_error_ends_and_resolution_must_agree() -> None:
    with pytest.raises(ValueError, match="resolved when, and only when"):
        Moment(earliest=None, latest=None, words="x", resolved=True)
    with pytest.raises(ValueError, match="says in `anchor` what is missing"):
        Moment(earliest=None, latest=None, words="x", resolved=False)
    with pytest.raises(ValueError, match="lies after latest"):
        Moment(earliest="2020-12-21", latest="2020-12-20", words="x", resolved=True)
