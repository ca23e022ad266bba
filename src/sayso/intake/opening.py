"""What runs into the first paragraph of a page that lost its layout, before and after the report’s own words.

``Headline again COAST WIRE Sunday 1 Feb 2032 Nine people …`` · ``3 May 2032 Headline again. Nine people …`` · the
first sentence printed twice (stand-first and body) · ``… in May.-COAST WIRE`` at the end. Read as part of a sentence,
they are said by somebody, or happen somewhere. Found only where the text repeats itself or names a service or a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sayso.intake.dateline import Dateline, read_date_line, read_dateline
from sayso.intake.phrases import matcher
from sayso.records import BlockKind

_WORD: Final = re.compile(r"[^\W_]+")
_BREAK: Final = re.compile(r"\s+(?:[-–—|·]|::)\s+")  # between a headline and the sections of its site
_GAP: Final = re.compile(r"[\s.:;,|·…–—-]*")
_STOP: Final = re.compile(r"[.!?][\"”’)]*(?=\s|$)")
_SLUG: Final = re.compile(r"((?:[A-Z]\w+ ){0,2})(?=[A-Z])")
_AT_END: Final = re.compile(r"(?<=[.!?\"”’)])\s*(?:[-–—]{1,2}\s*([\w /]{2,40})|\(([\w /]{2,40})\))\s*[.]?\Z")
FEWEST: Final = 4
"""A headline of fewer words may be repeated by chance."""
SEED: Final = 40
"""Code points that a sentence printed twice begins with, both times."""
REACH: Final = 1200
"""Code points within which the second printing begins."""
LONGEST: Final = 300
"""Code points of a headline that are compared."""
MOST: Final = 6
"""Pieces before the report’s own words."""


class Piece(NamedTuple):
    """A stretch [start, end) of a paragraph that is not the report’s own words; a dateline says what it tells."""

    kind: BlockKind
    start: int
    end: int
    dateline: Dateline | None = None


def read_opening(words: str, title: str | None) -> list[Piece]:
    """Return the pieces at the head of the first paragraph, in order; none where it begins with the report itself."""
    pieces: list[Piece] = []
    at = 0
    while len(pieces) < MOST and (piece := _next(words, at, title, pieces)):
        pieces.append(piece)
        at = _after(words, piece.end)
    pieces += _printed_twice(words, at)
    return pieces if any(piece.kind != "dateline" for piece in pieces) else []


def credit_at_end(words: str) -> int | None:
    """Return where the name of the service begins that ends the last paragraph (``… in May.-COAST WIRE``)."""
    found = _AT_END.search(words, max(0, len(words) - 60))
    name = (found[1] or found[2]) if found else None
    return found.start() if found and name and matcher("agency").match(name.strip()) else None


def _next(words: str, at: int, title: str | None, pieces: list[Piece]) -> Piece | None:
    rest = words[at : at + REACH]
    seen = {piece.kind for piece in pieces}
    if "boilerplate" not in seen and title and (end := _repeats(rest, title)):
        return Piece("boilerplate", at, at + end)
    if (dated := read_date_line(rest)) and "dateline" not in seen:
        return Piece("dateline", at, at + dated.length, dated)
    named = _service(rest)
    dashed = bool(named) and rest[named - 1].isspace()
    if named and "credit" not in seen and (dashed or pieces or read_date_line(rest[_after(rest, named) :])):
        return Piece("credit", at, at + len(rest[:named].rstrip()))
    return None


def _repeats(rest: str, title: str) -> int:
    """Return where the headline ends that ``rest`` begins with, its site’s name left out; 0 where it does not."""
    parts = _BREAK.split(title[:LONGEST], maxsplit=5)
    for count in range(len(parts), 0, -1):
        for chosen in (parts[:count], parts[-count:]):
            wanted = _WORD.findall(" ".join(chosen).casefold())
            if len(wanted) < FEWEST:
                continue
            found = [m for _, m in zip(wanted, _WORD.finditer(rest), strict=False)]
            if [m.group().casefold() for m in found] == wanted and _stands_alone(rest, found[-1].end()):
                return found[-1].end()
    return 0


def _stands_alone(rest: str, end: int) -> bool:
    """Tell whether something new begins at ``end``: a name, a number or the first word of a sentence."""
    after = rest[_after(rest, end) :]
    head = after.lstrip("\"“‘'«([")[:1]
    return bool(head) and (head.isupper() or head.isdigit())


def _service(rest: str) -> int:
    """Return where the name of a news service at the head ends; ``Regional NNA - `` counts with its section."""
    slug = _SLUG.match(rest)
    for skip in dict.fromkeys((0, slug.end() if slug else 0)):
        for start, end, _ in matcher("agency").find(rest[skip : skip + 60])[:1]:
            dashed = _BREAK.match(rest, skip + end)
            if start == 0 and (dashed or (skip == 0 and _stands_alone(rest, end))):
                return dashed.end() if dashed else end
    return 0


def _printed_twice(words: str, at: int) -> Iterator[Piece]:
    """Yield the first of two printings of the opening sentences, and a dateline between them."""
    seed = words[at : at + SEED]
    second = words.find(seed, at + SEED, at + REACH) if len(seed) == SEED else -1
    if second < 0:
        return
    size = next((n for n in range(second - at) if words[at + n] != words[second + n : second + n + 1]), second - at)
    stops = [found.end() for found in _STOP.finditer(words, at, at + size)]
    end = stops[-1] if stops else at + len(words[at : at + size].rstrip())
    between = words[end:second]
    dateline = read_dateline(words[end:].lstrip()) if between.strip() else None
    if between.strip() and (
        dateline is None or _after(words, second - len(between.lstrip()) + dateline.length) != second
    ):
        return
    yield Piece("boilerplate", at, end)
    if dateline:
        start = second - len(between.lstrip())
        yield Piece("dateline", start, start + dateline.length, dateline)


def _after(words: str, end: int) -> int:
    """Return where the next word begins behind ``end``: white space and stops between pieces belong to none."""
    found = _GAP.match(words, end)
    return found.end() if found else end
