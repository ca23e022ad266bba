"""Mail and saved web archives: EML (a newsletter, a wire service by mail) and MHTML (a page as Chrome saves it)."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Final

from sayso.errors import InputError
from sayso.intake.assemble import Fields, Given, report_of_html, report_of_text
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.dates import published_date
from sayso.intake.decode import LIMIT, decode, too_large
from sayso.intake.html import looks_like_html
from sayso.intake.kinds import Kind
from sayso.records import Report

FORM: Final = "mail"
_HEADER: Final = re.compile(rb"\A(?:[A-Za-z-]{2,40}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,}", re.ASCII)
_TELLING: Final = re.compile(
    rb"^(?:MIME-Version|Message-ID|Snapshot-Content-Location|Received):", re.IGNORECASE | re.MULTILINE
)


def captures(opened: Opened, given: Given) -> Items:
    """Yield the whole source."""
    yield Capture(opened.stream.read(LIMIT + 1), opened.place, FORM, given)


def report(item: Capture) -> Report:
    """Return the report in a mail or saved page; raises InputError where it holds no text."""
    if len(item.raw) > LIMIT:
        raise too_large(item.place)
    message = email.message_from_bytes(item.raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    snapshot = _header(message, "Snapshot-Content-Location")
    part = _page(message) if snapshot else message.get_body(("plain", "html"))
    part = part or _page(message)
    if not isinstance(part, EmailMessage):
        raise InputError("no text in this mail", place=item.place, way_out="save its attachment")
    raw = part.get_payload(decode=True)
    text = decode(raw if isinstance(raw, bytes) else b"", part.get_content_charset())
    given, fields = _known(item.given, message, part, snapshot)
    make = report_of_html if part.get_content_subtype() == "html" or looks_like_html(text) else report_of_text
    return make(text, given, raw=item.raw, place=item.place, fields=fields)


def _known(given: Given, message: EmailMessage, part: EmailMessage, snapshot: str | None) -> tuple[Given, Fields]:
    """Return what the head says: of a mail its sender, subject and date; of a saved page where and when it was got."""
    date = published_date(_header(message, "Date") or "")
    if snapshot or _header(part, "Content-Location"):
        url = snapshot or _header(part, "Content-Location") or ""
        url_or_none = url if url.startswith(("https://", "http://")) else None
        return replace(given, url=given.url or url_or_none, retrieved=given.retrieved or date), Fields()
    name, address = parseaddr(_header(message, "From") or "")
    fields = Fields(
        title=_header(message, "Subject"),
        publisher=name or address or None,
        published=date,
        external_id=_header(message, "Message-ID"),
    )
    return given, fields


def _page(message: EmailMessage) -> EmailMessage | None:
    """Return the first part that is a page or a text, at most a thousand parts deep or wide."""
    for number, part in enumerate(message.walk()):
        if number > 1000:
            return None
        if part.get_content_type() in {"text/html", "text/plain", "application/xhtml+xml"}:
            assert isinstance(part, EmailMessage)
            return part
    return None


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return " ".join(str(message.get(name) or "").split())[:1000] or None
    except (ValueError, IndexError, TypeError, AttributeError):  # the mail parser stumbles over some rubbish
        return None


def recognises(head: bytes) -> bool:
    """Tell by the lines at the head of every mail."""
    found = _HEADER.match(head)
    return bool(found and _TELLING.search(found[0]))


KIND = Kind(
    "mail", "mail (EML) and saved pages (MHTML)", (".eml", ".mhtml", ".mht"), captures, recognises, FORM, report
)
