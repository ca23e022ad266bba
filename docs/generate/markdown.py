"""Pieces of Markdown: tables whose cells hold any text, and what a docstring says."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Final

MADE: Final = "% Made from the code by docs/generate: edit the words there.\n\n"
"""Stands at the top of every page that is made."""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; bars and line ends in cells are escaped."""
    lines = [_row(heads), f"|{'---|' * len(heads)}", *(_row([cell(each) for each in row]) for row in rows)]
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    """Return text as it may stand in a cell."""
    return re.sub(r"\s*\n\s*", " ", text.strip()).replace("|", "\\|")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def code(text: str) -> str:
    """Return text set as code; it may hold backticks."""
    fence = "``" if "`" in text else "`"
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"


def words_of(thing: object) -> str:
    """Return the docstring of ``thing`` as Markdown: roles and double backticks become code."""
    text = inspect.getdoc(thing) or ""
    return re.sub(r":[a-z:]+:`~?\.?([^`<]+?)`", r"`\1`", text).replace("``", "`")


def first_line(thing: object) -> str:
    """Return the first paragraph of the docstring of ``thing`` on one line."""
    return " ".join(words_of(thing).split("\n\n")[0].split())


def attributes_of(thing: object) -> dict[str, str]:
    """Return name → meaning from the section ``Attributes:`` of a docstring (Google style)."""
    _, _, section = words_of(thing).partition("Attributes:\n")
    found: dict[str, str] = {}
    name = ""
    for line in section.splitlines():
        if match := re.match(r"    (\w+): (.*)", line):
            name = match[1]
            found[name] = match[2]
        elif line.startswith("     ") and name:
            found[name] += f" {line.strip()}"
        elif line.strip():
            break
    return found
