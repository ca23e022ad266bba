"""What is claimed in constructed sentences (``claims/``), and laws that hold for any text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.pipeline import read as read_reports
from sayso.records import Reading
from sayso.values import Actor
from tests.reading.claim_helpers import PUBLISHED, line, lines, read, report_of

FILES = sorted((Path(__file__).parent / "claims").glob("*.toml"))
ROWS: list[dict[str, Any]] = [row for file in FILES for row in tomllib.loads(file.read_text(encoding="utf-8"))["row"]]
WORDS = [
    "The", "army", "said", "on", "Monday", "that", "three", "policemen", "and", "a", "child", "were", "killed", ",",
    ".", "“", "”", "blamed", "rebels", "for", "bomb", "attack", "in", "Kara", "No", "group", "claimed",
    "responsibility", "at", "least", "20", "wounded", "rockets", "fired", "by", "Iran", "-", "backed", "who", "died",
    "of", "the", "dead", "if", "will", "denied", "death", "toll", "exceeded", "\n", "12", "more", "one", "another",
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[row["note"] for row in ROWS])
def test_a_sentence_claims(row: dict[str, Any]) -> None:
    reading = read(row["text"])
    assert lines(reading, set(row["fields"])) == row["claims"]
    assert sorted(("-" if i.background else "") + i.kind for i in reading.incidents) == row["kinds"]


def test_there_are_enough_constructed_sentences() -> None:
    assert len(ROWS) >= 120
    assert len({row["note"] for row in ROWS}) == len(ROWS)


SIGNS = ["…", "***", "@@", "?!", "“", "”", "Both", "All", "The", "Each", "Another", "-"]
"""Words that leave nobody when a determiner is stepped over, and what is no word at all."""
DEEDS = [
    "pleaded not guilty .", "had pleaded not guilty .", "denied murder .", "was charged with murder .", "said",
    "killed nine people .", "a court convicted", "of the bombing .", "told reporters", "was behind the bombing .",
    "claimed the bombing .", "was arrested .", "blamed", "according to", "two men", "sentenced", "\n",
]  # fmt: skip


def parties(reading: Reading) -> Iterator[Actor]:
    """Yield everybody who says or does something."""
    yield from (statement.holder for statement in reading.statements)
    yield from (actor for event in reading.events for actor in (*event.actors, *event.recipients))
    yield from (claim.holder for claim in reading.claims)
    yield from (claim.value for claim in reading.claims if isinstance(claim.value, Actor))


def check(reading: Reading) -> None:
    assert [actor for actor in parties(reading) if actor.is_blank] == []
    for report in reading.reports:
        for claim in reading.claims:
            claim.evidence.check_against(report)
            assert claim.evidence.text.strip()
        for incident in reading.incidents:
            own = [claim for claim in reading.claims if claim.incident == incident.id]
            listed = [name for finding in incident.findings for value in finding.values for name in value.claims]
            assert sorted(listed) == sorted(claim.id for claim in own)
            assert incident.title
    assert Reading.model_validate_json(reading.to_json()) == reading


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_string_of_news_words_gives_a_valid_reading(text: str) -> None:
    check(read(text))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_a_valid_reading(text: str) -> None:
    check(read(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SIGNS + DEEDS), max_size=40).map(" ".join))
def test_no_string_of_signs_and_deeds_gives_a_holder_or_an_author_who_is_nobody(text: str) -> None:
    check(read("A bomb killed six people in Kara on Monday.\n" + text))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([row["text"] for row in ROWS]), min_size=1, max_size=5).map("\n".join))
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    reading = read(text)
    check(reading)
    assert read(text).to_json() == reading.to_json()


def test_without_a_publication_date_no_day_is_resolved_and_the_reason_is_given() -> None:
    reading = read("A bomb exploded in Baghdad on Sunday.", published=None)
    [when] = [claim.value for claim in reading.claims if claim.field == "when"]
    assert not when.resolved  # type: ignore[union-attr]
    assert when.anchor == "publication date"  # type: ignore[union-attr]


def test_the_day_of_publication_is_never_an_incident_s_day() -> None:
    reading = read("A bomb exploded in a market.")
    assert [claim for claim in reading.claims if claim.field == "when"] == []
    assert reading.incidents[0].when is None


def test_a_number_of_casualties_is_kept_as_not_understood() -> None:
    reading = read("A bomb exploded in a market. The bombing caused 30 casualties.")
    assert lines(reading, {"killed", "injured"}) == []
    assert [item.span.text for item in reading.not_understood] == ["30 casualties"]


def test_a_paragraph_that_gave_nothing_is_reported() -> None:
    reading = read("A bomb exploded in a market.\nThe bridge is 40 metres long.")
    assert [item.span.text for item in reading.not_understood] == ["The bridge is 40 metres long."]


def test_a_report_without_an_incident_still_gives_its_statements() -> None:
    reading = read("The budget will grow, the minister said.")
    assert reading.incidents == ()
    assert reading.claims == ()
    assert [statement.holder.words for statement in reading.statements] == ["the minister"]


def test_an_earlier_attack_is_background_and_keeps_its_dead() -> None:
    reading = read("A bomb exploded in the port, killing two.\nLast year a mortar attack on the same port killed 21.")
    main, earlier = reading.incidents
    assert (main.background, earlier.background) == (False, True)
    assert [line(c) for c in reading.claims if c.incident == main.id and c.field == "killed"] == ["killed 2"]
    assert [line(c) for c in reading.claims if c.incident == earlier.id and c.field == "killed"] == ["killed 21"]


def test_a_report_read_twice_is_read_once() -> None:
    report = report_of("A bomb exploded in the port, killing two.", PUBLISHED)
    assert read_reports([report, report]) == read_reports([report])
