"""Profiles: incidents in the columns of other data sets. Each says, column by column, what is lost and by which rule.

To add one: write a module with ``PROFILE = Profile(...)``, name it in ``NAMES``, and run
``python -m sayso.exports.profiles.paper docs/profiles`` for its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import import_module
from typing import Any, Final

from sayso.errors import UsageError
from sayso.exports.profiles.choices import Flat
from sayso.exports.registry import Format
from sayso.exports.selection import Selection
from sayso.exports.streams import Piece, Stream
from sayso.tables.cells import line, lines
from sayso.tables.columns import Column, Table, Type

NAMES: Final = {
    "acled": "sayso.exports.profiles.acled",
    "ucdp-ged": "sayso.exports.profiles.ucdp",
    "gtd": "sayso.exports.profiles.gtd",
    "plover": "sayso.exports.profiles.plover",
    "muc4": "sayso.exports.profiles.muc4",
}
"""Profile → module."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of another data set.

    Attributes:
        name: its heading there.
        make: what stands in it for an incident; None: empty.
        meaning: what it says.
        rule: how one value comes of many claims, and what is lost; "" where nothing is.
        type: of the value.

    """

    name: str
    make: Callable[[Any], Any]
    meaning: str
    rule: str = ""
    type: Type = "string"


@dataclass(frozen=True)
class Profile:
    """The columns of another data set.

    Attributes:
        name: as asked for with ``--profile``.
        title: what it is.
        one: what one row is.
        cells: the columns.
        rows: incident → what each of its rows is made from.
        losses: what the data set has no room for, a sentence each.
        described_at: where its codebook is.
        read_by: how ``sayso add --profile`` reads such files; "" where it cannot.

    """

    name: str
    title: str
    one: str
    cells: tuple[Cell, ...]
    losses: tuple[str, ...]
    described_at: str
    rows: Callable[[Flat], Iterator[Any]]
    read_by: str = ""

    @cached_property
    def table(self) -> Table:
        """The columns as a table."""
        columns = tuple(Column(cell.name, cell.type, cell.meaning) for cell in self.cells)
        return Table(self.name, self.one, columns, key=(self.cells[0].name,))

    @cached_property
    def rules(self) -> tuple[dict[str, str], ...]:
        """Column → rule, for all that have one."""
        return tuple({"column": cell.name, "rule": cell.rule} for cell in self.cells if cell.rule)

    def made(self, chosen: Selection) -> Iterator[Row]:
        """Yield the rows."""
        for case in chosen.cases():
            for source in self.rows(Flat(case)):
                yield {cell.name: cell.make(source) for cell in self.cells}


def itself(flat: Flat) -> Iterator[Flat]:
    """Yield one row an incident."""
    yield flat


def profiles() -> tuple[Profile, ...]:
    """Return all profiles."""
    return tuple(profile_of(name) for name in NAMES)


def profile_of(name: str) -> Profile:
    """Return a profile by its name; raises UsageError for one that is not there."""
    if name not in NAMES:
        raise UsageError(f"no profile {name!r}", way_out=f"one of: {', '.join(NAMES)}")
    found = import_module(NAMES[name]).PROFILE
    assert isinstance(found, Profile)
    return found


def format_for(name: str) -> Format:
    """Return the format that writes a profile: one CSV file."""
    profile = profile_of(name)
    stream = Stream(partial(_pieces, name), line(profile.table.names))
    return Format(profile.name, profile.title, ".csv", "text/csv", stream=stream, tables=(profile.table,))


def _pieces(name: str, chosen: Selection) -> Iterator[Piece]:
    """Yield the rows of some incidents as CSV."""
    profile = profile_of(name)
    for text in lines(profile.made(chosen), profile.table.names):
        yield None, text
