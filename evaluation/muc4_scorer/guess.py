"""A stand-in for the people who judged what is not plainly equal: rules after the scoring guidelines, section 3.

Each rule is one sentence of the guidelines. It is stricter than they were where they used what only reading the text
can tell (that "attackers" are "guerrillas" here).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from evaluation.muc4_scorer.fills import AFTER_NOUN, Grade, essential
from evaluation.muc4_scorer.keys import Fill
from evaluation.muc4_scorer.slots import Kind, Slot

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (?:19)?(\d\d)")
_SHARED = 0.5
"""Share of the shorter phrase's words that two phrases with the same head must share to be half equal."""
_NAMES = "hum-tgt-name"
_DEFAULT_REACH = 3
"""How many days before an open date ("- 26 AUG 89") a day still counts as part of it."""


def guess(slot: Slot, response: Fill, key: Fill) -> Grade:
    """Return the grade of a fill of the response against one of the key, values alone."""
    rule = grade_name if slot.name == _NAMES else _RULES.get(slot.kind)
    if rule is None:
        return Grade.INCORRECT
    return max((rule(mine, theirs) for mine in response.values for theirs in key.values), default=Grade.INCORRECT)


def grade_date(response: str, key: str) -> Grade:
    """Grade dates after 3.2.2: inside the key's range, or an open date up to the key's last day, is half right."""
    mine, theirs = _span(response), _span(key)
    if mine is None or theirs is None:
        return Grade.INCORRECT
    if mine == theirs:
        return Grade.CORRECT
    if mine[0] is None or mine[1] is None:
        return Grade.PARTIAL if mine[1] == theirs[1] else Grade.INCORRECT
    if theirs[1] is None or mine[1] > theirs[1]:
        return Grade.INCORRECT
    first = theirs[0]
    near = (theirs[1] - mine[0]).days <= _DEFAULT_REACH if first is None else mine[0] >= first
    return Grade.PARTIAL if near else Grade.INCORRECT


def grade_number(response: str, key: str) -> Grade:
    """Grade numbers after 3.2.14: an end of the key's range, or its rough number without the tilde, is half right."""
    ends = [end for end in re.split(r" - | -|- |~", key) if end]
    return Grade.PARTIAL if key != response and response in ends else Grade.INCORRECT


def grade_place(response: str, key: str) -> Grade:
    """Grade places after 3.2.3: all right but for the country is half right."""
    mine, theirs = response.split(": ")[1:], key.split(": ")[1:]
    return Grade.PARTIAL if mine and mine == theirs else Grade.INCORRECT


def grade_phrase(response: str, key: str) -> Grade:
    """Grade strings after 3.1.1: more modifiers are right; adjuncts, or a part with the same head, are half right."""
    mine, theirs = _words(response), _words(key)
    if not mine or not theirs:
        return Grade.INCORRECT
    if mine == theirs or mine[-len(theirs) :] == theirs:
        return Grade.CORRECT
    if mine[: len(theirs)] == theirs:
        return Grade.CORRECT if mine[len(theirs)] in AFTER_NOUN and "," not in response else Grade.PARTIAL
    shared = len(set(mine) & set(theirs))
    if _head(mine) == _head(theirs) and shared >= _SHARED * min(len(mine), len(theirs)):
        return Grade.PARTIAL
    return Grade.PARTIAL if _within(theirs, mine) else Grade.INCORRECT


def grade_name(response: str, key: str) -> Grade:
    """Grade names of persons: with a title it is right, a part of the name (3.1.1.2) is half right."""
    mine, theirs = _words(response), _words(key)
    if mine and theirs and set(mine) <= set(theirs) and mine != theirs:
        return Grade.PARTIAL
    return grade_phrase(response, key)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1))


@cache
def _words(value: str) -> tuple[str, ...]:
    """Return the words that count; what stands in brackets beside a name (its short form) does not."""
    bare = re.sub(r"\s*[\[(][^\])]*[\])]\s*", " ", value).strip() or value
    return tuple(re.findall(r"[\w.']+", essential(bare).replace("-", " ")))


def _head(words: tuple[str, ...]) -> str:
    """Return the last word before a modifier that follows its noun, in the singular as far as spelling tells."""
    cut = next((index for index, word in enumerate(words) if index and word in AFTER_NOUN), len(words))
    return re.sub(r"(?<=[^S])S$", "", words[cut - 1])


@cache
def _span(value: str) -> tuple[date | None, date | None] | None:
    """Return first and last day; None for an end that is open, None for what is no date."""
    days = [_day(match) for match in _DAY.finditer(value)]
    if not days or len(days) > 2 or None in days:
        return None
    if value.startswith("-"):
        return None, days[0]
    return days[0], days[-1]


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(1900 + int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None


_RULES: Mapping[Kind, Callable[[str, str], Grade]] = MappingProxyType(
    {Kind.DATE: grade_date, Kind.NUMBER: grade_number, Kind.PLACE: grade_place, Kind.STRING: grade_phrase}
)
