"""What of a report is its story, and what belongs to the page."""

from __future__ import annotations

import pytest

from sayso.linking.story import dateline_of, headline_of, leading, running, story_of
from sayso.records import Block, BlockKind, Report

TITLE = "Bomb kills six in Velatma harbour"


def report_of(*lines: tuple[BlockKind, str], title: str | None = None, dateline: str | None = None) -> Report:
    """Return a report of these blocks, a line each."""
    text, blocks = "", []
    for kind, line in lines:
        blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(line)))
        text += f"{line}\n"
    return Report(id="re_1", text=text, title=title, dateline=dateline, blocks=tuple(blocks))


@pytest.mark.parametrize(
    ("kind", "line", "note"),
    [
        ("boilerplate", "All rights reserved, Coast Daily.", "intake said so"),
        ("credit", "Photo: Ana Ruiz / Coast Wire", "intake said so"),
        ("dateline", "VELATMA (Coast Wire) –", "where it was written is compared by itself"),
        ("paragraph", "0:48 Mayor of Brumm opens a bridge for trams", "a list of films to watch"),
        ("paragraph", "Activate your account by the link in the message.", "it asks the reader"),
        ("paragraph", "Do you want our newsletter?", "it asks the reader"),
    ],
)
def test_what_belongs_to_the_page_is_blanked_and_offsets_stay(kind: BlockKind, line: str, note: str) -> None:
    report = report_of(("headline", TITLE), (kind, line), ("paragraph", "Six dockers died on Tuesday."))
    story = story_of(report, 1000)
    assert story.split() == [*TITLE.split(), "Six", "dockers", "died", "on", "Tuesday."], note
    assert (len(story), story.index("Six")) == (len(report.text), report.text.index("Six"))


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("“I tell you, it shook the house,” said a docker.", "a quotation speaks to somebody, but not of the page"),
        ("The video shows a crane that falls.", "a word of pages, said to nobody"),
        ("9:30 was when it went off. Two men ran.", "a time of day begins a sentence"),
    ],
)
def test_a_sentence_of_the_story_stays(line: str, note: str) -> None:
    assert line in story_of(report_of(("headline", TITLE), ("paragraph", line)), 1000), note


def test_one_sentence_of_a_paragraph_may_belong_to_the_page() -> None:
    line = "Six dockers died. Subscribe to have the news in your mailbox and your email. The port is shut."
    story = story_of(report_of(("paragraph", line)), 1000)
    assert " ".join(story.split()) == "Six dockers died. The port is shut."


def test_no_more_than_so_many_code_points_are_compared() -> None:
    report = report_of(("paragraph", "Six dockers died on Tuesday."), ("boilerplate", "All rights reserved."))
    assert story_of(report, 11) == "Six dockers"
    assert len(story_of(report, 40)) == 40


@pytest.mark.parametrize(
    ("title", "headline", "note"),
    [
        (f"{TITLE} - Coast Daily", TITLE, "the name of the site"),
        (f"{TITLE} | News, Weather, Sports | Coast 5", TITLE, "its sections"),
        (f"UPDATE - {TITLE}", TITLE, "a label before it"),
        ("Six dead in Velatma-Brumm ferry blast", "Six dead in Velatma-Brumm ferry blast", "a hyphen in a name"),
        ("Harbour bomb - Coast Daily", "Harbour bomb - Coast Daily", "no part is long enough to be sure"),
    ],
)
def test_a_headline_stands_without_the_name_of_its_site(title: str, headline: str, note: str) -> None:
    assert headline_of(report_of(("paragraph", "Six died."), title=title)) == headline, note
    given = report_of(("headline", title), ("paragraph", "Six died."))
    assert headline_of(given) == headline, note


def test_the_name_of_the_site_is_not_in_the_story_either() -> None:
    story = story_of(report_of(("headline", f"{TITLE} - Coast Daily"), ("paragraph", "Six died.")), 1000)
    assert story.split() == [*TITLE.split(), "Six", "died."]


@pytest.mark.parametrize(
    ("dateline", "town"),
    [
        ("VELATMA, 4 March (Coast Wire)", "velatma"),
        ("Old Pier (CW)", "old pier"),
        ("NEW QUORN / BRUMM", "new quorn"),
        ("4 March 2031", ""),
        ("from our correspondent with the third army", ""),
        (None, ""),
    ],
)
def test_the_town_of_a_dateline(dateline: str | None, town: str) -> None:
    assert dateline_of(report_of(("paragraph", "Six died."), dateline=dateline)) == town


def test_short_lines_tell_no_story_but_the_first() -> None:
    text = "Bomb kills six\nMost read\nSix dockers died when a bomb went off in the harbour."
    assert running(text).split("\n")[:2] == ["Bomb kills six", " " * 9]
    assert len(running(text)) == len(text)


def test_sentences_that_were_blanked_are_no_head_of_the_story() -> None:
    text = "One.\n" + " " * 30 + "\nTwo. Three. Four."
    assert [text[start:end].strip() for start, end in leading(text, (), aside=False)] == ["One.", "Two.", "Three."]
    assert leading(text, (), aside=True) == ()
