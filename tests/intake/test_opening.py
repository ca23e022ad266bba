"""What runs into the first and last paragraph of a page that lost its layout; all texts are invented."""

from __future__ import annotations

import time

import pytest

from sayso.intake import report_of_text
from sayso.intake.opening import credit_at_end, read_opening

NEWS = "Bomb kills nine in market of Tarsk"
LEDE = "Nine people were killed when a bomb exploded in a market in Tarsk on Monday, the police said."
MORE = "The interior ministry blamed the Northern Front. The Front denied it."

# headline, first paragraph, what is taken from its head as (kind, words), note
OPENINGS = [
    (NEWS, f"{NEWS} Reuters Monday 3 May 2032 {LEDE}",
     [("boilerplate", NEWS), ("credit", "Reuters"), ("dateline", "Monday 3 May 2032")], "headline, service, day"),
    (NEWS, f"Mon 3 May 2032 {NEWS}. {LEDE}",
     [("dateline", "Mon 3 May 2032"), ("boilerplate", NEWS)], "day, headline with a stop"),
    (f"{NEWS} - World - Tarsk Online", f"{NEWS} AFP 03.05.2032 {LEDE}",
     [("boilerplate", NEWS), ("credit", "AFP"), ("dateline", "03.05.2032")], "a headline with its site's sections"),
    (f"Tarsk Daily | {NEWS}", f"{NEWS}. {LEDE}", [("boilerplate", NEWS)], "a headline behind its site's name"),
    (NEWS, f"Regional NNA - {LEDE}", [("credit", "Regional NNA -")], "the service and its section"),
    (NEWS, f"AFP Monday 3 May 2032 {LEDE}", [("credit", "AFP"), ("dateline", "Monday 3 May 2032")], "service and day"),
    (NEWS, f"{LEDE} {LEDE} {MORE}", [("boilerplate", LEDE)], "the lead printed twice"),
    (NEWS, f"{LEDE} TARSK, May 3 (Reuters) - {LEDE} {MORE}",
     [("boilerplate", LEDE), ("dateline", "TARSK, May 3 (Reuters) -")], "twice, with a dateline between"),
    (NEWS, LEDE, [], "nothing runs in"),
    (None, f"{NEWS}. {LEDE}", [], "no headline is known"),
    (NEWS, f"{NEWS} as shops opened, the police said.", [], "a sentence that begins like the headline"),
    ("Bomb in Tarsk", f"Bomb in Tarsk. {LEDE}", [], "too short a headline"),
    (NEWS, "Reuters Monday quoted the mayor as saying that nine had died.", [], "a service that is spoken of"),
    (NEWS, f"Monday 3 May 2032 {LEDE}", [], "a day alone is left to the date lines"),
    (NEWS, f"{LEDE} {LEDE[:50]} as she put it.", [], "a sentence that begins like the one before"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "words", "expected", "note"), OPENINGS, ids=[row[3] for row in OPENINGS])
def test_what_is_not_the_reports_own_words_is_taken_from_its_head(
    title: str | None, words: str, expected: list[tuple[str, str]], note: str
) -> None:
    assert [(piece.kind, words[piece.start : piece.end]) for piece in read_opening(words, title)] == expected, note


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("The siege ended in May.-AFP", "-AFP"),
        ("The siege ended in May. (Reuters)", "(Reuters)"),
        ("The siege ended in May. -- AFP.", "-- AFP."),
        ("He spoke to AFP.", None),
        ("The siege ended in May - Anna", None),
        ("It was over (for now).", None),
    ],
)
def test_the_service_at_the_end_of_a_report_is_a_credit(words: str, credit: str | None) -> None:
    at = credit_at_end(words)
    assert (None if at is None else words[at:].strip()) == credit


def test_only_the_reports_own_words_are_read() -> None:
    report = report_of_text(f"{NEWS}\n\n{NEWS} Reuters Monday 3 May 2032 {LEDE}\n\n{MORE}-AFP")
    assert [(block.kind, report.text[block.start : block.end]) for block in report.blocks] == [
        ("headline", NEWS),
        ("boilerplate", NEWS),
        ("credit", "Reuters"),
        ("dateline", "Monday 3 May 2032"),
        ("paragraph", LEDE),
        ("paragraph", MORE),
        ("credit", "-AFP"),
    ]
    assert report.published == "2032-05-03"


@pytest.mark.parametrize("words", ["A - " * 500_000, "AFP " * 500_000, "killed " * 300_000])
def test_a_megabyte_takes_bounded_time(words: str) -> None:
    started = time.process_time()
    read_opening(words, words)
    credit_at_end(words)
    assert time.process_time() - started < 1
