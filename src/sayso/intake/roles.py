"""Paragraphs to blocks: which is headline, caption, credit, dateline, boilerplate, and which is the report itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sayso.intake.dateline import Dateline, read_date_line, read_dateline, read_posted
from sayso.intake.opening import credit_at_end, read_opening
from sayso.intake.phrases import begins_with, contains, has_page_words, is_whole
from sayso.records import Block, BlockKind

_STOP: Final = re.compile(r"[.;:!?…][\"'”’»)\]]*$")
_SHORT: Final = 240
"""Longest line, in code points, that can be a credit, a headline or boilerplate."""
_LONGEST_CAPTION: Final = 700
_BYLINE: Final = re.compile(r"(?i:by)\s+(?=[^\W\d_])(?P<name>\S.*)")
_PARENTHESIS: Final = re.compile(r"\(([^()]{2,120})\)$")
_LABELLED_TAIL: Final = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?][”\"’)]))\s+((?:[A-Z]\w+\s)?[A-Z]\w+(?::| by )[^.:]{2,90})$"
)
_SENTENCES: Final = re.compile(r"[^\W\d_]{3}[.!?][\"”’]? [\"“‘]?[A-Z]")
_PIPE: Final = re.compile(r"\s+\|\s+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph [start, end) of a text, with the role the page's markup gives it, if any."""

    start: int
    end: int
    role: BlockKind | None = None


@dataclass(slots=True)
class Layout:
    """What the paragraphs of a text told: its blocks, and the words of its headline, byline and dateline.

    While it is filled: ``body`` counts the paragraphs so far, ``opened`` says that more than credits and dates came,
    ``headline`` is one known from elsewhere.
    """

    blocks: list[Block] = field(default_factory=list)
    body: int = 0
    opened: bool = False
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: str | None = None
    headline: str | None = None


def lay_out(text: str, stretches: Sequence[Stretch], title: str | None = None) -> Layout:
    """Return the blocks of ``text``: they cover the stretches, in order, without overlap.

    ``title``: the headline where it is known from elsewhere; a text often repeats it.
    """
    layout = Layout(headline=title)
    marked = any(stretch.role == "headline" for stretch in stretches)
    for position, stretch in enumerate(stretches):
        following = stretches[position + 1] if position + 1 < len(stretches) else None
        words = text[stretch.start : stretch.end]
        after = text[following.start : min(following.end, following.start + _SHORT + 1)] if following else ""
        blocks = list(_blocks(words, stretch, after, layout, may_be_headline=not marked))
        blocks = [piece for block in blocks for piece in _cut(text, block, layout, last=following is None)]
        layout.blocks += blocks
        layout.body += blocks[-1].kind in {"paragraph", "quote"}
        layout.opened |= any(block.kind in {"headline", "caption", "paragraph", "quote"} for block in blocks)
    return layout


def _blocks(words: str, stretch: Stretch, after: str, layout: Layout, *, may_be_headline: bool) -> Iterator[Block]:
    """Yield the one, two or three blocks of one paragraph, and note in ``layout`` what they tell."""
    start, end = stretch.start, stretch.end
    role = stretch.role or _role(words, after, layout, may_be_headline=may_be_headline)
    if role == "credit":
        layout.byline = layout.byline or _byline(words)
    if role == "headline":
        layout.title = layout.title or " ".join(words.split())
    if role in {"paragraph", "quote"} and (dateline := _dateline(words, layout)):
        _note_dateline(dateline, layout)
        yield Block(kind="dateline", start=start, end=start + dateline.length)
        start += dateline.length
        start += len(text_after := words[dateline.length :]) - len(text_after.lstrip())
    if role in {"paragraph", "caption"} and (tail := _credit_tail(words)) and start < end - tail:
        middle = end - tail
        before = len(words[: len(words) - tail].rstrip())
        yield Block(kind="caption", start=start, end=stretch.start + before)
        start, role = middle, "credit"
    if role == "headline" and (posted := read_posted(words)):
        at, dateline = posted
        layout.title = " ".join(words[:at].split())
        _note_dateline(dateline, layout)
        yield Block(kind="headline", start=start, end=start + len(words[:at].rstrip()))
        start, role = start + at, "dateline"
    if start < end:
        yield Block(kind=role, start=start, end=end)


def _cut(text: str, block: Block, layout: Layout, *, last: bool) -> Iterator[Block]:
    """Yield a block without what runs into it at the head of the report, and without the service that ends it."""
    if block.kind != "paragraph":
        yield block
        return
    words, start, end = text[block.start : block.end], block.start, block.end
    for piece in read_opening(words, layout.headline or layout.title) if layout.body == 0 else ():
        if piece.dateline:
            _note_dateline(piece.dateline, layout)
        yield Block(kind=piece.kind, start=block.start + piece.start, end=block.start + piece.end)
        start = block.start + piece.end
    start += re.match(r"[\s.:]*", text[start:end]).end() if start > block.start else 0  # type: ignore[union-attr]
    credit = credit_at_end(words) if last else None
    middle = block.start + credit if credit is not None and block.start + credit > start else end
    if start < middle:
        yield Block(kind="paragraph", start=start, end=middle)
    if middle < end:
        yield Block(kind="credit", start=middle, end=end)


