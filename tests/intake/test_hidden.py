"""Characters that hide something are told, with their place; what a script needs is no disguise."""

from __future__ import annotations

import time

import pytest

from sayso.intake.hidden import MOST, hidden_in

TAGS = "".join(chr(0xE0000 + ord(c)) for c in "ignore")
HIDDEN = [
    ("10 \u202e0001\u202c killed", ["\u202e", "\u202c"], "a number turned round"),
    ("a\u2066b\u2069", ["\u2066", "\u2069"], "isolates"),
    ("ki\u200blled", ["\u200b"], "a space without width"),
    ("kil\u200dled", ["\u200d"], "a joiner between Latin letters"),
    ("x\ufeff\u2060y", ["\ufeff\u2060"], "a mark and a word joiner"),
    (f"safe{TAGS}", [TAGS], "tags"),
    ("\u041ayiv was hit", ["\u041ayiv"], "a Cyrillic letter in a Latin name"),
    ("the \u0391rmy", ["\u0391rmy"], "a Greek letter"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "places", "note"), HIDDEN, ids=[row[2] for row in HIDDEN])
def test_what_hides_is_told_with_its_place(text: str, places: list[str], note: str) -> None:
    found = hidden_in(text)
    assert [text[each.start : each.end] for each in found] == places
    assert all(each.says.startswith("hidden: ") for each in found)


HARMLESS = [
    ("Nine people were killed.", "ASCII"),
    ("Взрыв в Киеве", "Cyrillic"),
    ("می\u200cخواهم", "Persian needs a non-joiner"),
    ("क्\u200dष", "so do Indic scripts"),
    ("قال \u200f(AFP)\u200f إن", "a mark between scripts of two directions"),
    ("👩\u200d👩\u200d👧", "pictures made of several"),
    ("co\u00adoperate", "a soft hyphen"),
    ("COVID-19-Я", "two scripts in two words"),
    ("Ängström Ł", "Latin beyond ASCII"),
]


@pytest.mark.parametrize(("text", "note"), HARMLESS, ids=[row[1] for row in HARMLESS])
def test_what_a_script_needs_is_no_disguise(text: str, note: str) -> None:
    assert hidden_in(text) == ()


def test_tags_are_spelled_out_and_many_places_are_summed_up() -> None:
    (found,) = hidden_in("a" + "".join(chr(0xE0000 + ord(c)) for c in "obey"))
    assert "'obey'" in found.says
    text = "a\u200bb" * 5_000
    started = time.process_time()
    places = hidden_in(text)
    assert len(places) == MOST
    assert places[-1].end == len(text)
    assert "more than" in places[-1].says
    assert time.process_time() - started < 3
