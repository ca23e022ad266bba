"""A brief as one HTML page for screen and paper: no script, nothing fetched, everything escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.exports.brief.facts import Brief
from sayso.exports.brief.wording import LEGEND, counted, made

if TYPE_CHECKING:
    from jinja2 import Template


def page(found: Brief) -> str:
    """Return the whole brief as HTML 5."""
    return _template().render(brief=found, counted=counted(found), legend=LEGEND, made=list(made(found)))


def web(url: str) -> str:
    """Return an address that may be a link: http and https only, else nothing."""
    return url if url.startswith(("http://", "https://")) else ""


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made_of = Environment(
        loader=PackageLoader("sayso.exports.brief", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made_of.filters["web"] = web
    return made_of.get_template("brief.html")
