"""OPML: a list of feeds; each is fetched, and its entries read."""

from __future__ import annotations

import html
import re
from typing import Final

from sayso.errors import InputError
from sayso.intake.assemble import Given
from sayso.intake.capture import Items, Link, Opened
from sayso.intake.decode import LIMIT, decode, too_large
from sayso.intake.kinds import Kind

_OUTLINE: Final = re.compile(r"<outline\b([^<>]{0,8000})>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"([\w:]{1,40})\s*=\s*(?:\"([^\"]{0,4000})\"|'([^']{0,4000})')")


def captures(opened: Opened, given: Given) -> Items:
    """Yield a link for each feed in the list."""
    raw = opened.stream.read(LIMIT + 1)
    opened.inventory.size += len(raw)
    opened.inventory.told += len(raw)
    if len(raw) > LIMIT:
        raise too_large(opened.place)
    found = feeds(decode(raw))
    if not found:
        raise InputError("no feed in this list", place=opened.place, way_out="an outline with xmlUrl is a feed")
    for url, title in found:
        opened.inventory.items += 1
        yield Link(url, opened.place, Given(given.published, given.publisher, listed_publisher=title))


def feeds(text: str) -> list[tuple[str, str | None]]:
    """Return address and title of each feed in an OPML list, each address once."""
    found: dict[str, str | None] = {}
    for outline in _OUTLINE.finditer(text):
        words = {name.lower(): html.unescape(a or b).strip() for name, a, b in _ATTRIBUTE.findall(outline[1])}
        if words.get("xmlurl"):
            found.setdefault(words["xmlurl"], words.get("title") or words.get("text") or None)
    return list(found.items())


def recognises(head: bytes) -> bool:
    """Tell by the root element."""
    return b"<opml" in head.lower()


KIND = Kind("opml", "OPML, a list of feeds to fetch", (".opml",), captures, recognises)
