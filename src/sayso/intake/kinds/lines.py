"""JSON Lines: one report an object a line (``sayso.intake.jsonl``)."""

from __future__ import annotations

from typing import Final

from sayso.intake.assemble import Given
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.jsonl import numbered_lines, report_of_line
from sayso.intake.kinds import Kind
from sayso.records import Report

FORM: Final = "line"


def captures(opened: Opened, given: Given) -> Items:
    """Yield each line that is not blank."""
    for number, line in numbered_lines(opened.stream):
        yield Capture(line, f"{opened.place}:{number}", FORM, given)


def report(item: Capture) -> Report:
    """Return the report that a line is; raises InputError with what is wrong with it."""
    return report_of_line(item.raw, item.given, item.place)


def recognises(head: bytes) -> bool:
    """Tell by the brace of the first object."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


KIND = Kind(
    "lines", "JSON Lines, one report an object a line", (".jsonl", ".ndjson"), captures, recognises, FORM, report
)
