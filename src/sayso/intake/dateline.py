"""Datelines and date lines: where and when a report was filed, as its first words say.

``TARSK, Oct 3 (Coast Wire) — `` · ``TARSK, 20 AUG 88 (EFE) -- [TEXT] `` · ``TARSK, May 3. /COAST/. `` ·
``Tarsk, COAST - `` · ``Tarsk, Ruvania – `` · ``Published October 1, 2014 `` · ``7:00pm UK, 5 May 2032 ``.
The place is not the event's place, and a date without a year is not a date of publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sayso.intake.dates import MONTH, WRITTEN_DATE, written_date
from sayso.intake.phrases import begins_with, is_whole

_REACH: Final = 180
"""Characters at the head of a paragraph within which a dateline must end."""
_LEDE: Final = 100
"""Code points that a first paragraph has at least when its dateline ends with a colon."""
_DASH: Final = re.compile(r"\s*(?:—|–|―|--+)\s*|(?:\s+|(?<=\)))[-_]\s+|:\s+|\.?\s*/[A-Z][\w ]{1,30}/\.?\s+")
_TWO: Final = 2  # a town and what it lies in
_LONG_DASHES: Final = ("—", "–", "―")
_AGENCY: Final = re.compile(r"\s*[(\[]([^()\[\]]{2,90})[)\]]\s*$")
_COUNTRY: Final = re.compile(r"\s*\([^()]{2,40}\)\s*$")  # SANTA FE (ARGENTINA), 4 MAY 88 (NA) --
_DATE_AT_END: Final = re.compile(
    rf"[,\s]+(?:(?:{WRITTEN_DATE.pattern})|{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH}|NO DATE)\s*$", re.IGNORECASE
)
_PLACE: Final = re.compile(r"[^\W\d_][\w.'’‘-]*(?:[ /\n][^\W\d_][\w.'’‘-]*){0,5}")
_PARTICLE: Final = re.compile(r"and|a[dlnrst]|d[ei]|del|du|e[ln]|es|in|la|les?|of|on|the|upon|v[ao]n")
_WIRE_MARK: Final = re.compile(r"\s*\[([^\[\]]{2,40})\]")
_OPENER: Final = re.compile(r"[\"'“‘«(\[]*[^\W_]")

_WEEKDAY: Final = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
_ZONE: Final = r"(?-i:\b(?:GMT|UTC|UK|[A-Z]{1,4}T|[A-Z]{2}[SD]T)\b(?:[+-]\d{1,2}(?::?\d{2})?)?)"
_HOUR: Final = r"\d{1,2}[:.]?\d{2}(?::\d{2})?\s*(?:[ap]\.?\s?m\b\.?|hrs\b)?"
_CLOCK: Final = rf"(?:,?\s*(?:at|[-|@])?\s*{_HOUR}\s*{_ZONE}?)?"
_CLOCK_FIRST: Final = rf"(?:{_HOUR}\s*{_ZONE}?(?:\s*\(\d[^()]{{2,12}}\))?\s*,?\s+)?"  # "7:00pm UK, Wednesday …"
_POSTED: Final = re.compile(r"(?<=\s)(?:Posted|Published|Created|Updated)\s*:\s")
_LABEL: Final = (
    r"(?P<label>(?:first |last |story )?(?:published|posted|created|updated|modified|edited|issued|date|filed)"
    r"(?:\s+(?:on|at|time))?\s*:?\s*)?"
)
_AGAIN: Final = (
    r"(?:[,;|.]?\s*\(?(?:last\s+)?(?:updated|modified|corrected)\b\D{0,15}\d[^!?\n]{0,30}$)?"  # ", updated 21:40"
)
_DATE_LINE: Final = re.compile(
    rf"(?P<on>on\s+)?{_LABEL}{_CLOCK_FIRST}(?:{_WEEKDAY}\.?,?\s+)?(?:{WRITTEN_DATE.pattern}){_CLOCK}(?!\w){_AGAIN}[\s.|•:–—-]*",
    re.IGNORECASE,
)


_DAY_AT_END: Final = re.compile(rf",?\s+(?:{_WEEKDAY}\.?,?\s+)?(?:{WRITTEN_DATE.pattern})[.\s]*$", re.IGNORECASE)
_AREA: Final = re.compile(r"\s(?:region|province|district|county|governorate|oblast)$")
_INNER_AGENCY: Final = re.compile(r"\s*\([A-Z][\w ]{1,20}\)\s*$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The dateline at the head of a paragraph.

    Attributes:
        length: code points up to and with the dash (and the wire marks after it), without the white space that follows.
        place_line: the dateline as written, on one line, without dash and marks; None for a bare date.
        published: ISO date, where a full date stands in it.

    """

    length: int
    place_line: str | None
    published: str | None


