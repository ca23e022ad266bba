"""The terminal view: what a tired analyst must see, at any width, with and without colour."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from sayso import report_of_text
from sayso.cli.view import render
from sayso.pipeline import read_one
from sayso.records import (
    Claim,
    Finding,
    FindingValue,
    Incident,
    NotUnderstood,
    Reading,
    Report,
    Statement,
    incident_id,
)
from sayso.showing.wording import visible
from sayso.values import Actor, Certainty, Quantity

TEXT = (
    "Shells hit the mill in Orve, killing at least five, the council said. "
    "The Reed Army very likely fired them, a guard said. The mill grinds rye."
)
REPORT = Report(id="re_00000000000000aa", title="Shells hit mill", publisher="Orve Courier", text=TEXT)
COUNCIL = Actor(name="Orve Council", kind="government", words="the council")
GUARD = Actor(name=None, kind="person", words="a guard")


def piece(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


INCIDENT = incident_id(REPORT.span(*piece("Shells")))
KILLED = Claim(
    incident=INCIDENT,
    field="killed",
    value=Quantity(low=5, high=None, words="at least five"),
    evidence=REPORT.span(*piece("killing at least five")),
    holder=COUNCIL,
    via="statement",
)
AUTHOR = Claim(
    incident=INCIDENT,
    field="perpetrator",
    value=Actor(name="Reed Army", kind="armed_group", words="The Reed Army"),
    evidence=REPORT.span(*piece("The Reed Army very likely fired them")),
    holder=GUARD,
    stance="suspects",
    certainty=Certainty(words="very likely", low=0.8, high=0.95, scale="ICD 203"),
)


def finding(claim: Claim, status: str) -> Finding:
    holder = claim.holder.name or claim.holder.words
    value = FindingValue(value=claim.value, claims=(claim.id,), holders=(holder,), origins=1)
    return Finding(field=claim.field, status=status, values=(value,))  # type: ignore[arg-type]


READING = Reading(
    reports=(REPORT,),
    statements=(Statement(holder=GUARD, content=(REPORT.span(*piece("The mill grinds rye")),), verbatim=False),),
    incidents=(
        Incident(
            id=INCIDENT,
            kind="artillery_rocket_missile",
            title="Shells hit the mill in Orve",
            reports=(REPORT.id,),
            findings=(finding(KILLED, "sole"), finding(AUTHOR, "disputed")),
        ),
    ),
    claims=(KILLED, AUTHOR),
    not_understood=(NotUnderstood(span=REPORT.span(*piece("The mill grinds rye.")), reason="nothing on an incident"),),
)


@pytest.mark.parametrize("width", [40, 60, 76, 100, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(cell_len(line) for line in render(READING, width).splitlines()) <= width


@pytest.mark.parametrize("width", [50, 100])
@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("at least five", "the value keeps its bound"),
        ("Orve Council", "the holder by name"),
        ("statement", "the channel"),
        ("very likely", "the hedge as worded"),
        ("suspects", "the stance"),
        ("≠", "the dispute, without colour"),
        ("no publication date", "why no day is resolved"),
        ("nothing on an incident", "what was not read, and why"),
        ("also said", "statements that gave no claim"),
    ],
)
def test_the_view_shows(words: str, note: str, width: int) -> None:
    assert words in " ".join(render(READING, width).split()), note


DENIED = report_of_text(
    "“It was a long night for all of us.”\n\n"
    "The civil defence denied that any of its trucks was there. According to the mayor, the road was closed."
)


def test_what_was_also_said_has_its_cue_so_that_no_denial_reads_like_an_assertion() -> None:
    lines = [line.strip() for line in render(read_one(DENIED), 120).splitlines()]
    assert [line for line in lines if "truck" in line and ":" in line] == [
        "civil defence denied: that any of its trucks was there"
    ]
    assert "According to mayor: the road was closed" in lines
    assert "somebody: “It was a long night for all of us.”" in lines


def test_each_piece_of_evidence_is_numbered_and_quoted() -> None:
    lines = " ".join(render(READING, 100).split())
    assert "[1] “The Reed Army very likely fired them”" in lines
    assert "[2] “killing at least five”" in lines


def test_without_colour_there_is_no_escape_character_and_with_colour_there_is() -> None:
    assert "\x1b" not in render(READING, 100)
    assert "\x1b[" in render(READING, 100, colour=True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred", "a⟨U+001B⟩[31mred"),
        ("right\u202eto left", "right⟨U+202E⟩to left"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
        ("two\nlines", "two lines"),
        ("plain “quoted” — text", "plain “quoted” — text"),
    ],
)
def test_hidden_characters_are_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_report_without_incident_says_so() -> None:
    assert "no incident in this report" in render(Reading(reports=(REPORT,)), 80)


def test_an_empty_reading_is_an_empty_view() -> None:
    assert render(Reading(), 80) == ""
