"""The ledger that exports are tried on: the example reports, and some from places that have coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evaluation.desk.screenshots import ON_THE_MAP
from sayso.adding import Tally, add, in_this_process
from sayso.errors import InputError
from sayso.intake import Capture, Given, capture
from sayso.ledger import create
from sayso.showing.examples import examples


def make_ledger(folder: Path, *, mapped: bool = False) -> Path:
    """Make a project and return its folder; these reports are known to be harmless and need no guarded child."""
    with create(folder) as ledger:
        for _ in add(ledger, _captures(mapped=mapped), Tally(), parse=in_this_process):
            pass
    return folder


def _captures(*, mapped: bool) -> Iterator[Capture | InputError]:
    yield from capture(str(examples()))
    given = Given(published="2031-05-14", publisher="The Lamp")
    for number, text in enumerate(ON_THE_MAP if mapped else ()):
        yield Capture(text.encode(), f"{number}.txt", "text", given)
