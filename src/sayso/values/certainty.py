"""``Certainty``: how sure a sayer is, as worded, with the probability band the words stand for.

The seven terms of ICD 203 and their second names have its bands; other words have bands of scale "sayso": the 10th to
90th percentile of the perception data where these asked for the word, else a choice that ``hedges.toml`` gives the
reason of. Verbs of saying (said, claimed, insisted) are no certainties.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from sayso.values.base import Value
from sayso.values.hedging import Found, HedgeKind, find, read
from sayso.values.words import Words

# Longer words are not one hedge; keeps `parse` from reading whole texts.
_LONGEST: Final = 200


class Certainty(Value):
    """A hedge or booster on a value. Never a verb of saying, never our own confidence in the reading."""

    words: str = Field(description="the hedge as written")
    low: float = Field(ge=0, le=1, description="lower end of the probability band the words stand for")
    high: float = Field(ge=0, le=1, description="upper end of the probability band the words stand for")
    scale: Literal["ICD 203", "sayso"] = Field(description="where the band comes from")

    @model_validator(mode="after")
    def _ends_in_order(self) -> Self:
        if self.high < self.low:
            raise ValueError(f"the band [{self.low}, {self.high}] is empty")
        return self

    @classmethod
    def parse(cls, words: str) -> Certainty | None:
        """Read one hedge or booster ("almost certainly", "not likely"); None where the words are anything else."""
        tokens = Words(words if len(words) <= _LONGEST else "")
        found = read(tokens, 0) if len(tokens) else None
        return _certainty(tokens, found) if found and found.end == len(tokens) else None

    @property
    def is_open(self) -> bool:
        """Whether the words leave everything open ("not clear whether")."""
        return self.low == 0 and self.high == 1

    def contains(self, other: Certainty) -> bool:
        """Whether the band of ``other`` lies inside this one."""
        return self.low <= other.low and other.high <= self.high

    def overlaps(self, other: Certainty) -> bool:
        """Whether the bands share a point; neighbours on a scale touch."""
        return self.low <= other.high and other.low <= self.high

    def contradicts(self, other: Certainty) -> bool | None:
        """Whether the bands are apart; None where one of them leaves everything open."""
        return None if self.is_open or other.is_open else not self.overlaps(other)

    def format(self) -> str:
        """Return the words with the band: "almost certainly (95-99 %, ICD 203)"."""
        low, high = round(self.low * 100), round(self.high * 100)
        band = f"{low}-{high} %" if low < high else f"{low} %"
        return f"{self.words} ({band}, {self.scale})"


@dataclass(frozen=True, slots=True)
class HedgeMention:
    """A hedge in a text at [start, end) code points, and whether it lowers, raises, turns round or leaves open."""

    start: int
    end: int
    certainty: Certainty
    kind: HedgeKind


def find_hedges(text: str) -> list[HedgeMention]:
    """Return every hedge and booster in ``text``, in text order, none overlapping another; linear in the text."""
    words = Words(text)
    return [
        HedgeMention(words.starts[found.start], words.ends[found.end - 1], _certainty(words, found), found.hedge.kind)
        for found in find(words)
    ]


def _certainty(words: Words, found: Found) -> Certainty:
    hedge = found.hedge
    return Certainty(words=words.slice(found.start, found.end), low=hedge.low, high=hedge.high, scale=hedge.scale)
