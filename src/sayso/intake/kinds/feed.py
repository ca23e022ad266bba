"""RSS and Atom: one report an entry that holds a text; entries are cut out byte for byte and parsed one by one.

A whole feed is never given to feedparser: one author of 40 KB takes it 14 s, 21 bytes make it raise. Each entry is
parsed by itself, in a child that may be killed, as a feed of one entry: the beginning of the root element, the feed's
own title and language, and the entry, all as they stand in the file. Only bytes are given, never a string: those
feedparser takes for addresses, and opens.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sayso.errors import InputError
from sayso.intake.assemble import Fields, Given, report_of_html, report_of_text
from sayso.intake.capture import Capture, Inventory, Items, Opened
from sayso.intake.dates import published_date
from sayso.intake.decode import LIMIT, too_large
from sayso.intake.html import looks_like_html
from sayso.intake.kinds import Kind
from sayso.intake.tongue import code_of
from sayso.records import Report

FORM: Final = "entry"
_ROOT: Final = re.compile(rb"<(rss|feed|(?:\w{1,20}:)?RDF|\w{1,20}:feed)(?=[\s/>])[^<>]{0,8000}>", re.IGNORECASE)
_TOKEN: Final = re.compile(
    rb"<!\[CDATA\[|\]\]>|<!--|-->|<(?:\w{1,20}:)?(?:item|entry)(?=[\s/>])|</(?:\w{1,20}:)?(?:item|entry)\s*>",
    re.IGNORECASE,
)
_DECLARATION: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^<>]{0,300}\?>")
_OWN: Final = re.compile(
    rb"<(title|language|dc:language|link)(?=[\s>])[^<>]{0,500}(?:/>|>(?:<!\[CDATA\[)?[^<>]{0,1000}(?:\]\]>)?</\1\s*>)",
    re.IGNORECASE,
)
_WIDE: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Pieces:
    """A feed cut up: what goes before each entry, the entries, what goes after, and what is left unfinished."""

    head: bytes
    entries: tuple[bytes, ...]
    tail: bytes
    torn: bytes


def captures(opened: Opened, given: Given) -> Items:
    """Yield each entry; of a feed that breaks off, what follows the last whole one, to be kept."""
    raw = opened.stream.read(LIMIT + 1)
    opened.inventory.size += len(raw)
    opened.inventory.told += len(raw)
    if len(raw) > LIMIT:
        opened.inventory.items += 1
        yield Capture(raw, opened.place, FORM, given)
        return
    yield from entries(raw, opened.place, given, opened.inventory)


def entries(raw: bytes, place: str, given: Given, inventory: Inventory) -> Items:
    """Yield the entries of a feed as captures."""
    pieces = cut(raw)
    for number, entry in enumerate(pieces.entries, 1):
        inventory.items += 1
        yield Capture(pieces.head + entry + pieces.tail, f"{place}:entry {number}", FORM, given)
    if pieces.torn:
        inventory.items += 1
        inventory.damaged += 1
        yield Capture(pieces.torn, f"{place}:after entry {len(pieces.entries)}", FORM, given)


def cut(raw: bytes) -> Pieces:
    """Return a feed cut at its entries; linear, and no byte between the first entry and the end is lost."""
    raw = _as_utf8(raw)
    root = _ROOT.search(raw[:65536])
    if root is None:
        return Pieces(b"", (), b"", raw)
    found = list(_entries(raw, root.end()))
    whole = [(start, end) for start, end in found if end is not None]
    torn = next((raw[start:] for start, end in found if end is None), b"")
    first = found[0][0] if found else len(raw)
    if not found and b"</" + root[1].lower() not in raw.lower():
        torn = raw
    name = root[1]
    channel = name.lower() == b"rss"
    declaration = _DECLARATION.match(raw)
    own = b"".join(dict.fromkeys(each[0] for each in _OWN.finditer(raw[root.end() : first][:65536])))
    head = (declaration[0] if declaration else b"") + root[0] + (b"<channel>" if channel else b"") + own
    tail = (b"</channel>" if channel else b"") + b"</" + name + b">"
    return Pieces(head, tuple(raw[start:end] for start, end in whole), tail, torn)


def _entries(raw: bytes, at: int) -> Iterator[tuple[int, int | None]]:
    """Yield where entries begin and end; the end of one that breaks off is None."""
    start: int | None = None
    inside: bytes | None = None
    for token in _TOKEN.finditer(raw, at):
        words = token[0]
        if inside:
            inside = None if words == inside else inside
        elif words in {b"<![CDATA[", b"<!--"}:
            inside = b"]]>" if words == b"<![CDATA[" else b"-->"
        elif words.startswith(b"</"):
            if start is not None:
                yield start, token.end()
                start = None
        elif not words.startswith((b"]]", b"--")):
            if start is not None:  # the one before never closed
                yield start, token.start()
            start = token.start()
    if start is not None:
        yield start, None


def _as_utf8(raw: bytes) -> bytes:
    encoding = _WIDE.get(raw[:2])
    if encoding is None:
        return raw
    text = raw[2:].decode(encoding, "replace")
    return re.sub(r"(<\?xml[^<>]{0,200}?encoding=[\"'])[\w-]{1,40}", r"\1utf-8", text, count=1).encode(
        "utf-8", "replace"
    )


def report(item: Capture) -> Report:
    """Return the report that an entry is; raises InputError where it holds no text or is no entry."""
    if len(item.raw) > LIMIT:
        raise too_large(item.place)
    entry, feed = _parsed(item)
    text = _content(entry)
    words = _fields(entry, feed)
    text = text if text.strip() else words.title or ""
    if not text.strip():
        raise InputError("this entry holds no text", place=item.place, way_out="`sayso watch` follows its address")
    make = report_of_html if looks_like_html(text) or "<" in text else report_of_text
    return make(text, item.given, raw=item.raw, place=item.place, fields=words)


def _parsed(item: Capture) -> tuple[Any, Any]:
    import feedparser

    try:
        parsed = feedparser.parse(io.BytesIO(item.raw), resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:  # noqa: BLE001 - feedparser raises all sorts of things on what is no feed
        name = type(error).__name__
        raise InputError(f"no feed entry ({name})", place=item.place, way_out="its bytes are kept") from None
    if not parsed.entries:
        raise InputError("a feed that breaks off, or no feed", place=item.place, way_out="get the feed again")
    return parsed.entries[0], parsed.feed


def _content(entry: Any) -> str:
    texts = [str(part.get("value") or "") for part in entry.get("content") or []] + [str(entry.get("summary") or "")]
    return max(texts, key=len)


def _fields(entry: Any, feed: Any) -> Fields:
    url = _words(entry.get("link"))
    published = next((day for name in ("published", "updated") if (day := published_date(entry.get(name) or ""))), None)
    language = _words(feed.get("language"))
    source = entry.get("source") or {}
    return Fields(
        title=_words(entry.get("title")),
        url=url if url and url.startswith(("https://", "http://")) else None,
        publisher=_words(source.get("title") if isinstance(source, dict) else None) or _words(feed.get("title")),
        byline=_words(entry.get("author")),
        published=published,
        language=code_of(language) if language else None,
        external_id=_words(entry.get("id")),
    )


def _words(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(re.sub(r"<[^<>]{0,200}>", "", value[:4000]).split())[:1000] or None


def recognises(head: bytes) -> bool:
    """Tell by the root element."""
    return bool(_ROOT.search(_as_utf8(head))) and b"<html" not in head[:1000].lower()


KIND = Kind("feed", "RSS or Atom, one report an entry", (".rss", ".atom"), captures, recognises, FORM, report)
