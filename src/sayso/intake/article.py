"""Which paragraphs of a page are its article: the page's own markup, checked by a second reader, settled by a third.

Two quick readers go first: our own walk of the page (which keeps offsets and roles) and Resiliparse. Where the page
marks its article and both agree, that is it. Else trafilatura (precision) says which paragraphs belong to it. None of
them is believed alone: lxml-based readers return nothing from 253 nested divs, without an error, so what a reader has
is held against the other's and against the article that the page itself gives in JSON-LD, and what is lost is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sayso.intake.notes import Notes
from sayso.records import BlockKind

_DROPPED: Final = re.compile(r"[\W_]+")
_LEAD_ON: Final = re.compile(
    r"(?:read (?:more|also|next)|see also|related(?: stories| articles| news)?|more (?:on this|from|stories|news)|"
    r"also read|recommended(?: stories| for you)?|you may (?:also )?like|most (?:read|popular)|trending|don['’]t miss|"
    r"up next|in other news)\b[^.!?]{0,200}$",
    re.IGNORECASE,
)
_LONG: Final = 80
"""Code points from which a paragraph is running text."""
_AGREE: Final = 0.85
"""Share of running text that two readers must have in common to be believed without a third."""
_PLAUSIBLE: Final = 0.5
"""Share of what the others have that trafilatura must find to be believed: it sometimes finds a teaser."""
_SLOW: Final = 400_000
"""Code points of a page beyond which trafilatura is not asked: it would take seconds."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph as the walk of a page cuts it; ``size`` and ``linked`` count code points, of all and of links."""

    pieces: list[str] = field(default_factory=list)
    role: BlockKind | None = None
    linked: int = 0
    size: int = 0
    _words: str | None = None
    _key: str | None = None

    def add(self, piece: str, role: BlockKind | None, *, linked: bool) -> None:
        """Take in the next piece of text; the first that has a role gives it to the paragraph."""
        self.pieces.append(piece)
        self.role = self.role or role
        self.size += len(piece)
        if linked:
            self.linked += len(piece)

    @property
    def words(self) -> str:
        """Its words on one line; asked for when the paragraph is complete."""
        if self._words is None:
            self._words = " ".join("".join(self.pieces).split())
        return self._words

    @property
    def key(self) -> str:
        """Its letters and digits, by which it is found in what another reader has."""
        if self._key is None:
            self._key = _squeezed([self.words])
        return self._key


class Line(NamedTuple):
    """A paragraph as a reader has it, and its letters and digits."""

    words: str
    key: str


def is_link_list(paragraph: Paragraph) -> bool:
    """Tell whether a short line is one link and no sentence: it leads to another page."""
    words = paragraph.words
    return paragraph.linked >= 0.95 * len(words) and len(words) < 160 and words[-1:] not in ".”\"'?!"


def leads_on(paragraph: Paragraph) -> bool:
    """Tell ``Read more: …`` and ``Related stories``: they name other reports, whose events are none of this one's."""
    words = paragraph.words
    return len(words) < 240 and bool(_LEAD_ON.match(words)) and (paragraph.linked > 0 or len(words.split()) <= 4)


def choose(
    source: str, marked: list[Paragraph], whole: list[Paragraph], body: str | None, bare: Callable[[], str]
) -> tuple[list[Paragraph], Notes]:
    """Return the paragraphs of the article, and what there is to tell of how they were found.

    Args:
        source: the page.
        marked: paragraphs of the article that the markup names; empty where it names none.
        whole: all paragraphs of the page, without its frame.
        body: the article in the page's JSON-LD, if it gives one.
        bare: makes the page without its frame, for the third reader: it takes ten times as long as the others.

    """
    second = _second_reader(source) if sum(paragraph.size for paragraph in whole) > _LONG else []
    own = marked or whole
    if not second or _share(_running(own), second) >= _AGREE or not (marked or _has_links(whole)):
        chosen, reader = own, "article"
    else:
        chosen, reader = _settled(bare, own, whole, second, body)
    kept = list(_without_leads(chosen)) or chosen
    wanted = [Line(body, _squeezed([body]))] if body else second
    lost = _missing(wanted, kept)
    total = sum(len(line.words) for line in wanted)
    return kept, Notes(
        reader=reader,
        recovered=round(1 - sum(map(len, lost)) / total, 3) if total else None,
        lost=tuple(words[:120] for words in lost[:5]),
        refused=len(chosen) - len(kept),
    )


def _without_leads(chosen: list[Paragraph]) -> Iterator[Paragraph]:
    """Leave out what leads to other reports: "read more" lines, and teasers, which are one link from end to end.

    A headline that is a link is the report's own where text follows it that is none; short links are left in, as
    boilerplate; and where nearly all is links, they are the page.
    """
    if sum(each.linked for each in chosen) > 0.7 * sum(each.size for each in chosen):
        yield from chosen
        return
    for at, each in enumerate(chosen):
        if leads_on(each):
            continue
        linked = each.linked >= 0.9 * each.size
        if linked and each.role == "headline" and not _text_follows(chosen, at):
            continue
        if not linked or each.role == "headline" or is_link_list(each):
            yield each


