"""Whose statement "the statement" is: a document that speaks is led back to whoever issued it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.speaking.known import Known, Speaker


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


def writer(known: Sequence[Known], text: str, place: int) -> Speaker | None:
    """Return who spoke last before ``place``, in writing: "In a statement Ana Ruiz said …. Two fell, it said"."""
    latest = _latest(known, place)
    start = max(text.rfind(stop, 0, latest.place) for stop in (". ", "\n")) + 1 if latest else 0
    end = text.find(". ", latest.place, place) if latest else 0
    words = " ".join(re.findall(r"[a-zé]+", text[start : end if end > 0 else place].lower()))
    return latest.speaker if latest and any(f" {noun} " in f" {words} " for noun in _in_writing()) else None


@cache
def _in_writing() -> frozenset[str]:
    articles = ("a", "an", "the", "his", "her")
    return frozenset(f"in {article} {noun}" for noun in closed("documents") for article in articles)


def issuer(known: Sequence[Known], text: str, place: int) -> Speaker | None:
    """Return who spoke last before ``place`` if he put it in writing: "…, he said in a statement. …, it went on"."""
    latest = _latest(known, place)
    words = re.findall(r"[a-zé]+", text[latest.place : place].lower()) if latest else []
    return latest.speaker if latest and not closed("documents").isdisjoint(words) else None


def _latest(known: Sequence[Known], place: int) -> Known | None:
    return max((item for item in known if item.place < place), key=lambda item: item.place, default=None)
