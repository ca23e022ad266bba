"""NewsML-G2, the IPTC's news in XML, as wire services send it: one report a news item."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from sayso.errors import InputError
from sayso.intake.assemble import Fields, Given, report_of_html, report_of_text
from sayso.intake.capture import Capture, Items, Opened
from sayso.intake.decode import LIMIT, too_large
from sayso.intake.kinds import Kind
from sayso.intake.tongue import code_of
from sayso.records import Report

FORM: Final = "newsml"
_ITEM: Final = re.compile(rb"<(/?)((?:[\w-]{1,20}:)?)newsItem(?=[\s/>])[^<>]{0,20000}>")
_MESSAGE: Final = re.compile(rb"<(?:[\w-]{1,20}:)?newsMessage(?=[\s/>])([^<>]{0,20000})>")
_DECLARATION: Final = re.compile(rb"\s*<\?xml[^<>]{0,300}\?>")
_NAMESPACES: Final = re.compile(rb"\sxmlns(?::[\w-]{1,40})?=(?:\"[^\"]{0,300}\"|'[^']{0,300}')")


def captures(opened: Opened, given: Given) -> Items:
    """Yield each news item; what is no whole one at the end is handed on too."""
    raw = opened.stream.read(LIMIT + 1)
    opened.inventory.size += len(raw)
    opened.inventory.told += len(raw)
    marks = list(_ITEM.finditer(raw)) if len(raw) <= LIMIT else []
    message, declaration = _MESSAGE.search(raw), _DECLARATION.match(raw)
    spaces = b"".join(_NAMESPACES.findall(message[1])) if message else b""
    start: re.Match[bytes] | None = None
    for mark in marks:
        if not mark[1]:
            start = start or mark
        elif start:
            opened.inventory.items += 1
            own = b"".join(each for each in _NAMESPACES.findall(spaces) if each.split(b"=")[0] not in start[0])
            at = start.end() - (2 if start[0].endswith(b"/>") else 1)
            item = raw[start.start() : at] + own + raw[at : mark.end()]
            place = f"{opened.place}:item {opened.inventory.items}"
            yield Capture((declaration[0] if declaration else b"") + item, place, FORM, given)
            start = None
    if start or not opened.inventory.items:
        opened.inventory.items += 1
        opened.inventory.damaged += 1
        yield Capture(raw[start.start() if start else 0 :], f"{opened.place}:unfinished", FORM, given)


def report(item: Capture) -> Report:
    """Return the report that a news item is; raises InputError for no text, no XML, or a withdrawn one."""
    if len(item.raw) > LIMIT:
        raise too_large(item.place)
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(item.raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"no whole news item: {str(error)[:120]}", place=item.place, way_out="get it again") from None
    if (_attribute(root, "pubStatus", "qcode") or "").endswith((":canceled", ":withheld")):
        raise InputError(
            "withdrawn by its sender", place=item.place, way_out="keep the version before, if there is one"
        )
    html, text = _inline(root)
    if not (html or text):
        raise InputError("no text in this item", place=item.place, way_out="items of pictures and video are not read")
    fields = _fields(root)
    if html:
        return report_of_html(html, item.given, raw=item.raw, place=item.place, fields=fields)
    return report_of_text(text, item.given, raw=item.raw, place=item.place, fields=fields)


def _inline(root: etree._Element) -> tuple[str, str]:
    """Return the content as markup (XHTML; NITF's body) and as text."""
    for element in _all(root, "inlineXML"):
        inner = next((each for name in ("body.content", "body") for each in _all(element, name)), element)
        markup = "".join(_markup(child) for child in inner)
        return f"<article>{markup}</article>", ""
    return "", "\n\n".join("".join(map(str, element.itertext())) for element in _all(root, "inlineData"))


def _markup(element: etree._Element) -> str:
    """Return an element as HTML without name spaces (NITF's hedline becomes a heading)."""
    for each in element.iter():
        if isinstance(each.tag, str):
            name = etree.QName(each).localname
            each.tag = {"hl1": "h1", "hl2": "h2", "block": "div"}.get(name, name)
    return etree.tostring(element, encoding="unicode", method="html")


def _fields(root: etree._Element) -> Fields:
    creator = next((words for each in _all(root, "creator") if (words := _words_in(each, "name"))), None)
    provider = next(iter(_all(root, "provider")), None)
    language = _attribute(root, "language", "tag") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return Fields(
        title=_words_in(root, "headline"),
        publisher=(_words_in(provider, "name") if provider is not None else None)
        or _attribute(root, "provider", "literal")
        or _words_in(root, "creditline"),
        byline=_words_in(root, "by") or creator,
        published=_words_in(root, "firstCreated")
        or _words_in(root, "contentCreated")
        or _words_in(root, "versionCreated"),
        language=code_of(language),
        external_id=root.get("guid"),
    )


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in root.iter() if isinstance(each.tag, str) and etree.QName(each).localname == name]


def _words_in(root: etree._Element, name: str) -> str | None:
    for element in _all(root, name):
        if words := " ".join("".join(map(str, element.itertext())).split()):
            return words[:1000]
    return None


def _attribute(root: etree._Element, name: str, attribute: str) -> str | None:
    return next((value for element in _all(root, name) if (value := element.get(attribute))), None)


def recognises(head: bytes) -> bool:
    """Tell by the root element."""
    return bool(_MESSAGE.search(head) or _ITEM.search(head))


KIND = Kind("newsml", "NewsML-G2, a wire service's items in XML", (".newsml",), captures, recognises, FORM, report)
