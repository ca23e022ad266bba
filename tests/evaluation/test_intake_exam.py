"""The exam of intake: the made pages are the same every time, and a reader that loses or adds text is found out."""

from __future__ import annotations

import hashlib

import pytest

from evaluation.intake import has_right_text
from evaluation.intake.heavy import outlet, scripts
from evaluation.intake.large import large
from evaluation.intake.site import LAYOUTS, SENTINEL, made_page, pages
from sayso.intake import Capture, report_of
from sayso.records import Block, Report


def test_there_are_200_pages_in_12_layouts_the_same_every_time() -> None:
    made = list(pages())
    assert (len(made), len(LAYOUTS)) == (200, 12)
    assert len({page.raw for page in made}) == 200
    digest = hashlib.sha256(b"".join(page.raw for page in made)).hexdigest()
    assert digest == hashlib.sha256(b"".join(page.raw for page in pages())).hexdigest()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_first_pages_of_each_layout_are_read_right(layout: str) -> None:
    for number in (0, 12):
        page = made_page(layout, number)
        report = report_of(Capture(page.raw, page.name, "page"))
        assert has_right_text(report, page)
        assert (report.title, report.published, report.language) == (page.title, page.published, page.language)


def report_with(*paragraphs: str) -> Report:
    text = "\n".join(paragraphs)
    blocks, at = [], 0
    for each in paragraphs:
        blocks.append(Block(kind="paragraph", start=at, end=at + len(each)))
        at += len(each) + 1
    return Report(id="re_1", text=text, blocks=tuple(blocks))


def test_text_that_is_missing_added_or_out_of_order_is_wrong() -> None:
    page = made_page("article", 0)
    assert has_right_text(report_with(*page.paragraphs), page)
    assert not has_right_text(report_with(*page.paragraphs[1:]), page)
    assert not has_right_text(report_with(*reversed(page.paragraphs)), page)
    assert not has_right_text(report_with(*page.paragraphs, f"{SENTINEL}: more"), page)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_an_outlet_puts_around_a_page_changes_nothing_of_its_report(layout: str) -> None:
    page = made_page(layout, 7)
    for coat in (scripts, outlet):
        dressed = coat(page.raw)
        assert len(dressed) > 50_000
        report = report_of(Capture(dressed, page.name, "page"))
        assert has_right_text(report, page)
        assert (report.title, report.published) == (page.title, page.published)


def test_a_large_archive_is_accounted_for_to_the_byte() -> None:
    found = large(2**22).figures
    assert (found["unaccounted"], found["damaged"]) == (0, 1)
    assert found["records"] > 20
