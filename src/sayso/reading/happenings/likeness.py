"""How likely a sentence goes on telling of an incident told before: traits of the two, weighed by a fitted table.

What a careful person goes by when a report tells of several incidents: whether place, day, kind and numbers are the
same, which words the sentences share, whether it turns to something ("Elsewhere", "In Velm, …"), how far back the
incident was told. None of these decides alone, so each has a weight (``vocab/likeness.toml``, natural log odds; a
logistic regression on invented reports, ``training/likeness.py``).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.happenings.surroundings import own_moment, own_place
from sayso.reading.happenings.taxonomy import compatible, kinds
from sayso.reading.sentences.passages import closed, closed_matcher
from sayso.values import Moment, Place, Quantity
from sayso.vocab import Entry, load_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.happenings.surroundings import Facts
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan

FINE: Final = ("settlement", "point", "district")
CONTENT: Final = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
"""Parts of speech whose words tell what a sentence is about."""
SHORT: Final = 2
"""Words of so many letters tell nothing."""
OPENING: Final = 12
"""Some words turn to something only among the first so many of a sentence."""
FIRST: Final = 4
OPENS: Final = 12
"""Code points before a time that opens a sentence."""
MOST_SHARED: Final = 4.0
FAR: Final = 4
"""From so many sentences on, an incident was told far back."""
COUNTED: Final = ("killed", "injured")
TURNING: Final = ("another", "other", "more", "same", "before", "after", "while", "had", "him", "them")
TURNING_FIRST: Final = ("also", "second", "two", "earlier", "later")
KNOWN: Final = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its", "our", "both", "such"})
"""Words before what has been told of."""
FLAGS: Final = ("definite", "plural", "apart", "strong", "background", "elsewhere", "carried", "plain")
CROSSED: Final = (
    ("agent: known", "next sentence"),
    ("agent: known", "place: none here"),
    ("agent: new", "count: another"),
    ("agent: new", "opens paragraph"),
    ("agent: new", "place: another"),
    ("agent: new", "place: none here"),
    ("agent: new", "place: none told"),
    ("agent: new", "place: two"),
    ("agent: new", "recent"),
    ("agent: new", "told of several"),
    ("alone", "main"),
    ("alone", "recent"),
    ("count: another", "recent"),
    ("day: earlier", "word: had"),
    ("harm", "count: another"),
    ("harm", "recent"),
    ("kind: compatible", "count: another"),
    ("kind: other", "recent"),
    ("main", "new paragraph"),
    ("next sentence", "new paragraph"),
    ("no happening", "recent"),
    ("opens with a place", "recent"),
    ("opens with a time", "recent"),
    ("place: another", "count: another"),
    ("place: none here", "definite"),
    ("place: none here", "recent"),
    ("place: none told", "count: another"),
    ("place: two", "count: another"),
    ("place: two", "recent"),
    ("recent", "new paragraph"),
    ("recent", "opens paragraph"),
    ("rules", "carried"),
    ("rules", "main"),
    ("said", "recent"),
    ("told of several", "count: another"),
    ("told: background", "background"),
)
"""Traits that say more together than one by one."""


class Worth(Entry):
    """What a trait is worth: that a sentence tells of the incident, that an incident it begins is background."""

    name: str
    same: float = 0.0
    background: float = 0.0


@cache
def worth() -> Mapping[str, Worth]:
    """Return what each trait is worth, natural log odds."""
    return {entry.name: entry for entry in load_table("likeness", Worth)}


@dataclass(slots=True)
class Unit:
    """What one sentence tells of one happening: its mentions, or only the harm that it counts.

    ``rules``: the incident that the rules of ``grouping`` give it.
    """

    passage: int
    first: int
    rules: int
    rows: list[Happening] = field(default_factory=list)

    @property
    def row(self) -> Happening | None:
        """The mention that says most: one that names what happened, else a word of harm."""
        return next((row for row in self.rows if not row.carried), self.rows[0] if self.rows else None)


@dataclass(slots=True)
class Told:
    """An incident as far as it has been told."""

    units: list[Unit] = field(default_factory=list)
    place: Place | None = None
    moment: Moment | None = None
    kind: str = "other"
    words: Counter[str] = field(default_factory=Counter)  # each once a sentence
    counts: set[tuple[str, int]] = field(default_factory=set)
    rules: Counter[int] = field(default_factory=Counter)
    background: bool = False
    several: bool = False

    @property
    def last(self) -> int:
        """Return the passage that told of it last."""
        return self.units[-1].passage


class Sheet:
    """What is asked of the sentences of one report, found once."""

    def __init__(self, scan: Scan, facts: Facts, harms: Iterable[Mention]) -> None:
        self.scan, self.facts = scan, facts
        self.words = [_content(passage) for passage in scan.passages]
        self.spread = Counter(word for words in self.words for word in words)
        self.counts: dict[int, set[tuple[str, int]]] = {}
        for harm in harms:
            if harm.field in COUNTED and isinstance(harm.value, Quantity):
                self.counts.setdefault(harm.passage, set()).add((harm.field, harm.value.low))

    def add(self, told: Told, unit: Unit) -> None:
        """Let an incident go on with a sentence."""
        told.units.append(unit)
        told.rules[unit.rules] += 1
        told.words.update(self.words[unit.passage])
        told.counts |= self.counts.get(unit.passage, set())
        for row in unit.rows:
            if not row.carried:
                told.several = told.several or (len(told.units) == 1 and row.plural and not row.definite)
                told.place = told.place or own_place(self.scan, row, self.facts)
                told.moment = told.moment or own_moment(self.scan, row, self.facts)
                told.kind = max(told.kind, row.kind, key=lambda kind: kinds()[kind].rank)

    def likeness(self, told: Told, unit: Unit, among: Sequence[Told], latest: Told | None) -> float:
        """Return the probability that a sentence tells of an incident.

        Args:
            told: the incident, told in sentences before.
            unit: what the sentence tells.
            among: all incidents told so far, what the report is about first.
            latest: the one told of last, and with it those that the same sentence told of.

        """
        found = self.traits(told, unit, among, latest)
        return _probability(sum(worth()[name].same * size for name, size in found.items() if name in worth()))

    def names_again(self, told: Told, unit: Unit) -> bool:
        """Tell whether a sentence takes up an incident by its kind and place: "the bombing in Velm"."""
        row = unit.row
        if row is None or not row.definite or row.background or not compatible(told.kind, row.kind):
            return False
        place = own_place(self.scan, row, self.facts)
        return place is not None and told.place is not None and place.name is not None and place.name == told.place.name

    def background(self, unit: Unit, among: Sequence[Told], latest: Told | None, *, rules: bool) -> float:
        """Return the probability that an incident that begins with a sentence is background.

        ``rules``: what the rules say. The traits are those beside what the report is about.
        """
        found = self.traits(among[0], unit, among, latest) | {"rules background": float(rules)}
        return _probability(sum(worth()[name].background * size for name, size in found.items() if name in worth()))

    def traits(self, told: Told, unit: Unit, among: Sequence[Told], latest: Told | None) -> dict[str, float]:
        """Return the traits that hold, with their size; most are 1."""
        row, number = unit.row, unit.passage
        found = {
            "start": 1.0,
            _by_place(told.place, self._place(unit)): 1.0,
            _by_day(told.moment, self._moment(unit)): 1.0,
            "recent": float(latest is not None and told.last == latest.last),
            "told: background": float(told.background),
            "main": float(told is among[0]),
            "alone": float(len(among) == 1),
            "told of several": float(told.several),
            "rules": float(told.rules.most_common(1)[0][0] == unit.rules),
            **self._by_words(told, number),
            **self._by_distance(told, number),
        }
        if row is None:
            found["no happening"] = 1.0
        else:
            kind = "same" if row.kind == told.kind else "compatible" if compatible(told.kind, row.kind) else "other"
            found |= {f"kind: {kind}": 1.0, row.part: 1.0}
            found |= {flag: 1.0 for flag in FLAGS if getattr(row, flag)}
            found[f"agent: {_agent(self.scan.passages[number], row)}"] = 1.0
            found |= self._by_object(told, number, row)
        if (here := self.counts.get(number)) is not None:
            found[_by_count(told.counts, here)] = 1.0
        held = [(one, other) for one, other in CROSSED if found.get(one) and found.get(other)]
        return found | {f"{one} & {other}": 1.0 for one, other in held}

    def _place(self, unit: Unit) -> Place | None:
        """Return where a sentence says it happened: its happening's own place, else the only one it names."""
        place = own_place(self.scan, unit.row, self.facts) if unit.row else None
        named = {hit.value.name: hit.value for hit in self.facts.places[unit.passage]}
        return place if place is not None or len(named) != 1 else next(iter(named.values()))

    def _moment(self, unit: Unit) -> Moment | None:
        if unit.row is not None:
            return own_moment(self.scan, unit.row, self.facts)
        value = next((item.value for item in self.facts.times.get(unit.passage, ())), None)
        return value if isinstance(value, Moment) else None

    def _by_words(self, told: Told, number: int) -> dict[str, float]:
        here = self.words[number]
        shared = [word for word in here if told.words[word]]
        alone = [word for word in shared if self.spread[word] == told.words[word] + 1]
        lower = self.scan.passages[number].line.lower
        found = {
            "shared words": min(sum(1 / self.spread[word] for word in shared), MOST_SHARED),
            "share of words": len(shared) / max(len(here), 1),
            "shared by them alone": min(float(len(alone)), MOST_SHARED),
        }
        found |= {f"word: {word}": 1.0 for word in TURNING if word in lower}
        found |= {f"word: {word}": 1.0 for word in TURNING_FIRST if word in lower[:OPENING]}
        turns = self.scan.hits(closed_matcher("turns to another happening"), number)
        if turns:
            found["turns"] = 1.0
        if turns and turns[0].first < FIRST:
            found["turns first"] = 1.0
        if "in" in lower[:2]:
            found["opens with in"] = 1.0
        if any(item.anchor[0] <= self.scan.passages[number].start + OPENS for item in self.facts.times.get(number, ())):
            found["opens with a time"] = 1.0
        if any(hit.first <= FIRST for hit in self.facts.places[number]):
            found["opens with a place"] = 1.0
        if any(word in ('"', "“", "said", "says", "according") for word in lower):
            found["said"] = 1.0
        return found

    def _by_object(self, told: Told, number: int, row: Happening) -> dict[str, float]:
        """Return whether what is hit or taken has been named with the incident."""
        syntax = self.scan.passages[number].syntax
        verb = syntax.verb_in(row.first, row.last) if syntax else None
        head = syntax.object(verb) if syntax and verb is not None else None
        if syntax is None or head is None:
            return {}
        return {f"object: {'told' if told.words[syntax.words[head].removesuffix('s')] else 'new'}": 1.0}

    def _by_distance(self, told: Told, number: int) -> dict[str, float]:
        gap = number - told.last
        block = self._block(number)
        return {
            "next sentence": float(gap == 1),
            "next but one": float(gap == 2),
            "far": float(gap > FAR),
            "distance": math.log(max(gap, 1)),
            "new paragraph": float(block != self._block(told.last)),
            "opens paragraph": float(number == 0 or block != self._block(number - 1)),
        }

    def _block(self, number: int) -> int:
        return self.scan.passages[number].line.sentence.block


