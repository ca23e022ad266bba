"""The three sets of place names with coordinates, read into one shape: LGL, GeoWebNews, GeoVirus.

Evaluation only: the texts are never trained on and never shipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree


class Toponym(NamedTuple):
    """One gold place name: half-open code points of the text, and where it lies (degrees)."""

    start: int
    end: int
    lat: float
    lon: float
    geonames: int | None  # the gold GeoNames id, where the set gives one


class Text(NamedTuple):
    """One article of a set."""

    name: str
    publisher: str | None  # the domain, where the set gives it
    text: str
    toponyms: tuple[Toponym, ...]  # those with coordinates, in text order
    others: tuple[tuple[int, int], ...]  # gold place names without coordinates: neither asked for nor held against us


def read_lgl(path: Path) -> Iterator[Text]:
    """Read the Local-Global Lexicon: small towns' newspapers."""
    for article in _articles(path):
        text = _text(article)
        found, others = [], []
        for node in article.iter("toponym"):
            start, end, tag = _int(node, "start"), _int(node, "end"), node.find("gaztag")
            if tag is None or not tag.findtext("lat"):
                others.append((start, end))
            else:
                own = tag.get("geonameid")
                found.append(Toponym(start, end, _float(tag, "lat"), _float(tag, "lon"), int(own) if own else None))
        yield Text(article.get("docid", ""), article.findtext("domain"), text, tuple(sorted(found)), tuple(others))


def read_gwn(path: Path) -> Iterator[Text]:
    """Read GeoWebNews; as published figures do, only names with a GeoNames id are asked for."""
    for article in _articles(path):
        found, others = [], []
        for node in article.iter("toponym"):
            start, end, own = _int(node, "start"), _int(node, "end"), (node.findtext("geonamesID") or "").strip()
            if own.isdigit() and node.findtext("latitude"):
                found.append(Toponym(start, end, _float(node, "latitude"), _float(node, "longitude"), int(own)))
            else:
                others.append((start, end))
        yield Text(article.get("file", ""), None, _text(article), tuple(sorted(found)), tuple(others))


def read_geovirus(path: Path) -> Iterator[Text]:
    """Read GeoVirus: reports of epidemics; where offsets do not lead to the name, the toponym is left out."""
    for number, article in enumerate(_articles(path)):
        text, found = _text(article), []
        for node in article.iter("location"):
            name, start = node.findtext("name") or "", _int(node, "start")
            start -= text[start : start + len(name)] != name  # offsets count from one in most articles
            if text[start : start + len(name)] == name:
                found.append(Toponym(start, start + len(name), _float(node, "lat"), _float(node, "lon"), None))
        yield Text(str(number), None, text, tuple(sorted(found)), ())


SETS: dict[str, tuple[str, Callable[[Path], Iterator[Text]]]] = {
    "lgl": ("lgl.xml", read_lgl),
    "gwn": ("GWN.xml", read_gwn),
    "geovirus": ("GeoVirus.xml", read_geovirus),
}
"""Name in the figures → file in ``data/places`` and its reader."""


def _articles(path: Path) -> Iterator[ElementTree.Element]:
    return ElementTree.parse(path).getroot().iter("article")


def _text(article: ElementTree.Element) -> str:
    return article.findtext("text") or ""


def _int(node: ElementTree.Element, name: str) -> int:
    return int(node.findtext(name) or "")


def _float(node: ElementTree.Element, name: str) -> float:
    return float(node.findtext(name) or "")
