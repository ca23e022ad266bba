"""When two claims on one field agree, fit or clash."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.reading.findings import find_findings
from sayso.records import Claim, Reading
from sayso.values import Actor, Quantity
from tests.reading.claim_helpers import read

REPORT_ID = "re_0"
SPAN = {"report": REPORT_ID, "start": 0, "end": 1, "text": "x"}


def actor(name: str, kind: str = "organisation", **more: Any) -> Actor:
    return Actor(name=name, kind=kind, words=name, **more)  # type: ignore[arg-type]


def count(low: int, high: int | None = -1, words: str = "", of: Actor | None = None) -> Quantity:
    return Quantity(low=low, high=low if high == -1 else high, words=words or str(low), of=of)


def claim(field: str, value: Any, holder: str, stance: str = "asserts") -> Claim:
    return Claim(
        incident="in_0", field=field, value=value, evidence=SPAN, holder=actor(holder), stance=stance,  # type: ignore[arg-type]
    )  # fmt: skip


PEOPLE = Actor(name=None, kind="unknown", words="people")
CHILDREN = Actor(name="children", kind="civilians", words="children")
IRAN = actor("Iran", "state", country="IRN")
ARMY = actor("Iranian army", "military", country="IRN")
BACKED = actor("militia", "armed_group", sponsor="IRN")
OUTLAWS = actor("outlaw group", "armed_group")
GUNMEN = actor("gunmen", "unknown")
DOZENS = count(24, None, "dozens")
# note, field, (value, holder, stance) of each claim, status of each finding
CASES: list[tuple[str, str, list[tuple[Any, ...]], list[str]]] = [
    ("one holder", "killed", [(count(3), "A")], ["sole"]),
    ("two holders, one value", "killed", [(count(3), "A"), (count(3), "B")], ["agreed"]),
    ("disjoint counts", "killed", [(count(3), "A"), (count(5), "B")], ["disputed"]),
    ("a bound and a count above it", "killed", [(count(20, None), "A"), (count(23), "B")], ["compatible"]),
    ("a bound and a count below it", "killed", [(count(20, None), "A"), (count(3), "B")], ["disputed"]),
    ("a vague word clashes with nothing", "killed", [(DOZENS, "A"), (count(3), "B")], ["compatible"]),
    ("a holder's new value is a revision", "killed", [(count(3), "A"), (count(5), "A")], ["compatible"]),
    ("groups are apart", "killed", [(count(3, of=CHILDREN), "A"), (count(5), "B")], ["sole", "sole"]),
    ("people are everybody", "killed", [(count(3, of=PEOPLE), "A"), (count(5), "B")], ["disputed"]),
    ("two authors", "perpetrator", [(IRAN, "A"), (OUTLAWS, "B")], ["disputed"]),
    ("an author and its backer", "perpetrator", [(IRAN, "A"), (BACKED, "B")], ["compatible"]),
    ("an unnamed author fits any", "perpetrator", [(GUNMEN, "A"), (OUTLAWS, "B")], ["compatible"]),
    ("a state and its army", "perpetrator", [(IRAN, "A"), (ARMY, "B")], ["compatible"]),
    ("an author and its denial", "perpetrator", [(IRAN, "A", "accuses"), (IRAN, "Iran", "denies")], ["disputed"]),
]


@pytest.mark.parametrize(("note", "field", "claims", "expected"), CASES, ids=[case[0] for case in CASES])
def test_claims_stand_to_each_other(note: str, field: str, claims: list[tuple[Any, ...]], expected: list[str]) -> None:
    findings = find_findings([claim(field, *rest) for rest in claims])
    assert [finding.status for finding in findings] == expected, note


def test_within_one_report_every_value_has_one_origin() -> None:
    reading: Reading = read("Nine people died in the bombing, the army said. Twelve people died, the police said.")
    [finding] = [f for incident in reading.incidents for f in incident.findings if f.field == "killed"]
    assert finding.status == "disputed"
    assert [value.origins for value in finding.values] == [1, 1]
    assert [value.holders for value in finding.values] == [("army",), ("police",)]


@pytest.mark.parametrize(
    "more",
    [
        "Three more people died of their wounds overnight.",
        "Three others died later in hospital.",
        "A further three died on Tuesday.",
    ],
)
def test_who_comes_on_top_of_a_toll_does_not_dispute_it(more: str) -> None:
    reading = read(f"A bomb killed nine people in Torvale on Monday. {more}")
    dead = [item for item in find_findings(reading.claims) if item.field == "killed"]
    assert [len(item.values) for item in dead] == [1, 1]
    counts = [claim.value for claim in reading.claims if claim.field == "killed"]
    assert [(one.low, one.of.name) for one in counts if isinstance(one, Quantity) and one.of] == [
        (9, None),
        (3, "others"),
    ]


def test_the_others_who_were_wounded_are_all_the_wounded() -> None:
    reading = read("A bomb killed nine people in Torvale on Monday and wounded 31 others.")
    hurt = [claim.value for claim in reading.claims if claim.field == "injured"]
    assert [(one.low, one.of.name) for one in hurt if isinstance(one, Quantity) and one.of] == [(31, None)]
