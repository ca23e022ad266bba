"""Templates that put text of others into HTML: everything is escaped, hidden characters are spelled out (G16)."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sayso.showing.text import spelled, web_link


def templates(package: str, folder: str = "templates") -> Environment:
    """Return the templates in a folder of a package; what a template misses is an error."""
    made = Environment(
        loader=PackageLoader(package, folder), autoescape=True, undefined=StrictUndefined, finalize=finalize,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["link"] = web_link
    return made


def finalize(value: Any) -> Any:
    """Spell out whatever string a template puts on a page, and put nothing for None."""
    if value is None:
        return ""
    return spelled(value) if isinstance(value, str) and not isinstance(value, Markup) else value
