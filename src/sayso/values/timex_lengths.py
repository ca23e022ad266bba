"""Rules of the grammar for amounts of time: "two weeks", "three months ago", "a day after the attack", "daily"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sayso.values import timex_words as words
from sayso.values.timex_expressions import Expression
from sayso.values.timex_relations import Duration, Offset
from sayso.values.timex_tokens import Tokens

Hit = tuple[Expression, int]
CODES: Final = {
    "minute": "T{}M", "hour": "T{}H", "day": "{}D", "night": "{}D", "week": "{}W", "fortnight": "{}W", "month": "{}M",
    "quarter": "{}Q", "year": "{}Y", "decade": "{}DE", "century": "{}CE", "weekend": "{}WE",
}  # fmt: skip
BACKWARD: Final = {"earlier", "before", "previously", "prior"}
FORWARD: Final = {"later", "after", "afterwards", "following"}
POINTS: Final = {"ago", "earlier", "later"}  # what makes an amount a point in time: "$3 million a year ago"
AMOUNT: Final = -1  # key of an amount in ``Tokens.memo``, where expressions have their depth
LEAST: Final = 2  # "several", "a few": at least two


@dataclass(frozen=True)
class Amount:
    """How many units: ``high`` None when unbounded; ``vague`` for a word that is no number."""

    low: int
    high: int | None
    vague: bool = False
    half: bool = False


def length(t: Tokens, i: int) -> Hit | None:
    """Read an amount of time and what it is counted from, if anything; else a frequency."""
    counted = amount_of_unit(t, i) or _named_amount(t, i)
    if counted is None:
        return repeat(t, i)
    amount, unit, j = counted
    if _is_no_time(t, i, j, unit) or (t.word(j) == "-" and t.word(j + 1) in POINTS):  # "a year-earlier loss"
        return None
    return _offset(t, i, j, amount, unit) or (Duration(_value(amount, unit)), t.skip(j, {"old", "long"}))


def _named_amount(t: Tokens, i: int) -> tuple[Amount, str, int] | None:
    """Read "the nine months", "the first two years": an amount of which it is known which one."""
    j = t.skip(i + 1, {"first", "final", "latest", "opening"})
    if t.word(i) != "the" or t.word(j) in {"a", "an", "several", "few", "many"}:
        return None
    found = amount_of_unit(t, j)
    return found if found and found[2] > j + 1 and not found[0].vague else None


def _is_no_time(t: Tokens, i: int, end: int, unit: str) -> bool:
    """Whether an amount is an age ("a 39-year-old"), a rate ("$5 a year") or a fraction ("a quarter")."""
    age = t.word(end) == "old" or (t.word(end) == "-" and t.word(end + 1) == "old")
    counted = t.kind(i - 1) == "number" or t.word(i - 1) in {"million", "billion", "times"}
    rate = t.word(i) in {"a", "an"} and counted
    return not t.whole and (age or ((rate or unit == "quarter") and t.word(end) not in POINTS))


def repeat(t: Tokens, i: int) -> Hit | None:
    """Read "daily", "every day", "each year"."""
    if t.word(i) in words.REPEATS:
        return Duration(words.REPEATS[t.word(i)], "SET"), i + 1
    if t.word(i) in {"every", "each"}:
        unit = words.UNITS.get(t.word(i + 1))
        if unit and not t.word(i + 1).endswith("s"):
            return Duration("P" + CODES[unit].format(1), "SET"), i + 2
        if t.word(i + 1) in words.WEEKDAYS:
            return Duration(f"XXXX-WXX-{words.WEEKDAYS[t.word(i + 1)] + 1}", "SET"), i + 2
        if t.word(i + 1) in words.MONTHS and t.capital(i + 1):
            return Duration(f"XXXX-{words.MONTHS[t.word(i + 1)]:02}", "SET"), i + 2
    return None


def amount(t: Tokens, i: int) -> tuple[Amount, int] | None:
    """Read a number of units with its hedge: "more than two", "about 30", "a few", "several", "two and a half"."""
    for name in ("less", "more", "approximate"):
        hedge = t.phrase(i, words.LISTS[name])
        if hedge:
            found = _plain_amount(t, hedge[1])
            return (_hedged(found[0], name), found[1]) if found else None
    return _plain_amount(t, i)


def _hedged(found: Amount, hedge: str) -> Amount:
    if hedge == "more":
        return Amount(found.low, None, found.vague)
    return Amount(0, found.low, found.vague) if hedge == "less" else found


def _plain_amount(t: Tokens, i: int) -> tuple[Amount, int] | None:
    word = t.word(i)
    if word in {"several", "many", "few"}:
        return Amount(LEAST, None, vague=True), i + 1
    if word in {"a", "an"}:
        return _after_article(t, i + 1)
    halves = _with_half(t, i)
    if halves:
        return halves
    number = _number(t, i)
    if number is None:
        return None
    low, j = number
    if t.word(j) in {"or", "to", "-"} and _number(t, j + 1):
        high, j = _number(t, j + 1) or (low, j)
        return Amount(min(low, high), max(low, high)), j
    if (t.word(j), t.word(j + 1), t.word(j + 2)) == ("and", "a", "half"):
        return Amount(low, low, half=True), j + 3
    return Amount(low, low), j


def _with_half(t: Tokens, i: int) -> tuple[Amount, int] | None:
    """Read "5 1/2", "5½" as five and a half."""
    if t.kind(i) != "number" or len(t.word(i)) > 2:
        return None
    if (t.word(i + 1), t.word(i + 2), t.word(i + 3)) == ("1", "/", "2"):
        return Amount(int(t.word(i)), int(t.word(i)), half=True), i + 4
    return (Amount(int(t.word(i)), int(t.word(i)), half=True), i + 2) if t.word(i + 1) == "½" else None


def _after_article(t: Tokens, i: int) -> tuple[Amount, int]:
    """Read "a couple of", "a few", "a dozen", "a full", plain "a"."""
    if t.word(i) == "few":
        return Amount(LEAST, None, vague=True), i + 1
    if t.word(i) == "couple":
        return Amount(2, 2), t.skip(i + 1, {"of"})
    if t.word(i) == "dozen":
        return Amount(12, 12), i + 1
    if t.word(i) == "hundred":
        return Amount(100, 100), i + 1
    return Amount(1, 1), t.skip(i, {"full", "whole", "further"})


def _number(t: Tokens, i: int) -> tuple[int, int] | None:
    """Read a whole number below 10,000 in digits or words."""
    word = t.word(i)
    if t.kind(i) == "number" and t.kind(i + 1) == "number" and (t.word(i + 2), t.word(i + 3)) == ("/", "2"):
        return None  # "5 1/2": read by its own rule
    if t.kind(i) == "number":
        joined = t.glued(i) and t.word(i - 1) in {".", ",", "$", "£", "€", "/"}
        return (int(word), i + 1) if len(word) <= 4 and word.isascii() and not joined else None
    value = words.NUMBERS.get(word)
    if value is None:
        return None
    j = t.skip(i + 1, {"-"})
    ones = words.NUMBERS.get(t.word(j), 0)
    return (value + ones, j + 1) if 20 <= value < 100 and 0 < ones < 10 else (value, i + 1)


def amount_of_unit(t: Tokens, i: int) -> tuple[Amount, str, int] | None:
    """Read "two weeks", "two-week", "12 more hours"; bare "weeks" is an unknown number of them."""
    if (i, AMOUNT) not in t.memo:
        t.memo[i, AMOUNT] = _amount_of_unit(t, i)
    return t.memo[i, AMOUNT]  # type: ignore[return-value]


def _amount_of_unit(t: Tokens, i: int) -> tuple[Amount, str, int] | None:
    found = amount(t, i)
    if found is None:
        bare = words.UNITS.get(t.word(i)) if t.word(i).endswith("s") else None
        return (Amount(LEAST, None, vague=True), bare, i + 1) if bare and _bare_stands_alone(t, i) else None
    counted, j = found
    j = t.skip(t.skip(j, {"-"}), {"more", "additional", "consecutive", "straight", "full", "long"})
    unit = words.UNITS.get(t.word(j))
    return (counted, unit, j + 1) if unit else None


def one_unit(t: Tokens, i: int) -> tuple[Amount, str, int] | None:
    """Read "the day" before "after" or "before": one of them."""
    j = t.skip(i, {"the"})
    unit = words.UNITS.get(t.word(j))
    if unit is None or t.word(j).endswith("s") or t.word(j + 1) not in {"after", "before", "following"}:
        return None
    return Amount(1, 1), unit, j + 1


def _bare_stands_alone(t: Tokens, i: int) -> bool:
    """Bare "weeks" counts before "ago", "later", "earlier", "of", or where only a time is expected."""
    if (t.kind(i - 1) == "number" or (t.kind(i - 1) == "mark" and t.glued(i))) and not t.whole:
        return False
    if t.kind(i - 2) == "number" or t.word(i - 2) in words.NUMBERS:  # "eight trading days after"
        return False
    return (
        t.whole
        or t.word(i + 1) in {"ago", "later", "earlier", "after", "before"}
        or t.word(i - 1) in {"for", "in", "after"}
    )


def _offset(t: Tokens, start: int, j: int, found: Amount, unit: str) -> Hit | None:
    """Read what follows an amount and makes it a point in time."""
    if unit == "weekend":
        return None
    word = t.word(j)
    if word == "ago":
        return Offset(found.low, found.high, unit, -1, vague=found.vague), j + 1
    if (word, t.word(j + 1)) in {("from", "now"), ("from", "today")}:
        return Offset(found.low, found.high, unit, 1, vague=found.vague), j + 2
    if word == "hence":
        return Offset(found.low, found.high, unit, 1, vague=found.vague), j + 1
    # "Two days before the vote" is a length to annotators; `from_event` reads the whole of it.
    if word in {"earlier", "later", "previously"} or (word in BACKWARD | FORWARD and t.kind(j + 1) != "word"):
        return Offset(found.low, found.high, unit, -1 if word in BACKWARD else 1, event="", vague=found.vague), j + 1
    return None


def _value(found: Amount, unit: str) -> str:
    """Return the ISO-TimeML duration: P2W, PT3H, PXD for an unknown number."""
    count = found.low if found.low else found.high or 0
    if unit == "fortnight":
        count *= 2
    if unit == "decade" and not found.vague:
        count, unit = 10 * count, "year"
    if found.half and unit in {"year", "hour"}:
        return f"P{count}Y6M" if unit == "year" else f"PT{count}H30M"
    number = "X" if found.vague else f"{count}.5" if found.half else str(count)
    return "P" + CODES[unit].format(number)
