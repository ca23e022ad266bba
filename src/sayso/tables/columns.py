"""``Column`` and ``Table``: what a table holds, as data, so that files, schemas and documentation say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Type = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: heading.
        type: as in the Table Schema of Frictionless Data.
        meaning: what a cell says; an empty cell says that this is not known.
        unit: of a number; of a string, how it is written ("ISO 8601"); "" where there is nothing to say.

    """

    name: str
    type: Type
    meaning: str
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """Columns under one name.

    Attributes:
        name: of the table, a plural noun.
        title: one row of it.
        columns: in order.
        key: columns that name a row.
        refers: column → table whose ``id`` it holds.

    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    refers: tuple[tuple[str, str], ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def meanings(self) -> dict[str, str]:
        """Name → meaning of each column."""
        return {column.name: column.meaning for column in self.columns}

    def only(self, names: Iterable[str]) -> dict[str, str]:
        """Return name → meaning of some columns, in the order asked for; raises KeyError."""
        return {name: self.meanings[name] for name in names}

    def without(self, *names: str) -> Table:
        """Return the table without these columns."""
        kept = tuple(column for column in self.columns if column.name not in names)
        return Table(self.name, self.title, kept, self.key, self.refers)
