"""A site of 200 made pages in 12 layouts, each with what a reader must find in it; the same pages every time."""

# ruff: noqa: E501 - pages are written as they are
from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from evaluation.intake.words import NAMES, fill, paragraphs
from evaluation.intake.words import TITLES as HEADLINES

SENTINEL: Final = "Elsewhere"
"""Every line of the page around the report has this word; none of the report has it."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page and what stands in it.

    Attributes:
        name: layout and number.
        raw: its bytes.
        title: its headline.
        paragraphs: of the report, in order.
        published: as it must be read; None where the page does not say.
        language: ISO 639-1.

    """

    name: str
    raw: bytes
    title: str
    paragraphs: tuple[str, ...]
    published: str | None
    language: str


@dataclass(slots=True)
class _Draft:
    title: str
    paragraphs: list[str]
    day: str
    author: str
    language: str
    dice: random.Random

    @property
    def body(self) -> str:
        return "".join(f"<p>{escape(each)}</p>" for each in self.paragraphs)

    def linked(self, kind: str = "NewsArticle", **more: str) -> str:
        data: dict[str, object] = {
            "@context": "https://schema.org",
            "@type": kind,
            "headline": self.title,
            "datePublished": self.day,
        }
        data.update({"author": {"@type": "Person", "name": self.author}}, **more)
        return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'

    def meta(self) -> str:
        return (
            f'<meta property="og:title" content="{escape(self.title)}">'
            f'<meta property="article:published_time" content="{self.day}">'
        )


def _links(dice: random.Random, number: int = 8) -> str:
    items = "".join(
        f'<li><a href="/{n}">{SENTINEL}: {escape(fill(HEADLINES["en"][n % 3], dice))}</a></li>' for n in range(number)
    )
    return f"<ul>{items}</ul>"


def _frame(draft: _Draft, inside: str, head: str = "", *, open_html: str = "<html lang='en'>") -> str:
    menu = "".join(f'<a href="/{n}">{SENTINEL} {n}</a> ' for n in range(9))
    return (
        f"<!DOCTYPE html>{open_html}<head><title>{escape(draft.title)} | Coast Wire</title>{head}</head><body>"
        f"<header><nav>{menu}</nav></header>{inside}<footer><p>{SENTINEL}: © 2019 Coast Wire. All rights reserved.</p></footer></body></html>"
    )


def _article(draft: _Draft) -> str:
    inside = f"<article><h1>{escape(draft.title)}</h1><p class='byline'>By {draft.author}</p>{draft.body}</article><aside>{_links(draft.dice)}</aside>"
    return _frame(draft, inside, draft.linked())


def _teasers(draft: _Draft) -> str:
    leads = "".join(
        f"<div class='teaser'><a href='/{n}'><h3>{SENTINEL}: {escape(fill(HEADLINES['en'][n % 3], draft.dice))}</h3></a>"
        f"<p><a href='/{n}'>{SENTINEL}: the report tells what has happened there and who has said so, in a few lines.</a></p></div>"
        for n in range(6)
    )
    more = f"<p>Read more: <a href='/x'>{SENTINEL} on the coast road</a></p>"
    parts = [f"<p>{escape(each)}</p>" for each in draft.paragraphs]
    inside = f"<div id='top'>{leads}</div><div class='story'><h1>{escape(draft.title)}</h1>{parts[0]}{more}{''.join(parts[1:])}</div><div>{_links(draft.dice, 12)}</div>"
    return _frame(draft, inside, draft.meta())


def _amp(draft: _Draft) -> str:
    inside = (
        f"<amp-sidebar><ul><li>{SENTINEL} menu</li></ul></amp-sidebar><main><h1>{escape(draft.title)}</h1>"
        f"<amp-img src='x.jpg' width='4' height='3'></amp-img>{draft.body}<amp-ad type='x'></amp-ad></main>"
        f"<section class='related'>{_links(draft.dice)}</section>"
    )
    return _frame(draft, inside, draft.linked(), open_html="<html amp lang='en'>")


def _live_blog(draft: _Draft) -> str:
    posts = "".join(
        f"<div class='post'><time datetime='{draft.day[:11]}{10 + n:02}:00:00+02:00'>{10 + n}:00</time><p>{escape(each)}</p></div>"
        for n, each in enumerate(draft.paragraphs)
    )
    inside = f"<article><h1>{escape(draft.title)}</h1>{posts}</article><div>{_links(draft.dice)}</div>"
    return _frame(draft, inside, draft.linked("LiveBlogPosting"))


