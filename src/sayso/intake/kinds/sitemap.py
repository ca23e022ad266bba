"""News sitemaps: a list of pages to fetch, with the title and date that the outlet gives each."""

from __future__ import annotations

import html
import re
from typing import Final

from sayso.errors import InputError
from sayso.intake.assemble import Given
from sayso.intake.capture import Items, Link, Opened
from sayso.intake.dates import published_date
from sayso.intake.decode import LIMIT, decode, too_large
from sayso.intake.kinds import Kind

_URL: Final = re.compile(r"<(url|sitemap)>(.{0,20000}?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_PART: Final = re.compile(
    r"<(?:\w{1,20}:)?(loc|title|name|publication_date|lastmod)\s*>\s*(?:<!\[CDATA\[)?([^<>]{0,4000}?)(?:\]\]>)?\s*</",
    re.IGNORECASE,
)


def captures(opened: Opened, given: Given) -> Items:
    """Yield a link for each page."""
    raw = opened.stream.read(LIMIT + 1)
    opened.inventory.size += len(raw)
    opened.inventory.told += len(raw)
    if len(raw) > LIMIT:
        raise too_large(opened.place)
    found = False
    for entry in _URL.finditer(decode(raw)):
        words: dict[str, str] = {}
        for name, value in _PART.findall(entry[2]):
            words.setdefault(name.lower(), html.unescape(value).strip())
        if words.get("loc"):
            found = True
            opened.inventory.items += 1
            yield Link(words["loc"], opened.place, _given(words, given))
        else:
            opened.inventory.passed["without an address"] += 1
    if not found:
        raise InputError("no page in this sitemap", place=opened.place, way_out="get it again")


def _given(words: dict[str, str], given: Given) -> Given:
    return Given(
        given.published,
        given.publisher,
        listed_published=published_date(words.get("publication_date") or ""),
        listed_title=words.get("title") or None,
        listed_publisher=words.get("name") or None,
    )


def recognises(head: bytes) -> bool:
    """Tell by the root element."""
    return b"<urlset" in head or b"<sitemapindex" in head


KIND = Kind("sitemap", "a (news) sitemap, a list of pages to fetch", (), captures, recognises)
