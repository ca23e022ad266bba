"""A feed of an alert in Atom (RFC 4287): an entry for each incident that was told of, the newest first."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.etree import ElementTree as ET

from sayso.alerts.book import Alert, all_alerts, ledger_name
from sayso.alerts.destinations import destination_of
from sayso.alerts.outbox import Message, listed
from sayso.alerts.rendering import data_of, incident_as_html, title_of
from sayso.errors import NotFoundError
from sayso.ledger.store import Ledger
from sayso.showing.text import web_link

NAMESPACE: Final = "http://www.w3.org/2005/Atom"
MEDIA: Final = "application/atom+xml"
MOST: Final = 200
"""Messages of one feed, the newest."""
_NO_CHARACTER: Final = {
    point: "\ufffd" for plane in range(17) for point in (plane << 16 | 0xFFFE, plane << 16 | 0xFFFF)
}
"""What is no character of XML and is no control either."""


def feed_of(ledger: Ledger, query: str) -> bytes:
    """Return the feed of a saved query, UTF-8.

    Raises:
        NotFoundError: there is no alert with the destination ``feed`` on it.

    """
    means = [each for each in all_alerts(ledger) if each.query == query]
    feeds = [each for each in means if destination_of(each.destination).means == "feed"]
    if not feeds:
        raise NotFoundError(f"{query!r} has no feed", way_out=f"sayso alerts add {query} --to feed")
    found = listed(ledger, alerts=[feeds[0].id], limit=MOST)
    with ledger.snapshot() as connection:
        name = ledger_name(connection)
    return written(name, feeds[0], found, ledger.project.alerts.desk)


def written(ledger: str, alert: Alert, found: Sequence[Message], desk: str) -> bytes:
    """Return a feed of messages: the same bytes for the same messages.

    Args:
        ledger: what names the ledger among all.
        alert: whose feed it is.
        found: its messages, the newest first.
        desk: address at which readers reach the desk; empty for none.

    """
    ET.register_namespace("", NAMESPACE)
    feed = ET.Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _put(feed, "id", _name(f"sayso:{ledger}:{alert.query}"))
    _put(feed, "title", f"sayso: {alert.query}")
    _put(feed, "updated", found[0].made if found else alert.at)
    _put(feed, "generator", "sayso")
    author = ET.SubElement(feed, _tag("author"))
    _put(author, "name", "sayso")
    if own := web_link(f"{desk.rstrip('/')}/alerts/{alert.query}.atom") if desk else None:
        ET.SubElement(feed, _tag("link"), {"rel": "self", "type": MEDIA, "href": own})
    for message in found:
        for incident in data_of(message)["incidents"]:
            feed.append(_entry(ledger, message, incident))
    ET.indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + str(ET.tostring(feed, encoding="unicode")).encode() + b"\n"


def _entry(ledger: str, message: Message, incident: dict[str, Any]) -> ET.Element:
    entry = ET.Element(_tag("entry"))
    _put(entry, "id", _name(f"sayso:{ledger}:{message.id}:{incident['id']}"))
    _put(entry, "title", title_of(incident))
    _put(entry, "published", message.made)
    _put(entry, "updated", message.made)
    if incident["link"]:
        ET.SubElement(entry, _tag("link"), {"rel": "alternate", "href": incident["link"]})
    for url in dict.fromkeys(_links(incident)):
        ET.SubElement(entry, _tag("link"), {"rel": "related", "href": url})
    for kind in dict.fromkeys(change["kind"] for change in incident["changes"]):
        ET.SubElement(entry, _tag("category"), {"term": kind})
    _put(entry, "content", incident_as_html(incident), type="html")
    return entry


def _links(incident: dict[str, Any]) -> Iterator[str]:
    for field in incident["fields"]:
        for value in field["values"]:
            yield from (url for sayer in value["sayers"] if (url := web_link(sayer["url"])))


def _put(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, _tag(name), attributes).text = text.translate(_NO_CHARACTER)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _name(words: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, words).urn
