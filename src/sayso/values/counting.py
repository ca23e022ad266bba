"""Tells counts of people and things from the other uses of numbers: ages, dates, prices, calibres, routes.

``find(words)`` walks a text once. At each token that may begin a number a short list of rules is asked in turn
(``_RULES``); the first that knows the use gives the mention. What words each rule goes by stands in ``counting.toml``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sayso.values.nouns import is_person, is_plural, noun_phrase
from sayso.values.numerals import Expression, expression, number, openings, whole_digits
from sayso.values.words import Phrases, Words, load

_TABLE: Final = load("counting")
_UNITS: Final = Phrases.grouped(_TABLE["units"])
_CURRENCIES: Final = frozenset(_TABLE["currency"]["before"])
_AGE_BEFORE: Final = frozenset(_TABLE["age"]["before"])
_OLD: Final = Phrases(dict.fromkeys(_TABLE["age"]["after"], True))
_HIS: Final = frozenset(_TABLE["age"]["his"])
_MONTHS: Final = frozenset(_TABLE["date"]["months"])
_YEAR_AFTER: Final = frozenset(_TABLE["date"]["year_after"])
_CHANGE: Final = frozenset(_TABLE["date"]["change"])
_NAMED: Final = Phrases.grouped({key: _TABLE["identifier"][key] for key in ("before", "before_noun")})
_ORDINAL_SUFFIXES: Final = frozenset(_TABLE["ordinal"]["suffixes"])
_ORDINALS: Final = frozenset(_TABLE["ordinal"]["words"])
_ORDINAL_NAMES: Final = frozenset(_TABLE["ordinal"]["names"])
_FRACTIONS: Final = frozenset(_TABLE["fraction"]["words"])
_UNCOUNTABLE: Final = frozenset(_TABLE["nouns"]["uncountable"])
_NEEDS_NOUN: Final = frozenset(_TABLE["nouns"]["needs_noun"])
_COUNTED_AFTER: Final = frozenset(_TABLE["nouns"]["counted_after"])
_ONE_BEFORE: Final = frozenset(_TABLE["nouns"]["one_before"])
_ONE_AFTER: Final = frozenset(_TABLE["nouns"]["one_after"])
_SUPERLATIVES: Final = frozenset(_TABLE["nouns"]["superlatives"])
_GOVERNORS: Final = frozenset(_TABLE["nouns"]["governors"])
_NO_SERIAL: Final = _CURRENCIES | _MONTHS | _HIS | _YEAR_AFTER
_GOVERNED: Final = frozenset({"about", "over", "around", "under", "above", "below"})
_ARTICLES: Final = frozenset({"a", "an"})
_OPENINGS: Final = openings() | {(article, word) for article in _ARTICLES for word in _FRACTIONS}
_FIRST_WORDS: Final = (
    {first for first, _ in _OPENINGS | _NAMED.openings()} | _ORDINALS | _FRACTIONS | _MONTHS
) - _ARTICLES
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_OLDEST: Final = 120


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a number over tokens [start, end).

    Attributes:
        kind: "count", or what it is instead ("age", "date", "money" …).
        value: the number expression; None where the number names or dates something and is no quantity.
        unit: tokens of the word of measure.
        group: tokens of the noun phrase counted; its head is the last.
        beyond: where to read on, after the unit.

    """

    start: int
    end: int
    kind: str
    value: Expression | None = None
    unit: tuple[int, int] | None = None
    group: tuple[int, int] | None = None
    beyond: int = 0


def find(words: Words, *, articles: bool) -> list[Use]:
    """Return all uses of numbers in text order, none overlapping; ``articles`` counts "a" before a person noun."""
    settle_millions(words, always=False)
    uses: list[Use] = []
    at = 0
    while at < len(words):
        use = _use_at(words, at) if _may_begin(words, at) else None
        use = use or (_article(words, at) if articles else None)
        if use:
            uses.append(use)
        at = max(use.end, use.beyond) if use else at + 1
    return uses


def _use_at(words: Words, at: int) -> Use | None:
    for rule in _RULES:
        if use := rule(words, at):
            return use
    return None


def _may_begin(words: Words, at: int) -> bool:
    """Return False, fast, for the many tokens that no rule begins with."""
    key = words.keys[at]
    if key in _ARTICLES:
        return (key, words.key(at + 1)) in _OPENINGS
    return key in _FIRST_WORDS or key[0].isdecimal() or (words.glued(at + 1) and _is_serial(words, at))


