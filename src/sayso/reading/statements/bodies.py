"""Sayers that can only be groups: of "its" fighters' deeds no person speaks ("its fighters had carried out the raid").

A name that no list knows is taken for a person's, or for nothing; what it says of itself tells better.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.reading.sentences.passages import closed
from sayso.reading.speaking.title_words import titles
from sayso.reading.statements.selves import of_its_own_fighters, only_a_group_says, own_deed

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
    whole = {name: _whole_name(name, speakers) for name in groups if name}
    return [_as_group(one, whole[one.holder.name or ""]) if one.holder.name in groups else one for one in speakers]


def _tells_of_its_own(speaker: Speaker, item: Attribution) -> bool:
    """Tell whether somebody owns up for its fighters, or as what is called an outfit or a cell."""
    content = " ".join(span.text for span in item.contents)
    called = bool(closed("kinds of groups") & set(speaker.holder.words.lower().replace(",", " ").split()))
    if of_its_own_fighters(content) or (called and own_deed(content) == "claims_own"):
        return True
    return speaker.holder.words[:1].isupper() and only_a_group_says(content) and not _is_an_office(speaker)


def _is_an_office(speaker: Speaker) -> bool:
    """Tell whether a name holds a word for a body that is no fighting one: "Command", "Hospital", "Times"."""
    words = (speaker.holder.name or "").lower().split()
    kinds = {title.kind for word in words if (title := titles().get((word,))) is not None and title.sort == "body"}
    return bool(kinds - {"armed_group", "military"}) or bool(closed("bodies of no fighters") & set(words))


def _whole_name(name: str, speakers: Sequence[Speaker]) -> str:
    """Return a group's name with what belongs to it, where it is given in full: "Lions" · "the Lions of the Hills"."""
    called = re.compile(rf"(?:[Tt]he )?({re.escape(name)} of (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)")
    found = (called.match(speaker.holder.words) for speaker in speakers if speaker.holder.name == name)
    return next((match[1] for match in found if match is not None), name)


def _unsure(speaker: Speaker) -> bool:
    """Tell whether it is not known what somebody is; who speaks for others, or goes by a small letter, is no group."""
    name = speaker.holder.name or ""
    return speaker.holder.kind in ("person", "unknown") and any(word[:1].isupper() for word in name.split())


def _as_group(speaker: Speaker, name: str) -> Speaker:
    return replace(speaker, holder=speaker.holder.model_copy(update={"kind": "armed_group", "name": name}))
