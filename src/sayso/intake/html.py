"""A saved page to text with blocks: the article's own words, in reading order, however deep or broken the markup.

lxml only parses (no network, no entities from outside); the walk is a loop, so depth cannot exhaust the stack. libxml2
stops at 2,048 nested elements *and drops the rest*: pages deeper than that are flattened before they are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from sayso.intake.article import Paragraph, choose, is_link_list
from sayso.intake.decode import clean
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
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n")
_ARTICLES: Final = etree.XPath("//article[not(ancestor::article)]")
_MAINS: Final = etree.XPath("//main | //*[@role='main'] | //*[@itemprop='articleBody']")
_PARTS_OF: Final = _tags("article main div section span td")
"""Elements that the article or the main part of a page may be."""
_DATED: Final = _tags("head header footer")
"""Dropped parts in which the date of the report may stand."""
_PARTS: Final = 50
"""Such parts of one page that are looked at."""
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

    ``markup`` makes its markup without what is not of its report, for readers that are slow.
    """

    text: str
    stretches: tuple[Stretch, ...]
    facts: PageFacts
    notes: Notes = NOTHING_NOTED
    markup: Callable[[], str] = str


def looks_like_html(text: str) -> bool:
    """Tell whether ``text`` begins like a page."""
    return bool(_SNIFF.match(text[:4096]))


def looks_like_feed(text: str) -> bool:
    """Tell whether ``text`` begins like an RSS or Atom feed."""
    return bool(_FEED.match(text[:4096]))


def read_page(source: str) -> Page:
    """Return the page in ``source`` (decoded HTML). Never raises: rubbish gives what text there is, perhaps none."""
    slim = _FAT_TAG.sub(_slim, source) if _has_fat_tag(source) else source
    root, deep = _parse(slim)
    if root is None:
        return Page("", (), PageFacts())
    facts = page_facts(root)
    walk = walked(root, _CODE | _FRAME)
    # Other readers hang, or give up, on deep pages.
    level = _BREAKS_IN_A_ROW.sub("<br>", flatten(slim)) if deep or _IS_DEEP(root) else None
    bare = _Bare(root, walk, level)
    paragraphs, notes = choose(level or slim, _own_article(root, walk), walk.paragraphs, facts.body, bare.markup)
    text, stretches = _join(paragraphs or walked(_again(root, slim, bare), _CODE, drop_hidden=False).paragraphs)
    return Page(clean(text), tuple(stretches), facts, notes, bare.markup)


@dataclass(slots=True)
class _Bare:
    """The markup of a page without what is not of its report, made when a slow reader asks for it.

    Attributes:
        root: the page; its dropped parts are cut out of it when the markup is made.
        walk: says which these are.
        level: the markup of a page that is too deep to be read as it is.

    """

    root: etree._Element
    walk: Walk
    level: str | None
    made: str | None = None

    def markup(self) -> str:
        """Return it."""
        if self.made is None:
            self.made = self.level or self._cut()
        return self.made

    def _cut(self) -> str:
        for element in self.walk.dropped:
            parent = element.getparent()
            if parent is not None and element.tag not in _DATED:
                _cut_out(element, parent)
        return str(etree.tostring(self.root, encoding="unicode", method="html"))


def _cut_out(element: etree._Element, parent: etree._Element) -> None:
    """Take an element out of the tree; the text behind it stays."""
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = _writable((parent.text or "") + element.tail)
        else:
            before.tail = _writable((before.tail or "") + element.tail)
    parent.remove(element)


def _writable(text: str) -> str:
    """Return a text without the characters that lxml reads out of a broken page and does not take back."""
    return _NO_XML.sub("", text)


def _again(root: etree._Element, slim: str, bare: _Bare) -> etree._Element:
    """Return the whole tree: parsed again where parts were cut out of it."""
    whole = _parse(slim)[0] if bare.made is not None and bare.level is None else root
    return root if whole is None else whole


def _has_fat_tag(source: str) -> bool:
    """Tell whether there may be a tag of more than ``_FAT`` code points: a long stretch in which none ends."""
    half = _FAT // 2
    return len(source) > _FAT and any(source.find(">", at, at + half) < 0 for at in range(0, len(source) - half, half))


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
        closes, name = tag.groups()
        if _is_void(name):
            continue
        depth = depth + 1 if not closes else depth - 1 if depth else 0
        if depth >= _DEPTH and depth + bool(closes) > _DEPTH:
            out += [source[at : tag.start()], "<br>" if name.lower() in _BREAKS else ""]
            at = tag.end()
    return "".join([*out, source[at:]])


@lru_cache(1024)
def _is_void(name: str) -> bool:
    return name.lower() in _VOID


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


def _own_article(root: etree._Element, walk: Walk) -> list[Paragraph]:
    """Return the paragraphs of the article that the page's markup names, if one stands out."""
    parts = walk.articles or walk.mains
    named = [walk.paragraphs[start:end] for start, end in parts] or [
        walked(each, _CODE | _FRAME).paragraphs for each in _articles(root, walk)
    ]
    chosen = max(named[:_PARTS], key=_weight, default=[])
    return (
        _headline_first(chosen, walk.paragraphs) if chosen and _weight(chosen) >= 0.3 * _weight(walk.paragraphs) else []
    )


