"""Plain text to paragraphs and blocks; all texts are invented."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.intake import report_of_text
from sayso.intake.plain import paragraphs
from sayso.records import Report

LEDE = "Nine people were killed when a bomb exploded in a market in Tarsk on Monday, the police said."
MORE = "The interior ministry blamed the Northern Front. The Front denied it and said its men had left the town in May."
LAST = "Shops in the old town were closed on Tuesday while soldiers searched the houses around the market square."


def kinds(report: Report) -> list[str]:
    return [block.kind for block in report.blocks]


def words(report: Report, kind: str) -> list[str]:
    return [report.text[block.start : block.end] for block in report.blocks if block.kind == kind]


def split(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (f"{LEDE}\n\n{MORE}\n\n{LAST}\n", "blank lines"),
        (f"{LEDE}\n{MORE}\n{LAST}", "one paragraph a line"),
        (f"  {LEDE}  \n \t \n{MORE}\n\n\n\n{LAST}", "blanks around and between"),
        ("\n\n".join(textwrap.fill(part, 60) for part in (LEDE, MORE, LAST)), "wrapped, with blank lines"),
        ("\n".join(textwrap.fill(part, 48, initial_indent="   ") for part in (LEDE, MORE, LAST)), "wrapped, indented"),
        ("\n\n".join(textwrap.fill(part, 72) for part in (LEDE, MORE, LAST)), "wrapped at 72: one joint a paragraph"),
    ],
)
def test_paragraphs_are_found_however_they_are_set(text: str, note: str) -> None:
    assert split(text) == [LEDE, MORE, LAST]


def test_a_line_that_begins_small_goes_on_with_the_one_before() -> None:
    assert split("The army said it had taken\nthe town.\nThe Front denied it.") == [
        "The army said it had taken the town.",
        "The Front denied it.",
    ]


@given(st.text(st.sampled_from("aZ .\n\t“|—-()/:0"), max_size=200))
def test_paragraphs_cover_all_but_white_space_in_order(text: str) -> None:
    at = 0
    for start, end in paragraphs(text):
        assert not text[at:start].strip()
        assert start < end
        assert text[start:end].strip() == text[start:end]
        at = end
    assert not text[at:].strip()


LINES = [LEDE, MORE, "Photo: A. Ruiz", "TARSK – Nine died.", "A | B | C", "By Ana Ruiz", "Read more", "3 May 2019"]
LINES += ["Bomb in Tarsk market", "Men run (AP Photo/A. Ruiz)", "(", "“", "Two held Posted: 3 May 2019"]


@settings(deadline=None)  # the first text in another language waits for what tells languages apart
@given(st.lists(st.sampled_from(LINES), min_size=1))
def test_blocks_cover_all_but_white_space_in_order(lines: list[str]) -> None:
    report = report_of_text("\n".join(lines))
    at = 0
    for block in report.blocks:
        assert not report.text[at : block.start].strip()
        assert block.start < block.end
        at = block.end
    assert not report.text[at:].strip()


CAPTION = "Soldiers stand at the market of Tarsk a day after the bombing."

H, P, C, R, D, B = "headline", "paragraph", "caption", "credit", "dateline", "boilerplate"
PIPES = "Ana Ruiz | Coast Wire | Getty Images"
NEWS = "Bomb kills nine in Tarsk market"
BLOCKS = [
    # lines, kinds, note
    ([LEDE], [P], "one paragraph"),
    ([NEWS, LEDE], [H, P], "a short line without a stop comes first"),
    (["Who bombed the market of Tarsk?", LEDE], [H, P], "a question can be a headline"),
    (["Nine people died.", LEDE], [P, P], "a sentence is no headline"),
    ([NEWS], [P], "with nothing under it there is no headline"),
    ([CAPTION, PIPES, f"TARSK – {LEDE}"], [C, R, D, P], "a caption and its credit line"),
    ([f"{CAPTION} (AP Photo/Ana Ruiz)", LEDE], [C, R, P], "a credit at the end of its caption"),
    ([f"{CAPTION} Photograph: Ana Ruiz/Reuters", LEDE], [C, R, P], "a labelled credit at the end"),
    (["Police at the scene (Photo: City of Tarsk)", LEDE], [C, R, P], "a caption without a stop"),
    ([NEWS, "By Ana Ruiz and Tom Selm, Coast Wire", LEDE], [H, R, P], "a byline"),
    ([NEWS, "3 May 2019", LEDE], [H, D, P], "a date line"),
    (["Two held after blast Posted: Monday, May 18, 2015 5:10 PM", LEDE], [H, D, P], "headline and date run together"),
    ([LEDE, "(Reporting by Ana Ruiz; editing by Tom Selm)"], [P, R], "who made it"),
    ([LEDE, "Read more: Tarsk in pictures"], [P, B], "a link"),
    ([LEDE, "© 2031 Coast Wire. All rights reserved."], [P, B], "rights"),
    ([LEDE, "Sign up to our newsletter"], [P, B], "a newsletter"),
    (["Home | World | Politics | Sport", LEDE], [B, P], "a menu"),
    ([LEDE, "By Monday night the soldiers had left the town."], [P, P], "By … in a sentence"),
    ([LEDE, "The photo showed Ana Ruiz of Reuters, who was killed."], [P, P], "a sentence on a picture"),
    ([LEDE, "“We saw nothing,” the guard said.", "Photo: Ana Ruiz"], [P, P, R], "a quotation is no caption"),
]


@pytest.mark.parametrize(("lines", "expected", "note"), BLOCKS, ids=[row[2] for row in BLOCKS])
def test_lines_get_their_role(lines: list[str], expected: list[str], note: str) -> None:
    assert kinds(report_of_text("\n".join(lines))) == expected
    assert kinds(report_of_text("\n\n".join(lines))) == expected


def test_what_the_text_tells_of_itself_is_noted() -> None:
    report = report_of_text(f"Bomb kills nine\n\nBy Ana Ruiz\n\nTARSK, 20 AUG 88 (EFE) -- {LEDE}")
    assert (report.title, report.byline, report.dateline) == ("Bomb kills nine", "Ana Ruiz", "TARSK, 20 AUG 88 (EFE)")
    assert (report.published, report.published_from) == ("1988-08-20", "dateline")
    assert words(report, "paragraph") == [LEDE]


@pytest.mark.parametrize(
    ("line", "published"),
    [("Published 9 September 2031, updated 21:40", "2031-09-09"), ("Tarsk, 7 February 2031", "2031-02-07")],
)
def test_a_date_line_under_the_headline_tells_the_day(line: str, published: str) -> None:
    report = report_of_text(f"Statement by the ministry on the events in Tarsk\n\n{line}\n\n{LEDE}")
    assert (report.published, report.published_from) == (published, "dateline")
    assert kinds(report) == [H, D, P]


def test_a_text_without_a_date_has_none() -> None:
    report = report_of_text(f"TARSK, May 3 (Reuters) – {LEDE}")
    assert report.published is None
    assert report.published_from is None


GERMAN = "Neun Menschen wurden am Montag bei einem Anschlag auf einen Markt in Tarsk getötet, wie die Polizei sagte."
DUTCH = "Negen mensen zijn maandag omgekomen bij een aanslag in Tarsk, van wie de namen niet bekend zijn gemaakt."
SPANISH = "Nueve personas murieron el lunes en un atentado contra un mercado de Tarsk, dijo la policía de la ciudad."


@pytest.mark.parametrize(
    ("text", "language"), [(LEDE, "en"), (NEWS, None), (GERMAN, "de"), (DUTCH, "nl"), (SPANISH, "es")]
)
def test_a_language_is_named_only_when_that_is_convincing(text: str, language: str | None) -> None:
    assert report_of_text(text).language == language


@pytest.mark.parametrize("text", ["killed " * 1_500_000, " " * 5_000_000 + "x", "(" * 5_000_000, "-- A " * 1_000_000])
def test_ten_megabytes_on_one_line_take_bounded_time(text: str) -> None:
    started = time.process_time()
    assert report_of_text(text).blocks
    assert time.process_time() - started < 3
