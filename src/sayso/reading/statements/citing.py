"""Outlets that only pass on: "Radio X, citing hospital sources, reported …" is what hospital sources say, through X."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.speaking.known import Speaker

if TYPE_CHECKING:
    from sayso.reading.attribution.attributions import Attribution
    from sayso.reading.speaking.holders import Holders
    from sayso.records import Report, Span

_CITES: Final = re.compile(
    r"\b(?:[Cc]iting|[Qq]uoting) (?P<whom>[^,.;:“”\"\n]{3,80}?)(?=[,.;:]| as (?:saying|having)|\s*$)"
)
_QUOTES: Final = re.compile(r"(?:quot|cit)(?:es|e|ed)$", re.IGNORECASE)
_AS_SAYING: Final = re.compile(
    r"\s+(?P<whom>[^,.;:“”\"\n]{3,80}?) as (?:saying|having|telling|stating|adding|claiming|describing)\b"
)
"""What stands behind "SANA quoted" where the words come first: "…, SANA quoted a source as saying"."""


def cited_by(report: Report, item: Attribution, speaker: Speaker, sentence: tuple[int, int]) -> Span | None:
    """Return whom an outlet cites for what it reports in this sentence; None where it speaks for itself."""
    if item.cue is None or item.cue.text.lower() in ("citing", "quoting"):
        return None
    before = item.contents[0].start < item.cue.start
    if (
        before
        and _QUOTES.search(item.cue.text)
        and (quoted := _AS_SAYING.match(report.text, item.cue.end, sentence[1]))
    ):
        return report.span(*quoted.span("whom"))
    if speaker.holder.kind != "media":
        return None
    for found in _CITES.finditer(report.text, *sentence):
        start, end = found.span("whom")
        if not any(span.start <= start < span.end for span in item.contents):
            return report.span(start, end)
    return None


def through(outlet: Speaker, holders: Holders, whom: Span) -> Speaker:
    """Return the speaker that an outlet cites, the outlet outermost in the chain."""
    cited = holders.resolve(whom)
    own = cited.chain or (cited.holder.name or cited.holder.words,)
    return Speaker(cited.holder, (outlet.holder.name or outlet.holder.words, *own), cited.problem)
