"""A saved page to text with blocks: the article's own words, in reading order, however deep or broken the markup.

lxml only parses (no network, no entities from outside); the walk is a loop, so depth cannot exhaust the stack. libxml2
stops at 2,048 nested elements *and drops the rest*: pages deeper than that are flattened before they are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from sayso.intake.article import Paragraph, choose, is_link_list
from sayso.intake.meta import PageFacts, page_facts
from sayso.intake.notes import NOTHING_NOTED, Notes
from sayso.intake.roles import Stretch
from sayso.records import BlockKind


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Never words of a report.
_CODE: Final = _tags("script style noscript template iframe object svg math canvas head audio video select option")
# The page around the report.
_FRAME: Final = _tags("nav aside footer button textarea dialog menu")
_BREAKS: Final = _tags(
    "address article blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead title tr ul"
)
_ROLES: Final[dict[str, BlockKind]] = {
    "h1": "headline", "h2": "headline", "h3": "headline", "h4": "headline", "h5": "headline", "h6": "headline",
    "figcaption": "caption", "blockquote": "quote",
}  # fmt: skip
_VOID: Final = _tags("area base br col embed hr img input link meta param source track wbr")
_DEPTH: Final = 200
"""Depth at which flattening begins; browsers stop nesting at about 500."""
_IS_DEEP: Final = etree.XPath(f"boolean({'/*' * (_DEPTH + 1)})")
_FAT: Final = 8192
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ARTICLE: Final = _tags("html body article main h1")
_WIDGET: Final = re.compile(
    r"(?:related|recommended|most-?read|read-?(?:more|next|also)|more-stories|trending|teasers?|promos?|newsletter|paywall"
    r"|subscri(?:be|ption)|share|sharing|social|comments?|breadcrumbs?|cookies?|advert(?:isement)?s?|sidebar)"
    r"(?:[-_][\w-]{0,60})?"
)
"""Names of parts of news pages that stand beside the report."""
_MUCH: Final = 1_500
"""Code points beyond which such a part may hold the report itself (``<div class="share-wrapper">`` around all)."""
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>")
_FAT_TAG: Final = re.compile(r"<([A-Za-z][A-Za-z0-9]*)\s([^<>]{8192,})>")
_BREAKS_IN_A_ROW: Final = re.compile(r"<br>(?:\s*<br>)+")
_SNIFF: Final = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|article|main|section|div|table|h1|p|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED: Final = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*)?(?:<!DOCTYPE.{0,2000}?>\s*)?<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, its paragraphs with the roles that its markup gives them, and what its head tells.

    ``level`` is its markup without the depths and the hundreds of attributes that other readers hang on.
    """

    text: str
    stretches: tuple[Stretch, ...]
    facts: PageFacts
    notes: Notes = NOTHING_NOTED
    level: str = ""


def looks_like_html(text: str) -> bool:
    """Tell whether ``text`` begins like a page."""
    return bool(_SNIFF.match(text[:4096]))


def looks_like_feed(text: str) -> bool:
    """Tell whether ``text`` begins like an RSS or Atom feed."""
    return bool(_FEED.match(text[:4096]))


def read_page(source: str) -> Page:
    """Return the page in ``source`` (decoded HTML). Never raises: rubbish gives what text there is, perhaps none."""
    slim = _FAT_TAG.sub(_slim, source) if len(source) > _FAT else source
    root, deep = _parse(slim)
    if root is None:
        return Page("", (), PageFacts())
    facts = page_facts(root)
    whole = _paragraphs(root, _CODE | _FRAME)
    chosen = _own_article(root, whole)
    # Other readers hang, or give up, on deep pages.
    level = _BREAKS_IN_A_ROW.sub("<br>", flatten(slim)) if deep or _IS_DEEP(root) else slim
    paragraphs, notes = choose(level, chosen, whole, facts.body)
    text, stretches = _join(paragraphs or _paragraphs(root, _CODE, drop_hidden=False))
    return Page(text, tuple(stretches), facts, notes, level)


def _parse(source: str) -> tuple[etree._Element | None, bool]:
    """Return the tree of a page, flattened where it is too deep for libxml2, and whether it was."""
    root, too_deep = _tree(source)
    return (_tree(flatten(source))[0], True) if too_deep else (root, False)


def _tree(source: str) -> tuple[etree._Element | None, bool]:
    """Parse; also tell whether libxml2 gave up on the depth."""
    parser = etree.HTMLParser(
        huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", recover=True
    )
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    return root, any("depth" in entry.message.lower() for entry in parser.error_log)


def _slim(tag: re.Match[str]) -> str:
    """Drop the attributes of a tag that has hundreds: libxml2 compares each with each."""
    return f"<{tag[1]}>" if tag[2].count("=") > 500 else tag[0]


def flatten(source: str) -> str:
    """Return ``source`` with the tags that lie deeper than ``_DEPTH`` replaced by breaks; linear, no text is lost."""
    out: list[str] = []
    at = depth = 0
    source = _without_code(source)
    for tag in _TAG.finditer(source):
        name = tag[2].lower()
        if name in _VOID:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth + bool(tag[1]) > _DEPTH:
            out += [source[at : tag.start()], "<br>" if name in _BREAKS else ""]
            at = tag.end()
    return "".join([*out, source[at:]])


