"""A brief: every citation stands in its report, disputes and gaps are named, nothing in it is markup or script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from sayso.exports.brief.facts import Brief, Source, Story, brief
from sayso.exports.brief.markdown import escaped, markdown
from sayso.exports.brief.page import page
from sayso.exports.selection import Selection, selection
from sayso.ledger import Ledger
from sayso.ledger.asking.selecting import Query


@pytest.fixture
def found(ledger: Ledger) -> Iterator[Brief]:
    with selection(ledger, Query(place="Libya")) as chosen:
        yield brief(chosen)


class Seen(HTMLParser):
    """Collects tags, ids and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.ids.add(given.get("id") or "")
        self.links.add(given.get("href") or "")


def test_every_citation_is_exact_and_numbered_once(found: Brief, ledger: Ledger) -> None:
    assert [each.number for each in found.citations] == list(range(1, len(found.citations) + 1))
    for each in found.citations:
        text = ledger.report(each.report).text
        assert text[each.start : each.end] == each.words
        assert each.before.lstrip("…") + each.words + each.after.rstrip("…") in text
    voices = [voice for line in found.stories[0].lines for value in line.values for voice in value.voices]
    assert {number for voice in voices for number in voice.cites} == {each.number for each in found.citations}


def test_who_says_what_how_sure_and_what_is_disputed(found: Brief) -> None:
    (story,) = found.stories
    author = next(line for line in story.lines if line.label == "who did it")
    assert author.status == "disputed"
    said = {(value.words, voice.who, voice.sure) for value in author.values for voice in value.voices}
    assert ("Eastern Front", "Western diplomats", "suspects “likely”") in said
    assert ("Eastern Front", "Eastern Front", "denies it") in said
    assert any(each.label == "killed" and "9 people (city’s main hospital)" in each.one for each in story.disputes)
    assert any(value.replaced for line in story.lines if line.label == "killed" for value in line.values)


def test_what_nobody_says_is_said(ledger: Ledger) -> None:
    with selection(ledger, Query(place="Aleppo")) as chosen:
        (story,) = brief(chosen).stories
    assert {"No report says who did it.", "No report says how many were killed."} <= set(story.unknown)
    assert any("only “dozens”, no number" in each for each in story.unknown)


def test_machine_people_and_ledger_are_named(found: Brief, ledger: Ledger) -> None:
    text = markdown(found)
    head = ledger.head()
    assert f"up to entry {head.seq} ({head.hash})" in text
    (reading, *_) = ledger.readings_of(found.stories[0].sources[0].report)
    assert f"language model {reading['model']}" in text
    assert f"People have judged 0 of {found.claims} claims" in text


def test_the_page_has_no_script_and_every_citation_leads_somewhere(found: Brief) -> None:
    text = page(found)
    seen = Seen(text)
    assert not seen.tags & {"script", "img", "iframe", "link", "object"}
    assert {link[1:] for link in seen.links if link.startswith("#")} <= seen.ids
    assert "default-src 'none'" in text
    assert "@media print" in text


HOSTILE = '<script>alert(1)</script> [x](javascript:alert(1)) | `code` "q" & \u202eevil'


@pytest.mark.parametrize("form", [page, markdown])
def test_hostile_words_stay_words(found: Brief, form: Callable[[Brief], str]) -> None:
    (story,) = found.stories
    source = Source("re_1", HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)", "0" * 64, HOSTILE)
    bad: Story = replace(story, title=HOSTILE, kind=HOSTILE, where=HOSTILE, sources=(source,), unknown=(HOSTILE,))
    cite = replace(found.citations[0], outlet=HOSTILE, title=HOSTILE, words=HOSTILE, before=HOSTILE, url="")
    text = form(replace(found, stories=(bad,), citations=(cite, *found.citations[1:]), asked=HOSTILE))
    shown = text if form is page else MarkdownIt().enable("table").render(text)
    assert not Seen(shown).tags & {"script", "img"}
    assert not [link for link in Seen(shown).links if link.startswith("javascript")]
    assert "alert(1)" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", "a \\| b"),
        ("*bold* _it_", "\\*bold\\* \\_it\\_"),
        ("1. first", "1\\. first"),
        ("- item", "\\- item"),
        ("[1](x) <a>", "\\[1\\](x) \\<a\\>"),
        ("plain, words", "plain, words"),
    ],
)
def test_markup_of_markdown_is_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_the_same_ledger_gives_the_same_brief(ledger: Ledger) -> None:
    texts = set()
    for _ in range(2):
        with selection(ledger) as chosen:
            texts.add(page(brief(chosen, "all")) + markdown(brief(chosen, "all")))
    assert len(texts) == 1


def test_a_chosen_selection_is_left_as_it_is(chosen: Selection) -> None:
    assert [story.id for story in brief(chosen).stories] == list(chosen.ids)