def settle_millions(words: Words, *, always: bool) -> None:
    """Make the "m" of "$20m" and "20m people" read as millions; other "20m" are metres unless ``always``."""
    for at, key in enumerate(words.keys):
        if key == "m" and words.glued(at) and words.is_number(at - 1):
            counted = is_plural(words.key(at + 1)) or is_person(words.key(at + 1))
            if always or counted or words.key(at - 2) in _CURRENCIES:
                words.keys[at] = "mn"


# --- names, dates, clock times -----------------------------------------------------------------------------------


def _serial(words: Words, at: int) -> Use | None:
    """Read letters with digits: "F-16", "MH17", "AK-47", "C4"."""
    if not _is_serial(words, at) or words.key(at) in _NO_SERIAL or expression(words, at):
        return None
    return Use(at, _glued_end(words, at + 1), "identifier")


def _is_serial(words: Words, at: int) -> bool:
    """Return True where digits are tied to letters before them."""
    step = at + 1 + (words.key(at + 1) == "-")
    return words.is_word(at) and words.is_number(step) and words.glued(step) and words.glued(at + 1)


def _glued_end(words: Words, at: int) -> int:
    """Return the end of the row of letters, digits and inner hyphens that token ``at`` stands in."""
    end = at + 1
    while words.glued(end) and (words.is_word(end) or words.is_number(end) or _inner_sign(words, end)):
        end += 1
    return end


def _inner_sign(words: Words, at: int) -> bool:
    return words.key(at) in {"-", "/"} and words.glued(at + 1) and (words.is_word(at + 1) or words.is_number(at + 1))


def _named(words: Words, at: int) -> Use | None:
    """Read a word and the number that names it: "Route 9", "No. 4", "Group of Seven"."""
    cue = _NAMED.match(words, at)
    if cue is None:
        return None
    end = cue[0] + (words.key(cue[0]) == ".")
    dotted = end > cue[0]
    if words.key(at) == "no" and not (dotted or words.is_capital(at)):
        return None
    group_of = end - at == 2 and not dotted and words.key(at) == "group"
    found = number(words, end) if words.is_number(end) or group_of else None
    if found is None or ((cue[1] == "before_noun" or words.key(at) == "no") and noun_phrase(words, found.end)):
        return None
    return Use(at, _glued_end(words, found.end - 1), "identifier")


def _clock_or_date(words: Words, at: int) -> Use | None:
    """Read digits held together by signs: "5:30 pm", "2020-12-20", "9/11", "2014-15", "2-1"."""
    sign = words.key(at + 1)
    if not (words.is_number(at) and sign in {":", "/", "-", "."} and words.glued(at + 1) and words.glued(at + 2)):
        return _dotted_date(words, at)
    if not words.is_number(at + 2):
        return None
    third = words.key(at + 3) == sign and words.glued(at + 3) and words.glued(at + 4) and words.is_number(at + 4)
    end = at + 5 if third else at + 3
    if sign == ":":
        unit = _UNITS.match(words, end)
        return Use(at, unit[0] if unit and unit[1] == "time" else end, "time")
    if third:
        return Use(at, _glued_end(words, at), "date" if end == _glued_end(words, at) else "identifier")
    return Use(at, end, kind) if (kind := _pair_kind(words, at)) else None


def _pair_kind(words: Words, at: int) -> str | None:
    """Return what "A/B" or "A-B" is when it is no range."""
    first, second = whole_digits(words, at), whole_digits(words, at + 2)
    if words.key(at + 1) == "/":
        return "fraction" if words.key(at + 3) == "of" else "date"
    if first is None or second is None or words.key(at + 1) != "-":
        return None
    if _is_year(words, at) and (_is_year(words, at + 2) or second < 100) and len(words.key(at + 2)) in {2, 4}:
        return "date"
    return "score" if first >= second and not words.glued(at + 3) else None


def _dotted_date(words: Words, at: int) -> Use | None:
    """Read digits with more than one point: "3.2.2020" is a date, "10.0.0.1" a name."""
    key = words.key(at)
    if not words.is_number(at) or number(words, at) is not None:
        return None
    pieces = [len(piece) for piece in key.split(".")]
    date = len(pieces) == 3 and pieces[2] in {2, 4} and max(pieces[:2]) <= 2
    return Use(at, _glued_end(words, at), "date" if date else "identifier")


