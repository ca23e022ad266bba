"""Whose mouth somebody is: the unnamed head of a body that watches, and the body that "a ministry spokesman" means."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.reading.speaking.known import Speaker
    from sayso.reading.speaking.speakers import Source
    from sayso.values import Actor

_HEADS: Final = frozenset({"director", "head", "chief", "chairman", "chairwoman", "founder", "president"})
_WATCHING: Final = frozenset({"monitor", "monitors", "observatory", "watchdog", "watch"})
_WATCHERS: Final = (("rights", "group"), ("monitoring", "group"), ("monitoring", "network"), ("rights", "network"))


_ORGAN: Final = re.compile(
    r"(?P<group>group|movement|militia|faction|organi[sz]ation|front|rebels|insurgents|jihadists)['’]s?"
    r" (?P<organ>(?:[a-z]+ ){0,2}(?:command|leadership|office|wing|bureau|arm|council))"
)
"""What an armed group speaks through: its command, its media office; no ministry that it runs."""


def is_named(speaker: Speaker | None) -> bool:
    """Tell whether somebody has a name, which "the group" behind a mouthpiece must have to be spoken for."""
    return speaker is not None and (speaker.holder.name or "")[:1].isupper()


def as_mouth(source: Source) -> Source:
    """Return "the director of the monitor", who is not named, as its voice: what he counts is the monitor's count.

    A director with a name speaks for himself, and so does the director of a hospital (READING: "Whose value is it?").
    """
    if source.body and not source.person and (organ := _ORGAN.fullmatch(source.body)) is not None:
        return replace(source, voice=True, role=organ["organ"], whose=f"the {organ['group']}", body=None)
    if source.person or source.voice or source.role not in _HEADS or not source.of or not _watches(source.of):
        return source
    return replace(source, voice=True, body=source.of.removeprefix("the "), of=None)


def _watches(name: str) -> bool:
    words = name.lower().replace("’", "'").split()
    return any(word in _WATCHING for word in words) or any(
        {*pair} <= {word.removesuffix("'s") for word in words} for pair in _WATCHERS
    )


def men_left_out(run: str) -> str:
    """Return the body of "Fighters of the Eastern Front", which "the group" means a little later.

    >>> men_left_out("Fighters of the Eastern Front")
    'Eastern Front'
    """
    first, of, rest = run.partition(" of ")
    return rest.removeprefix("the ") if of and first.lower() in closed("men of a body") else run


def only_one(actors: Iterable[Actor], word: str) -> Actor | None:
    """Return the body that a bare "ministry" means: the only one that is a ministry by a name that tells more."""
    fits = {actor.name: actor for actor in actors if actor.name and _is_a(actor.name, word) and actor.kind != "person"}
    return next(iter(fits.values())) if len(fits) == 1 else None


def _is_a(name: str, word: str) -> bool:
    """Tell whether a word heads a name of several: "ministry of interior", "Togo's health ministry"."""
    head = _OF.split(name.lower(), maxsplit=1)[0]
    return head.split()[-1:] == [word] and name.lower() != word


_OF: Final = re.compile(r" (?:of|for|in) ")
