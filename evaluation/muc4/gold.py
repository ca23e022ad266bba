"""Key strings found again in the text: which tokens say what a template's slots hold (for training only)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from evaluation.muc4_scorer.keys import Template
from sayso.language.analysis import Analysis, Token

ROLES = ("perp", "org", "thing", "name", "person", "weapon", "place", "date")
"""What a stretch of tokens may be: individual and organization behind an incident, physical target, human target by
name and by description, instrument, place, date."""
SLOT_OF: Mapping[str, str] = MappingProxyType(
    {
        "perp": "perp-ind-id",
        "org": "perp-org-id",
        "thing": "phys-tgt-id",
        "name": "hum-tgt-name",
        "person": "hum-tgt-desc",
        "weapon": "inc-instr-id",
    }
)
"""Role → slot of the strings with that role; places and dates are rewritten in the key, not copied."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fill of the key stands: role, tokens [first, last), and per template the number of its fill."""

    role: str
    first: int
    last: int
    fills: tuple[tuple[int, int], ...]


class Finder:
    """Finds strings in a text by their letters and digits alone, at the edges of tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        letters = ""
        for number, token in enumerate(tokens):
            plain = letters_of(token.text)
            if plain:
                self._starts[len(letters)] = number
                letters += plain
                self._ends[len(letters)] = number + 1
        self._letters = letters

    def find(self, words: str) -> Iterator[tuple[int, int]]:
        """Yield the token ranges that read ``words``."""
        wanted = letters_of(words)
        at = self._letters.find(wanted) if wanted else -1
        while at >= 0:
            first, last = self._starts.get(at), self._ends.get(at + len(wanted))
            if first is not None and last is not None:
                yield first, last
            at = self._letters.find(wanted, at + 1)


def letters_of(words: str) -> str:
    """Return the letters and digits, in capitals."""
    return "".join(filter(str.isalnum, words)).upper()


def places(analysis: Analysis, templates: Sequence[Template]) -> list[Place]:
    """Return where the strings of the templates stand in the text; of strings within one another the longest."""
    finder = Finder(analysis.tokens)
    found: list[Place] = []
    for role, slot in SLOT_OF.items():
        spans: dict[tuple[int, int], set[tuple[int, int]]] = {}
        for number, template in enumerate(templates):
            for index, fill in enumerate(template.fills.get(slot, ())):
                for span in (span for value in fill.values for span in finder.find(value)):
                    spans.setdefault(span, set()).add((number, index))
        found += [Place(role, *span, tuple(sorted(spans[span]))) for span in longest(spans)]
    return found


def longest(spans: Mapping[tuple[int, int], object]) -> list[tuple[int, int]]:
    """Return the spans in text order without those that overlap a longer one."""
    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(span[1] <= first or last <= span[0] for first, last in kept):
            kept.append(span)
    return sorted(kept)
