"""Who has spoken in a report so far, and which words may take them up again: "the general", "the army"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed
from sayso.reading.speaking.naming import spelled_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.speaking.speakers import Source
    from sayso.values import Actor

_STEM: Final = 5  # letters that tell "defence" and "defense" from other sorts


@dataclass(frozen=True, slots=True)
class Speaker:
    """The holder of a statement and the way its words came.

    ``chain``: names, outermost first, ending with the holder; empty when the holder speaks directly.
    ``problem``: one sentence when the speaker line could not be read in full, else None.
    """

    holder: Actor
    chain: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(slots=True)
class Known:
    """Somebody who has spoken or been introduced."""

    speaker: Speaker
    source: Source
    place: int  # code point of the latest mention


def is_titled(item: Known, role: str) -> bool:
    """Tell whether a person was called by a title too: "the ministry's spokesman, Major General X" is a general."""
    if not item.source.person:
        return False
    called = re.findall(r"[\w-]+", item.speaker.holder.words)
    return f" {spelled_out(role)} " in f" {spelled_out(' '.join(called))} "


def is_body_called(item: Known, head: str, sorts: Sequence[str]) -> bool:
    """Tell whether a body, and no member of one, bears a word in its name, and all that tell its sort.

    An armed group that calls itself an army is not what "the army" means.
    """
    if head in closed("forces of states") and item.speaker.holder.kind == "armed_group":
        return False
    named = f"{item.speaker.holder.words} {item.source.body or ''}".lower().split()
    stems = [word[:_STEM] for word in named]
    return item.speaker.holder.kind != "person" and head in named and all(sort[:_STEM] in stems for sort in sorts)


def is_force(actor: Actor) -> bool:
    """Tell whether a body is a whole force by its name: a corps that is only named is not what "the army" means."""
    name = f" {(actor.name or '').lower()} "
    return any(f" {word} " in name for word in closed("forces of states"))