def _text_follows(chosen: list[Paragraph], at: int) -> bool:
    """Tell whether running text that is no link follows before the next headline."""
    for each in chosen[at + 1 : at + 8]:
        if each.role == "headline":
            return False
        if each.size > _LONG:
            return each.linked < 0.5 * each.size
    return True


def _has_links(whole: list[Paragraph]) -> bool:
    """Tell whether a page has anything around its article: one without links is a text and nothing else."""
    return sum(each.linked for each in whole) > 0.05 * sum(each.size for each in whole)


def _settled(
    bare: Callable[[], str], own: list[Paragraph], whole: list[Paragraph], second: Sequence[Line], body: str | None
) -> tuple[list[Paragraph], str]:
    """Ask trafilatura, and believe it unless it has far less than the others."""
    picked = _picked(whole, _third_reader(bare()))
    theirs = "".join(line.key for line in second)
    least = len(_squeezed([body])) if body else min(_letters(own), len(theirs))
    if _letters(picked) < _PLAUSIBLE * least:
        picked = _picked(whole, theirs)
        if _letters(picked) < _PLAUSIBLE * _letters(own) and not body:
            return own, "article"
        return (picked, "resiliparse") if picked else (own, "article")
    return picked, "trafilatura"


def _picked(whole: list[Paragraph], found: str) -> list[Paragraph]:
    """Return the paragraphs from the first to the last that stand in ``found``, with the headline before them.

    Between them only lists of links are left out: readers made for precision drop quotations and short lines.
    """
    hits = [n for n, each in enumerate(whole) if len(each.key) >= 20 and each.key in found]
    if not hits:
        return []
    first, last = hits[0], hits[-1]
    inside = set(hits)
    body = [
        each
        for n, each in enumerate(whole[first : last + 1], first)
        if n in inside or (each.linked < 0.5 * each.size and not (each.role == "headline" and _starts_list(whole, n)))
    ]
    return _opening(whole[:first]) + body


def _starts_list(whole: list[Paragraph], at: int) -> bool:
    """Tell whether a heading stands over links."""
    following = whole[at + 1 : at + 3]
    return bool(following) and all(each.linked >= 0.5 * each.size for each in following)


def _opening(before: list[Paragraph]) -> list[Paragraph]:
    """Return the last headline before the text, and the short lines (byline, date, caption) between them."""
    at = next((n for n in range(len(before) - 1, -1, -1) if before[n].role == "headline"), None)
    if at is None:
        return []
    return [each for each in before[at:] if each.linked < 0.5 * each.size or each.role == "headline"]


def _second_reader(source: str) -> list[Line]:
    """Return the running paragraphs that Resiliparse takes for the article, each with its letters and digits."""
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError:
        return []
    text = extract_plain_text(
        source, main_content=True, alt_texts=False, links=False, form_fields=False, noscript=False
    )
    return [Line(line, _squeezed([line])) for each in text.split("\n") if len(line := each.strip(" \t•*")) > _LONG]


def _third_reader(source: str) -> str:
    """Return letters and digits of what trafilatura takes for the article; none where it finds none."""
    if len(source) > _SLOW:
        return ""
    from trafilatura import extract

    try:
        text = extract(source, favor_precision=True, include_comments=False, include_tables=True, deduplicate=False)
    except Exception:  # noqa: BLE001 - it has no errors of its own; the others are still there
        return ""
    return _squeezed([text]) if text else ""


def _running(paragraphs: Iterable[Paragraph]) -> list[Line]:
    return [Line(paragraph.words, paragraph.key) for paragraph in paragraphs if paragraph.size > _LONG]


def _share(ours: Sequence[Line], theirs: Sequence[Line]) -> float:
    """Return the smaller of the two shares of running text that either has of the other's."""
    if not ours or not theirs:
        return 0.0
    return min(_covered(ours, theirs), _covered(theirs, ours))


def _covered(wanted: Sequence[Line], text: Sequence[Line]) -> float:
    found = "".join(line.key for line in text)
    keys = [line.key for line in wanted if line.key]
    return sum(len(key) for key in keys if key in found) / max(1, sum(map(len, keys)))


def _missing(wanted: Sequence[Line], kept: Sequence[Paragraph]) -> list[str]:
    """Return the sentences that are wanted and not among the kept; only texts that differ are cut into sentences."""
    found = "".join(paragraph.key for paragraph in kept)
    pieces = _pieces(line.words for line in wanted if line.key not in found)
    return [words for words in pieces if (key := _squeezed([words])) and key not in found]


def _pieces(texts: Iterable[str]) -> list[str]:
    """Cut texts at line ends and sentences, so that a lost sentence is a small loss."""
    return [piece for text in texts for piece in re.split(r"\n+|(?<=[.!?])\s+(?=[A-Z“\"])", text) if len(piece) > 20]


def _letters(paragraphs: Iterable[Paragraph]) -> int:
    return sum(len(paragraph.key) for paragraph in paragraphs)


def _squeezed(texts: Iterable[str]) -> str:
    """Return letters and digits only, in small letters: readers differ in everything else."""
    return _DROPPED.sub("", "".join(texts).lower())
