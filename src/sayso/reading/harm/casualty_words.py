"""The lexicon of people harmed: ``vocab/casualties.toml``."""

from __future__ import annotations

from functools import cache

from sayso.reading.sentences.verbs import Form, verb_table
from sayso.vocab import Entry, PhraseMatcher, load_table


class CasualtyWords(Entry):
    """The words of one casualty field: an entry of ``vocab/casualties.toml``."""

    name: str
    field: str
    verbs: tuple[str, ...]
    intransitive: tuple[str, ...]
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    tolls: tuple[str, ...]
    lives: tuple[str, ...]
    leaving: str = ""
    of: tuple[str, ...] = ()


@cache
def casualty_words() -> tuple[CasualtyWords, ...]:
    """Return the entries of the lexicon."""
    return load_table("casualties", CasualtyWords)


@cache
def casualty_verbs(kind: str) -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    """Return the matcher of one list of verbs ("verbs", "intransitive", "lives"): field, and form of the verb."""
    return PhraseMatcher(verb_table((entry.field, getattr(entry, kind)) for entry in casualty_words()))


@cache
def casualty_phrases(kind: str) -> PhraseMatcher[str]:
    """Return the matcher of one list of phrases ("adjectives", "nouns", "of", "tolls"): their field."""
    table: dict[str, str] = {}
    for entry in casualty_words():
        for phrase in getattr(entry, kind):
            table.setdefault(phrase, entry.field)
    return PhraseMatcher(table)
