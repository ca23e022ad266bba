"""The lexicon of targets: ``vocab/targets.toml``."""

from __future__ import annotations

from functools import cache

from sayso.vocab import Entry, PhraseMatcher, load_table


class TargetWords(Entry):
    """One class of targets: an entry of ``vocab/targets.toml``."""

    class_name: str
    kind: str
    nouns: tuple[str, ...]


@cache
def target_nouns() -> PhraseMatcher[TargetWords]:
    """Return the matcher of nouns that head a target."""
    return PhraseMatcher({noun: entry for entry in load_table("targets", TargetWords) for noun in entry.nouns})
