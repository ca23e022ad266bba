"""How a weapon reached its target, as far as its words tell: worn, driven, planted, fired, dropped."""

from __future__ import annotations

from functools import cache

from sayso.vocab import Entry, PhraseMatcher, load_table


class Delivery(Entry):
    """One way in which a weapon reaches its target: an entry of ``vocab/deliveries.toml``."""

    name: str
    classes: tuple[str, ...]
    words: tuple[str, ...]
    kinds: tuple[str, ...]
    clashes: tuple[str, ...]


@cache
def deliveries() -> dict[str, Delivery]:
    """Return all ways, by name."""
    return {entry.name: entry for entry in load_table("deliveries", Delivery)}


def deliveries_in(text: str) -> frozenset[str]:
    """Return the ways that words name: "a planted device", "suicide bomber"."""
    return frozenset(name for _, _, name in _matcher().find(text))


@cache
def _matcher() -> PhraseMatcher[str]:
    return PhraseMatcher({phrase: entry.name for entry in deliveries().values() for phrase in entry.words})