def _without_code(source: str) -> str:
    """Cut scripts, styles and comments out; what never closes is left for the parser."""
    for opening, closing in (("<script", "</script"), ("<style", "</style"), ("<!--", "-->")):
        out, at, folded = [], 0, source.lower()
        if len(folded) != len(source):  # a few letters grow when folded; then offsets would lie
            return source
        while (start := folded.find(opening, at)) >= 0 and (end := folded.find(closing, start)) >= 0:
            out.append(source[at:start])
            at = folded.find(">", end) + 1 or len(source)
        source = "".join([*out, source[at:]])
    return source


def _own_article(root: etree._Element, whole: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs of the article that the page's markup names, if one stands out."""
    articles = [_paragraphs(article, _CODE | _FRAME) for article in _articles(root)]
    chosen = max(articles, key=_weight, default=[])
    return _headline_first(chosen, whole) if chosen and _weight(chosen) >= 0.3 * _weight(whole) else []


def _headline_first(chosen: list[Paragraph], whole: list[Paragraph]) -> list[Paragraph]:
    """Put the page's first headline before an article that has none: many pages set it outside."""
    if any(paragraph.role == "headline" for paragraph in chosen):
        return chosen
    return [paragraph for paragraph in whole if paragraph.role == "headline"][:1] + chosen


def _articles(root: etree._Element) -> list[etree._Element]:
    """Return the page's articles, else its main parts; at most fifty, none inside another."""
    for path in ("//article[not(ancestor::article)]", "//main | //*[@role='main'] | //*[@itemprop='articleBody']"):
        found = root.xpath(path)
        if isinstance(found, list) and found:
            return [element for element in found if isinstance(element, etree._Element)][:50]
    return []


def _weight(paragraphs: list[Paragraph]) -> int:
    """Code points in paragraphs long enough to be running text; all, where none is."""
    sizes = [paragraph.size for paragraph in paragraphs]
    return sum(size for size in sizes if size > 80) or sum(sizes)


def _paragraphs(root: etree._Element, dropped: frozenset[str], *, drop_hidden: bool = True) -> list[Paragraph]:
    """Walk the tree once, in reading order, and cut it where blocks begin and end."""
    done: list[Paragraph] = []
    current = Paragraph()
    roles: list[BlockKind] = []
    links = preformatted = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        opens = event == "start"
        if opens and _is_dropped(element, tag, dropped, drop_hidden=drop_hidden):
            walk.skip_subtree()
            skipped = element
        elif not opens and element is skipped:
            skipped = None
        else:
            links += (1 if opens else -1) * (tag == "a")
            preformatted += (1 if opens else -1) * (tag == "pre")
            if tag in _ROLES:
                roles = [*roles, _ROLES[tag]] if opens else roles[:-1]
        if tag in _BREAKS and current.pieces:
            done.append(current)
            current = Paragraph()
        words = None if skipped is not None else element.text if opens else None if element is root else element.tail
        for number, piece in enumerate(_cut(words or "", preformatted)):
            if number:
                done.append(current)
                current = Paragraph()
            current.pieces.append(piece)
            current.role = current.role or (roles[0] if roles else None)
            current.linked += len(piece) if links else 0
    return [paragraph for paragraph in [*done, current] if any(map(str.strip, paragraph.pieces))]


def _cut(words: str, preformatted: int) -> Iterator[str]:
    """Preformatted text keeps its blank lines as paragraph breaks."""
    return iter(re.split(r"\n[ \t]*\n", words) if preformatted else [words] if words else [])


def _is_dropped(element: etree._Element, tag: str, dropped: frozenset[str], *, drop_hidden: bool) -> bool:
    if tag in dropped:
        return True
    if "nav" in dropped and tag not in _ARTICLE and _is_widget(element):
        return True
    if tag == "form":  # some sites wrap the whole page in a form: only those around fields go
        return "nav" in dropped and element.find(".//p") is None and element.find(".//article") is None
    return drop_hidden and ("hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", ""))))


def _is_widget(element: etree._Element) -> bool:
    """Tell by its name whether a part of the page stands beside the report; one with much text is no such part."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if len(names) < 3 or len(names) > 2000 or not any(map(_WIDGET.fullmatch, names.lower().split())):
        return False
    left = _MUCH
    for piece in element.itertext():
        left -= len(piece)
        if left < 0:
            return False
    return True


def _join(paragraphs: list[Paragraph]) -> tuple[str, list[Stretch]]:
    """Return one text, a paragraph a line, and where each paragraph stands in it."""
    texts: list[str] = []
    stretches: list[Stretch] = []
    at = 0
    for paragraph in paragraphs:
        words = paragraph.words
        role = paragraph.role or ("boilerplate" if is_link_list(paragraph) else None)
        texts.append(words)
        stretches.append(Stretch(at, at + len(words), role))
        at += len(words) + 1
    return "\n".join(texts), stretches
