"""Records: ids name their content, spans stand where they say, references hold, and JSON comes back as it went."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sayso.errors import SpanError
from sayso.records import (
    VALUE_OF_FIELD,
    Block,
    Claim,
    ClaimField,
    Event,
    Incident,
    Kind,
    NotUnderstood,
    Origin,
    Reading,
    Report,
    ResponsibilityClaim,
    Span,
    Statement,
    Target,
    Weapon,
    identify,
    incident_id,
)
from sayso.values import Actor, Certainty, Moment, Place, Quantity

TEXT = "Two guards died in Marn, the mayor said. “It was a mine,” he added."
REPORT = Report(id="re_0000000000000001", text=TEXT)
VOICE = Actor(name=None, kind="report", words="the report")
MAYOR = Actor(name=None, kind="person", words="the mayor")


def piece(words: str, report: Report = REPORT) -> Span:
    start = report.text.index(words)
    return report.span(start, start + len(words))


STATEMENT = Statement(
    holder=MAYOR,
    holder_span=piece("the mayor"),
    cue=piece("said"),
    content=(piece("Two guards died in Marn"),),
    verbatim=False,
)
INCIDENT = Incident(id=incident_id(piece("died")), kind="other", title="Two guards die in Marn", reports=(REPORT.id,))
KILLED = Claim(
    incident=INCIDENT.id,
    field="killed",
    value=Quantity(low=2, high=2, words="Two", of=Actor(name=None, kind="police", words="guards")),
    evidence=piece("Two guards died"),
    holder=MAYOR,
    statement=STATEMENT.id,
)
READING = Reading(reports=(REPORT,), statements=(STATEMENT,), incidents=(INCIDENT,), claims=(KILLED,))


@given(start=st.integers(-5, 80), end=st.integers(-5, 80))
def test_a_span_is_made_inside_the_text_or_not_at_all(start: int, end: int) -> None:
    if 0 <= start <= end <= len(TEXT):
        span = REPORT.span(start, end)
        assert span.text == TEXT[start:end]
        span.check_against(REPORT)
    else:
        with pytest.raises(SpanError, match="leaves the text of 67 code points"):
            REPORT.span(start, end)


def test_error_span_of_another_length_than_its_text() -> None:
    with pytest.raises(ValidationError, match="does not have the length of 'Two'"):
        Span(report="re_1", start=0, end=9, text="Two")


def test_error_span_whose_words_stand_elsewhere() -> None:
    with pytest.raises(SpanError, match=r"'died' does not stand at \[0, 4\)"):
        Span(report=REPORT.id, start=0, end=4, text="died").check_against(REPORT)


def test_error_span_checked_against_another_report() -> None:
    with pytest.raises(SpanError, match="does not stand"):
        piece("Two").check_against(Report(id="re_2", text=TEXT))


def test_spans_overlap_and_contain_only_within_one_report() -> None:
    inner, outer, apart = piece("guards"), piece("Two guards died"), piece("mine")
    other = Report(id="re_2", text=TEXT).span(outer.start, outer.end)
    assert outer.contains(inner)
    assert not inner.contains(outer)
    assert outer.overlaps(inner)
    assert not outer.overlaps(apart)
    assert not other.contains(inner)
    assert not other.overlaps(inner)


@pytest.mark.parametrize(
    ("blocks", "note"),
    [
        ([(0, 10), (5, 20)], "overlapping"),
        ([(20, 30), (0, 10)], "out of order"),
        ([(0, 1000)], "leaving the text"),
        ([(9, 3)], "ending before its start"),
    ],
)
def test_error_blocks(blocks: list[tuple[int, int]], note: str) -> None:
    with pytest.raises(ValidationError, match="overlaps its predecessor or leaves the text"):
        Report(id="re_1", text=TEXT, blocks=tuple(Block(kind="paragraph", start=a, end=b) for a, b in blocks))


def test_blocks_in_order_are_taken() -> None:
    blocks = (Block(kind="headline", start=0, end=5), Block(kind="paragraph", start=6, end=len(TEXT)))
    assert Report(id="re_1", text=TEXT, blocks=blocks).blocks == blocks


def test_the_same_content_has_the_same_id_and_other_content_another() -> None:
    again = Statement.model_validate(STATEMENT.model_dump(exclude={"id"}))
    other = STATEMENT.model_copy(update={"id": "", "cue": piece("added")})
    assert again.id == STATEMENT.id
    assert Statement.model_validate(other.model_dump()).id != STATEMENT.id


def test_ids_say_what_they_name() -> None:
    event = Event(type="ASSAULT", trigger=piece("mine"))
    origin = Origin(reports=(REPORT.id,), reason="one report")
    prefixes = [record.id[:3] for record in (STATEMENT, event, KILLED, origin, INCIDENT)]
    assert prefixes == ["st_", "ev_", "cl_", "or_", "in_"]
    assert len(KILLED.id) == 19


def test_error_id_that_does_not_name_its_content() -> None:
    with pytest.raises(ValidationError, match="does not name this content: expected st_"):
        Statement.model_validate({**STATEMENT.model_dump(), "id": "st_0000000000000000"})


def test_identify_does_not_depend_on_the_order_of_keys() -> None:
    assert identify("x", {"a": 1, "b": 2}) == identify("x", {"b": 2, "a": 1})


VALUES = {
    "kind": Kind(kind="bombing", words="bomb"),
    "when": Moment(earliest="2020-12", latest="2020-12", words="in December", resolved=True),
    "where": Place(name="Marn", words="Marn", precision="settlement"),
    "perpetrator": Actor(name="Iran", kind="state", country="IRN", words="Iran"),
    "responsibility_claim": ResponsibilityClaim(claimed="denied"),
    "weapon": Weapon(class_="mine", words="a mine"),
    "killed": Quantity(low=21, high=None, words="more than 20"),
    "target": Target(name="embassy", words="the embassy", class_="embassy"),
}


@pytest.mark.parametrize("field", VALUES)
def test_a_claim_comes_back_from_json_as_it_went(field: ClaimField) -> None:
    certainty = Certainty(words="almost certainly", low=0.95, high=0.99, scale="ICD 203")
    claim = Claim(
        incident=INCIDENT.id,
        field=field,
        value=VALUES[field],
        evidence=piece("died"),
        holder=VOICE,
        certainty=certainty,
    )
    assert Claim.model_validate_json(claim.model_dump_json(by_alias=True)) == claim


def test_every_field_has_one_kind_of_value() -> None:
    assert set(VALUE_OF_FIELD) == set(ClaimField.__args__)


def test_error_value_of_the_wrong_kind() -> None:
    with pytest.raises(ValidationError, match="field killed takes a Quantity, not a Weapon"):
        Claim(incident="in_1", field="killed", value=VALUES["weapon"], evidence=piece("died"), holder=VOICE)


NOBODIES = [
    (Actor(name="", kind="person", words=""), "no name and no words"),
    (Actor(name="…", kind="person", words="…"), "a name without a letter"),
    (Actor(name="Ana Ruiz", kind="person", words=" "), "no words"),
    (Actor(name=None, kind="civilians", words=""), "a kind and no words"),
]


@pytest.mark.parametrize(("nobody", "note"), NOBODIES)
def test_error_a_holder_or_an_author_who_is_nobody(nobody: Actor, note: str) -> None:
    with pytest.raises(ValidationError, match="the holder is nobody"):
        Claim.model_validate({**dict(KILLED), "id": "", "holder": nobody})
    with pytest.raises(ValidationError, match="the perpetrator is nobody"):
        Claim.model_validate({**dict(KILLED), "id": "", "field": "perpetrator", "value": nobody})
    with pytest.raises(ValidationError, match="the holder is nobody"):
        Statement.model_validate({**dict(STATEMENT), "id": "", "holder": nobody})
    with pytest.raises(ValidationError, match="an actor is nobody"):
        Event(type="ASSAULT", trigger=piece("died"), recipients=(nobody,))


def test_a_quotation_without_a_sayer_has_a_holder_without_words_and_that_one_did_nothing() -> None:
    left_out = Actor(name=None, kind="unknown", words="")
    assert Statement.model_validate({**dict(STATEMENT), "id": "", "holder": left_out}).holder.words == ""
    with pytest.raises(ValidationError, match="the perpetrator is nobody"):
        Claim.model_validate({**dict(KILLED), "id": "", "field": "perpetrator", "value": left_out})


def test_error_value_with_unknown_keys() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Claim.model_validate(
            {**KILLED.model_dump(exclude={"id"}), "value": {"low": 1, "high": 1, "words": "one", "sure": True}}
        )


def test_error_unknown_field_of_an_incident() -> None:
    with pytest.raises(ValidationError, match="field"):
        Claim.model_validate({**KILLED.model_dump(exclude={"id"}), "field": "colour", "value": {"words": "red"}})


def test_a_reading_comes_back_from_json_as_it_went_and_its_keys_are_sorted() -> None:
    text = READING.to_json()
    assert Reading.model_validate_json(text) == READING
    data = json.loads(text)
    assert data["schema"] == "sayso.reading/1"
    assert list(data) == sorted(data)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"incidents": ()}, "belongs to no incident here"),
        ({"statements": ()}, "names a statement that is not here"),
        ({"reports": ()}, "span of a report that is not here"),
        (
            {"not_understood": (NotUnderstood(span=Span(report=REPORT.id, start=0, end=3, text="six"), reason="?"),)},
            "'six' does not stand",
        ),
    ],
)
def test_error_reading_with_a_loose_end(change: dict[str, object], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Reading(**{**{name: getattr(READING, name) for name in Reading.model_fields}, **change})  # type: ignore[arg-type]


def test_records_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        KILLED.field = "injured"  # type: ignore[misc]


def test_lone_surrogates_do_not_break_an_id() -> None:
    assert identify("x", "\ud800").startswith("x_")
