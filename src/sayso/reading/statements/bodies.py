"""Sayers that can only be groups: of "its" fighters' deeds no person speaks ("its fighters had carried out the raid").

A name that no list knows is taken for a person's, or for nothing; what it says of itself tells better.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.reading.sentences.passages import closed
from sayso.reading.statements.selves import of_its_own_fighters, own_deed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.attribution.attributions import Attribution
    from sayso.reading.speaking.known import Speaker


def with_own_fighters(speakers: Sequence[Speaker], attributions: Sequence[Attribution]) -> list[Speaker]:
    """Return the speakers, those who tell of a deed of their own fighters as armed groups."""
    groups = {
        speaker.holder.name
        for speaker, item in zip(speakers, attributions, strict=True)
        if speaker.holder.name and _unsure(speaker) and _tells_of_its_own(speaker, item)
    }
    return [_as_group(speaker) if speaker.holder.name in groups else speaker for speaker in speakers]


def _tells_of_its_own(speaker: Speaker, item: Attribution) -> bool:
    """Tell whether somebody owns up for its fighters, or as what is called an outfit or a cell."""
    content = " ".join(span.text for span in item.contents)
    called = bool(closed("kinds of groups") & set(speaker.holder.words.lower().replace(",", " ").split()))
    return of_its_own_fighters(content) or (called and own_deed(content) == "claims_own")


def _unsure(speaker: Speaker) -> bool:
    """Tell whether it is not known what somebody is; who speaks for others, or goes by a small letter, is no group."""
    name = speaker.holder.name or ""
    return speaker.holder.kind in ("person", "unknown") and any(word[:1].isupper() for word in name.split())


def _as_group(speaker: Speaker) -> Speaker:
    return replace(speaker, holder=speaker.holder.model_copy(update={"kind": "armed_group"}))