def _role(words: str, after: str, layout: Layout, *, may_be_headline: bool) -> BlockKind:
    """Return the role that wording and neighbours give a paragraph."""
    if len(words) <= _SHORT and ("|" in words or words[:2].lower() == "by" or has_page_words(words)):
        if is_credit(words):
            return "credit"
        if is_boilerplate(words):
            return "boilerplate"
    if _credit_tail(words) or (_is_like_a_caption(words) and is_picture_credit(after)):
        return "caption"
    begun = layout.dateline is not None or layout.opened
    if may_be_headline and not begun and after and _is_headline(words):
        return "headline"
    return "paragraph"


def _is_like_a_caption(words: str) -> bool:
    """Tell whether a paragraph before a picture credit can be its caption: sentences, but no quotation."""
    return len(words) <= _LONGEST_CAPTION and bool(_STOP.search(words)) and words[0] not in "\"“‘'"


def _is_headline(words: str) -> bool:
    """Tell a headline: short, without a final stop (a question may end in its mark), and no dateline."""
    stop = _STOP.search(words)
    if (
        len(words) > _SHORT
        or not 3 <= len(words.split()) <= 30
        or _SENTENCES.search(words)
        or (stop and stop.group()[0] not in "!?")
    ):
        return False
    return read_dateline(words, opens=False) is None and read_date_line(words) is None


def is_credit(line: str) -> bool:
    """Tell whether a line only says who took the picture or wrote the report."""
    return is_picture_credit(line) or is_byline(line) or is_signature(line)


def is_picture_credit(line: str) -> bool:
    """Tell ``Ana Ruiz | Wire | Getty Images`` · ``Photo: Ana Ruiz`` · ``(AP Photo/Ana Ruiz)`` · ``A. Ruiz/AFP``."""
    if len(line) > 160 or len(line.split()) > 18:
        return False
    if begins_with("picture_label", line) and re.match(r"[\w ]{2,20}(?::| by |/)", line):
        return True
    if _STOP.search(line) and not _PARENTHESIS.fullmatch(line):
        return False
    parts = _PIPE.split(line)
    if len(parts) > 1:
        return all(len(part.split()) <= 6 for part in parts) and (contains("agency", line) or len(parts) == 3)
    return _names_picture(line.strip("()[]"))


def is_byline(line: str) -> bool:
    """Tell ``By Ana Ruiz, Coast Wire``: a short line of names after ``By``."""
    found = _BYLINE.fullmatch(line)
    if not found or len(line.split()) > (6 if line.isupper() else 14) or line.endswith((".", "?", "!", ":")):
        return False
    names = [
        word
        for word in re.split(r"[\s,|]+", found["name"])
        if word not in {"and", "in", "for", "of", "de", "al", "with", "the", "at"}
    ]
    return all(not word[:1].islower() for word in names)


def is_signature(line: str) -> bool:
    """Tell ``(Reporting by …; editing by …)`` or the bare name of a service under the text."""
    inner = line.strip("()[] ")
    return begins_with("signature", inner) or is_whole("agency", inner)


def is_boilerplate(line: str) -> bool:
    """Tell whether a short line belongs to the page: sharing, subscribing, copyright, navigation."""
    if is_whole("boilerplate_whole", line.strip(" .:")) or contains("boilerplate_anywhere", line):
        return True
    if len(_PIPE.split(line)) > 3 and not _STOP.search(line):
        return True
    return len(line.split()) <= 25 and begins_with("boilerplate_start", line)


def _names_picture(words: str) -> bool:
    """Tell whether a line is a service with a picture word or with a photographer beside a slash, and nothing else."""
    if len(words.split()) > 10:
        return False
    if contains("picture", words) and (contains("agency", words) or "/" in words):
        return not re.search(r"\b(?:said|was|were|is|are|has|have)\b", words)
    first, slash, second = words.partition("/")
    return bool(slash) and (is_whole("agency", first.strip()) or contains("agency", second)) and words[:1].isupper()


def _credit_tail(words: str) -> int:
    """Code points of the picture credit that ends a caption: ``… on Monday. (AP Photo/Ana Ruiz)``; 0 if none."""
    if len(words) > _LONGEST_CAPTION:
        return 0
    found = _PARENTHESIS.search(words)
    if found and (_names_picture(found.group(1)) or _is_picture_note(found.group(1))):
        return len(words) - found.start()
    found = _LABELLED_TAIL.search(words)
    return len(words) - found.start(1) if found and begins_with("picture_label", found.group(1)) else 0


def _is_picture_note(words: str) -> bool:
    """Tell the inside of a picture credit in parentheses: ``Photo: family`` · ``File photo`` · ``photo by A. Ruiz``."""
    return len(words.split()) <= 10 and (begins_with("picture", words) or is_whole("picture", words))


def _byline(line: str) -> str | None:
    return " ".join(found["name"].split()) if is_byline(line) and (found := _BYLINE.fullmatch(line)) else None


def _dateline(words: str, layout: Layout) -> Dateline | None:
    """Return the dateline at the head of a paragraph; with a colon, or a bare date, only where the report begins."""
    return read_dateline(words, opens=layout.body == 0) or (read_date_line(words) if layout.body <= 2 else None)


def _note_dateline(dateline: Dateline, layout: Layout) -> None:
    layout.dateline = layout.dateline or dateline.place_line
    layout.published = layout.published or dateline.published
