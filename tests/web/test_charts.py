from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.web.charts import MOST, WIDTH, time_line


@pytest.mark.parametrize(
    ("moments", "step", "bars"),
    [
        (["2031-05-14", "2031-05-14T12:00", "2031-05-20"], "day", 7),
        (["2031-01-01", "2031-12-31"], "week", 53),
        (["2031-05", "2034-05"], "month", 37),  # a month begins with its first day
        (["2021", "2034-12-01"], "quarter", 56),
        (["1990", "2034"], "year", 45),
        (["0001", "9999-12-31"], "century", None),
    ],
)
def test_the_step_is_the_shortest_that_fits(moments: list[str], step: str, bars: int | None) -> None:
    line = time_line((moment[:10], 1, 0) for moment in moments)
    assert line is not None
    assert line.step == step
    assert bars is None or len(line.bars) == bars
    assert sum(bar.count for bar in line.bars) == len(moments)


def test_those_with_a_dispute_are_part_of_their_bar_and_those_without_a_date_are_counted() -> None:
    line = time_line([("2031-05-14", 2, 1), (None, 1, 0), ("soon", 1, 0)])
    assert line is not None
    (bar,) = line.bars
    assert (bar.count, bar.disputed, line.undated) == (2, 1, 2)
    assert bar.part == pytest.approx(bar.height / 2)
    assert (bar.since, bar.until) == ("2031-05-14", "2031-05-14")


def test_without_a_date_there_is_no_chart() -> None:
    assert time_line([(None, 1, 0), ("no", 1, 0)]) is None


@given(st.lists(st.dates().map(str), min_size=1, max_size=30))
def test_whatever_the_dates_every_incident_stands_in_one_bar_inside_the_picture(days: list[str]) -> None:
    line = time_line((day, 1, 0) for day in days)
    assert line is not None
    assert sum(bar.count for bar in line.bars) == len(days)
    assert line.step == "century" or len(line.bars) <= MOST + 1
    assert all(0 <= bar.x <= WIDTH and bar.height >= 0 for bar in line.bars)
    for day in days:
        assert line.step == "century" or sum(bar.since <= day <= bar.until for bar in line.bars) == 1
