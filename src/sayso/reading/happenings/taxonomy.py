"""The kinds of incidents, the words that name them (``vocab/incidents.toml``), and what is none (``decoys.toml``)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sayso.reading.happenings.senses import Sense
from sayso.reading.sentences.verbs import forms
from sayso.records import EventType
from sayso.vocab import Entry, PhraseMatcher, load_table


class IncidentKind(Entry):
    """One kind of incident: an entry of ``vocab/incidents.toml``."""

    name: str
    label: str
    meaning: str
    rank: int
    families: tuple[str, ...]
    nouns: tuple[str, ...]
    weak_nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    weak_verbs: tuple[str, ...]
    weapon: str = ""
    plover_type: EventType | None = None
    plover_mode: str
    acled: tuple[str, ...]
    gtd: tuple[str, ...]
    muc4: tuple[str, ...]


class Decoy(Entry):
    """Figures of speech and topics of other fields: an entry of ``vocab/decoys.toml``."""

    name: str
    phrases: tuple[str, ...]
    topics: tuple[str, ...]


@cache
def kinds() -> dict[str, IncidentKind]:
    """Return the taxonomy by name."""
    return {entry.name: entry for entry in load_table("incidents", IncidentKind)}


def compatible(one: str, other: str) -> bool:
    """Tell whether mentions of two kinds can be of one happening ("attack" fits any violence)."""
    first, second = set(kinds()[one].families), set(kinds()[other].families)
    general = "other" in (one, other) and "violence" in first & second
    return one == other or general or bool((first & second) - {"violence"})


@cache
def trigger_matcher() -> PhraseMatcher[tuple[Sense, ...]]:
    """Return the matcher of words for happenings, each with what it can be; those of decoys can be nothing."""
    table: dict[str, tuple[Sense, ...]] = {}
    for entry in load_table("decoys", Decoy):
        for phrase in entry.phrases:
            table.setdefault(phrase, ())
    for kind in kinds().values():
        for phrase, sense in _senses(kind):
            table[phrase] = (*table.get(phrase, ()), sense) if table.get(phrase, (sense,)) else ()
    return PhraseMatcher(table)


def _senses(kind: IncidentKind) -> Iterable[tuple[str, Sense]]:
    for strong, words in ((True, kind.nouns), (False, kind.weak_nouns)):
        for phrase in words:
            yield phrase, Sense(kind.name, "noun", strong)
    for strong, words in ((True, kind.verbs), (False, kind.weak_verbs)):
        for verb in words:
            for phrase, found in forms(verb).items():
                yield phrase, Sense(kind.name, "verb", strong, found)


@cache
def topic_matcher() -> PhraseMatcher[str]:
    """Return the matcher of words of natural causes and of sport; each stands for its topic."""
    return PhraseMatcher({word: entry.name for entry in load_table("decoys", Decoy) for word in entry.topics})
