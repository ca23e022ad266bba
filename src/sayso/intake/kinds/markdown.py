"""Markdown: headings, quotes and links as they are meant; what front matter says of it (title, date, author, url)."""

from __future__ import annotations

import re
from typing import Final

from sayso.intake.assemble import Fields, Given, report_of_html
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.decode import LIMIT, check_is_text, decode
from sayso.intake.kinds import Kind
from sayso.intake.tongue import code_of
from sayso.records import Report

FORM: Final = "markdown"
_FRONT: Final = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_ENTRY: Final = re.compile(r"^([A-Za-z_-]{1,40})[ \t]*:[ \t]*(.*)$", re.MULTILINE)
_NAMES: Final = {
    "title": "title", "headline": "title", "date": "published", "published": "published", "author": "byline",
    "byline": "byline", "url": "url", "link": "url", "source": "publisher", "publisher": "publisher",
    "language": "language", "lang": "language", "id": "external_id",
}  # fmt: skip


def captures(opened: Opened, given: Given) -> Items:
    """Yield the whole source."""
    yield Capture(opened.stream.read(LIMIT + 1), opened.place, FORM, given)


def report(item: Capture) -> Report:
    """Return the report that a Markdown file is; raises InputError for no text, or a date that is none."""
    from markdown_it import MarkdownIt

    check_is_text(item.raw, item.place)
    text = decode(item.raw)
    front = _FRONT.match(text)
    fields = _fields(front[1]) if front else Fields()
    source = (
        MarkdownIt("commonmark", {"html": False, "maxNesting": 40})
        .enable("table")
        .render(text[front.end() :] if front else text)
    )
    return report_of_html(f"<article>{source}</article>", item.given, raw=item.raw, place=item.place, fields=fields)


def _fields(front: str) -> Fields:
    """Read ``key: value`` lines only: front matter is not loaded as YAML, which can hold anything."""
    found: dict[str, str] = {}
    for key, value in _ENTRY.findall(front):
        name, words = _NAMES.get(key.lower()), value.strip().strip("\"'").strip()
        if name and words:
            found.setdefault(name, words[:1000])
    if "language" in found:
        found["language"] = code_of(found["language"]) or ""
    return Fields(**{name: words for name, words in found.items() if words})


KIND = Kind("markdown", "Markdown, with front matter", (".md", ".markdown"), captures, form=FORM, report=report)
