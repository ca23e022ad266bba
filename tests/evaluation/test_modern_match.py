"""When a claim that was read matches an expected one."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.casualties import fits, pick
from evaluation.modern.match import count_fits, hedge_fits, holder_fits, same_name, time_fits, token_f1
from sayso.values import Quantity

NAMES = [
    ("US embassy", "the United States embassy", True, "short names of states are written out"),
    ("Eastern Front", "the Eastern Front’s men", True, "all words of one are in the other"),
    ("health ministry", "interior ministry", False, "one common word of three"),
    ("the", "a", False, "nothing but idle words"),
]


@pytest.mark.parametrize(("one", "other", "same", "note"), NAMES, ids=[row[3] for row in NAMES])
def test_two_names_are_one(one: str, other: str, same: bool, note: str) -> None:
    assert same_name(one, other) is same, note
    assert same_name(other, one) is same, note


COUNTS: list[tuple[dict[str, Any], dict[str, Any], bool, str]] = [
    ({"low": 3, "high": 3}, {"low": 3, "high": 3, "words": "three"}, True, "equal"),
    ({"low": 20, "high": 20}, {"low": 21, "high": None, "words": "more than 20"}, False, "a bound is not the number"),
    ({"low": 18, "high": 22}, {"low": 16, "high": 24, "words": "around 20"}, True, "vague words need only overlap"),
    ({"low": 3, "high": 3, "of": None}, {"low": 3, "high": 3, "words": "3", "of": None}, True, "no group"),
    ({"low": 3, "high": 3, "of": None}, {"low": 3, "high": 3, "words": "3", "of": {"words": "nuns"}}, False, "a part"),
]


@pytest.mark.parametrize(("want", "got", "expected", "note"), COUNTS, ids=[row[3] for row in COUNTS])
def test_a_count_fits(want: dict[str, Any], got: dict[str, Any], expected: bool, note: str) -> None:
    assert count_fits(want, got) is expected, note


def test_a_vague_word_is_no_excuse_in_a_trap() -> None:
    got = {"low": 3, "high": None, "words": "several"}
    assert count_fits({"low": 20, "high": 20}, got)
    assert not count_fits({"low": 20, "high": 20}, got, strict=True)


def test_times_meet_at_the_precision_expected() -> None:
    month = {"earliest": "2031-05", "latest": "2031-05"}
    assert time_fits(month, {"earliest": "2031-05-13", "latest": "2031-05-13"})
    assert not time_fits(month, {"earliest": "2031-06-13", "latest": "2031-06-13"})


def test_a_month_by_its_name_is_the_month_by_its_days() -> None:
    for days, name in (("2031-02-28", "2031-02"), ("2031-06-30", "2031-06"), ("2031-08-31", "2031-08")):
        assert time_fits({"earliest": f"{name}-01", "latest": days}, {"earliest": name, "latest": name})
    assert not time_fits({"earliest": "2031-06-01", "latest": "2031-06-29"}, {"earliest": "2031-06"})


def test_the_report_is_a_holder_like_any_other() -> None:
    report = {"holder": {"kind": "report", "name": "the report", "words": "the report"}, "chain": []}
    army = {"holder": {"kind": "military", "name": "army", "words": "the army"}, "chain": ["paper", "army"]}
    assert holder_fits(["REPORT"], report)
    assert not holder_fits(["REPORT"], army)
    assert holder_fits(["paper"], army)


def test_hedges_are_compared_by_their_words() -> None:
    assert hedge_fits(None, None)
    assert hedge_fits("likely", {"words": "very likely"})
    assert not hedge_fits("likely", None)
    assert not hedge_fits(None, {"words": "likely"})


def test_token_f1_of_a_text_with_itself_is_one() -> None:
    assert token_f1("rockets hit port", "rockets hit port") == 1
    assert token_f1("rockets", "ships") == 0


def test_one_number_is_picked_for_an_incident() -> None:
    one, three = Quantity(low=1, high=1, words="1"), Quantity(low=3, high=3, words="3")
    assert pick([[one, three], [three], []]) == 3
    assert pick([]) == 0
    assert fits(Quantity(low=2, high=None, words="at least 2"), 5)
