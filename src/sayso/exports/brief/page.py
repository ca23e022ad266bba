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


@cache
def _template() -> Template:
    from sayso.showing.templates import templates

    return templates("sayso.exports.brief", ".").get_template("brief.html")
