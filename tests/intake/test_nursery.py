"""What a worker answers: a report with its notes, what is wrong with it, or that a parser of ours failed."""

from __future__ import annotations

import resource
from dataclasses import asdict
from typing import Any

import pytest

from sayso.intake import Given
from sayso.intake.nursery import _allow, _answer

LEDE = "Nine people were killed when a bomb exploded in a market in Tarsk on Monday, the police said."


def answered(raw: bytes, form: str = "text") -> dict[str, Any]:
    return _answer({"place": "a", "form": form, "given": asdict(Given(published="2031-05-14"))}, raw)


def test_a_report_is_answered_with_where_its_facts_were_found() -> None:
    answer = answered(LEDE.encode())
    assert answer["report"]["text"] == LEDE
    assert answer["notes"]["found"] == {"published": "option", "language": "text"}


def test_error_what_is_wrong_is_answered_with_the_way_out() -> None:
    assert answered(b"")["error"] == ["there is no text in it"]
    assert answered(b"x", "damaged")["more"]["way_out"]
    assert "no kind reads" in answered(b"x", "no-such-form")["error"][0]


@pytest.mark.parametrize(
    ("raised", "problem"), [(RuntimeError("x"), "reading it failed: RuntimeError: x"), (MemoryError(), "more memory")]
)
def test_error_a_parser_that_fails_is_a_bug_of_ours_or_wants_too_much(
    raised: Exception, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(item: object) -> None:
        raise raised

    monkeypatch.setattr("sayso.intake.nursery.report_of", fails)
    answer = answered(LEDE.encode())
    assert problem in answer["error"][0]
    assert ("memory" in answer) == isinstance(raised, MemoryError)


def test_each_report_gets_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(resource, "setrlimit", lambda which, limits: told.append(limits[0]))
    monkeypatch.setattr("sayso.intake.nursery.signal.alarm", told.append)
    monkeypatch.setattr("sayso.intake.nursery.time.process_time", lambda: 100.5)
    _allow(10, 20.0)
    assert told == [111, 25]