def _updated(draft: _Draft) -> str:
    later = draft.day[:8] + "28" + draft.day[10:]
    inside = f"<main><h1>{escape(draft.title)}</h1>{draft.body}</main><div class='more'>{_links(draft.dice)}</div>"
    return _frame(draft, inside, draft.linked(dateModified=later) + draft.meta())


def _paywall(draft: _Draft) -> str:
    wall = f"<div class='paywall'><p>{SENTINEL}: <a href='/subscribe'>Subscribe now to read on</a></p><form><input name='mail'><button>{SENTINEL}</button></form></div>"
    inside = f"<article><h1>{escape(draft.title)}</h1>{draft.body}{wall}</article>{_links(draft.dice)}"
    return _frame(draft, inside, draft.linked())


def _print_view(draft: _Draft) -> str:
    rows = "".join(f"<tr><td><p>{escape(each)}</p></td></tr>" for each in draft.paragraphs)
    return (
        f"<html><head><title>{escape(draft.title)}</title>{draft.meta()}</head><body><table><tr><td><h2>{escape(draft.title)}</h2></td></tr>"
        f"{rows}</table></body></html>"
    )


def _nested(draft: _Draft) -> str:
    deep = draft.dice.choice((200, 253, 256, 300, 600))
    inside = f"{'<div>' * deep}<h1>{escape(draft.title)}</h1>{draft.body}{'</div>' * deep}"
    return _frame(draft, inside, draft.linked())


def _undated(draft: _Draft) -> str:
    related = "".join(f"<li><a href='/{n}'>{SENTINEL}: older report {n}</a> 12 March 2018</li>" for n in range(8))
    inside = (
        f"<article><h1>{escape(draft.title)}</h1>{draft.body}</article><div class='related'><ul>{related}</ul></div>"
    )
    return _frame(draft, inside)


def _other_language(draft: _Draft) -> str:
    turned = "rtl" if draft.language == "ar" else "ltr"
    inside = f"<article dir='{turned}'><h1>{escape(draft.title)}</h1>{draft.body}</article><aside>{_links(draft.dice)}</aside>"
    return _frame(draft, inside, draft.linked(), open_html=f"<html lang='{draft.language}' dir='{turned}'>")


LAYOUTS: Final[dict[str, tuple[Callable[[_Draft], str], str, str]]] = {
    "article": (_article, "en", "utf-8"),
    "teasers": (_teasers, "en", "utf-8"),
    "amp": (_amp, "en", "utf-8"),
    "live": (_live_blog, "en", "utf-8"),
    "updated": (_updated, "en", "utf-8"),
    "paywall": (_paywall, "en", "utf-8"),
    "print": (_print_view, "en", "utf-8"),
    "nested": (_nested, "en", "utf-8"),
    "undated": (_undated, "en", "utf-8"),
    "charset": (_article, "en", "wrong"),
    "arabic": (_other_language, "ar", "utf-8"),
    "russian": (_other_language, "ru", "cp1251"),
}
"""Layout → how the page is made, its language, its encoding ("wrong": another than it says)."""


def pages(number: int = 200, seed: int = 8) -> Iterator[MadePage]:
    """Yield made pages, layouts in turn."""
    names = list(LAYOUTS)
    for at in range(number):
        yield made_page(names[at % len(names)], at, seed)


def made_page(layout: str, number: int, seed: int = 8) -> MadePage:
    """Return the page of this number in this layout."""
    make, language, encoding = LAYOUTS[layout]
    dice = random.Random(f"{seed}/{layout}/{number}")
    title = fill(dice.choice(HEADLINES[language]), dice)
    size = 2 if layout == "paywall" else dice.randint(4, 9) if language == "en" else dice.randint(2, 4)
    day = f"2031-{dice.randint(1, 12):02}-{dice.randint(1, 27):02}T{dice.randint(0, 23):02}:{dice.randint(0, 59):02}:00+02:00"
    draft = _Draft(title, paragraphs(language, dice, size), day, dice.choice(NAMES), language, dice)
    published = None if layout == "undated" else f"{day[:16]}+02:00"
    return MadePage(
        f"{layout}-{number}", _encoded(make(draft), encoding), title, tuple(draft.paragraphs), published, language
    )


def _encoded(source: str, encoding: str) -> bytes:
    declared = {"wrong": "iso-8859-1", "cp1251": "windows-1251"}.get(encoding, encoding)
    source = source.replace("<head>", f'<head><meta charset="{declared}">', 1)
    return source.encode("utf-8" if encoding == "wrong" else encoding, "xmlcharrefreplace")
