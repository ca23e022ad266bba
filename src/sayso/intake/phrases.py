"""The words of ``vocab/page.toml``, ready to be looked for in short lines."""

from __future__ import annotations

from functools import cache
from typing import Final

from sayso.vocab import Entry, PhraseMatcher, load_table


class PageWords(Entry):
    """One group of words found on news pages."""

    name: str
    note: str
    phrases: tuple[str, ...]


@cache
def matcher(name: str) -> PhraseMatcher[str]:
    """Return the matcher for one group of ``vocab/page.toml``; its payload is the phrase."""
    return PhraseMatcher({phrase: phrase for phrase in words(name)})


@cache
def words(name: str) -> frozenset[str]:
    """Return the phrases of one group of ``vocab/page.toml``."""
    groups = {group.name: group for group in load_table("page", PageWords)}
    return frozenset(groups[name].phrases)


_ON_PAGES: Final = (
    "agency",
    "picture",
    "picture_label",
    "signature",
    "boilerplate_start",
    "boilerplate_anywhere",
    "boilerplate_whole",
)


@cache
def _any_page_word() -> PhraseMatcher[str]:
    return PhraseMatcher({phrase: phrase for name in _ON_PAGES for phrase in words(name)})


def has_page_words(line: str) -> bool:
    """Tell whether any phrase of credits or boilerplate stands in ``line``: one pass instead of one a group."""
    return bool(_any_page_word().find(line))


def begins_with(name: str, line: str) -> bool:
    """Tell whether ``line`` begins with a phrase of the group."""
    return any(start == 0 for start, _, _ in matcher(name).find(line))


def contains(name: str, line: str) -> bool:
    """Tell whether a phrase of the group stands anywhere in ``line``."""
    return bool(matcher(name).find(line))


def is_whole(name: str, line: str) -> bool:
    """Tell whether ``line`` is a phrase of the group and nothing else."""
    return matcher(name).match(line) is not None
