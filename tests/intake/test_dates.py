"""Publication dates: ISO 8601 at the precision written, None rather than a guess."""

from __future__ import annotations

import pytest

from sayso.intake import published_date

TABLE = [
    ("2020-12-23", "2020-12-23", "a day"),
    ("2020-12", "2020-12", "a month stays a month"),
    ("2020", "2020", "a year stays a year"),
    ("20201223", "2020-12-23", "ISO basic form"),
    ("2020-12-23T14:30+03:00", "2020-12-23T14:30+03:00", "a moment keeps its offset"),
    ("2020-12-23T14:30:05Z", "2020-12-23T14:30:05+00:00", "Z"),
    ("2020-12-23 14:30", "2020-12-23T14:30", "a space for the T, no offset known"),
    ("2020-12-23T14:30:05.123456Z", "2020-12-23T14:30:05+00:00", "fractions of seconds are dropped"),
    ("Wed, 23 Dec 2020 14:30:00 +0300", "2020-12-23T14:30+03:00", "feeds"),
    ("23 December 2020", "2020-12-23", "written, day first"),
    ("Dec. 23, 2020", "2020-12-23", "written, month first"),
    ("20 AUG 88", "1988-08-20", "old wire datelines"),
    ("3 May 07", "2007-05-03", "two digits below 50 are of this century"),
    ("23.12.2020", "2020-12-23", "dots are day first"),
    ("12/23/2020", "2020-12-23", "there is no month 23"),
    (" 2020-12-23 ", "2020-12-23", "white space around it"),
    ("03/04/2020", None, "day and month may be swapped: unknown"),
    ("2020-13-01", None, "no such month"),
    ("2020-00", None, "no such month"),
    ("2021-02-29", None, "no such day"),
    ("31 April 2020", None, "no such day"),
    ("yesterday", None, "not a date"),
    ("10:30", None, "a time is no date"),
    ("", None, "nothing"),
    ("9" * 5000, None, "a long number"),
]


@pytest.mark.parametrize(("words", "expected", "note"), TABLE, ids=[f"{row[0][:30]}: {row[2]}" for row in TABLE])
def test_words_become_a_date_or_nothing(words: str, expected: str | None, note: str) -> None:
    assert published_date(words) == expected
