"""The lexicon of weapons: ``vocab/weapons.toml``."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from sayso.records import WeaponClass
from sayso.vocab import Entry, PhraseMatcher, load_table


class WeaponWords(Entry):
    """One weapon class and its words: an entry of ``vocab/weapons.toml``."""

    class_: WeaponClass = Field(alias="class")
    nouns: tuple[str, ...]
    attacks: tuple[str, ...]
    users: tuple[str, ...]
    kind: str


@cache
def _weapons() -> tuple[WeaponWords, ...]:
    return load_table("weapons", WeaponWords)


@cache
def by_weapon() -> dict[str, str]:
    """Return the kind of incident that the use of each class of weapon makes."""
    return {entry.class_: entry.kind for entry in _weapons() if entry.kind}


@cache
def words_of_class(name: str) -> WeaponWords:
    """Return the entry of a class of weapons."""
    return next(entry for entry in _weapons() if entry.class_ == name)


@cache
def weapon_matcher() -> PhraseMatcher[tuple[WeaponWords, str]]:
    """Return the matcher of all words for weapons; each stands for its entry and the list it is in."""
    table: dict[str, tuple[WeaponWords, str]] = {}
    for entry in _weapons():
        for part in ("nouns", "attacks", "users"):
            for phrase in getattr(entry, part):
                table.setdefault(phrase, (entry, part))
    return PhraseMatcher(table)
