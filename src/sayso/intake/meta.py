"""What a page's head says of the report: date, outlet, author, title, address (JSON-LD, meta tags, time elements)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from lxml import etree

from sayso.intake.dates import published_date
from sayso.intake.decode import clean

# Names of meta tags (property, name or itemprop), best first.
_PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "citation_publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "pubdate",
    "publish-date", "publication_date", "date",
)  # fmt: skip
_MODIFIED: Final = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_PUBLISHER: Final = ("og:site_name", "citation_journal_title", "dc.publisher", "application-name")
_TITLE: Final = ("og:title", "twitter:title", "dc.title")
_AUTHOR: Final = ("author", "byl", "parsely-author", "dc.creator", "citation_author")
_URL: Final = ("og:url",)
_KNOWN: Final = frozenset((*_PUBLISHED, *_MODIFIED, *_PUBLISHER, *_TITLE, *_AUTHOR, *_URL))
_LONGEST: Final = 1_000_000
"""Longest JSON-LD block read, in code points."""
_NODES: Final = 10_000


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page itself says of the report; None where it does not say."""

    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    published_from: str | None = None
    title_from: str = "page"
    publisher_from: str = "page"
    byline_from: str = "page"
    modified: str | None = None
    modified_from: str | None = None
    body: str | None = None


def page_facts(root: etree._Element) -> PageFacts:
    """Return what JSON-LD, meta tags and time elements say; JSON-LD is preferred, it is the most deliberate."""
    tags = _meta_tags(root)
    linked = _article_node(root)
    published, published_from = _published(root, tags, linked)
    modified, modified_from = _modified(tags, linked)
    title, title_from = _best(("json-ld", _words(linked.get("headline"))), ("meta", _first(tags, _TITLE)))
    title = title or _headline(root)
    publisher, publisher_from = _best(("json-ld", _name(linked.get("publisher"))), ("meta", _first(tags, _PUBLISHER)))
    byline, byline_from = _best(("json-ld", _name(linked.get("author"))), ("meta", _author(tags)))
    body = linked.get("articleBody")
    return PageFacts(
        title=title,
        publisher=publisher,
        byline=byline,
        url=_url(root, tags),
        published=published,
        published_from=published_from,
        title_from=title_from,
        publisher_from=publisher_from,
        byline_from=byline_from,
        modified=modified,
        modified_from=modified_from,
        body=clean(body) if isinstance(body, str) and body.strip() else None,
    )


def _best(*tried: tuple[str, str | None]) -> tuple[str | None, str]:
    """Return the first that says something, with where it was found."""
    return next(((words, source) for source, words in tried if words), (None, "page"))


def _modified(tags: dict[str, str], linked: dict[str, Any]) -> tuple[str | None, str | None]:
    candidates = [("json-ld", _words(linked.get("dateModified")))] + [("meta", tags.get(name)) for name in _MODIFIED]
    for source, words in candidates:
        if words and (day := published_date(words)):
            return day, source
    return None, None


def _published(root: etree._Element, tags: dict[str, str], linked: dict[str, Any]) -> tuple[str | None, str | None]:
    candidates = [("json-ld", _words(linked.get("datePublished")))]
    candidates += [("meta", tags.get(name)) for name in _PUBLISHED]
    candidates += [("time", words) for words in _time_elements(root)]
    for source, words in candidates:
        if words and (day := published_date(words)):
            return day, source
    return None, None


def _meta_tags(root: etree._Element) -> dict[str, str]:
    """Return name → content of those we know, names in small letters; the first of a name counts."""
    tags: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        known = name.strip().lower() if name else ""
        if known in _KNOWN and known not in tags and (content := _words(element.get("content"))):
            tags[known] = content
    return tags


def _article_node(root: etree._Element) -> dict[str, Any]:
    """Return the JSON-LD object of the article: the first with a datePublished or a headline, else nothing."""
    for element in root.iter("script"):
        if (element.get("type") or "").strip().lower().startswith("application/ld+json"):
            nodes = list(_objects(_json(element.text or "")))
            for wanted in ("datePublished", "headline"):
                for node in nodes:
                    if wanted in node and "Comment" not in str(node.get("@type")):
                        return node
    return {}


def _json(words: str) -> Any:
    try:
        return json.loads(words[:_LONGEST])
    except (ValueError, RecursionError):
        return None


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Yield all objects within ``data``, outer before inner, without recursion."""
    queue, seen = [data], 0
    while queue and seen < _NODES:
        node = queue.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
        if isinstance(node, dict | list):
            queue += list(node.values()) if isinstance(node, dict) else node


def _time_elements(root: etree._Element) -> list[str]:
    """Dates of time elements: those marked as publication first, then the first of the page.

    Those in links and in the page's frame are of other reports.
    """
    times = [element for element in islice(root.iter("time"), 50) if element.get("datetime")]
    marked = [e for e in times if e.get("pubdate") is not None or "published" in (e.get("itemprop") or "").lower()]
    first = next((e for e in times if next(e.iterancestors("a", "nav", "aside", "footer"), None) is None), None)
    return [element.get("datetime") or "" for element in [*marked, *([] if first is None else [first])]]


def _author(tags: dict[str, str]) -> str | None:
    author = _first(tags, _AUTHOR)
    return author.removeprefix("By ").removeprefix("by ") if author and "://" not in author else None


def _url(root: etree._Element, tags: dict[str, str]) -> str | None:
    canonical = [e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    for address in [*canonical, _first(tags, _URL)]:
        words = _words(address)
        if words and words.startswith(("https://", "http://")):
            return words
    return None


def _headline(root: etree._Element) -> str | None:
    """Return the words of the first headline that has any, else of the page's title."""
    elements = [*islice(root.iter("h1"), 5), *islice(root.iter("title"), 5)][:5]
    texts = (_words("".join(str(text) for text in element.itertext())) for element in elements)
    return next((text for text in texts if text), None)


def _name(value: Any) -> str | None:
    """Name of a JSON-LD person or organisation, of several joined by commas, or the bare string."""
    if isinstance(value, list):
        return ", ".join(name for item in value[:10] if (name := _name_of_one(item))) or None
    return _name_of_one(value)


def _name_of_one(value: Any) -> str | None:
    return _words(value.get("name") if isinstance(value, dict) else value)


def _first(tags: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((tags[name] for name in names if name in tags), None)


def _words(value: Any) -> str | None:
    """Return a string on one line, storable, of at most 1,000 code points; None for anything else."""
    return (clean(" ".join(value[:4000].split()))[:1000] or None) if isinstance(value, str) else None
