"""Speech that no cue opens: "The ministry had nine dead", a witness's tale that goes on for three sentences.

Who says something mostly shows in a cue. Where none does, the layer ``claim`` of the model still marks which words are
somebody's (``said``) and who speaks (``sayer``); it has seen how several hundred reports let people talk.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.attributions import Attribution
from sayso.reading.sentences.marks import EDGE, ENOUGH, LAYER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.language.analysis import Analysis, Sentence
    from sayso.records import Span

Stretch = tuple[int, int]
"""Tokens from the first up to the last, the last one not included."""
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
        self.starts = [token.start for token in analysis.tokens]

    def hears(self, item: Attribution) -> bool:
        """Tell whether the words of an attribution are marked as somebody's."""
        shares = [share for span in item.contents for share in self.said[slice(*self._tokens(span))]]
        return bool(shares) and sum(shares) >= SAID * len(shares)

    def without_a_cue(self, firm: Sequence[Attribution]) -> Iterator[Attribution]:
        """Yield the sentences that nobody is heard to say so far, each with the last one named."""
        spans = [span for item in firm for span in (item.source, item.cue, *item.contents) if span is not None]
        taken = {at for span in spans for at in range(*self._tokens(span))}
        sources = sorted(self._tokens(item.source) for item in firm if item.source is not None)
        last: tuple[int, Stretch] | None = None  # the sentence of who spoke last, and the tokens
        for number, sentence in enumerate(self.analysis.sentences):
            own = self._sayer(sentence)
            here = range(sentence.first, sentence.last)
            if taken.isdisjoint(here) and self._is_said(sentence):
                if own is not None:
                    yield from self._beside(sentence, own)
                elif last is not None and number - last[0] <= BACK:
                    yield self._attribution(last[1], (sentence.first, sentence.last))
            named = sources[bisect_left(sources, (sentence.last, 0)) - 1] if sources else None
            if named is not None and named[0] in here:
                last = (number, named)
            elif own is not None:
                last = (number, own)

    def _tokens(self, span: Span) -> Stretch:
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)

    def _is_said(self, sentence: Sentence) -> bool:
        shares = self.said[sentence.first : sentence.last]
        return len(shares) > FEWEST and sum(shares) >= SAID * len(shares)

    def _sayer(self, sentence: Sentence) -> Stretch | None:
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

    def _beside(self, sentence: Sentence, own: Stretch) -> Iterator[Attribution]:
        """Yield the longer side of who speaks as what he says."""
        sides = ((sentence.first, own[0]), (own[1], sentence.last))
        side = max(sides, key=lambda side: side[1] - side[0])
        if side[1] - side[0] >= FEWEST:
            yield self._attribution(own, side)

    def _attribution(self, source: Stretch, content: Stretch) -> Attribution:
        return Attribution(self._span(source), None, (self._span(content),))

    def _span(self, words: Stretch) -> Span:
        tokens = self.analysis.tokens
        return self.analysis.report.span(tokens[words[0]].start, tokens[words[1] - 1].end)
