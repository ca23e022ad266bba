"""The crosswalk to MUC-4's confidence: one decision step a row."""

from __future__ import annotations

import pytest

from sayso.reading.statements.confidence import Confidence, confidence_of
from sayso.records import Claim, Report, Stance
from sayso.values import Actor, ActorKind, Certainty

FRONT = Actor(name="Tarsk Front", kind="armed_group", words="the Tarsk Front")
TEXT = "blamed the Tarsk Front"
SPAN = Report(id="re_0", text=TEXT).span(0, len(TEXT))
TOLD = Report(id="re_0", text=TEXT).span(len("blamed "), len(TEXT))


def claim(words: str, kind: ActorKind, stance: Stance = "accuses", hedge: str | None = None) -> Claim:
    return Claim(
        incident="in_0",
        field="perpetrator",
        value=FRONT,
        evidence=SPAN if kind != "report" else TOLD,
        holder=Actor(name=words, kind=kind, words=words),
        stance=stance,
        certainty=Certainty.parse(hedge) if hedge else None,
    )


STEPS: list[tuple[str, list[Claim], Confidence | None]] = [
    ("the report says so", [claim("the report", "report", "asserts")], "REPORTED AS FACT"),
    ("the report hedges", [claim("the report", "report", "suspects", "allegedly")], "SUSPECTED OR ACCUSED"),
    ("an army accuses", [claim("the army", "military")], "SUSPECTED OR ACCUSED BY AUTHORITIES"),
    ("a minister accuses", [claim("Minister Ada Quist", "person")], "SUSPECTED OR ACCUSED BY AUTHORITIES"),
    ("a neighbour accuses", [claim("Otto Brandt, a neighbour", "person")], "SUSPECTED OR ACCUSED"),
    ("it owns up", [claim("the Tarsk Front", "armed_group", "claims_own")], "CLAIMED OR ADMITTED"),
    ("its own side tells of it", [claim("the rebel communiqué", "armed_group")], "CLAIMED OR ADMITTED"),
    ("it owns up to what the army said", [claim("the army", "military"), claim("the Tarsk Front", "armed_group", "claims_own")], "CLAIMED OR ADMITTED"),  # noqa: E501
    ("the report outdoes an accuser", [claim("the army", "military"), claim("the report", "report", "asserts")], "REPORTED AS FACT"),  # noqa: E501
    ("an accuser's hedge outdoes the report", [claim("the army", "military", "suspects", "probably"), claim("the report", "report", "asserts")], "SUSPECTED OR ACCUSED BY AUTHORITIES"),  # noqa: E501
    ("it is doubted", [claim("the army", "military", "doubts")], "POSSIBLE"),
    ("it is cleared", [claim("the court", "government", "exonerates")], "ACQUITTED"),
    ("it denies", [claim("the Tarsk Front", "armed_group", "denies")], None),
    ("nobody says anything", [], None),
]  # fmt: skip


@pytest.mark.parametrize(("note", "claims", "expected"), STEPS, ids=[step[0] for step in STEPS])
def test_each_step(note: str, claims: list[Claim], expected: Confidence | None) -> None:
    assert note
    assert confidence_of(claims) == expected


def test_somebody_accused_by_nobody_named_is_suspected() -> None:
    blamed = Report(id="re_0", text="the Tarsk Front has been blamed").span(0, 31)
    claims = [claim("the report", "report", "asserts").model_copy(update={"evidence": blamed})]
    assert confidence_of(claims) == "SUSPECTED OR ACCUSED"


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("disclosed", "REPORTED AS FACT"),
        ("has confirmed", "REPORTED AS FACT"),
        ("continues to demand", "REPORTED AS FACT"),
        ("said", "REPORTED AS FACT"),
        ("according to", "REPORTED AS FACT"),
        ("claimed", "SUSPECTED OR ACCUSED BY AUTHORITIES"),
        ("denounced", "SUSPECTED OR ACCUSED BY AUTHORITIES"),
    ],
)
def test_an_account_of_what_happened_accuses_nobody(cue: str, expected: Confidence) -> None:
    assert confidence_of([told_by("the army", "military")], {"st_0": cue}) == expected


def test_what_the_other_side_tells_is_an_accusation() -> None:
    told = told_by("the Grey League", "armed_group")
    assert confidence_of([told], {"st_0": "said"}) == "SUSPECTED OR ACCUSED"


def test_an_account_with_a_hedge_stays_a_suspicion() -> None:
    told = told_by("the army", "military", "suspects", "probably")
    assert confidence_of([told], {"st_0": "disclosed"}) == "SUSPECTED OR ACCUSED BY AUTHORITIES"


def test_a_verb_of_holding_people_blames_nobody() -> None:
    held = Report(id="re_0", text="held by\nthe Tarsk Front").span(0, 23)
    claims = [claim("the report", "report", "asserts").model_copy(update={"evidence": held})]
    assert confidence_of(claims) == "REPORTED AS FACT"


def told_by(words: str, kind: ActorKind, stance: Stance = "accuses", hedge: str | None = None) -> Claim:
    """Return a claim in a statement whose own words blame nobody."""
    return claim(words, kind, stance, hedge).model_copy(update={"evidence": TOLD, "statement": "st_0"})
