"""Through what a statement came: a closed vocabulary (``vocab/channels.toml``) read from the words around the cue."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.cues import groups_by_word
from sayso.vocab import Entry, PhraseMatcher, load_table, phrase_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Span

_LISTENERS: Final = ("news_agency", "unnamed_source")  # who was told, and that no name was given, give way to how
_KEPT_SILENT: Final = re.compile(
    r"\b(?:(?:not|n['’]t)(?: been)? (?:authori[sz]ed|allowed|permitted|cleared)|unauthori[sz]ed|declined|refused)"
    r" to (?:talk|speak|brief|give|comment|respond)(?: \w+){0,2} $",
    re.IGNORECASE,
)
"""Before words that name a channel: it is the one that was not used ("was not allowed to talk to reporters")."""
Range = tuple[int, int]  # half-open code points


class Channel(Entry):
    """One row of ``vocab/channels.toml``; ``gtd`` is the claim mode of the Global Terrorism Database."""

    name: str
    label: str
    phrases: tuple[str, ...]
    verbs: tuple[str, ...] = ()
    gtd: int | None = None


@cache
def channels() -> tuple[Channel, ...]:
    """Return the closed vocabulary in file order."""
    return load_table("channels", Channel)


@cache
def _matcher() -> PhraseMatcher[Channel]:
    return PhraseMatcher(phrase_table(channels(), lambda row: row.phrases, place="channels"))


@cache
def _verbs() -> dict[str, Channel]:
    """Spelling of a cue → its channel: "tweeted" → Twitter."""
    table = {}
    for spelling, group in groups_by_word().items():
        for channel in channels():
            for verb in channel.verbs:
                if verb in group.words and spelling.startswith(verb.rstrip("e")[:4]):
                    table[spelling] = channel
    return table


@dataclass(frozen=True, slots=True)
class ChannelWords:
    """All words of one report that name a channel, in text order."""

    hits: tuple[tuple[int, int, Channel], ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> ChannelWords:
        """Find them."""
        hits = tuple(hit for hit in _matcher().find(text) if not _KEPT_SILENT.search(text, max(0, hit[0] - 80), hit[0]))
        return cls(hits, tuple(start for start, _, _ in hits))

    def near(self, cue: Span, sentence: Range, contents: Sequence[Range]) -> str | None:
        """Return the channel named nearest to a cue in its sentence, outside what is said; None where none is."""
        for word in cue.text.lower().split():
            if word in _verbs():
                return _verbs()[word].name
        first, last = bisect_left(self.starts, sentence[0]), bisect_left(self.starts, sentence[1])
        outside = [
            (self.hits[number][2].name in _LISTENERS, min(abs(start - cue.end), abs(cue.start - end)), number)
            for number, (start, end, _) in enumerate(self.hits[first:last], start=first)
            if not any(start < b and a < end for a, b in contents)
        ]
        return self.hits[min(outside)[2]][2].name if outside else None
