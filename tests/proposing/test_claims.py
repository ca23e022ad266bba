"""What becomes a proposal: words that stand in the text, values that our own parsers read from them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake import Given, report_of_text
from sayso.proposing.claims import Proposal, proposals, standing
from sayso.values import Actor, Moment, Place, Quantity

TEXT = (
    "TARSK - At least seven people were killed in a rocket attack on Monday, the interior ministry said.\n\n"
    "The mayor said 1,200 people fled. Eastern Front was almost certainly behind it, the mayor said.\n\n"
    "Seven people were killed, a doctor said. Nobody was hurt\u200b in Velm, he added. In all 17 rockets fell."
)
REPORT = report_of_text(TEXT, Given(published="2031-05-14"))
BASE = {
    "field": "killed", "quote": "At least seven people were killed", "value": "At least seven",
    "holder": "the interior ministry", "stance": "asserts", "certainty": None, "class": None,
}  # fmt: skip


def one(**changes: Any) -> tuple[Proposal | None, str]:
    """Return what is made of one claim, or why nothing is."""
    found, refused = proposals(REPORT, json.dumps({"claims": [{**BASE, **changes}]}), "m")
    assert len(found) + len(refused) == 1
    assert standing(REPORT, found)
    return (found[0], "") if found else (None, refused[0].reason)


def test_a_proposal_points_at_its_words_and_its_value_is_read_by_us() -> None:
    made, _ = one()
    assert made is not None
    assert made.evidence.text == BASE["quote"]
    assert made.value == Quantity(low=7, high=None, words="At least seven")
    assert made.holder_span is not None
    assert (made.holder_span.text, made.holder.words) == ("the interior ministry", "the interior ministry")
    assert made.method == "m"


FINE: list[tuple[dict[str, Any], type]] = [
    ({"holder": None}, Quantity),
    ({"field": "when", "quote": "rocket attack on Monday", "value": "Monday"}, Moment),
    ({"field": "where", "quote": "in Velm", "value": "Velm", "holder": "a doctor"}, Place),
    (
        {
            "field": "perpetrator", "quote": "Eastern Front was almost certainly behind it", "value": "Eastern Front",
            "holder": "The mayor", "stance": "accuses", "certainty": "almost certainly",
        },
        Actor,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "kind"), FINE)
def test_values_are_of_the_type_of_their_field(changes: dict[str, Any], kind: type) -> None:
    made, reason = one(**changes)
    assert made is not None, reason
    assert isinstance(made.value, kind)


def test_the_report_itself_is_a_holder_and_a_hedge_has_its_band() -> None:
    made, _ = one(holder=None)
    assert made is not None
    assert (made.holder.kind, made.holder_span) == ("report", None)
    hedged, _ = one(**FINE[3][0])
    assert hedged is not None
    assert hedged.certainty is not None
    assert (hedged.certainty.words, hedged.certainty.low) == ("almost certainly", 0.95)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"quote": "At least nine people were killed"}, "do not stand there"),
        ({"quote": "at least seven people were killed"}, "do not stand there"),  # another case is another text
        ({"quote": "At least  seven people were killed"}, "do not stand there"),
        ({"quote": "people were killed", "value": "people"}, "stand 2 times"),
        ({"value": "nine"}, "does not stand in its quote"),
        ({"quote": "The mayor said 1,200 people", "value": "200"}, "does not stand in its quote"),
        ({"quote": "all 17 rockets", "value": "7"}, "does not stand in its quote"),
        ({"quote": "all 1", "value": "1"}, "do not stand there"),
        ({"value": "people"}, "no number"),
        ({"holder": "the defence ministry"}, "holder's words"),
        ({"certainty": "almost certainly"}, "beside its words"),
        ({"certainty": "rocket"}, "hedge is none"),
        ({"quote": "Nobody was hurt\u200b in Velm", "value": "Nobody"}, "hide characters"),
        ({"quote": TEXT[80:120], "value": "the interior"}, "one paragraph|do not stand"),
        ({"class": "bomb"}, "takes no class"),
        ({"field": "weapon", "value": "rocket", "quote": "rocket attack"}, "takes class"),
        ({"field": "weapon", "value": "rocket", "quote": "rocket attack", "class": "ray"}, "no value for weapon"),
        ({"field": "kind", "value": "rocket", "quote": "rocket attack", "class": "picnic"}, "no kind of incident"),
        ({"field": "weather"}, "schema"),
        ({"stance": "ordains"}, "schema"),
        ({"quote": 7}, "schema"),
        ({"tool": "shell"}, "schema"),
        ({"quote": ""}, "schema"),
        ({"quote": "x" * 1001}, "schema"),
    ],
)
def test_error_what_does_not_stand_there_is_refused_with_its_reason(changes: dict[str, Any], reason: str) -> None:
    import re

    made, said = one(**changes)
    assert made is None
    assert re.search(reason, said), said


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "no",
        "[]",
        "null",
        '{"claims": 1}',
        '{"claims": [], "x": 1}',
        "[" * 100_000,
        '{"claims":' + "[" * 999 + "]" * 999 + "}",
    ],
)
def test_error_what_is_no_answer_gives_one_refusal(answer: str) -> None:
    found, refused = proposals(REPORT, answer, "m")
    assert (found, len(refused)) == ([], 1)


def test_the_same_claim_twice_is_proposed_once_and_too_many_are_cut() -> None:
    found, refused = proposals(REPORT, json.dumps({"claims": [BASE] * 300}), "m")
    assert (len(found), [each.reason for each in refused]) == (1, ["more than 200 claims"])


def test_an_answer_in_a_fence_is_read() -> None:
    assert len(proposals(REPORT, f"```json\n{json.dumps({'claims': [BASE]})}\n```", "m")[0]) == 1


@given(st.text(max_size=200))
def test_whatever_is_written_never_raises(answer: str) -> None:
    found, _ = proposals(REPORT, answer, "m")
    assert found == []


PIECES = st.sampled_from([TEXT[a:b] for a in range(0, 200, 7) for b in range(a + 1, 220, 11)]) | st.text(max_size=30)


@given(PIECES, PIECES, st.none() | PIECES, st.none() | PIECES, st.sampled_from(["killed", "motive", "where", "target"]))
def test_whatever_is_proposed_stands_in_the_text(
    quote: str, value: str, holder: str | None, certainty: str | None, field: str
) -> None:
    piece = {**BASE, "quote": quote, "value": value, "holder": holder, "certainty": certainty, "field": field}
    found, _ = proposals(REPORT, json.dumps({"claims": [piece]}), "m")
    assert standing(REPORT, found)
    assert all((each.evidence.text, each.value_span.text) == (quote, value) for each in found)


def test_a_record_that_is_read_back_is_checked_again() -> None:
    made, _ = one()
    assert made is not None
    record = json.loads(made.model_dump_json(by_alias=True))
    assert Proposal.model_validate(record) == made
    record["value_span"]["start"] += 500
    record["value_span"]["end"] += 500
    with pytest.raises(ValueError, match="does not stand in the evidence"):
        Proposal.model_validate(record | {"id": ""})
