"""Speech that no cue opens: "The ministry had nine dead", a witness's tale that goes on for three sentences.

Who says something mostly shows in a cue. Where none does, the layer ``claim`` of the model still marks which words are
somebody's (``said``) and who speaks (``sayer``); it has seen how several hundred reports let people talk.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.attributions import Attribution
from sayso.reading.sentences.marks import EDGE, ENOUGH, LAYER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.language.analysis import Analysis, Sentence
    from sayso.records import Span

SAID: Final = 85
"""Per cent, the mean of a sentence's words, from which on it is somebody's."""
SAYER: Final = 50
"""Per cent of the surest word of whoever speaks."""
BACK: Final = 3
"""So many sentences back somebody may have been named who still speaks."""
FEWEST: Final = 4
"""So many words at least are a statement."""


def heard(analysis: Analysis, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the firm attributions, the doubtful ones that the model hears too, and those of what no cue opens."""
    marks = analysis.marks.get(LAYER)
    firm = [item for item in found if not item.doubtful]
    if marks is None or "said" not in marks.labels or len(analysis.sentences) < ENOUGH:
        return firm
    ear = _Ear(analysis, marks.of("said").tolist(), marks.of("sayer").tolist())
    firm += [replace(item, doubtful=False) for item in found if item.doubtful and ear.hears(item)]
    return sorted([*firm, *ear.without_a_cue(firm)], key=lambda item: (item.cue or item.contents[0]).start)


class _Ear:
    """What the model marks in one report."""

    def __init__(self, analysis: Analysis, said: list[int], sayer: list[int]) -> None:
        self.analysis, self.said, self.sayer = analysis, said, sayer

    def hears(self, item: Attribution) -> bool:
        """Tell whether the words of an attribution are marked as somebody's."""
        shares = [
            share
            for token, share in zip(self.analysis.tokens, self.said, strict=True)
            if any(span.start <= token.start < span.end for span in item.contents)
        ]
        return bool(shares) and sum(shares) >= SAID * len(shares)

    def without_a_cue(self, firm: Sequence[Attribution]) -> Iterator[Attribution]:
        """Yield the sentences that nobody is heard to say so far, each with the last one named."""
        taken = sorted(
            (span.start, span.end)
            for item in firm
            for span in (item.source, item.cue, *item.contents)
            if span is not None
        )
        last: tuple[int, int, int] | None = None  # sentence, first token, last token of who spoke last
        sources = self._sources(firm)
        for number, sentence in enumerate(self.analysis.sentences):
            own = self._sayer(sentence)
            begin, end = self.analysis.tokens[sentence.first].start, self.analysis.tokens[sentence.last - 1].end
            free = not any(start < end and begin < stop for start, stop in taken)
            if free and self._is_said(sentence):
                if own is not None:
                    yield from self._beside(sentence, *own)
                elif last is not None and number - last[0] <= BACK:
                    yield self._attribution(last[1:], (sentence.first, sentence.last))
            if own is not None:
                last = (number, *own)
            last = sources.get(number, last)

    def _sources(self, firm: Sequence[Attribution]) -> dict[int, tuple[int, int, int]]:
        """Return of each sentence the tokens of the last source in it."""
        found: dict[int, tuple[int, int, int]] = {}
        spans = sorted((item.source.start, item.source.end) for item in firm if item.source is not None)
        for number, sentence in enumerate(self.analysis.sentences):
            for at in range(sentence.first, sentence.last):
                token = self.analysis.tokens[at]
                span = next((span for span in spans if span[0] == token.start), None)
                if span is not None:
                    last = at
                    while last + 1 < sentence.last and self.analysis.tokens[last + 1].start < span[1]:
                        last += 1
                    found[number] = (number, at, last + 1)
        return found

    def _is_said(self, sentence: Sentence) -> bool:
        shares = self.said[sentence.first : sentence.last]
        return len(shares) > FEWEST and sum(shares) >= SAID * len(shares)

    def _sayer(self, sentence: Sentence) -> tuple[int, int] | None:
        """Return the tokens of who speaks in a sentence."""
        shares = self.sayer[sentence.first : sentence.last]
        best = max(shares, default=0)
        if best < SAYER:
            return None
        first = shares.index(best)
        last = first + 1
        while first > 0 and shares[first - 1] >= EDGE:
            first -= 1
        while last < len(shares) and shares[last] >= EDGE:
            last += 1
        return sentence.first + first, sentence.first + last

    def _beside(self, sentence: Sentence, first: int, last: int) -> Iterator[Attribution]:
        """Yield the longer side of who speaks as what he says."""
        sides = ((sentence.first, first), (last, sentence.last))
        side = max(sides, key=lambda side: side[1] - side[0])
        if side[1] - side[0] >= FEWEST:
            yield self._attribution((first, last), side)

    def _attribution(self, source: tuple[int, int], content: tuple[int, int]) -> Attribution:
        return Attribution(self._span(*source), None, (self._span(*content),))

    def _span(self, first: int, last: int) -> Span:
        tokens = self.analysis.tokens
        return self.analysis.report.span(tokens[first].start, tokens[last - 1].end)
