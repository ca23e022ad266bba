"""What annotators of TimeML would mark and what value they would give: spans and values of running text, row by row."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.values import timex_starts
from sayso.values import timex_words as words
from sayso.values.moment import find_moments, find_timexes

WEDNESDAY = date(2020, 12, 23)

# text, the expressions with their values (told on Wednesday 23 December 2020), why
TIMEXES: list[tuple[str, list[tuple[str, str]], str]] = [
    (
        "Profit in the third quarter fell to $3 million from $5 million a year earlier.",
        [("the third quarter", "2020-Q3"), ("a year earlier", "2019-Q3")],
        "a quarter is compared with its own of the year before",
    ),
    ("Rent rose from $300 million a year ago.", [("a year ago", "2019")], "a sum before it makes no rate of it"),
    ("It earns $3 million a year.", [], "a rate is no time"),
    ("The third-quarter loss grew.", [("third-quarter", "2020-Q3")], "the article is that of the loss"),
    ("In the nine months, sales fell.", [("the nine months", "P9M")], "an amount with its article"),
    ("Camps stood for 2 1/2 years.", [("2 1/2 years", "P2Y6M")], "a half"),
    (
        "He fled in June 1998 and came back later that year.",
        [("June 1998", "1998-06"), ("later that year", "1998")],
        "that year is the one told before",
    ),
    (
        "On 9 May 2019 a bus burned. The next morning it was towed.",
        [("9 May 2019", "2019-05-09"), ("The next morning", "2019-05-10TMO")],
        "the next morning is counted from the day told before",
    ),
    ("Talks are set to resume Monday.", [("Monday", "2020-12-28")], "an infinitive after a word of intent looks ahead"),
    ("The family has until Tuesday to sign.", [("Tuesday", "2020-12-29")], "until looks ahead"),
    ("The offer had been due to end Friday.", [("Friday", "2020-12-18")], "a look ahead that is past"),
    ("A ship of the United States left Monday.", [("Monday", "2020-12-21")], "'United' is no past form"),
    ("Ruiz and Jan Kavan met.", [], "a short month before a name is a name"),
    ("It lay there for two thousand years.", [], "no year 2000"),
    ("The deal should close by year-end.", [("year-end", "2020")], "the end of the running year"),
]


@pytest.mark.parametrize(("text", "wanted", "why"), TIMEXES, ids=[row[0] for row in TIMEXES])
def test_spans_and_values_are_those_of_annotators(text: str, wanted: list[tuple[str, str]], why: str) -> None:
    found = [(text[one.start : one.end], one.value) for one in find_timexes(text, WEDNESDAY)]
    assert found == wanted, why


def test_no_expression_is_missed_for_where_it_may_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles lead to few words only: every word of the vocabulary behind each of them, with and without a unit."""
    tables = [words.MONTHS, words.WEEKDAYS, words.NUMBERS, words.ORDINALS, words.UNITS, words.PARTS, words.POSITIONS]
    tables += [words.SEASONS, words.HOLIDAYS, words.REFERENCES, words.REPEATS, *words.LISTS.values()]
    tables += [timex_starts.BETWEEN, ["police", "preceding", "first two", "nine", "year-earlier", "day of the"]]
    known = sorted({phrase for table in tables for phrase in table})
    ends = ("", "year", "week", "morning", "of March", "years ago", "day after the vote")
    leading = sorted(timex_starts.LEADING)
    text = "\n".join(f"He said {first} {word} {end}." for first in leading for word in known for end in ends)
    found = [(one.start, one.end) for one in find_moments(text)]
    monkeypatch.setattr(timex_starts, "_leads_on", lambda tokens, at: True)
    assert [(one.start, one.end) for one in find_moments(text)] == found
