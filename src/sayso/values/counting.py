"""Tells counts of people and things from the other uses of numbers: ages, dates, prices, calibres, routes.

``find(words)`` walks a text once. At each token that may begin a number a short list of rules is asked in turn
(``_RULES``); the first that knows the use gives the mention. What words each rule goes by stands in ``counting.toml``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sayso.values.intervals import Expression
from sayso.values.naming import (
    CURRENCIES,
    FRACTIONS,
    HIS,
    MONTHS,
    NAMED,
    ORDINALS,
    UNITS,
    YEAR_AFTER,
    Use,
    clock_or_date,
    fraction,
    glued_end,
    is_day,
    is_month,
    is_serial,
    is_year,
    month_first,
    named,
    ordinal,
    serial,
    with_year,
)
from sayso.values.nouns import is_person, is_plural, noun_phrase
from sayso.values.numerals import expression, number, openings
from sayso.values.words import Phrases, Words, load

_TABLE: Final = load("counting")
_AGE_BEFORE: Final = frozenset(_TABLE["age"]["before"])
_OLD: Final = Phrases(dict.fromkeys(_TABLE["age"]["after"], True))
_YEAR_BEFORE: Final = YEAR_AFTER.union(_TABLE["date"]["year_described_by"])
_CHANGE: Final = frozenset(_TABLE["date"]["change"])
_UNCOUNTABLE: Final = frozenset(_TABLE["nouns"]["uncountable"])
_NEEDS_NOUN: Final = frozenset(_TABLE["nouns"]["needs_noun"])
_COUNTED_AFTER: Final = frozenset(_TABLE["nouns"]["counted_after"])
_ONE_BEFORE: Final = frozenset(_TABLE["nouns"]["one_before"])
_ONE_AFTER: Final = frozenset(_TABLE["nouns"]["one_after"])
_SUPERLATIVES: Final = frozenset(_TABLE["nouns"]["superlatives"])
_GOVERNORS: Final = frozenset(_TABLE["nouns"]["governors"])
_GOVERNED: Final = frozenset({"about", "over", "around", "under", "above", "below"})
_ARTICLES: Final = frozenset({"a", "an"})
_OPENINGS: Final = openings() | {(article, word) for article in _ARTICLES for word in FRACTIONS}
_FIRST_WORDS: Final = ({first for first, _ in _OPENINGS | NAMED.openings()} | ORDINALS | FRACTIONS | MONTHS) - _ARTICLES
_OLDEST: Final = 120
# No sentence lists so many numbers one after the other; a file of data does, millions of them.
_LONGEST_ROW: Final = 24
_BETWEEN_DATA: Final = frozenset({",", ";", "/", ":", "|"})


def find(words: Words, *, articles: bool) -> list[Use]:
    """Return all uses of numbers in text order, none overlapping; ``articles`` counts "a" before a person noun."""
    settle_millions(words, always=False)
    uses: list[Use] = []
    at = 0
    while at < len(words):
        if words.is_number(at) and (end := _row_end(words, at)):
            at = end
            continue
        use = _use_at(words, at) if _may_begin(words, at) else None
        use = use or (_article(words, at) if articles else None)
        if use:
            uses.append(use)
        at = max(use.end, use.beyond) if use else at + 1
    return uses


def _row_end(words: Words, at: int) -> int | None:
    """Return the token after a long row of numbers, which is data and counts nothing; None where there is no row."""
    end, count = at, 0
    while words.is_number(end):
        end, count = end + 1, count + 1
        end += words.key(end) in _BETWEEN_DATA and words.glued(end)
    return end if count >= _LONGEST_ROW else None


def _use_at(words: Words, at: int) -> Use | None:
    for rule in _RULES:
        if use := rule(words, at):
            return use
    return None


def _may_begin(words: Words, at: int) -> bool:
    """Return False, fast, for the many tokens that no rule begins with."""
    key = words.keys[at]
    if key in _ARTICLES and (key, words.key(at + 1)) in _OPENINGS:
        return True
    return key in _FIRST_WORDS or key[0].isdecimal() or (words.glued(at + 1) and is_serial(words, at))


def settle_millions(words: Words, *, always: bool) -> None:
    """Make the "m" of "$20m" and "20m people" read as millions; other "20m" are metres unless ``always``."""
    for at, key in enumerate(words.keys):
        if key == "m" and words.glued(at) and words.is_number(at - 1):
            counted = is_plural(words.key(at + 1)) or is_person(words.key(at + 1))
            if always or counted or words.key(at - 2) in CURRENCIES:
                words.keys[at] = "mn"


# --- quantities --------------------------------------------------------------------------------------------------


def _quantity(words: Words, at: int) -> Use | None:
    """Read anything that ``numerals`` can read, with its kind."""
    found = expression(words, at)
    if found is None or (words.key(at) in _GOVERNED and found.number > at and words.key(at - 1) in _GOVERNORS):
        return None
    if found.form == "range" and _is_change(words, at):
        bare = number(words, at)
        if bare is None or bare.value.denominator > 1:
            return None
        found = Expression(at, bare.end, int(bare.value), int(bare.value), "exact", at)
    return next((use for judge in _JUDGES if (use := judge(words, found))), None)


def _is_change(words: Words, at: int) -> bool:
    """Return True in "rose from 5 to 7", at "from" and at "5"."""
    begin = at if words.key(at) == "from" else at - 1
    return words.key(begin) == "from" and any(key in _CHANGE for key in words.keys[max(0, begin - 4) : begin])


def _measured(words: Words, found: Expression) -> Use | None:
    """Money, and numbers with a word of measure: "$50,000", "10 km", "122mm", "20-year-old", "5 pm"."""
    before = found.number - 1
    if words.key(before) in CURRENCIES and found.start == found.number:
        return _use(found, "money", (before, found.number))
    begin = found.end
    begin += words.key(begin) == "-" and words.glued(begin) and words.glued(begin + 1)
    if words.key(begin) == "m" and words.glued(begin):
        return _use(found, "distance", (begin, begin + 1))
    unit = UNITS.match(words, begin)
    if unit is None or (words.key(found.number) == "no" and unit[1] != "percent"):
        return None
    end, kind = unit
    if kind == "duration":
        old = _OLD.match(words, end + (words.key(end) == "-"))
        return _use(found, "age", (begin, old[0])) if old else _of_hours(words, found, begin, end)
    if kind == "calibre" and words.key(end) == "of":
        kind = "distance"  # 20 mm of rain
    if words.key(begin) == "pound" and begin > found.end:
        kind = "weight"  # a 500-pound bomb
    if kind == "time":
        return Use(found.start, end, "time")
    return _use(found, kind, (begin, end))


def _of_hours(words: Words, found: Expression, begin: int, end: int) -> Use:
    """Tell the time "0530 hours" from the duration "six hours"."""
    military = words.key(found.number).startswith("0") and len(words.key(found.number)) == 4
    return Use(found.start, end, "time") if military else _use(found, "duration", (begin, end))


def _use(found: Expression, kind: str, unit: tuple[int, int] | None) -> Use:
    value = None if found.form == "fraction" else found
    return Use(found.start, found.end, kind, value, unit, beyond=unit[1] if unit else 0)


def _dated(words: Words, found: Expression) -> Use | None:
    """Days before a month, years, decades: "3 February 2020", "between 2014 and 2019", "the 1990s"."""
    last = found.end - 1
    month = found.end + (words.key(found.end) == "of")
    if is_month(words, month) and is_day(words, last):
        return Use(found.start, with_year(words, month + 1), "date")
    if words.key(found.end) == "s" and words.glued(found.end) and words.is_number(last):
        his = words.key(found.number - 1) in HIS or words.key(found.number - 2) in HIS
        return Use(found.start, found.end + 1, "age" if his else "date")
    if not is_year(words, last) or not is_year(words, found.number):
        return None
    governed = words.key(found.start - (2 if words.key(found.start - 1) == "-" else 1)) in _YEAR_BEFORE
    governed = governed or (words.key(found.start - 1) == "the" and not is_plural(words.key(found.end)))
    dated = found.form == "range" or (found.form == "exact" and (governed or _bare(words, found)))
    return Use(found.start, found.end, "date") if dated else None


def _bare(words: Words, found: Expression) -> bool:
    return noun_phrase(words, found.end) is None


def _aged(words: Words, found: Expression) -> Use | None:
    """Ages without a unit: "aged 34", ", 34," and "(34)" after a name."""
    phrase = " ".join(words.keys[max(0, found.start - 2) : found.start])
    if words.key(found.start - 1) in _AGE_BEFORE or phrase in _AGE_BEFORE:
        return _use(found, "age", None)
    around = words.key(found.start - 1) + words.key(found.end)
    named = words.is_capital(found.start - 2) and words.is_number(found.number)
    return _use(found, "age", None) if around in {",,", "()", ",."} and named and found.low <= _OLDEST else None


def _glued_letters(words: Words, found: Expression) -> Use | None:
    """Digits with letters after them, or a list's own numbering: "4x4", "5G", "1) …"."""
    if words.is_number(found.end - 1) and words.glued(found.end) and words.is_word(found.end):
        return Use(found.start, glued_end(words, found.end), "identifier")
    first = found.start == 0 or "\n" in words.text[words.ends[found.start - 1] : words.starts[found.start]]
    listed = first and words.is_number(found.start) and words.key(found.end) in {".", ")"}
    return Use(found.start, found.end, "identifier") if listed and found.end + 1 < len(words) else None