def _probability(odds: float) -> float:
    return round(1 / (1 + math.exp(-odds)), 6)


def _content(passage: Passage) -> frozenset[str]:
    """Return the words that tell what a sentence is about, without plural s."""
    syntax = passage.syntax
    words = (
        word
        for at, word in enumerate(passage.line.lower)
        if len(word) > SHORT and (syntax.upos[at] in CONTENT if syntax else word not in closed("prepositions"))
    )
    return frozenset(word.removesuffix("s") for word in words)


def _agent(passage: Passage, row: Happening) -> str:
    """Return how a happening, or who or what does it, is introduced: "a bomb", "the bomb", "gunmen", "they"."""
    syntax = passage.syntax
    if syntax is None:
        return "unknown"
    verb = syntax.verb_in(row.first, row.last)
    head = syntax.doer(verb) if verb is not None else syntax.head_of(row.first, row.last)
    if head is None:
        return "none"
    begin, _ = syntax.phrase(head)
    word = passage.word(begin)
    if syntax.upos[head] == "PRON" or word in KNOWN or passage.word(begin + 1) in ("'s", "’s"):
        return "known"
    if syntax.upos[head] == "PROPN" or syntax.upos[begin] == "PROPN":
        return "named"
    return "new"


def _by_place(told: Place | None, here: Place | None) -> str:
    if here is None or here.name is None:
        return "place: none here"
    if told is None or told.name is None:
        return "place: none told"
    if told.name == here.name or told.name in here.name or here.name in told.name:
        return "place: same"
    if told.country and here.country and told.country != here.country:
        return "place: another country"
    if told.contains(here) or here.contains(told):
        return "place: inside"
    if told.precision in FINE and here.precision in FINE:
        return "place: another" if told.contradicts(here) else "place: two"
    return "place: of two sizes"


def _by_day(told: Moment | None, here: Moment | None) -> str:
    if here is None or not here.resolved:
        return "day: none here"
    if told is None or not told.resolved:
        return "day: none told"
    if not told.contradicts(here):
        return "day: agrees"
    return "day: later" if (here.earliest or "") > (told.latest or "9") else "day: earlier"


def _by_count(told: set[tuple[str, int]], here: set[tuple[str, int]]) -> str:
    if not told:
        return "count: the first"
    if told & here:
        return "count: same"
    return "count: another" if {name for name, _ in told} & {name for name, _ in here} else "count: of other harm"
