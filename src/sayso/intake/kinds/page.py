"""A saved page: HTML as a browser or a crawler kept it, SingleFile's with the address and time it notes in front."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from sayso.intake.assemble import Given, report_of_bytes
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.dates import published_date
from sayso.intake.decode import LIMIT
from sayso.intake.kinds import Kind
from sayso.records import Report

FORM: Final = "page"
_SINGLE_FILE: Final = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})\s+saved date:\s*([^\r\n]{1,80})", re.IGNORECASE
)
_SAVED_FROM: Final = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S{1,2000})\s*-->", re.IGNORECASE)
_JS_DATE: Final = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})")


def captures(opened: Opened, given: Given) -> Items:
    """Yield the whole source."""
    yield Capture(opened.stream.read(LIMIT + 1), opened.place, FORM, given)


def report(item: Capture) -> Report:
    """Return the report in a page; raises InputError where there is none."""
    return report_of_bytes(item.raw, noted(item.raw, item.given), place=item.place, html=True)


def noted(raw: bytes, given: Given) -> Given:
    """Return what is given, and the address and time that the program noted which saved the page."""
    head = raw[:8192]
    if found := _SINGLE_FILE.search(head):
        return replace(given, url=given.url or _address(found[1]), retrieved=given.retrieved or _moment(found[2]))
    if found := _SAVED_FROM.search(head):
        return replace(given, url=given.url or _address(found[1]))
    return given


def _address(words: bytes) -> str | None:
    address = words.decode("utf-8", "replace")
    return address if address.startswith(("https://", "http://")) else None


def _moment(words: bytes) -> str | None:
    """Return ``Sat May 14 2031 21:15:00 GMT+0200 (…)`` as an ISO date-time."""
    found = _JS_DATE.match(words.decode("ascii", "replace"))
    return published_date(f"{found[2]} {found[1]} {found[3]} {found[4]} {found[5]}") if found else None


KIND = Kind(
    "page",
    "a saved page (HTML, SingleFile)",
    (".html", ".htm", ".xhtml", ".shtml"),
    captures,
    form=FORM,
    report=report,
)
