"""What people and bodies are called when they are quoted: ``vocab/titles.toml``."""

from __future__ import annotations

from functools import cache
from typing import Literal

from sayso.values import ActorKind
from sayso.vocab import Entry, load_table

Sort = Literal["honorific", "rank", "office", "voice", "crowd", "body", "document"]


class Title(Entry):
    """One row of ``vocab/titles.toml``."""

    name: str
    sort: Sort
    kind: ActorKind
    gender: Literal["m", "f"] | None = None
    words: tuple[str, ...]


@cache
def titles() -> dict[tuple[str, ...], Title]:
    """Return every title by its words, lower case and without full stops."""
    return {
        tuple(phrase.replace(".", "").split()): title for title in load_table("titles", Title) for phrase in title.words
    }


@cache
def longest() -> int:
    """Return how many words the longest title has."""
    return max(map(len, titles()))
