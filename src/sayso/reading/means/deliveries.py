"""How a weapon reached its target, as far as its words tell: worn, driven, parked, planted, fired, dropped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sayso.vocab import Entry, PhraseMatcher, load_table


class Delivery(Entry):
    """One way in which a weapon reaches its target: an entry of ``vocab/deliveries.toml``."""

    name: str
    classes: tuple[str, ...]
    words: tuple[str, ...]
    kinds: tuple[str, ...]
    refines: tuple[str, ...]
    clashes: tuple[str, ...]


@cache
def deliveries() -> dict[str, Delivery]:
    """Return all ways, by name."""
    return {entry.name: entry for entry in load_table("deliveries", Delivery)}


def deliveries_in(text: str) -> frozenset[str]:
    """Return the ways that words name: "a planted device", "suicide bomber"."""
    return frozenset(name for _, _, name in _matcher().find(text))


def finest(ways: Iterable[str]) -> frozenset[str]:
    """Return the ways without those that another of them says more precisely: of driven and parked, parked."""
    told = frozenset(ways)
    return told - {coarse for way in told for coarse in deliveries()[way].refines}


def clash(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Tell whether none of some ways can be one of others; a word that tells no way ("a bomb") fits all."""
    ours, others = finest(mine), finest(theirs)
    return bool(ours and others) and all(other in deliveries()[way].clashes for way in ours for other in others)


@cache
def _matcher() -> PhraseMatcher[str]:
    return PhraseMatcher({phrase: entry.name for entry in deliveries().values() for phrase in entry.words})
