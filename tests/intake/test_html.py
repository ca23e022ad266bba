"""Saved pages: the report's own words in reading order, however the page is built; all pages are invented."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake import report_of_html
from sayso.intake.html import flatten, looks_like_feed, looks_like_html, read_page
from sayso.records import Report

LEDE = "Nine people were killed when a bomb exploded in a market in Tarsk on Monday, the police said."
MORE = "The interior ministry blamed the Northern Front. The Front denied it and said its men had left the town in May."


def blocks(report: Report) -> list[tuple[str, str]]:
    return [(block.kind, report.text[block.start : block.end]) for block in report.blocks]


PAGE = f"""<!doctype html><html lang="en"><head><title>Bomb in Tarsk - Coast Wire</title>
<meta property="og:site_name" content="Coast Wire"><meta property="og:title" content="Bomb kills nine">
<meta property="article:published_time" content="2031-05-14T09:40:00+02:00"><meta name="author" content="By Ana Ruiz">
<link rel="canonical" href="https://wire.example/tarsk"><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Home</a></nav><header><h2>Coast Wire</h2></header>
<article><h1>Bomb kills&nbsp;nine</h1>
<figure><img src="x.jpg"><figcaption>Soldiers in Tarsk. (AP Photo/A. Ruiz)</figcaption></figure>
<p>TARSK &ndash; {LEDE}</p><script>track()</script><blockquote><p>We saw <b>noth</b>ing.</p></blockquote>
<p>First line<br>second line</p><ul><li>one item of a list</li></ul>
<table><tr><td>a cell</td><td>another</td></tr></table>
<aside><p>Related reports</p></aside><p hidden>unseen</p><p style="display: none">unseen too</p>
<form><input value="x">Subscribe</form></article><footer>© Coast Wire</footer></body></html>"""


def test_a_page_becomes_its_report() -> None:
    report = report_of_html(PAGE)
    assert blocks(report) == [
        ("headline", "Bomb kills nine"),
        ("caption", "Soldiers in Tarsk."),
        ("credit", "(AP Photo/A. Ruiz)"),
        ("dateline", "TARSK –"),
        ("paragraph", LEDE),
        ("quote", "We saw nothing."),
        ("paragraph", "First line"),
        ("paragraph", "second line"),
        ("paragraph", "one item of a list"),
        ("paragraph", "a cell"),
        ("paragraph", "another"),
    ]
    assert (report.title, report.publisher, report.byline) == ("Bomb kills nine", "Coast Wire", "Ana Ruiz")
    assert report.url == "https://wire.example/tarsk"
    assert (report.published, report.published_from) == ("2031-05-14T09:40+02:00", "meta")
    assert report.dateline == "TARSK"


DATES = [
    (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle",'
        ' "headline": "H", "datePublished": "2031-05-01", "author": [{"name": "A. Ruiz"}, "T. Selm"],'
        ' "publisher": {"name": "Wire"}}]}</script>',
        "2031-05-01",
        "json-ld",
    ),
    ('<meta name="pubdate" content="2031-05-02"><time datetime="2031-05-09">x</time>', "2031-05-02", "meta"),
    ('<meta name="date" content="soon"><time datetime="2031-05-03">x</time>', "2031-05-03", "time"),
    ('<time datetime="2031-05-09">x</time><time pubdate datetime="2031-05-04">x</time>', "2031-05-04", "time"),
    ('<a href="/other"><time datetime="2031-05-09">another report</time></a>', None, None),
    ("<p>TARSK, 5 MAY 31 (EFE) -- Nine people died there, the police said.</p>", "2031-05-05", "dateline"),
    ('<script type="application/ld+json">{"datePublished": </script>', None, None),
    ('<meta name="viewport" content="2031">', None, None),
]


@pytest.mark.parametrize(("markup", "published", "source"), DATES, ids=[str(row[2]) + str(row[1]) for row in DATES])
def test_the_date_comes_from_the_page_and_says_from_where(
    markup: str, published: str | None, source: str | None
) -> None:
    report = report_of_html(f"<html><body>{markup}<p>{LEDE}</p></body></html>")
    assert (report.published, report.published_from) == (published, source)


def test_json_ld_tells_outlet_and_authors() -> None:
    report = report_of_html(f"<html><body>{DATES[0][0]}<p>{LEDE}</p></body></html>")
    assert (report.title, report.publisher, report.byline) == ("H", "Wire", "A. Ruiz, T. Selm")


TEXTS = [
    (f"<p>{LEDE}<p>{MORE}", [LEDE, MORE], "paragraphs that are never closed"),
    (f"<div>{LEDE}<div>{MORE}</div></div>", [LEDE, MORE], "divs in divs"),
    (f"<div>{LEDE}</div> tail of the page", [LEDE, "tail of the page"], "text after an element"),
    (f"<form><p>{LEDE}</p></form>", [LEDE], "a form round the whole page"),
    (f"<pre>{LEDE}\n\n{MORE}</pre>", [LEDE, MORE], "preformatted text keeps its blank lines"),
    (f"<p>{LEDE}</p><!-- hidden --><?php echo 1 ?>", [LEDE], "comments and instructions"),
    ("<nav>only this</nav>", ["only this"], "a page that is all frame still gives its text"),
    (
        f"<article><p>teaser</p></article><div><p>{LEDE}</p><p>{MORE}</p></div>",
        ["teaser", LEDE, MORE],
        "a teaser is not the article",
    ),
    (f"<div><p>Weather: rain in the hills</p></div><main><p>{LEDE}</p></main>", [LEDE], "the main part"),
    (f"<h1>Bomb in Tarsk</h1><article><p>{LEDE}</p></article>", ["Bomb in Tarsk", LEDE], "a headline outside"),
    ("<p>5 &lt; 6 &amp; &#x201c;so&#x201d;</p>", ["5 < 6 & “so”"], "entities"),
    ("<p>a<b>b</b> <i>c</i>\n\n d</p>", ["ab c d"], "white space collapses, words are not torn"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "lines", "note"), TEXTS, ids=[row[2] for row in TEXTS])
def test_text_is_what_a_reader_would_see(markup: str, lines: list[str], note: str) -> None:
    assert report_of_html(f"<html><body>{markup}</body></html>").text.split("\n") == lines


def test_a_date_in_the_markup_is_found_and_one_in_the_text_is_not() -> None:
    where = "<footer class='post-meta'><span class='post-date'>May 14, 2024 10:30 am</span></footer>"
    dated = f"<html><body><article><h1>Blast</h1><p>%s</p>{where}</article>"
    report = report_of_html(dated % LEDE)
    assert (report.published, report.published_from) == ("2024-05-14", "htmldate")
    report = report_of_html(f"<html><body><article><p>{LEDE} It was the worst since 3 March 2020.</p></article>")
    assert (report.published, report.published_from) == (None, None)
    related = "<div class='x'><a href='/1'>Older</a> 12 March 2018</div><footer>© 2019</footer>"
    assert report_of_html(f"<html><body><article><p>{LEDE}</p></article>{related}").published is None


def test_a_line_that_is_one_link_is_boilerplate() -> None:
    report = report_of_html(f"<html><body><p>{LEDE}</p><li><a href='/x'>Tarsk in pictures</a></li></body></html>")
    assert [kind for kind, _ in blocks(report)] == ["paragraph", "boilerplate"]


@pytest.mark.parametrize("depth", [10, 253, 256, 2_100, 100_000])
def test_no_depth_of_nesting_loses_text(depth: int) -> None:
    page = f"<html><body>{'<div>' * depth}<p>{LEDE}</p><p>{MORE}</p>{'</div>' * depth}<p>the end</p></body></html>"
    assert report_of_html(page).text == f"{LEDE}\n{MORE}\nthe end"


def test_flattening_leaves_shallow_pages_as_they_are() -> None:
    assert flatten(PAGE.replace("<script>track()</script>", "")) == flatten(PAGE).replace(">track()</script>", "")


def test_hundreds_of_attributes_do_not_stop_the_parser() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(40_000))
    started = time.process_time()
    assert report_of_html(f"<html><body><p {attributes}>{LEDE}</p></body></html>").text == LEDE
    assert time.process_time() - started < 5


def test_entities_of_a_doctype_are_not_expanded_and_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cret", encoding="utf-8")
    entities = f'<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY inner "exp4nded">'
    page = f"<!DOCTYPE html [{entities}]><html><body><p>{LEDE} [&file;] [&inner;]</p></body></html>"
    text = read_page(page).text
    assert f"{LEDE} [&file;] [&inner;]" in text
    assert "s3cret" not in text


@given(st.text(st.sampled_from("<>/abdivphtml!-=\"' &;#x0\n"), max_size=300))
def test_rubbish_never_raises_and_its_blocks_cover_its_text(source: str) -> None:
    page = read_page(source)
    at = 0
    for stretch in page.stretches:
        assert not page.text[at : stretch.start].strip()
        at = stretch.end
    assert not page.text[at:].strip()


@pytest.mark.parametrize(
    ("text", "is_html", "is_feed"),
    [
        ("<!DOCTYPE html><p>x", True, False),
        ("\n <html>", True, False),
        ('<?xml version="1.0"?><html xmlns="x">', True, False),
        ("<!-- saved --><div>x", True, False),
        ("<p>x</p>", True, False),
        ("x <p>y</p>", False, False),
        ("<police> said", False, False),
        ('<?xml version="1.0"?><rss version="2.0">', False, True),
        ("<feed xmlns='x'>", False, True),
        ("", False, False),
    ],
)
def test_pages_and_feeds_are_known_by_how_they_begin(text: str, is_html: bool, is_feed: bool) -> None:
    assert (looks_like_html(text), looks_like_feed(text)) == (is_html, is_feed)


def test_characters_that_the_parser_lets_in_and_not_out_again_do_no_harm() -> None:
    """A part is cut out of a broken page, and the text behind it holds what XML does not allow."""
    page = read_page(
        f"<html><body><nav>menu</nav>\x01 <p>{LEDE}</p><p>On 3 May.</p><nav>more</nav>\x02\x0b</body></html>"
    )
    assert LEDE in page.text
    assert "menu" not in page.markup()
    assert "\x01" not in page.markup()
