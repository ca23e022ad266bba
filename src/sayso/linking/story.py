"""What of a report is its story: without what belongs to the page, its headline without the name of the site.

Pages of one outlet share their furniture word for word, whatever they tell; compared, it joins what has nothing in
common. Blanks take its place, so that offsets stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from sayso.linking.terms import ASKING, words
from sayso.records import Claim, Report

LEAD_SENTENCES: Final = 3
SHORT_LINE: Final = 8  # words: a shorter line is no paragraph
ASIDE: Final = 2  # claims: a sentence that holds so many of another incident tells of it
FEWEST: Final = 4  # words of a headline; what is less before a break is a label
LONGEST_TOWN: Final = 4  # words
_OF_PAGE: Final = frozenset({"boilerplate", "credit", "dateline"})
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?](?!\s)[^.!?\n]*)*[.!?]*")
_INK: Final = re.compile(r"\S")
_BREAK: Final = re.compile(r"\s+(?:[|«»·–—-]|::)\s+")  # between a headline and the sections of its site
_FILM: Final = re.compile(r"\d{1,2}:\d\d [^\n.]{8,160}\Z")  # "0:48 Mayor opens bridge": a list of films to watch
_ASKED: Final = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_TOWN: Final = re.compile(r"[^,;:(\[\d/–—]+")


def story_of(report: Report, most: int) -> str:
    """Return at most ``most`` code points of the text, what belongs to the page blanked."""
    text, parts, at = report.text[:most], [], 0
    for start, end in _of_page(report):
        if at <= start < len(text):
            parts += [text[at:start], _INK.sub(" ", text[start:end])]
            at = min(end, len(text))
    return "".join([*parts, text[at:]])


def _of_page(report: Report) -> Iterator[tuple[int, int]]:
    """Yield the stretches that belong to the page: blocks, the name of the site, films, and what asks the reader."""
    for block in report.blocks:
        words = report.text[block.start : block.end]
        if block.kind in _OF_PAGE or _FILM.match(words):
            yield block.start, block.end
        elif block.kind == "headline":
            yield block.start + words.index(kept := _without_site(words)) + len(kept), block.end
        elif _ASKED.search(words):
            yield from (
                (block.start + m.start(), block.start + m.end()) for m in _SENTENCE.finditer(words) if _asks(m[0])
            )


def _asks(sentence: str) -> bool:
    """Tell whether a sentence asks the reader to do something on the page."""
    return bool(_ASKED.search(sentence)) and not ASKING.isdisjoint(word.form for word in words(sentence))


def headline_of(report: Report) -> str:
    """Return the headline without the name of the site: the first part of it that is long enough to be one."""
    block = next((block for block in report.blocks if block.kind == "headline"), None)
    told = report.text[block.start : block.end] if block else report.text.split("\n", 1)[0][:200]
    return _without_site(report.title or told)


def _without_site(title: str) -> str:
    return next((part for part in _BREAK.split(title) if len(part.split()) >= FEWEST), title)


def dateline_of(report: Report) -> str:
    """Return the town at the head of the report, in the normal form of words; "" where there is none."""
    found = _TOWN.match(report.dateline or "")
    forms = [word.form for word in words(found[0])] if found else []
    return " ".join(forms) if len(forms) <= LONGEST_TOWN else ""


def running(text: str) -> str:
    """Return the text with its short lines blanked, the first apart: menus, credits and captions tell no story."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(line if len(line.split()) >= SHORT_LINE else " " * len(line) for line in rest)])


def leading(text: str, claims: Sequence[Claim], *, aside: bool) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a story that tell of the incident: sentences with evidence, and the head of the story.

    Args:
        text: the story.
        claims: of the incident.
        aside: the report is about something else; its head tells nothing of the incident.

    """
    evidence = sorted({claim.evidence.start for claim in claims})
    found, head = [], LEAD_SENTENCES if aside else 0
    for match in _SENTENCE.finditer(text):
        if _inside(evidence, match.span()) or (head < LEAD_SENTENCES and not match[0].isspace()):
            found.append(match.span())
            head += 1
    return tuple(found)


def without_asides(text: str, own: Sequence[Claim], others: Sequence[Claim]) -> str:
    """Return a story with the sentences blanked that tell only of other incidents: "a day after an attack on X".

    Args:
        text: the story.
        own: claims of the incident it is about; a time or a place alone may only be told from the other.
        others: claims of what the report mentions besides.

    """
    mine = sorted({claim.evidence.start for claim in own if claim.field not in ("when", "where")})
    theirs = sorted({claim.evidence.start for claim in others})
    parts, at = [], 0
    for match in _SENTENCE.finditer(text) if theirs else ():
        told, besides = _inside(mine, match.span()), _inside(theirs, match.span())
        if besides >= ASIDE and not told:
            parts += [text[at : match.start()], _INK.sub(" ", match[0])]
            at = match.end()
    return "".join([*parts, text[at:]])


def _inside(starts: Sequence[int], span: tuple[int, int]) -> int:
    """Return how many of some sorted places lie in a stretch."""
    return bisect_left(starts, span[1]) - bisect_left(starts, span[0])