def _headline_first(chosen: list[Paragraph], whole: list[Paragraph]) -> list[Paragraph]:
    """Put the page's first headline before an article that has none: many pages set it outside."""
    if any(paragraph.role == "headline" for paragraph in chosen):
        return chosen
    return [paragraph for paragraph in whole if paragraph.role == "headline"][:1] + chosen


def _articles(root: etree._Element, walk: Walk) -> list[etree._Element]:
    """Return articles that stand in parts of the page that are dropped, else main parts that do."""
    if all(next(part.iter("article", "main"), None) is None for part in walk.dropped):
        return []
    for path in (_ARTICLES, _MAINS):
        found = path(root)
        if isinstance(found, list) and found:
            return [element for element in found if isinstance(element, etree._Element)][:_PARTS]
    return []


def _weight(paragraphs: list[Paragraph]) -> int:
    """Code points in paragraphs long enough to be running text; all, where none is."""
    sizes = [paragraph.size for paragraph in paragraphs]
    return sum(size for size in sizes if size > 80) or sum(sizes)


@dataclass(slots=True)
class Walk:
    """What a walk through a page has found.

    Attributes:
        paragraphs: in reading order.
        articles: which of them stand in each ``article`` that is in no other: from, to.
        mains: likewise for the parts that are marked as the main ones.
        dropped: elements that were passed over.

    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    articles: list[tuple[int, int]] = field(default_factory=list)
    mains: list[tuple[int, int]] = field(default_factory=list)
    dropped: list[etree._Element] = field(default_factory=list)


def walked(root: etree._Element, dropped: frozenset[str], *, drop_hidden: bool = True) -> Walk:
    """Walk the tree once, in reading order, and cut it where blocks begin and end."""
    walk, current = Walk(), Paragraph()
    done = walk.paragraphs
    roles: list[BlockKind] = []
    open_parts: list[tuple[etree._Element, list[tuple[int, int]], int]] = []
    links = preformatted = 0
    steps = etree.iterwalk(root, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, element in steps:
        tag = element.tag
        if tag.__class__ is not str:
            tag = ""
        opens = event == "start"
        if tag in _BREAKS and current.pieces:
            current = _finished(current, done)
        if opens and _is_dropped(element, tag, dropped, drop_hidden=drop_hidden):
            steps.skip_subtree()
            skipped = element
            walk.dropped.append(element)
            continue
        if not opens and element is skipped:
            skipped = None
        elif tag == "a":
            links += 1 if opens else -1
        elif tag == "pre":
            preformatted += 1 if opens else -1
        elif tag in _ROLES:
            roles = [*roles, _ROLES[tag]] if opens else roles[:-1]
        elif tag in _PARTS_OF and opens and (into := _part(element, tag, walk, open_parts)) is not None:
            open_parts.append((element, into, len(done)))
        elif open_parts and not opens and open_parts[-1][0] is element:
            _, into, start = open_parts.pop()
            into.append((start, len(done)))
        words = element.text if opens else None if element is root else element.tail
        if not words:
            continue
        role = roles[0] if roles else None
        for number, piece in enumerate(_BLANK_LINES.split(words) if preformatted else (words,)):
            if number:
                current = _finished(current, done)
            current.add(piece, role, linked=links > 0)
    _finished(current, done)
    return walk


def _finished(paragraph: Paragraph, done: list[Paragraph]) -> Paragraph:
    """Keep a paragraph that has words, and begin the next."""
    if any(map(str.strip, paragraph.pieces)):
        done.append(paragraph)
    return Paragraph()


def _part(element: etree._Element, tag: str, walk: Walk, opened: list[Any]) -> list[tuple[int, int]] | None:
    """Return where to note the part of the page that begins with an element: an article, a main part, or neither."""
    if tag == "article":
        return None if any(each.tag == "article" for each, _, _ in opened) else walk.articles
    if tag == "main" or element.get("role") == "main" or element.get("itemprop") == "articleBody":
        return walk.mains
    return None


def _is_dropped(element: etree._Element, tag: str, dropped: frozenset[str], *, drop_hidden: bool) -> bool:
    if tag in dropped:
        return True
    if "nav" in dropped and tag not in _ARTICLE and _is_widget(element):
        return True
    if tag == "form":  # some sites wrap the whole page in a form: only those around fields go
        return "nav" in dropped and element.find(".//p") is None and element.find(".//article") is None
    if not drop_hidden:
        return False
    return element.get("hidden") is not None or bool((style := element.get("style")) and _HIDDEN.search(style))


def _is_widget(element: etree._Element) -> bool:
    """Tell by its name whether a part of the page stands beside the report; one with much text is no such part."""
    if not _names_widget(element.get("class"), element.get("id")):
        return False
    left = _MUCH
    for piece in element.itertext():
        left -= len(piece)
        if left < 0:
            return False
    return True


@lru_cache(4096)
def _names_widget(names: str | None, name: str | None) -> bool:
    """Tell whether the class or id of an element names such a part."""
    both = f"{names or ''} {name or ''}"
    return 3 <= len(both) <= 2000 and any(map(_WIDGET.fullmatch, both.lower().split()))


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
