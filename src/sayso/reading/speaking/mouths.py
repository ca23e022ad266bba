"""Whose mouth somebody is: the unnamed head of a body that watches, and the body that "a ministry spokesman" means."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.reading.speaking.speakers import Source
    from sayso.values import Actor

_HEADS: Final = frozenset({"director", "head", "chief", "chairman", "chairwoman", "founder", "president"})
_WATCHING: Final = frozenset({"monitor", "monitors", "observatory", "watchdog", "watch"})
_WATCHERS: Final = (("rights", "group"), ("monitoring", "group"), ("monitoring", "network"), ("rights", "network"))


def as_mouth(source: Source) -> Source:
    """Return "the director of the monitor", who is not named, as its voice: what he counts is the monitor's count.

    A director with a name speaks for himself, and so does the director of a hospital (READING: "Whose value is it?").
    """
    if source.person or source.voice or source.role not in _HEADS or not source.of or not _watches(source.of):
        return source
    return replace(source, voice=True, body=source.of.removeprefix("the "), of=None)


def _watches(name: str) -> bool:
    words = name.lower().replace("’", "'").split()
    return any(word in _WATCHING for word in words) or any(
        {*pair} <= {word.removesuffix("'s") for word in words} for pair in _WATCHERS
    )


def only_one(actors: Iterable[Actor], word: str) -> Actor | None:
    """Return the body that a bare "ministry" means: the only one that is a ministry by a name that tells more."""
    fits = {actor.name: actor for actor in actors if actor.name and _is_a(actor.name, word) and actor.kind != "person"}
    return next(iter(fits.values())) if len(fits) == 1 else None


def _is_a(name: str, word: str) -> bool:
    """Tell whether a word heads a name of several: "ministry of interior", "Togo's health ministry"."""
    head = _OF.split(name.lower(), maxsplit=1)[0]
    return head.split()[-1:] == [word] and name.lower() != word


_OF: Final = re.compile(r" (?:of|for|in) ")
