"""What stands at the addresses that the documentation names: the fetcher of these tests finds it here only."""

from __future__ import annotations

import hashlib
from typing import Any

from sayso.errors import InputError
from sayso.intake.fetching import Fetcher
from sayso.intake.fetching.fetcher import Answered

PAGE = b"""<!DOCTYPE html><html lang="en"><head><title>Guards shot dead in Talmira</title>
<meta property="article:published_time" content="2031-05-12T08:00+00:00"></head><body><article>
<h1>Guards shot dead in Talmira</h1>
<p>Two guards were killed by gunmen at a depot in Talmira on Sunday, police said.</p>
<p>No group claimed the attack. A witness said he saw four men on two motorcycles drive away to the north.</p>
</article></body></html>"""
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Wire</title><link>https://wire.example/</link>
<item><title>Guards shot dead in Talmira</title><link>https://wire.example/talmira</link>
<pubDate>Mon, 12 May 2031 08:00:00 +0000</pubDate></item></channel></rss>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title><id>https://agency.example/</id>
<entry><title>Bomb in Odrana</title><id>https://agency.example/1</id><updated>2031-05-13T09:00:00Z</updated>
<content type="text">A bomb wounded five people in Odrana on Monday, a doctor said.</content></entry></feed>"""
SITE = {
    "https://wire.example/rss": ("application/rss+xml", FEED),
    "https://wire.example/talmira": ("text/html; charset=utf-8", PAGE),
    "https://wire.example/tarsk": ("text/html; charset=utf-8", PAGE),
    "https://agency.example/full.atom": ("application/atom+xml", ATOM),
}


def fetch(_fetcher: Fetcher, url: str, **_known: Any) -> Answered:
    """Return what stands at an address of the documentation."""
    if url not in SITE:
        raise InputError("no such page in the documentation", place=url)
    kind, body = SITE[url]
    sha256 = hashlib.sha256(body).hexdigest()
    return Answered(url, url, 200, (("Content-Type", kind),), body, body, sha256, "2031-05-13T12:00:00Z")
