"""JSON Feed: one report an item; items are cut out as they stand, and parsed one by one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from sayso.errors import InputError
from sayso.intake.assemble import Fields, Given, report_of_html, report_of_text
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.decode import LIMIT, too_large
from sayso.intake.kinds import Kind
from sayso.intake.tongue import code_of
from sayso.records import Report

FORM: Final = "json-item"
_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{},:]', re.DOTALL)
_HEAD: Final = re.compile(rb'"(?:title|language)"\s*:\s*"(?:[^"\\]|\\.){0,500}"', re.DOTALL)
_VERSION: Final = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')


def captures(opened: Opened, given: Given) -> Items:
    """Yield each item, with the feed's title before it; of a feed that breaks off also the rest."""
    raw = opened.stream.read(LIMIT + 1)
    opened.inventory.size += len(raw)
    opened.inventory.told += len(raw)
    found, torn = cut(raw) if len(raw) <= LIMIT else ([], raw)
    for number, each in enumerate(found, 1):
        opened.inventory.items += 1
        yield Capture(each, f"{opened.place}:item {number}", FORM, given)
    if torn:
        opened.inventory.items += 1
        opened.inventory.damaged += 1
        yield Capture(torn, f"{opened.place}:after item {len(found)}", FORM, given)


def cut(raw: bytes) -> tuple[list[bytes], bytes]:
    """Return a feed of one item for each item, and what is left unfinished; linear."""
    spans = list(_items(raw))
    first = spans[0][0] if spans else len(raw)
    own = b",".join(dict.fromkeys(_HEAD.findall(raw[:first][:65536]))) + b"," if _HEAD.search(raw[:first]) else b""
    whole = [b"{" + own + b'"items":[' + raw[start:end] + b"]}" for start, end in spans if end is not None]
    torn = next((raw[start:] for start, end in spans if end is None), b"")
    closed = raw.rstrip().endswith(b"}")
    return whole, torn or (b"" if closed or spans else raw)


def _items(raw: bytes) -> Iterator[tuple[int, int | None]]:
    """Yield where the objects of the array ``items`` begin and end; None for one that breaks off."""
    depth, items, key, start = 0, False, b"", None
    for token in _TOKEN.finditer(raw):
        mark = token[0]
        if mark in b"[{":
            items = items or (mark == b"[" and depth == 1 and key == b'"items"')
            start = token.start() if items and depth == 2 and mark == b"{" else start
            depth += 1
        elif mark in b"]}":
            depth -= 1
            if items and depth == 2 and start is not None:
                yield start, token.end()
                start = None
            items = items and depth > 1
        elif depth == 1 and mark.startswith(b'"'):
            key = mark
    if start is not None:
        yield start, None


def report(item: Capture) -> Report:
    """Return the report that an item is; raises InputError for no text, or no JSON."""
    if len(item.raw) > LIMIT:
        raise too_large(item.place)
    feed = loads(item.raw, item.place)
    entry: Any = feed["items"][0] if isinstance(feed.get("items"), list) and feed["items"] else {}
    html, text = words_of(entry.get("content_html")), words_of(entry.get("content_text") or entry.get("summary"))
    if not (html or text):
        raise InputError("this item holds no text", place=item.place, way_out="`sayso watch` follows its address")
    fields = _fields(entry, feed)
    if html:
        return report_of_html(html, item.given, raw=item.raw, place=item.place, fields=fields)
    return report_of_text(text, item.given, raw=item.raw, place=item.place, fields=fields)


def loads(raw: bytes, place: str) -> dict[str, Any]:
    """Return the JSON object in ``raw``; raises InputError."""
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {str(error)[:80]}", place=place, way_out="get it again") from None
    if not isinstance(found, dict):
        raise InputError("not an object", place=place, way_out="get it again")
    return found


def words_of(value: Any) -> str:
    """Return a string, or nothing for what is none."""
    return value if isinstance(value, str) else ""


def line_of(value: Any) -> str | None:
    """Return a string on one line; None for what is none or empty."""
    return " ".join(words_of(value)[:4000].split())[:1000] or None


def _fields(entry: dict[str, Any], feed: dict[str, Any]) -> Fields:
    authors = entry.get("authors") or [entry.get("author")]
    names = (
        [line_of(each.get("name")) for each in authors if isinstance(each, dict)] if isinstance(authors, list) else []
    )
    url = line_of(entry.get("url"))
    return Fields(
        title=line_of(entry.get("title")),
        url=url if url and url.startswith(("https://", "http://")) else None,
        publisher=line_of(feed.get("title")),
        byline=", ".join(name for name in names if name) or None,
        published=line_of(entry.get("date_published") or entry.get("date_modified")),
        language=code_of(words_of(entry.get("language") or feed.get("language"))),
        external_id=line_of(str(entry["id"])) if entry.get("id") is not None else None,
    )


def recognises(head: bytes) -> bool:
    """Tell by the version that every JSON Feed names."""
    return bool(_VERSION.search(head))


KIND = Kind("json-feed", "JSON Feed, one report an item", (".json",), captures, recognises, FORM, report)