def _is_year(words: Words, at: int) -> bool:
    value = whole_digits(words, at)
    return value is not None and len(words.key(at)) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR


def _is_month(words: Words, at: int) -> bool:
    return words.key(at) in _MONTHS and words.is_capital(at)


def _is_day(words: Words, at: int) -> bool:
    value = whole_digits(words, at)
    return value is not None and 1 <= value <= 31 and len(words.key(at)) <= 2


def _month_first(words: Words, at: int) -> Use | None:
    """Read a month before day or year: "February 3rd, 2020", "Feb. 3", "May 2019"."""
    if not _is_month(words, at):
        return None
    begin = at + 1 + (words.key(at + 1) in {".", "of", ","})
    if _is_year(words, begin):
        return Use(at, begin + 1, "date")
    if not _is_day(words, begin):
        return None
    if words.key(at - 1) in _YEAR_AFTER | {"last", "this", "that"} and noun_phrase(words, begin + 1):
        return None  # "in May 20 people were hurt"
    end = begin + 1 + (words.glued(begin + 1) and words.key(begin + 1) in _ORDINAL_SUFFIXES)
    if words.key(end) in {"-", "–"} and _is_day(words, end + 1):
        end += 2
    return Use(at, _with_year(words, end), "date")


def _with_year(words: Words, end: int) -> int:
    step = end + (words.key(end) == ",")
    return step + 1 if _is_year(words, step) else end


def _ordinal(words: Words, at: int) -> Use | None:
    """Read ranks: "first", "twenty-first", "82nd"; with a month a date, with the name of a unit a name."""
    end = at + 1
    if words.is_number(at) and words.glued(end) and words.key(end) in _ORDINAL_SUFFIXES:
        end += 1
    elif words.key(at) not in _ORDINALS:
        found = number(words, at) if words.is_word(at) else None
        tens = found is None or words.key(found.end) != "-" or words.key(found.end + 1) not in _ORDINALS
        if found is None or tens:
            return None
        end = found.end + 2
    month = end + (words.key(end) == "of")
    if _is_month(words, month):
        return Use(at, _with_year(words, month + 1), "date")
    return Use(at, end, "identifier" if words.key(end) in _ORDINAL_NAMES else "ordinal")


def _fraction(words: Words, at: int) -> Use | None:
    """Read parts of a whole: "a third of", "two-thirds", "half the", "three out of five"."""
    found = number(words, at)
    begin = found.end if found else at + (words.key(at) in {"a", "an"})
    begin += bool(found) and words.key(begin) == "-"
    if words.key(begin) in _FRACTIONS and begin + 1 < len(words):
        of_whole = words.key(begin + 1) in {"of", "the", "its", "their", "his", "all"}
        plural = found is not None and words.key(begin).endswith("s")
        return Use(at, begin + 1, "fraction") if (of_whole and number(words, begin + 2) is None) or plural else None
    if found and words.keys[found.end : found.end + 2] in (["out", "of"], ["in", "every"]):
        whole = number(words, found.end + 2)
        return Use(at, whole.end, "fraction") if whole and whole.value > found.value else None
    return None


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
    if words.key(before) in _CURRENCIES and found.start == found.number:
        return _use(found, "money", (before, found.number))
    begin = found.end
    begin += words.key(begin) == "-" and words.glued(begin) and words.glued(begin + 1)
    if words.key(begin) == "m" and words.glued(begin):
        return _use(found, "distance", (begin, begin + 1))
    unit = _UNITS.match(words, begin)
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
    if _is_month(words, month) and _is_day(words, last):
        return Use(found.start, _with_year(words, month + 1), "date")
    if words.key(found.end) == "s" and words.glued(found.end) and words.is_number(last):
        his = words.key(found.number - 1) in _HIS or words.key(found.number - 2) in _HIS
        return Use(found.start, found.end + 1, "age" if his else "date")
    if not _is_year(words, last) or not _is_year(words, found.number):
        return None
    governed = words.key(found.start - (2 if words.key(found.start - 1) == "-" else 1)) in _YEAR_AFTER
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
        return Use(found.start, _glued_end(words, found.end), "identifier")
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
    _serial,
    _named,
    _clock_or_date,
    _month_first,
    _ordinal,
    _fraction,
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
