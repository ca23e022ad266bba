"""``Quantity``: how many, as an interval of whole numbers, with the words and the group counted.

The grammar of the words is in ``numerals.py``, their use in a text in ``counting.py``; both go by the TOML tables
beside them. Vague words have the intervals of READING.md or, where it fixes none, of the perception data: from the
25th percentile up (``perception.toml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from pydantic import Field, model_validator

from sayso.values.actor import Actor
from sayso.values.base import Value
from sayso.values.counting import find, settle_millions
from sayso.values.intervals import Expression
from sayso.values.naming import Use
from sayso.values.nouns import is_person
from sayso.values.numerals import expression
from sayso.values.words import Words

# Longer words are not one number expression; keeps `parse` from reading whole texts.
_LONGEST: Final = 400
_ARTICLES: Final = frozenset({"a", "an"})


class Quantity(Value):
    """A count as a closed interval; ``high`` None means no upper bound was given."""

    low: int = Field(ge=0, description="the least number the words allow")
    high: int | None = Field(description="the greatest number the words allow; null: unbounded")
    words: str = Field(description="the number as written, with its modifiers ('at least 20')")
    of: Actor | None = Field(default=None, description="the group counted ('three policemen'), or null for all")

    @model_validator(mode="after")
    def _ends_in_order(self) -> Self:
        if self.high is not None and self.high < self.low:
            raise ValueError(f"the interval [{self.low}, {self.high}] is empty")
        return self

    @classmethod
    def parse(cls, words: str, of: Actor | None = None) -> Quantity | None:
        """Read one number expression; None where the words are anything else, or more than that.

        Args:
            words: "more than 20", "dozens of", "between 5 and 7" — without the noun.
            of: the group counted.

        """
        tokens = Words(words if len(words) <= _LONGEST else "")
        settle_millions(tokens, always=True)
        found = expression(tokens, 0)
        if found is None and len(tokens) == 1 and tokens.key(0) in _ARTICLES:
            found = Expression(0, 1, 1, 1, "exact", 0)
        if found is None or found.form == "fraction" or tokens.keys[found.end :] not in ([], ["of"]):
            return None
        return cls(low=found.low, high=found.high, words=words.strip(), of=of)

    @property
    def vague(self) -> bool:
        """Whether the words are vague ("several", "dozens"): such a count never makes a dispute by itself."""
        return _is_vague(self.words)

    def contains(self, other: Quantity) -> bool | None:
        """Whether every number that ``other`` allows is allowed here; None for different groups."""
        if not self._same_group(other):
            return None
        return self.low <= other.low and _reaches(self.high, other.high)

    def overlaps(self, other: Quantity) -> bool | None:
        """Whether both can be true of one number; None for different groups."""
        if not self._same_group(other):
            return None
        return _reaches(self.high, other.low) and _reaches(other.high, self.low)

    def contradicts(self, other: Quantity) -> bool | None:
        """Whether they cannot both be true; None for different groups, and for disjoint ones if a word is vague."""
        overlap = self.overlaps(other)
        if overlap is False and (self.vague or other.vague):
            return None
        return None if overlap is None else not overlap

    def format(self) -> str:
        """Return the number in plain words: "more than 20", "5-7", "about 30", "0 US persons"."""
        of = f" {self.of.words}" if self.of and self.of.words else ""
        return f"{self._number()}{of}"

    def _number(self) -> str:
        form = _form(self.words, self.low, self.high)
        if form is not None:
            return form
        if self.high is None:
            return f"at least {self.low:,}" if self.low else "an unknown number"
        if self.low == self.high:
            return f"{self.low:,}"
        return f"{self.low:,}-{self.high:,}" if self.low else f"up to {self.high:,}"

    def _same_group(self, other: Quantity) -> bool:
        """Return True for the same group by name, or by words where a name is missing, of the same country."""
        mine, theirs = self.of, other.of
        if mine is None or theirs is None:
            return mine is theirs
        names = (mine.name, theirs.name) if mine.name and theirs.name else (mine.words, theirs.words)
        return names[0].casefold() == names[1].casefold() and mine.country == theirs.country


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun or noun phrase as written at [start, end) of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CountMention:
    """One use of a number in a text.

    Attributes:
        start: where the number expression starts, in code points; for kinds without quantity, the whole name or date.
        end: where it ends (exclusive).
        kind: "count" for people and things, else what the number is: age, date, time, duration, money, distance,
            percent, calibre, weight, speed, area, volume, temperature, power, times, fraction, score, ordinal,
            identifier, attribute ("three-member"), pronoun ("one must").
        quantity: the interval; None where the number names, dates or ranks, or is not whole. Its ``words`` are
            the text at [start, end), and ``of`` is left to the reader who knows actors.
        unit: the word of measure as written ("km", "$", "year-old").
        noun: the head of what is counted ("policemen"), where it stands right after the number.
        group: the whole noun phrase after the number ("masked Ruvanian policemen").
        person: the noun is known to mean persons; False says only that it is not known.

    """

    start: int
    end: int
    kind: str
    quantity: Quantity | None = None
    unit: str | None = None
    noun: Noun | None = None
    group: Noun | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """Several counts taken together: the sum, and the parts as (group as written, count)."""

    quantity: Quantity
    parts: tuple[tuple[str, Quantity], ...]


def find_quantities(text: str, *, articles: bool = False) -> list[CountMention]:
    """Return every use of a number in ``text``, in text order, none overlapping another; linear in the text.

    Args:
        text: any text; offsets are its code points.
        articles: whether "a" and "an" before a noun of a person count one ("two policemen and a child").

    """
    words = Words(text)
    return [_mention(words, use) for use in find(words, articles=articles)]


def total(mentions: Sequence[CountMention]) -> Total | None:
    """Add up counts: "two policemen and a child" is three in all; None without a count among ``mentions``."""
    parts = [
        (mention.group.text if mention.group else "", mention.quantity)
        for mention in mentions
        if mention.kind == "count" and mention.quantity
    ]
    if not parts:
        return None
    highs = [quantity.high for _, quantity in parts]
    high = None if None in highs else sum(high for high in highs if high is not None)
    said = [f"{quantity.words} {group}".strip() for group, quantity in parts]
    words = " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said)
    return Total(Quantity(low=sum(quantity.low for _, quantity in parts), high=high, words=words), tuple(parts))


def _mention(words: Words, use: Use) -> CountMention:
    start, end = words.starts[use.start], words.ends[use.end - 1]
    value = use.value
    quantity = Quantity(low=value.low, high=value.high, words=words.text[start:end]) if value else None
    unit = words.slice(*use.unit) if use.unit else None
    if use.group is None:
        return CountMention(start, end, use.kind, quantity, unit)
    head = use.group[1] - 1
    person = is_person(words.key(head))
    return CountMention(
        start, end, use.kind, quantity, unit, _noun(words, head, head + 1), _noun(words, *use.group), person
    )


def _noun(words: Words, start: int, end: int) -> Noun:
    return Noun(words.starts[start], words.ends[end - 1], words.slice(start, end))


@lru_cache(maxsize=4096)
def _is_vague(words: str) -> bool:
    uses = find(Words(words[:_LONGEST]), articles=True)
    found = expression(Words(words[:_LONGEST]), 0)
    return bool(found and found.vague) or any(use.value is not None and use.value.vague for use in uses)


def _form(words: str, low: int, high: int | None) -> str | None:
    """Return how the words put the interval, if they still mean it; None where the interval says it all."""
    tokens = Words(words[:_LONGEST])
    settle_millions(tokens, always=True)
    found = expression(tokens, 0)
    if found is None or (found.low, found.high) != (low, high):
        return None
    said = " ".join(tokens.slice(0, found.end).casefold().split())
    if found.form == "above":
        return f"more than {low - 1:,}" if not found.vague else said
    if found.form == "below" and high is not None:
        return f"fewer than {high + 1:,}"
    return said if found.vague or found.form in {"nearly", "about", "just_below", "just_above"} else None


def _reaches(high: int | None, value: int | None) -> bool:
    """Return True where an upper end is not below ``value``; None is without bound."""
    return high is None or (value is not None and value <= high)
