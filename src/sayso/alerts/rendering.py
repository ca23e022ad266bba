"""A message put into words: as plain text for mail, files and the terminal, as HTML for mail and feeds.

What others wrote is escaped, its hidden characters are spelled out, and what runs from right to left is isolated, so
that it cannot turn the words around it. Nothing is loaded from anywhere, and links are http or https.
"""

from __future__ import annotations

import json
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from jinja2 import Environment

from sayso.alerts.outbox import Message
from sayso.showing.labels import SIGNS
from sayso.showing.templates import templates
from sayso.showing.text import spelled

WIDTH: Final = 96
_ISOLATE: Final = ("\u2068", "\u2069")
_TURNING: Final = frozenset({"R", "AL", "AN"})
TITLES: Final = {
    "incident": "new",
    "origin": "another origin",
    "toll": "toll",
    "perpetrator": "who did it",
    "dispute": "dispute",
    "settled": "dispute settled",
    "gone": "no longer found",
}
"""Kinds of changes as headings name them."""
KEY: Final = ("perpetrator", "killed")
"""Fields that are always told with the words they were read from."""
Data = Mapping[str, Any]


def data_of(message: Message) -> dict[str, Any]:
    """Return what a message says."""
    found: dict[str, Any] = json.loads(message.body)["data"]
    return found


def heading(data: Data) -> str:
    """Return a line on all of it, with no value in it: "harbour: 2 incidents (1 new, 1 dispute)"."""
    if not data["incidents"]:
        return f"{data['query']}: a test, nothing has happened"
    counts: dict[str, int] = {}
    for incident in data["incidents"]:
        for kind in dict.fromkeys(change["kind"] for change in incident["changes"]):
            counts[kind] = counts.get(kind, 0) + 1
    number = len(data["incidents"])
    told = ", ".join(f"{count} {TITLES[kind]}" for kind, count in counts.items())
    return f"{data['query']}: {number} incident{'s' * (number > 1)} ({told})"


def title_of(incident: Data) -> str:
    """Return a line on one incident: "Bombing in Tarsk: toll, dispute"."""
    kinds = dict.fromkeys(TITLES[change["kind"]] for change in incident["changes"])
    return f"{incident['title']}: {', '.join(kinds)}"


def as_text(message: Message) -> str:
    """Return the message as plain text, lines of at most ``WIDTH`` cells where words allow it."""
    data = data_of(message)
    head = [heading(data), f"found by: {isolated(data['finds'])}", f"as of {message.made}"]
    parts = ["\n".join(head), *("\n".join(_incident(each)) for each in data["incidents"])]
    return "\n\n".join(parts) + f"\n\n{_foot(message)}\n"


def _foot(message: Message) -> str:
    signs = "   ".join(f"{SIGNS[name]} {name}" for name in ("disputed", "compatible", "agreed"))
    return f"{signs}\nmessage {message.id}, entry {message.seq} of the log: sayso show ID tells all that was said"


def _incident(incident: Data) -> Iterator[str]:
    yield from _wrapped(f"{isolated(incident['title'])}  (as titled from {isolated(incident['title_from'])})", 0)
    yield "-" * min(WIDTH, 60)
    told = [f"{incident['reports']} report{'s' * (incident['reports'] > 1)}"]
    told += [f"{incident['origins']} origin{'s' * (incident['origins'] > 1)}", incident["id"]]
    told += [f"{site['km']} km from {isolated(site['name'])}" for site in incident["sites"]]
    yield " · ".join(told)
    if incident["link"]:
        yield incident["link"]
    yield "\nwhat has changed"
    for change in incident["changes"]:
        yield from _wrapped(f"* {isolated(change['words'])}", 2, 4)
    yield "\nwho says what"
    for field in incident["fields"]:
        yield from _field(field) if in_full(field, incident) else _in_short(field)


def in_full(field: Data, incident: Data) -> bool:
    """Tell whether a field is told with all its words: those that somebody looks for, that changed, or are disputed."""
    changed = {change["field"] for change in incident["changes"]}
    return field["field"] in {*KEY, *changed} or field["status"] == "disputed"


def _in_short(field: Data) -> Iterator[str]:
    values = [f"{isolated(value['value'])} ({sayers_in_short(value)})" for value in field["values"]]
    values += [f"and {field['more']} more values"] if field["more"] else []
    yield from _wrapped(f"{_label(field)}: {'; '.join(values)}", 2, 6)


def sayers_in_short(value: Data) -> str:
    """Return all who say a value, each once, with how sure they are."""
    names = dict.fromkeys(
        f"{isolated(sayer['holder'])}{' ' + isolated(sayer['sure']) if sayer['sure'] else ''}"
        for sayer in value["sayers"]
    )
    return "; ".join(names) + (f"; and {value['more']} more" if value["more"] else "")


def _label(field: Data) -> str:
    of = f" of {isolated(field['of'])}" if field["of"] else ""
    return f"{SIGNS[field['status']].strip() or '·'} {field['label']}{of}"


def _field(field: Data) -> Iterator[str]:
    yield f"  {_label(field)}"
    for value in field["values"]:
        yield from _wrapped(isolated(value["value"]), 6)
        for sayer in value["sayers"]:
            yield from _wrapped(_sayer(sayer), 8, 10)
            if sayer["url"]:
                yield f"          {sayer['url']}"
        if value["more"]:
            yield f"        and {value['more']} more say so"
        for other in value["otherwise"]:
            sure = f" {isolated(other['sure'])}" if other["sure"] else ""
            said = f"otherwise: {isolated(other['holder'])}{sure}: {isolated(other['value'])} ({other['cause']})"
            yield from _wrapped(said, 8, 10)
    if field["more"]:
        yield f"      and {field['more']} more values"


def _sayer(sayer: Data) -> str:
    sure = f" {isolated(sayer['sure'])}" if sayer["sure"] else ""
    replaced = " (has said otherwise since)" if sayer["replaced"] else ""
    return f"{isolated(sayer['holder'])}{sure}{replaced}: “{isolated(sayer['words'])}” [{isolated(sayer['outlet'])}]"


def _wrapped(text: str, indent: int, further: int | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent,
        subsequent_indent=" " * (indent if further is None else further), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def isolated(text: str) -> str:
    """Return a piece of text that cannot turn its neighbours: isolated where it runs from right to left."""
    plain = spelled(" ".join(text.split()))
    turning = any(unicodedata.bidirectional(char) in _TURNING for char in plain)
    return f"{_ISOLATE[0]}{plain}{_ISOLATE[1]}" if turning else plain


def as_html(message: Message) -> str:
    """Return the message as a page for mail."""
    data = data_of(message)
    shown = {"data": data, "heading": heading(data), "message": message}
    return _environment().get_template("mail.html").render(shown)


def incident_as_html(incident: Data) -> str:
    """Return one incident as HTML, for an entry of a feed."""
    return _environment().get_template("incident.html").render(incident=incident)


@cache
def _environment() -> Environment:
    made = templates("sayso.alerts")
    made.globals["signs"] = SIGNS
    made.globals["in_full"] = in_full
    return made
