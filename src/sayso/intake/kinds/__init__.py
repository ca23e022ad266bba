"""The kinds of sources, one file each; ``sayso sources kinds`` lists them.

To add one: write a module with ``KIND = Kind(...)`` and name it in ``MODULES``, or, in a package of your own, name the
object as an entry point of the group ``sayso.sources``. ``captures`` splits a source into the bytes of single reports;
it runs in the main process, so it must be linear and must not call a parser. ``report`` parses the bytes of one
report; it runs in a child that may be killed. Together they lose nothing: what cannot be split is handed on as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final

from sayso.errors import SetupError
from sayso.intake.assemble import Given
from sayso.intake.capture import Capture, Items, Opened
from sayso.records import Report

GROUP: Final = "sayso.sources"
"""Group of entry points in which other packages name their kinds."""

MODULES: Final = (
    "warc", "wacz", "pdf", "mail", "newsml", "feed", "opml", "sitemap", "jsonfeed", "ninjs", "autoarchiver", "table",
    "lines", "markdown", "json", "page", "text",
)  # fmt: skip
"""Modules here, in the order in which they are asked whether they recognise the first bytes of a source."""

HEAD: Final = 4096
"""Bytes at the head of a source by which it is recognised."""


def never(_head: bytes) -> bool:
    """Recognise nothing: the kind is told by the name of the file only."""
    return False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source.

    Attributes:
        name: one word, for lists.
        says: what it is, for a person.
        suffixes: of file names, in small letters with the dot.
        captures: opened source, what was given → the reports in it (linear, no parser).
        recognises: tells by the first bytes; a name's suffix goes first.
        form: of the captures that ``report`` parses; None where other kinds' reports are in it.
        report: the bytes of one report → the report; raises InputError.

    """

    name: str
    says: str
    suffixes: tuple[str, ...]
    captures: Callable[[Opened, Given], Items]
    recognises: Callable[[bytes], bool] = never
    form: str | None = None
    report: Callable[[Capture], Report] | None = None


@cache
def kinds() -> tuple[Kind, ...]:
    """Return all kinds: those of other packages first, so that they can refine ours.

    Raises:
        SetupError: an entry point that cannot be loaded, or that is no Kind.

    """
    ours = [import_module(f"{__name__}.{name}").KIND for name in MODULES]
    return (*_others(), *ours)


def kind_of(name: str, head: bytes) -> Kind:
    """Return the kind of a source by its file name, else by its first bytes; a text if nothing else."""
    lowered = name.lower()
    named = [(suffix, kind) for kind in kinds() for suffix in kind.suffixes if lowered.endswith(suffix)]
    if named:
        longest = max(len(suffix) for suffix, _ in named)
        candidates = [kind for suffix, kind in named if len(suffix) == longest]
        return next((kind for kind in candidates if kind.recognises(head)), candidates[-1])
    return next((kind for kind in kinds() if kind.recognises(head)), kinds()[-1])


@cache
def parsers() -> dict[str, Callable[[Capture], Report]]:
    """Return form → what parses captures of this form."""
    return {kind.form: kind.report for kind in reversed(kinds()) if kind.form and kind.report}


def _others() -> list[Kind]:
    found = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            kind = entry.load()
        except Exception as error:
            raise SetupError(f"cannot be loaded: {error}", place=entry.value, way_out="uninstall or mend it") from error
        if not isinstance(kind, Kind):
            raise SetupError("is no sayso.intake.kinds.Kind", place=entry.value, way_out="uninstall or mend it")
        found.append(kind)
    return found
