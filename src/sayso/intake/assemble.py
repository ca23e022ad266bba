"""The bytes of one report to a ``Report``: what the user said goes first, then what the source says, then the text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sayso.errors import InputError
from sayso.intake.dates import published_date
from sayso.intake.decode import check_is_text, clean, decoded
from sayso.intake.html import looks_like_feed, looks_like_html, read_page
from sayso.intake.meta import PageFacts
from sayso.intake.notes import Notes, note
from sayso.intake.plain import paragraphs
from sayso.intake.roles import Layout, Stretch, lay_out
from sayso.intake.tongue import language_of
from sayso.records import Report


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a report beside its bytes: what the user said, and how it was come by.

    Attributes:
        published: ISO 8601 date or date-time, by the user; goes before everything the sources say.
        publisher: name of the outlet, by the user; likewise.
        url: address that the bytes were got from (web archive, fetched page, saved page).
        retrieved: when they were got, ISO 8601.
        charset: encoding that the server named.
        columns: which column holds what, for tables: ``text=Body,title=Headline``.
        listed_published: what the feed or sitemap that led to it says of it; used where the report itself is silent.
        listed_title: likewise.
        listed_publisher: likewise.

    """

    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    retrieved: str | None = None
    charset: str | None = None
    columns: str | None = None
    listed_published: str | None = None
    listed_title: str | None = None
    listed_publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """What the fields beside a text say (keys of JSON Lines); None where they do not say."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    external_id: str | None = None


NOTHING_GIVEN = Given()
_SEARCHED: Final = 400_000
"""Code points of a page beyond which no date is searched for in its markup: it would take seconds."""
_DAY_IN_ADDRESS: Final = re.compile(r"/(19\d\d|20\d\d)[/-]([01]\d)[/-]([0-3]\d)(?=[/_-])")
_NO_FIELDS = Fields()


def report_of_bytes(raw: bytes, given: Given, *, place: str, html: bool = False) -> Report:
    """Return the report in ``raw``: a page where it looks like one or ``html`` says so, else a plain text.

    Raises:
        InputError: too large, no text (a picture, a feed …), or nothing in it.

    """
    check_is_text(raw, place)
    text = decoded(raw, given.charset)  # what makes the report cleans it
    if looks_like_feed(text):
        raise InputError("a news feed, not a report", place=place, way_out="name it .rss or .xml: it is read as a feed")
    make = report_of_html if html or looks_like_html(text) else report_of_text
    return make(text, given, raw=raw, place=place)


def report_of_text(
    text: str, given: Given = NOTHING_GIVEN, *, raw: bytes | None = None, place: str = "", fields: Fields = _NO_FIELDS
) -> Report:
    """Return the report that the plain ``text`` is; ``raw`` (default: the text in UTF-8) gives it its id."""
    text = clean(text)
    layout = lay_out(text, [Stretch(start, end) for start, end in paragraphs(text)], fields.title)
    return _report(text, layout, PageFacts(), given, raw=raw, place=place, fields=fields)


def report_of_html(
    source: str, given: Given = NOTHING_GIVEN, *, raw: bytes | None = None, place: str = "", fields: Fields = _NO_FIELDS
) -> Report:
    """Return the report in the page ``source``; ``raw`` (default: the source in UTF-8) gives it its id."""
    page = read_page(clean(source))
    note(page.notes)
    text = page.text
    layout = lay_out(text, page.stretches, fields.title or page.facts.title)
    raw = source.encode("utf-8", "surrogatepass") if raw is None else raw
    return _report(text, layout, page.facts, given, raw=raw, place=place, fields=fields, markup=page.markup)


def _report(
    text: str,
    layout: Layout,
    facts: PageFacts,
    given: Given,
    *,
    raw: bytes | None,
    place: str,
    fields: Fields,
    markup: Callable[[], str] | None = None,
) -> Report:
    if not layout.blocks:
        raise InputError("there is no text in it", place=place, way_out="give a file with words in it")
    published, published_from = _published(layout, facts, given, fields, place, markup)
    best = {
        "url": [("field", fields.url), ("page", own_address(facts.url, given.url)), ("address", given.url)],
        "publisher": [
            ("option", given.publisher),
            ("field", fields.publisher),
            (facts.publisher_from, facts.publisher),
            ("list", given.listed_publisher),
        ],
        "title": [
            ("field", fields.title),
            (facts.title_from, facts.title),
            ("list", given.listed_title),
            ("text", layout.title),
        ],
        "byline": [("field", fields.byline), (facts.byline_from, facts.byline), ("text", layout.byline)],
        "language": [("field", fields.language), ("text", language_of(text))],
    }
    chosen = {name: next(((source, w) for source, w in tried if w), (None, None)) for name, tried in best.items()}
    found = {name: source for name, (source, _) in chosen.items() if source} | (
        {"published": published_from} if published_from else {}
    )
    note(Notes(found=found, modified=facts.modified, modified_from=facts.modified_from, credit=_credit(text, layout)))
    return Report(
        id=report_id(text.encode("utf-8") if raw is None else raw),
        external_id=fields.external_id,
        dateline=layout.dateline,
        published=published,
        published_from=published_from,
        text=text,
        blocks=tuple(layout.blocks),
        **{name: words for name, (_, words) in chosen.items()},
    )


def own_address(said: str | None, got_from: str | None) -> str | None:
    """Return the address that a page says is its own, unless it was got from another site: then it may not say so.

    Otherwise any page could pass for a new version of another outlet's report.
    """
    if said is None or got_from is None:
        return said
    return said if _site(said) == _site(got_from) else None


def _site(url: str) -> str:
    """Return the host of an address without the part that tells its mobile and AMP pages apart."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return url
    return re.sub(r"^(?:www\d?|m|amp|mobile)\.", "", host)