def read_dateline(paragraph: str, *, opens: bool = False) -> Dateline | None:
    """Return the dateline at the head of ``paragraph``; where it opens the report, ``TARSK: …`` counts too.

    A place in capitals is enough, unless the whole text is in capitals; one in small letters needs its agency or date,
    or, where the report opens, what it lies in and a long dash.
    """
    if whole := _whole_line(paragraph):
        return whole
    head = paragraph[:_REACH]
    for dash in list(_DASH.finditer(head))[:4]:
        if dash.group().startswith(":") and (not opens or len(paragraph) < _LEDE):
            continue  # "POLICE: five found dead" is a headline
        words, rest = head[: dash.start()], head[dash.end() :]
        if words.count("(") == words.count(")") and _is_dateline(
            words, rest, opens=opens and dash.group().strip() in _LONG_DASHES
        ):
            length = _skip_marks(paragraph, dash.end())
            return Dateline(length, " ".join(words.split()), _full_date(words))
    return None


def read_date_line(paragraph: str) -> Dateline | None:
    """Return the date that stands at the head of ``paragraph`` by itself or before the report's first sentence."""
    found = _DATE_LINE.match(paragraph[:_REACH])
    if not found:
        return None
    rest = paragraph[found.end() : found.end() + 1]
    if rest and found["on"]:
        return None  # "On 3 May 2019 Nine people" is a sentence, "on 3 May 2019" the end of a byline
    if rest and not (rest.isupper() or rest.isdigit() or rest in "\"“‘'«"):
        return None
    label = (found["label"] or "").lower()
    later = label.startswith(("updated", "modified", "edited", "last"))
    return Dateline(len(found.group().rstrip()), None, None if later else written_date(found))


def read_posted(headline: str) -> tuple[int, Dateline] | None:
    """Return where a date line begins that was run together with a headline (``… Posted: Monday, …``), and the line."""
    found = _POSTED.search(headline)
    dateline = read_date_line(headline[found.start() :]) if found else None
    return (found.start(), dateline) if found and dateline else None


def _whole_line(paragraph: str) -> Dateline | None:
    """Return the dateline that a paragraph is and nothing else: ``Tarsk, Ruvania, Monday 4 May 2020``, ``COAST, …``."""
    words = paragraph.strip()
    dated = _DAY_AT_END.search(words) if len(words) <= _LEDE else None
    if dated is None:
        return None
    place = _INNER_AGENCY.sub("", words[: dated.start()]).strip(" ,")
    parts = [_AREA.sub("", part.strip()) for part in place.split(",")]
    if len(parts) > _TWO + 1 or not all(map(_is_name, parts)) or begins_with("not_a_place", place):
        return None
    return Dateline(len(paragraph.rstrip()), " ".join(words.split()), _full_date(words))


def _is_dateline(words: str, rest: str, *, opens: bool) -> bool:
    agency = _AGENCY.search(words)
    place = words[: agency.start()] if agency else words
    dated = _DATE_AT_END.search(place)
    place = _COUNTRY.sub("", place[: dated.start()] if dated else place).strip(" ,")
    parts = [part.strip() for part in place.split(",")]
    alone = not rest and len(words.split()) <= 8
    if not (place and (alone or _OPENER.match(rest)) and len(parts) <= 4 and all(map(_is_name, parts))):
        return False
    if is_whole("not_a_place", place) or begins_with("not_a_place", place):
        return False
    shouted = parts[0].isupper() and len(re.findall(r"[^\W\d_]", parts[0])) > 1
    told_apart = rest[:1] != rest[:1].lower() or not rest[:1].isalpha()
    if agency or dated:
        return told_apart
    if alone:
        return shouted and not place.isupper()
    if len(parts) > 1 and parts[-1].isupper() and len(parts[-1]) > 1:
        return told_apart  # "Tarsk, COAST": its wire
    if opens and len(parts) == _TWO:
        return told_apart and rest[:1].isalpha()
    return shouted and told_apart and any(map(str.islower, rest[:60]))


def _is_name(part: str) -> bool:
    """One to six words, all capitalised but for particles (``Dar es Salaam``, ``Isle of Man``)."""
    return (
        bool(_PLACE.fullmatch(part))
        and part[0].isupper()
        and all(w[0].isupper() or _PARTICLE.fullmatch(w) for w in part.split())
    )


def _full_date(words: str) -> str | None:
    found = WRITTEN_DATE.search(words)
    return written_date(found) if found else None


def _skip_marks(paragraph: str, at: int) -> int:
    """Return the end of ``[TEXT]`` and other wire marks after the dash; white space before the text is left out."""
    while (mark := _WIRE_MARK.match(paragraph, at)) and is_whole("wire_mark", mark.group(1)):
        at = mark.end()
    return len(paragraph[:at].rstrip())
