"""The times told in a report, found once: statements ask when something was said, claims when something happened.

What is counted from something told ("two hours later", "a day after the attack") is counted from the day that the
report tells for it; where it tells none, it stays unresolved and says what is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sayso.values.moment import FoundMoment, Moment, find_moments
from sayso.vocab import Entry, load_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Report

EVENT: Final = "another event"
FOLLOWED: Final = "day of what followed"
"""Names the day that is counted back from, in "said on Wednesday, a day after gunmen stopped a coach"."""
PARAGRAPHS: Final = 2
"""So many line ends may lie between a time and the one told before that it is counted from."""
_SENTENCES: Final = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘A-Z])|\n+")
_GAP: Final = 4  # code points between an event and the day that its clause ends with
_WORD: Final = re.compile(r"[^\W\d_]+")
_SAYING: Final = re.compile(
    r"\b(?:said|told \w+|says|announced|statement|reported|added|speaking)(?: \w+)?(?: on| late| early)?\s$"
)
_TOLL: Final = re.compile(r"\b(?:toll|number of dead|rose|rising|risen|climbed)\b[^.;]*$")
_OF_THE_SPEAKER: Final = frozenset(("yesterday", "tomorrow", "last night", "the day before yesterday"))
_BARE_DAY: Final = re.compile(r"(?<!\bon )\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s(?= ((?:\w+ ){0,2}[a-z]+))")
_LENGTH_AFTER: Final = re.compile(r"((?:[\w-]+ ){1,2}(?:days?|weeks?)) after\b", re.IGNORECASE)
_A_DAY: Final = re.compile(r"^the\b", re.IGNORECASE)
_THE: Final = frozenset(("the", "this", "that", "these", "those", "his", "her", "their", "its"))
_OTHER: Final = frozenset(("previous", "earlier", "another", "similar", "last", "first", "latest", "second"))


_NAMED_SO: Final = re.compile(
    r" (?:Alliance|Army|Avenue|Battalion|Boulevard|Bridge|Brigades?|Cell|Coalition|Committee|Division|Faction|Front|"
    r"Group|"
    r"Hospital|Martyrs|Movement|Organi[sz]ation|Regiment|Revolution|School|Square|Stadium|Street|University|"
    r"(?:group|movement|organi[sz]ation)\b(?= (?:said|claimed|says|has|had|was)))\b"
)
_MONTH: Final = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.IGNORECASE
)


class Family(Entry):
    """Words that can name one happening: an entry of ``vocab/happened.toml``."""

    name: str
    words: tuple[str, ...]


class _Told(NamedTuple):
    """A day that the report tells: where, which, and the words of its sentence."""

    start: int
    end: int
    moment: Moment
    sentence: int
    families: frozenset[str]
    named: frozenset[str] = frozenset()  # those families that a word of the sentence names outright ("bombing")


def moments_of(report: Report) -> tuple[FoundMoment, ...]:
    """Return the time expressions of a report in text order, resolved against its publication date where it has one."""
    return _moments(report.text, report.published)


@lru_cache(2)
def _moments(text: str, published: str | None) -> tuple[FoundMoment, ...]:
    told = [one for one in find_moments(text, anchor_of(published)) if not _is_a_name(text, one)]
    found = _with_bare_days(text, told, published)
    said = _by_saying(text, found)
    if not any((one.moment.anchor or "").startswith(EVENT) for one in said):
        return tuple(said)
    return tuple(_settled(text, said, published))


def _is_a_name(text: str, one: FoundMoment) -> bool:
    """Tell whether a date is part of a name: "the Sixth of May · Brigade", "17 November · Square"."""
    return bool(_NAMED_SO.match(text, one.end) and _MONTH.search(text[one.start : one.end]))


def anchor_of(published: str | None) -> date | datetime | None:
    """Return the publication date that times are counted from; a month or a year alone anchors nothing."""
    published = published or ""
    try:
        return datetime.fromisoformat(published) if len(published) > 10 else date.fromisoformat(published)
    except ValueError:
        return None


def counts_back(moment: Moment, day: Moment | None = None) -> bool:
    """Tell whether a moment is that of "a day after" what stands behind it; with ``day``, counted back from it."""
    return (moment.anchor or "").startswith(f"{FOLLOWED}, {day.words}" if day else FOLLOWED)


def _with_bare_days(text: str, found: Sequence[FoundMoment], published: str | None) -> list[FoundMoment]:
    """Return the moments with the days of "Mondays attack", whose apostrophe is lost; "on Mondays" is no day."""
    more = [
        FoundMoment(day.start(), day.end(1), Moment.parse(day[1], anchor_of(published)))
        for day in _BARE_DAY.finditer(text)
        if families_of(day[2])
    ]
    taken = {place for one in found for place in range(one.start, one.end)}
    return sorted([*found, *(one for one in more if one.start not in taken)], key=lambda one: one.start)


def _by_saying(text: str, found: list[FoundMoment]) -> list[FoundMoment]:
    """Return the moments, "yesterday" behind "said on Monday that" counted from that Monday."""
    settled: list[FoundMoment] = []
    for one in found:
        words = text[one.start : one.end].lower()
        said = settled[-1] if settled and words in _OF_THE_SPEAKER else None
        if said is not None and _was_said(text, said, one.start):
            day = date.fromisoformat((said.moment.earliest or "")[:10])
            name = f"day of saying, {text[said.start : said.end]}"
            one = one._replace(moment=Moment.parse(text[one.start : one.end], day, anchor_name=name))
        settled.append(one)
    return settled


def _was_said(text: str, said: FoundMoment, start: int) -> bool:
    """Tell whether ``said`` is the day of a saying in whose content, in the same sentence, ``start`` stands."""
    dated = (
        said.moment.resolved
        and said.moment.one_day
        and "publication date" in (said.moment.anchor or "publication date")
    )
    return (
        dated
        and bool(_SAYING.search(text[max(said.start - 40, 0) : said.start]))
        and not _SENTENCES.search(text, said.end, start)
    )


def _settled(text: str, found: Sequence[FoundMoment], published: str | None) -> list[FoundMoment]:
    """Return the moments, those that hang on something told counted from it where the report dates it."""
    breaks = [match.end() for match in _SENTENCES.finditer(text)]
    told = [row for row in (_told(text, one, breaks) for one in found) if row]
    told += [row for one in found for row in _inside(text, one, published, breaks)]
    told.sort(key=lambda row: row.start)
    settled = []
    for one in found:
        base = _base(text, one, told, found, breaks) if not one.moment.resolved else None
        if base is None and (before := _day_of_what_it_followed(text, one, found, breaks)) is not None:
            settled.append(before)
            continue
        moment = one.moment.counted_from(base[1].moment, base[0]) if base else one.moment
        settled.append(one._replace(moment=moment))
        if base and moment.resolved:
            # "Hours after the blast" may run into the next day; the story stays on the day of the blast.
            day = moment if moment.one_day else base[1].moment
            told.append(_Told(one.start, one.end, day, bisect_right(breaks, one.start), frozenset()))
            told.sort(key=lambda row: row.start)
    return settled


def _day_of_what_it_followed(
    text: str, one: FoundMoment, found: Sequence[FoundMoment], breaks: list[int]
) -> FoundMoment | None:
    """Return "a day after" with the day of what stands behind it, counted back from the day that its sentence tells.

    "The governor said on Wednesday, · a day after · gunmen stopped a coach": they did on Tuesday.
    """
    length = _LENGTH_AFTER.match(text, one.start, one.end)
    if length is None or not (one.moment.anchor or "").startswith(f"{EVENT}: "):
        return None
    sentence = bisect_right(breaks, one.start)
    days = [row for row in found if row.moment.resolved and row.moment.one_day and row.start not in range(*one[:2])]
    days = [row for row in days if bisect_right(breaks, row.start) == sentence]
    if not days:
        return None
    last = min(days, key=lambda row: abs(row.start - one.start))
    day, name = date.fromisoformat((last.moment.earliest or "")[:10]), f"{FOLLOWED}, {text[last.start : last.end]}"
    moment = Moment.parse(f"{_A_DAY.sub('a', length[1])} ago", day, anchor_name=name)
    if not moment.resolved:
        return None
    return FoundMoment(one.start, length.end(), moment.model_copy(update={"words": length[0]}))


def _inside(text: str, one: FoundMoment, published: str | None, breaks: list[int]) -> list[_Told]:
    """Return the days named in the words of an event: "two days after the vote of 5 March"."""
    missing = one.moment.anchor or ""
    if one.moment.resolved or not missing.startswith(f"{EVENT}: "):
        return []
    begin = text.index(missing.removeprefix(f"{EVENT}: "), one.start)
    inner = find_moments(text[begin : one.end], anchor_of(published))
    rows = (_told(text, row._replace(start=begin + row.start, end=begin + row.end), breaks) for row in inner)
    return [row for row in rows if row]


def _told(text: str, one: FoundMoment, breaks: list[int]) -> _Told | None:
    """Return a time as one that others may be counted from: a day (or part of one) that is not that of a saying."""
    before = text[max(one.start - 60, 0) : one.start]
    if not (one.moment.resolved and one.moment.one_day) or _SAYING.search(before) or _TOLL.search(before):
        return None
    number = bisect_right(breaks, one.start)
    first = breaks[number - 1] if number else 0
    last = breaks[number] if number < len(breaks) else len(text)
    sentence = text[first:last]
    return _Told(one.start, one.end, one.moment, number, families_of(sentence), families_of(sentence, outright=True))


def _base(
    text: str, one: FoundMoment, told: list[_Told], found: Sequence[FoundMoment], breaks: list[int]
) -> tuple[str, _Told] | None:
    """Return what a moment is counted from: its name and the time told for it; None where the report tells none."""
    missing = one.moment.anchor or ""
    number = bisect_right(breaks, one.start)
    if missing.startswith(f"{EVENT}: "):
        words = missing.removeprefix(f"{EVENT}: ")
        inside = [row for row in told if one.start < row.start < one.end]
        return (words, inside[-1]) if inside else _event_base(words, one, told, number)
    if missing != EVENT:
        return None
    before = [row for row in told if row.end <= one.start]
    if (said := _said_before(text, one, found, breaks)) is not None and (
        not before or before[-1].sentence != said.sentence
    ):
        return text[said.start : said.end], said
    if not before or text.count("\n", before[-1].end, one.start) > PARAGRAPHS:
        return None
    return text[before[-1].start : before[-1].end], before[-1]


def _said_before(text: str, one: FoundMoment, found: Sequence[FoundMoment], breaks: list[int]) -> _Told | None:
    """Return the day of saying in the same sentence: "on Tuesday raised the toll of the raid the previous day"."""
    sentence = bisect_right(breaks, one.start)
    before = [
        row
        for row in found
        if row.end <= one.start
        and bisect_right(breaks, row.start) == sentence
        and row.moment.resolved
        and row.moment.one_day
    ]
    last = before[-1] if before else None
    return _Told(last.start, last.end, last.moment, sentence, frozenset()) if last else None


def _event_base(words: str, one: FoundMoment, told: list[_Told], sentence: int) -> tuple[str, _Told] | None:
    """Return the time told beside the same happening: in the sentence before, else the first told of it."""
    name, families = _named(words)
    if not families:
        return None
    own = next((row for row in told if 0 <= row.start - one.end <= _GAP and row.sentence == sentence), None)
    if own is not None:
        return name, own  # "hours before the jet crashed · on Wednesday"
    fits = [row for row in told if row.families & families and row.start != one.start and row.sentence != sentence]
    fits = [row for row in fits if row.named & families] or fits
    before = [row for row in fits if row.end <= one.start]
    near = before[-1] if before and before[-1].sentence >= sentence - 1 else None
    base = near or next(iter(fits), None)
    return (name, base) if base else None


def _named(words: str) -> tuple[str, frozenset[str]]:
    """Return the noun phrase that names a happening, and its families; none where it is told for the first time."""
    parts = list(_WORD.finditer(words))
    head = next((part for part in parts if families_of(part.group())), None)
    before = {part.group().lower() for part in parts if head and part.start() < head.start()}
    definite = before & _THE or "'s" in words or "’s" in words
    if head is None or not definite or before & _OTHER:
        return words, frozenset()
    return words[: head.end()], families_of(head.group())


@cache
def _by_word() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for family in load_table("happened", Family):
        for word in family.words:
            table.setdefault(word, set()).add(family.name)
    violent = frozenset(("explosion", "fire", "air", "death", "raid", "clash", "abduction"))
    return {word: frozenset(names | violent if "any" in names else names) for word, names in table.items()}


def families_of(words: str, *, outright: bool = False) -> frozenset[str]:
    """Return the families of happenings that the words can name; ``outright``: "attack" and "violence" are left out."""
    table = _by_word()
    found = [table[word] for word in _WORD.findall(words.lower()) if word in table]
    return frozenset().union(*(families for families in found if not (outright and "any" in families)))
