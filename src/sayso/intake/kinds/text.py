"""A text: one report a file, in any encoding; a page if it looks like one."""

from __future__ import annotations

from sayso.intake.assemble import Given, report_of_bytes
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.decode import LIMIT
from sayso.intake.kinds import Kind
from sayso.records import Report

FORM = "text"


def captures(opened: Opened, given: Given) -> Items:
    """Yield the whole source."""
    yield Capture(opened.stream.read(LIMIT + 1), opened.place, FORM, given)


def report(item: Capture) -> Report:
    """Return the report that a text is; raises InputError for a picture, an archive, nothing."""
    return report_of_bytes(item.raw, item.given, place=item.place)


KIND = Kind("text", "a text, one report a file", (".txt", ".text"), captures, form=FORM, report=report)
