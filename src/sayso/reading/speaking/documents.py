"""Whose statement "the statement" is: a document that speaks is led back to whoever issued it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.speaking.holders import Speaker, _Known


def with_issuers(speakers: Sequence[Speaker], sentences: Sequence[str]) -> list[Speaker]:
    """Give what "the statement" says to the last speaker who issued one: "…, the army said in a statement".

    Args:
        speakers: of the statements, in text order.
        sentences: the sentence in which each of them speaks.

    """
    settled = list(speakers)
    for number, speaker in enumerate(speakers):
        noun = _document(speaker.holder.words)
        if noun is None:
            continue
        issued = re.compile(rf"\b{noun}s?\b", re.IGNORECASE)
        told = (at for at in range(number - 1, -1, -1) if issued.search(sentences[at]))
        spoke = (at for at in told if _document(speakers[at].holder.words) is None)
        issuer = next((at for at in spoke if settled[at].holder.kind not in ("report", "unknown")), None)
        if issuer is not None:
            holder = settled[issuer].holder.model_copy(update={"words": speaker.holder.words})
            settled[number] = replace(settled[issuer], holder=holder)
    return settled


def _document(words: str) -> str | None:
    """Return the noun of "the statement", "this communiqué"; None for other words and for "a statement"."""
    parts = words.lower().split()
    definite = len(parts) == 1 or (len(parts) == 2 and parts[0] in ("the", "this", "that", "its", "their"))
    return parts[-1] if definite and parts[-1] in closed("documents") else None


def issuer(known: Sequence[_Known], text: str, place: int) -> Speaker | None:
    """Return who spoke last before ``place`` if he put it in writing: "…, he said in a statement. …, it went on"."""
    latest = max((item for item in known if item.place < place), key=lambda item: item.place, default=None)
    words = re.findall(r"[a-zé]+", text[latest.place : place].lower()) if latest else []
    return latest.speaker if latest and not closed("documents").isdisjoint(words) else None
