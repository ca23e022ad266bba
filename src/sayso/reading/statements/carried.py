"""Words that somebody goes on to say behind his cue: "Four were held, police said; a fifth got away".

PolNeAR ends what is said at the sayer, and so do the statements. Whose a claim is in such words is another question:
READING has nobody but him speak on in his sentence, until somebody else speaks, or the report names what nobody says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.cues import groups_by_word
from sayso.reading.attribution.missed_sayers import start_of
from sayso.reading.sentences.grammar import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.attribution.attributions import Attribution
    from sayso.reading.sentences.grammar import Line

Part = tuple[int, int, int]
"""Where such words begin and end, and the number of the statement they go on with."""
SAYING: Final = frozenset({"say", "argue", "tell", "count", "find", "according to", "put the toll", "believe", "admit"})
"""Groups of cues behind which a sentence stays its sayer's; who condemns or accuses only names what he speaks of."""
_OPENS: Final = re.compile(
    r"[^;:,]{0,70}?(?:(?P<mark>[;:])|"
    r", ?(?P<word>and|but|while|though|although|whereas|in which|among|including|with|to)\b)"
)
_ON: Final = re.compile(r"\s*[,;:](?! (?:who|whose|whom)\b)")
_UNCLAIMED: Final = re.compile(
    r"\W*(?:and |but )?(?:so far |there (?:was|were|has been|have been) )?(?:no|nobody|none|neither)\b[^;]*\b"
    r"(?:claim|responsib|owned up|admitted|confirm|comment)|"
    r"[^;]*\b(?:no|any|nothing|without) ?(?:\w+ )?(?:proof|evidence|details)\b|"
    r"\W*but (?:offered|gave|produced|presented) (?:no|nothing)",
    re.IGNORECASE,
)
SHORT: Final = 3
"""So many code points are no words."""


class Carried:
    """The parts of a report that go on with a statement, ready to be asked about places."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Keep the parts in text order."""
        self._parts = sorted(parts)
        self._starts = [start for start, _, _ in self._parts]

    def at(self, position: int) -> int:
        """Return the number of the statement that goes on at ``position``; −1 for none."""
        found = bisect_right(self._starts, position) - 1
        return self._parts[found][2] if found >= 0 and position < self._parts[found][1] else -1


def carried(text: str, found: Sequence[Attribution], lines: Sequence[Line | None]) -> Carried:
    """Return what goes on with each attribution in its sentence; ``lines``: the sentence of each, if known."""
    spots = sorted(spot for item in found for spot in _spots(item))
    parts: list[Part] = []
    for number, (item, line) in enumerate(zip(found, lines, strict=True)):
        start = _rest(text, item, line) if line is not None and item.cue is not None else None
        if start is not None and line is not None:
            parts += ((first, last, number) for first, last in _pieces(text, start, line, spots))
    return Carried(parts)


def _spots(item: Attribution) -> list[int]:
    """Return where somebody speaks."""
    return [span.start for span in (item.source, item.cue) if span is not None]


def _rest(text: str, item: Attribution, line: Line) -> int | None:
    """Return where the words begin that go on with an attribution; None where nothing does."""
    sentence, cue, source = line.sentence, item.cue, item.source
    if source is None or cue is None or source.text.lower() in ("who", "which", "that"):
        return None
    last = max(source.end, cue.end)
    if item.contents[-1].end <= min(source.start, cue.start):
        if item.contents[0].start > start_of(text, line, item.contents[-1].end) + 1:
            return None  # "The man, identified by police as X, was …": they say no more than who he is
        opens = _OPENS.match(text, last, sentence.end)
        return None if opens is None else opens.start(opens.lastgroup or 0)
    words = cue.text.lower().split()
    group = groups_by_word().get(cue.text.lower()) or groups_by_word().get(words[-1].strip(":") if words else "")
    end = item.contents[-1].end
    plain = group is not None and group.name in SAYING and words_of("negation").isdisjoint(words)
    leads = item.contents[0].start >= last and end < sentence.end and plain
    return end if leads and _ON.match(text, end, sentence.end) else None


def _pieces(text: str, start: int, line: Line, spots: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pieces between semicolons from ``start`` on, up to where somebody else speaks."""
    found: list[tuple[int, int]] = []
    end = line.sentence.end
    while start < end:
        stop = text.find(";", start + 1, end)
        stop = stop if stop >= 0 else end
        speaks = bisect_right(spots, start - 1)
        if speaks < len(spots) and spots[speaks] < stop:
            break
        if stop - start > SHORT and not _UNCLAIMED.match(text, start, stop):
            found.append((start, stop))
        start = stop
    return found
