"""ninjs, the IPTC's news in JSON, as wire services send it (versions 1 to 3)."""

from __future__ import annotations

from typing import Any, Final

from sayso.errors import InputError
from sayso.intake.assemble import Fields, Given, report_of_html, report_of_text
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.decode import LIMIT, too_large
from sayso.intake.kinds import Kind
from sayso.intake.kinds.jsonfeed import line_of, loads, words_of
from sayso.intake.tongue import code_of
from sayso.records import Report

FORM: Final = "ninjs"
_TELLING: Final = (
    b'"body_text"',
    b'"body_xhtml"',
    b'"body_html"',
    b'"bodies"',
    b'"versioncreated"',
    b'"versionCreated"',
)


def captures(opened: Opened, given: Given) -> Items:
    """Yield the whole source."""
    yield Capture(opened.stream.read(LIMIT + 1), opened.place, FORM, given)


def report(item: Capture) -> Report:
    """Return the report that a ninjs item is; raises InputError where it holds no text or was withdrawn."""
    if len(item.raw) > LIMIT:
        raise too_large(item.place)
    news = loads(item.raw, item.place)
    if news.get("pubstatus") in {"canceled", "withheld"} or news.get("pubStatus") in {"canceled", "withheld"}:
        raise InputError(
            "withdrawn by its sender", place=item.place, way_out="keep the version before, if there is one"
        )
    html, text = _body(news)
    if not (html or text):
        raise InputError("no text in this item", place=item.place, way_out="items of pictures and video are not read")
    fields = _fields(news)
    if html:
        return report_of_html(f"<article>{html}</article>", item.given, raw=item.raw, place=item.place, fields=fields)
    return report_of_text(text, item.given, raw=item.raw, place=item.place, fields=fields)


def _body(news: dict[str, Any]) -> tuple[str, str]:
    html = words_of(news.get("body_xhtml") or news.get("body_html"))
    text = words_of(news.get("body_text"))
    for body in _objects(news.get("bodies")):
        value = words_of(body.get("value"))
        if "html" in words_of(body.get("contenttype") or body.get("contentType")):
            html = html or value
        else:
            text = text or value
    return html, text


def _fields(news: dict[str, Any]) -> Fields:
    headlines = [line_of(each.get("value")) for each in _objects(news.get("headlines"))]
    infosources = _objects(news.get("infosources") or news.get("infoSources"))
    creators = [line_of(each.get("name")) for each in infosources]
    dates = ("firstcreated", "firstCreated", "contentcreated", "contentCreated", "versioncreated", "versionCreated")
    return Fields(
        title=line_of(news.get("headline")) or next((each for each in headlines if each), None),
        url=_address(news.get("canonicalurl") or news.get("canonicalUrl") or news.get("uri")),
        publisher=line_of(news.get("copyrightholder") or news.get("copyrightHolder") or news.get("source"))
        or next((name for name in creators if name), None),
        byline=line_of(news.get("byline")),
        published=next((line_of(news[name]) for name in dates if news.get(name)), None),
        language=code_of(words_of(news.get("language"))),
        external_id=line_of(news.get("uri")),
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _address(value: Any) -> str | None:
    words = line_of(value)
    return words if words and words.startswith(("https://", "http://")) else None


def recognises(head: bytes) -> bool:
    """Tell by the keys that every item has."""
    return b'"uri"' in head and any(key in head for key in _TELLING)


KIND = Kind("ninjs", "ninjs, a wire service's item in JSON", (".json", ".ninjs"), captures, recognises, FORM, report)
