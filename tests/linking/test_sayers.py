"""Who is one holder over many reports; names of states are real, bodies follow from them."""

from __future__ import annotations

import pytest

from sayso.linking.sayers import identities
from sayso.records import Claim, Span
from sayso.values import Actor, Quantity


def claim(report: str, holder: str, kind: str = "government") -> Claim:
    who = Actor(name=None if kind == "report" else holder, kind=kind, words=holder)  # type: ignore[arg-type]
    span = Span(report=f"re_{report}", start=0, end=1, text="x")
    return Claim(incident="in_0", field="killed", value=Quantity(low=1, high=1, words="1"), evidence=span, holder=who)


# note, (report, holder) of each claim, how many holders that makes
CASES: list[tuple[str, list[tuple[str, str]], int]] = [
    ("one name", [("a", "Red Crescent"), ("b", "Red Crescent")], 1),
    ("one ministry, its nation named once", [("a", "Libya’s health ministry"), ("b", "the ministry of health")], 1),
    ("its nation in front", [("a", "Libyan Ministry of Health"), ("b", "the ministry of health")], 1),
    ("ministries of one nation", [("a", "Libyan Ministry of Health"), ("a", "Libyan Ministry of the Interior")], 2),
    ("two ministries of two nations", [("a", "Libya’s health ministry"), ("b", "Iraq’s health ministry")], 2),
    (
        "a ministry that may be either",
        [("a", "Libya’s health ministry"), ("b", "Iraq’s health ministry"), ("c", "the health ministry")],
        3,
    ),
    ("the ministry named before", [("a", "the health ministry"), ("a", "The ministry")], 1),
    ("which of two ministries", [("a", "the health ministry"), ("a", "the interior ministry"), ("a", "ministry")], 3),
    ("a monitor that is named", [("a", "monitoring group"), ("a", "Syrian Observatory for Human Rights")], 1),
    ("a monitor beside a charity", [("a", "monitoring group"), ("a", "Red Crescent")], 2),
    ("a bare word in another report", [("a", "the health ministry"), ("b", "ministry")], 2),
    ("one body by two names", [("a", "SOHR"), ("b", "Syrian Observatory for Human Rights")], 1),
]


@pytest.mark.parametrize(("note", "rows", "number"), CASES, ids=[case[0] for case in CASES])
def test_holders_are_told_apart_and_put_together(note: str, rows: list[tuple[str, str]], number: int) -> None:
    assert len(set(identities([claim(report, holder) for report, holder in rows]).values())) == number, note


def test_the_voice_of_each_report_is_its_own() -> None:
    found = identities([claim("a", "the report", "report"), claim("b", "the report", "report")])
    assert len(set(found.values())) == 2
