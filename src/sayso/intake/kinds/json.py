"""A JSON file that is nothing we know: refused with the way out, its bytes kept."""

from __future__ import annotations

from typing import Final, NoReturn

from sayso.errors import InputError
from sayso.intake.assemble import Given
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.decode import LIMIT
from sayso.intake.kinds import Kind

FORM: Final = "json"


def captures(opened: Opened, given: Given) -> Items:
    """Yield the whole source."""
    yield Capture(opened.stream.read(LIMIT + 1), opened.place, FORM, given)


def report(item: Capture) -> NoReturn:
    """Raise InputError."""
    way_out = "one object a line in a .jsonl file; JSON Feed and ninjs are known by their keys"
    raise InputError("JSON is read line by line", place=item.place, way_out=way_out)


KIND = Kind("json", "any other JSON: refused, with the way out", (".json",), captures, form=FORM, report=report)