def _attributive(words: Words, found: Expression) -> Use | None:
    """Read a number that describes: "a three-member team", "a 30-strong group", "one-way"."""
    dash = found.end
    if words.key(dash) != "-" or not (words.glued(dash) and words.glued(dash + 1) and words.is_word(dash + 1)):
        return None
    return (
        Use(found.start, dash + 2, "attribute")
        if words.key(found.number) == "no"
        else _use(found, "attribute", (dash + 1, dash + 2))
    )


def _pronoun(words: Words, found: Expression) -> Use | None:
    """Read "one" for anybody, and the rank in "one of the deadliest"."""
    if found.end != found.start + 1 or words.key(found.start) != "one":
        return None
    after = words.key(found.end + 2)
    if words.keys[found.end : found.end + 2] == ["of", "the"] and (after.endswith("est") or after in _SUPERLATIVES):
        return Use(found.start, found.end, "ordinal")
    alone = words.key(found.start - 1) in _ONE_AFTER and not noun_phrase(words, found.end, one=True)
    return Use(found.start, found.end, "pronoun") if alone or words.key(found.end) in _ONE_BEFORE else None


def _counted(words: Words, found: Expression) -> Use | None:
    """Take what is left for a count, if its word counts at all: "no longer" does not."""
    if found.form == "fraction":
        return Use(found.start, found.end, "fraction")
    said = " ".join(words.keys[found.start : found.end])
    group = noun_phrase(words, found.end, one=found.high is not None and found.high <= 1)
    if said in {"no one", "no - one", "nobody"}:
        return Use(found.start, found.end, "count", found)
    if said in _NEEDS_NOUN:
        denied = said == "no" and (words.key(found.end) in _UNCOUNTABLE or (group and _head(words, group)))
        counted = said != "no" and words.key(found.end) in _COUNTED_AFTER
        if denied or not (counted or (group and said != "scores")):  # "he scores goals"
            return None
    return Use(found.start, found.end, "count", found, group=group)


def _head(words: Words, group: tuple[int, int]) -> bool:
    return words.key(group[1] - 1) in _UNCOUNTABLE


def _article(words: Words, at: int) -> Use | None:
    """Read "a" before a person: "a child", "an off-duty soldier"."""
    if words.key(at) not in {"a", "an"}:
        return None
    group = noun_phrase(words, at + 1, one=True)
    if group is None or not is_person(words.key(group[1] - 1)) or is_plural(words.key(group[1] - 1)):
        return None
    return Use(at, at + 1, "count", Expression(at, at + 1, 1, 1, "exact", at), group=group)


_RULES: Final[tuple[Callable[[Words, int], Use | None], ...]] = (
    serial,
    named,
    clock_or_date,
    month_first,
    ordinal,
    fraction,
    _quantity,
)
_JUDGES: Final[tuple[Callable[[Words, Expression], Use | None], ...]] = (
    _measured,
    _dated,
    _aged,
    _glued_letters,
    _attributive,
    _pronoun,
    _counted,
)
