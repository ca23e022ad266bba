"""All formats there are. To add one: write a module with ``FORMAT = Format(...)`` and add its line to ``MODULES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sayso.errors import SetupError, UsageError
from sayso.exports.selection import Selection
from sayso.tables import Table

MODULES: Final = {
    "csv": "sayso.exports.packages.csv",
    "parquet": "sayso.exports.packages.parquet",
    "jsonl": "sayso.exports.jsonl",
    "geojson": "sayso.exports.geojson",
    "stix": "sayso.exports.stix",
    "misp": "sayso.exports.misp",
    "ftm": "sayso.exports.ftm",
    "webannotation": "sayso.exports.webannotation",
    "prov": "sayso.exports.prov",
    "wacz": "sayso.exports.wacz",
}
"""Format → module with its ``FORMAT``, in the order of ``sayso export --list``."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        name: as asked for.
        title: what it is, for whom.
        suffix: of the file; of a folder, "".
        media_type: of the file, or of the files in the folder.
        stream: selection → the pieces of the one file; None for a folder.
        folder: writes the files into an empty folder; None for a single file.
        tables: whose columns it has, for those who document them.
        needs: library → the extra that brings it.
        schema: where the format is described.
        takes: options of its own: profile, hxl.
        at_once: made in one go by one process; others are made some hundred incidents at a time, by several.

    """

    name: str
    title: str
    suffix: str
    media_type: str
    stream: Callable[[Selection], Iterator[str]] | Callable[[Selection], Iterator[bytes]] | None = None
    folder: Callable[[Selection, Path], None] | None = None
    tables: tuple[Table, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    schema: str = ""
    takes: tuple[str, ...] = ()
    at_once: bool = False

    @property
    def is_text(self) -> bool:
        """Tell whether a person can read it on a terminal."""
        return self.stream is not None and not self.media_type.startswith("application/vnd.")


@cache
def format_of(name: str) -> Format:
    """Return a format by its name; raises UsageError for one that is not there."""
    if name not in MODULES:
        raise UsageError(f"no format {name!r}", way_out=f"one of: {', '.join(MODULES)}; `sayso export --list` explains")
    found = import_module(MODULES[name]).FORMAT
    assert isinstance(found, Format)
    assert found.name == name
    return found


def formats() -> tuple[Format, ...]:
    """Return all formats."""
    return tuple(format_of(name) for name in MODULES)


def missing(wanted: Format) -> list[tuple[str, str]]:
    """Return the libraries (and their extras) that a format needs and that are not installed."""
    return [(library, extra) for library, extra in wanted.needs if find_spec(library) is None]


def check_installed(wanted: Format) -> None:
    """Raise SetupError with the way out where a library is missing."""
    for library, extra in missing(wanted):
        raise SetupError(f"{wanted.name} needs {library}", way_out=f"pip install 'sayso[{extra}]'")
