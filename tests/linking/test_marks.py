"""Numbers and streets that tell one incident from another."""

from __future__ import annotations

import pytest

from sayso.linking.marks import MOST, marks


@pytest.mark.parametrize(
    ("text", "found", "note"),
    [
        ("a 17-year-old and a six-year-old boy", {"age 17", "age 6"}, "in figures and in words"),
        ("Ilsa Tarrant, 34, and Oro Venn, 8; aged 51", {"age 34", "age 8", "age 51"}, "behind a name"),
        ("the victims, ages 17, 23 and 55, lived", {"age 17", "age 23", "age 55"}, "several at once"),
        ("in 2031, 12 shells", set(), "counts are no ages"),
        ("in the 500 block of East Harrow Street", {"block 500 harrow", "street harrow"}, "a block is of a street"),
        ("at Harrow Ave. and North Pell Road", {"street harrow", "street pell"}, "with short and long names"),
        ("near 25th Street and West Street", {"street 25th"}, "a point of the compass names no street"),
        ("on the street in the square", set(), "a street without a name"),
        ("at 9:30 p.m. and at 12 a.m.", {"clock 21:30", "clock 00:00"}, "times of day"),
        ("Posted: Sunday, 4 March 2031 7:23 AM", set(), "when the page was made"),
        ("at 7:23 PM EST", set(), "a time with its zone is of the page"),
    ],
)
def test_a_mark_is_told_from_other_numbers(text: str, found: set[str], note: str) -> None:
    assert set(marks(text, [(0, len(text))])) == found, note


def test_only_the_stretches_that_are_given_are_looked_at() -> None:
    text = "A 17-year-old ran. A 19-year-old fell."
    assert marks(text, [(text.index("A 19"), len(text))]) == ("age 19",)


def test_marks_are_sorted_and_not_too_many() -> None:
    text = ", ".join(f"at {hour}:{minute:02} pm" for hour in range(1, 12) for minute in range(10))
    found = marks(text, [(0, len(text))])
    assert len(found) == MOST
    assert list(found) == sorted(found)
