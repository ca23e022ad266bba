"""A feed as RFC 4287 wants it, whatever stands in the reports."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import feedparser
import pytest

from sayso.alerts.atom import feed_of
from sayso.errors import NotFoundError
from tests.alerts.conftest import World
from tests.ledger.foretold import capture_of, text_of

A = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
NASTY = "<script>alert(1)</script> \u202egnihton\u202c \x07\ufffe ]]> &amp; \u05d0\u05d1"


def problems(raw: bytes) -> list[str]:
    """Return what RFC 4287 forbids: elements that are missing or come twice, what is no date, no IRI, no text."""
    feed = ET.fromstring(raw)
    found = [] if feed.tag == f"{A}feed" else ["no feed"]
    entries = feed.findall(f"{A}entry")
    for each in (feed, *entries):
        found += [f"not one {name}" for name in ("id", "title", "updated") if len(each.findall(f"{A}{name}")) != 1]
        for moment in (*each.findall(f"{A}updated"), *each.findall(f"{A}published")):
            found += [] if MOMENT.fullmatch(moment.text or "") else [f"no date: {moment.text}"]
        found += [] if (each.findtext(f"{A}id") or "").startswith("urn:uuid:") else ["no IRI"]
        for link in each.findall(f"{A}link"):
            found += [] if link.get("href", "").startswith(("http://", "https://")) else ["no link"]
    found += [] if feed.find(f"{A}author/{A}name") is not None else ["nobody has written it"]
    ids = [each.findtext(f"{A}id") for each in entries]
    found += ["an id comes twice"] if len(set(ids)) != len(ids) else []
    for entry in entries:
        content = entry.find(f"{A}content")
        whole = content is not None and content.get("type") == "html" and len(content) == 0 and content.text
        alternate = [link for link in entry.findall(f"{A}link") if link.get("rel") == "alternate"]
        found += [] if whole else ["no content"]
        found += ["two alternates"] if len(alternate) > 1 else []
    return found


def test_a_feed_is_one_whatever_stands_in_the_reports(world: World) -> None:
    world.alert("feed")
    world.add(
        capture_of(text_of(killed=7), publisher=NASTY, published="2031-05-05"),
        capture_of(text_of(place="Velm"), publisher="Lantern"),
    )
    world.run()
    raw = feed_of(world.ledger, "q")
    assert problems(raw) == []
    parsed = feedparser.parse(io.BytesIO(raw), sanitize_html=False)
    assert (parsed.bozo, len(parsed.entries)) == (False, 2)
    shown = "".join(entry.content[0].value for entry in parsed.entries)
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "⟨U+202E⟩" in shown
    assert "\u202e" not in shown
    assert "<bdi>" in shown


def test_the_same_messages_make_the_same_bytes_and_ids_stay(world: World) -> None:
    world.alert("feed")
    world.add(capture_of(text_of(killed=7)))
    world.run()
    first = feed_of(world.ledger, "q")
    assert feed_of(world.ledger, "q") == first
    world.later(hours=1)
    world.add(capture_of(text_of(killed=9, by="mayor")))
    world.run()
    later = feed_of(world.ledger, "q")
    assert problems(later) == []
    old = {each.findtext(f"{A}id") for each in ET.fromstring(first).findall(f"{A}entry")}
    new = [each.findtext(f"{A}id") for each in ET.fromstring(later).findall(f"{A}entry")]
    assert old < set(new)
    assert new[-1] in old  # the newest first


def test_an_empty_feed_is_a_feed(world: World) -> None:
    world.alert("feed")
    assert problems(feed_of(world.ledger, "q")) == []


def test_error_a_query_without_a_feed(world: World) -> None:
    world.alert("-")
    with pytest.raises(NotFoundError, match="'q' has no feed"):
        feed_of(world.ledger, "q")


def test_the_check_of_this_test_is_not_blind(world: World) -> None:
    world.alert("feed")
    world.add(capture_of(text_of(killed=7)))
    world.run()
    raw = feed_of(world.ledger, "q").decode()
    for broken in (
        raw.replace("<updated>", "<published>").replace("</updated>", "</published>"),
        re.sub(r"<updated>[^<]*", "<updated>yesterday", raw),
        re.sub(r"<content.*</content>", "", raw, flags=re.DOTALL),
        raw.replace("<author>", "<contributor>").replace("</author>", "</contributor>"),
    ):
        assert problems(broken.encode())
