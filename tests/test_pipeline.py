"""The whole way: what is read, what is too long to be read, and that the same texts give the same bytes."""

from __future__ import annotations

import time

import pytest

from sayso import pipeline, read
from sayso.intake import Given, report_of_text
from sayso.reading.gate import HELD_BACK
from sayso.records import Report

TEXT = "Gunmen killed two guards at a mill near Orve on Monday, the mayor said.\n\nNobody claimed the attack.\n"


def report(text: str) -> Report:
    found = report_of_text(text, Given(published="2031-05-14"))
    assert isinstance(found, Report)
    return found


def test_the_same_report_given_twice_is_read_once() -> None:
    assert read([report(TEXT), report(TEXT)]) == read([report(TEXT)])


def test_two_readings_of_one_text_are_the_same_bytes() -> None:
    assert read([report(TEXT)]).to_json() == read([report(TEXT)]).to_json()


def test_a_report_in_another_language_is_kept_and_marked_and_not_read() -> None:
    russian = "Полиция сообщила, что девять человек погибли при взрыве возле рынка в понедельник. Killed 9 men."
    mixed = [report(TEXT), report(russian), report(TEXT + "More.")]
    reading = read(mixed)
    assert [each.language for each in reading.reports] == [mixed[0].language, "ru", mixed[2].language]
    (whole,) = [each for each in reading.not_understood if each.span.report == mixed[1].id]
    assert "not read (ru)" in whole.reason
    assert whole.span.text == russian
    assert {claim.evidence.report for claim in reading.claims} == {mixed[0].id, mixed[2].id}


def test_characters_that_hide_something_are_told_and_stay() -> None:
    text = TEXT.replace("guards", "gu\u200bards")
    reading = read([report(text)])
    (found,) = [each for each in reading.not_understood if each.reason.startswith("hidden")]
    assert found.span.text == "\u200b"
    assert reading.reports[0].text == text


def test_of_a_very_long_report_the_beginning_is_read_and_the_rest_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "READ_AT_MOST", len(TEXT) + 5)
    reading = read([report(TEXT + "\n" + TEXT.replace("two", "six"))])
    assert [claim.value.low for claim in reading.claims if claim.field == "killed"] == [2]  # type: ignore[union-attr]
    rest = reading.not_understood[-1]
    assert "characters of a report are read" in rest.reason
    assert rest.span.end == len(reading.reports[0].text)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("\0\0\0", "NUL"),
        ("word " * 5_000, "one sentence of 5,000 words"),
        ("killed " * 1_000, "a trigger a thousand times"),
        ("“" * 5_000, "quotation marks that nobody closes"),
        ("he said " * 1_000, "cues without content"),
        ("1,1," * 1_000, "a number that does not end"),
        ("a\u0301" * 3_000, "combining marks"),
        ("Bombe explodiert in Ort. Пять убиты. قتل خمسة", "other languages"),
    ],
)
def test_hostile_text_is_read_without_an_error(text: str, note: str) -> None:
    assert read([report(text)]).reports, note


@pytest.mark.parametrize(
    "text", ["killed ", "was shot ", "a bomb exploded in Kara and killed two men ", "A raid in Kara. "]
)
def test_four_times_the_text_takes_about_four_times_as_long(text: str) -> None:
    spent = []
    for times in (500, 2_000):
        given = report(text * times)
        start = time.process_time()
        read([given])
        spent.append(time.process_time() - start)
    assert spent[1] < 10 * spent[0] + 0.5


QUIET = " ".join(["The bakery opens at seven and sells rolls, plum cake and coffee on all days but Sunday."] * 6)


def test_what_the_gate_holds_back_is_kept_and_marked_and_the_rest_is_read_as_without_it() -> None:
    mixed = [report(QUIET), report(TEXT), report(QUIET + " More.")]
    behind = list(pipeline.read_through_gate(mixed))
    assert [each.reports for each in behind] == [(each,) for each in mixed]
    for held in (behind[0], behind[2]):
        (whole,) = held.not_understood
        assert (whole.reason, whole.span.text) == (HELD_BACK, held.reports[0].text)
        assert not held.statements
        assert not held.incidents
    assert behind[1].to_json() == pipeline.read_one(mixed[1]).to_json()
    assert all(each.reason != HELD_BACK for reading in pipeline.read_each(mixed) for each in reading.not_understood)