def _credit(text: str, layout: Layout) -> str | None:
    """Return the first credit line that is no byline."""
    lines = (text[block.start : block.end] for block in layout.blocks if block.kind == "credit")
    return next((line for line in lines if line[:3].lower() != "by "), None)


def report_id(raw: bytes) -> str:
    """Return the id of the report with these raw bytes."""
    return f"re_{hashlib.sha256(raw).hexdigest()[:16]}"


def _published(
    layout: Layout,
    facts: PageFacts,
    given: Given,
    fields: Fields,
    place: str,
    markup: Callable[[], str] | None,
) -> tuple[str | None, str | None]:
    """Return the best date known and where it was found; never today's date and never that of a file."""
    for name, words in (("option", given.published), ("field", fields.published)):
        if words is not None:
            day = published_date(words)
            if day is None:
                raise InputError(f"{words!r} is no date", place=place, way_out="write it like 2020-12-23")
            return day, name
    if facts.published:
        return facts.published, facts.published_from
    if given.listed_published:
        return given.listed_published, "list"
    if layout.published:
        return layout.published, "dateline"
    day, found = _date_in_address(given.url or facts.url)
    return (day, found) if day or markup is None else _date_on_page(markup())


def _date_on_page(source: str) -> tuple[str | None, str | None]:
    """Return the date that htmldate finds in the page's markup (never in running text), where nothing else tells."""
    if len(source) > _SEARCHED:
        return None, None
    from htmldate import find_date

    try:
        words = find_date(source, original_date=True, extensive_search=False)
    except Exception:  # noqa: BLE001 - it has no errors of its own, and a date is worth no report
        return None, None
    day = published_date(words) if words else None
    return (day, "htmldate") if day else (None, None)


def _date_in_address(url: str | None) -> tuple[str | None, str | None]:
    """Return the day that stands in a page's address (``/2031/05/14/``): outlets put the day of publication there."""
    found = _DAY_IN_ADDRESS.search(url or "")
    day = published_date("-".join(found.groups())) if found else None
    return (day, "address") if day else (None, None)
