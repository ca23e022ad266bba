"""The bytes of one report to a ``Report``: what the user said goes first, then what the source says, then the text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sayso.errors import InputError
from sayso.intake.dates import published_date
from sayso.intake.decode import check_is_text, clean, decode
from sayso.intake.html import looks_like_feed, looks_like_html, read_page
from sayso.intake.meta import PageFacts
from sayso.intake.plain import paragraphs
from sayso.intake.roles import Layout, Stretch, lay_out
from sayso.intake.tongue import language_of
from sayso.records import Report


@dataclass(frozen=True, slots=True)
class Given:
    """What the user said of all reports of a source; it goes before everything the sources say.

    Attributes:
        published: ISO 8601 date or date-time.
        publisher: name of the outlet.

    """

    published: str | None = None
    publisher: str | None = None


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
_NO_FIELDS = Fields()


def report_of_bytes(raw: bytes, given: Given, *, place: str, html: bool = False) -> Report:
    """Return the report in ``raw``: a page where it looks like one or ``html`` says so, else a plain text.

    Raises:
        InputError: too large, no text (a picture, a feed …), or nothing in it.

    """
    check_is_text(raw, place)
    text = decode(raw)
    if looks_like_feed(text):
        raise InputError(
            "a news feed, not a report", place=place, way_out="feeds come with a later version: save the pages"
        )
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
    text = clean(page.text)
    layout = lay_out(text, page.stretches, fields.title or page.facts.title)
    raw = source.encode("utf-8", "surrogatepass") if raw is None else raw
    return _report(text, layout, page.facts, given, raw=raw, place=place, fields=fields)


def _report(
    text: str, layout: Layout, facts: PageFacts, given: Given, *, raw: bytes | None, place: str, fields: Fields
) -> Report:
    if not layout.blocks:
        raise InputError("there is no text in it", place=place, way_out="give a file with words in it")
    published, published_from = _published(layout, facts, given, fields, place)
    return Report(
        id=report_id(text.encode("utf-8") if raw is None else raw),
        external_id=fields.external_id,
        url=fields.url or facts.url,
        publisher=given.publisher or fields.publisher or facts.publisher,
        title=fields.title or facts.title or layout.title,
        byline=fields.byline or facts.byline or layout.byline,
        dateline=layout.dateline,
        published=published,
        published_from=published_from,
        language=fields.language or language_of(text),
        text=text,
        blocks=tuple(layout.blocks),
    )


def report_id(raw: bytes) -> str:
    """Return the id of the report with these raw bytes."""
    return f"re_{hashlib.sha256(raw).hexdigest()[:16]}"


def _published(
    layout: Layout, facts: PageFacts, given: Given, fields: Fields, place: str
) -> tuple[str | None, str | None]:
    """Return the best date known and where it was found; never today's date and never that of a file."""
    for source, words in (("option", given.published), ("field", fields.published)):
        if words is not None:
            day = published_date(words)
            if day is None:
                raise InputError(f"{words!r} is no date", place=place, way_out="write it like 2020-12-23")
            return day, source
    if facts.published:
        return facts.published, facts.published_from
    return (layout.published, "dateline") if layout.published else (None, None)
