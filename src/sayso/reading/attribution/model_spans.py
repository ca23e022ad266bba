"""The spans of the model's attributions, brought to where words, sentences and quotations begin and end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.content_repairs import repaired
from sayso.reading.attribution.cues import groups_by_word
from sayso.reading.attribution.drafts import Draft
from sayso.reading.sentences.grammar import BREAKS, DASHES
from sayso.reading.sentences.syntax import Syntax, syntax_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sayso.language.analysis import Analysis, Token
    from sayso.reading.attribution.contents import Marks, Range
    from sayso.reading.attribution.layer_links import Linked

WHOLE: Final = 0.3
"""Share of a quotation that must be content for all of it to be content: 51.3 → 51.7; 0.5 and 0.7 give less."""
SURE: Final = 0.85
"""How sure the model must be of a cue with no word of the lexicon. Of such, 87 in 100 are attributions in PolNeAR,
of those below 59; PolNeAR counts the doubtful too ("withheld his signature"), READING does not."""
_EDGE: Final = 2  # code points by which a content may miss the edge of a quotation and still begin or end with it
_BEFORE_TIME: Final = frozenset({"on", "in", "during", "late", "early", "earlier", ",", "since", "at"})
_OPENERS: Final = frozenset({"earlier", "later", "meanwhile", "separately", "elsewhere", "however", "but", "although"})
_UNFINISHED: Final = frozenset({"of", "for", "to", "from", "by", "a", "an", "the"})  # nobody's name ends so
_DEEPEST: Final = 30  # arcs from a word up to what it hangs on
_NAMERS: Final = frozenset({"NOUN", "PROPN", "PRON"})  # parts of speech that name who says it
_LONGEST_CLAUSE: Final = 20  # tokens
_TOLD: Final = frozenset({"told", "tells", "telling"})
_TRAIL: Final = frozenset({",", ";", ":"}) | DASHES


@dataclass(frozen=True, slots=True)
class Mend:
    """Mends the spans of one report's attributions; token ranges in, code points out."""

    tokens: tuple[Token, ...]
    marks: Marks
    firsts: tuple[int, ...]  # first token of each sentence
    busy: frozenset[int]  # sentences that have a cue of their own
    cues: tuple[int, ...]  # first token of each cue
    timed: Sequence[bool]  # a token each: does it tell a time?
    heads: Sequence[int] | None  # a token each: what the grammar hangs it on
    syntax: Callable[[int], Syntax | None] | None = None  # of a sentence, by its number

    @classmethod
    def of(cls, analysis: Analysis, marks: Marks, links: Iterable[Linked]) -> Mend:
        """Prepare what the spans of one report are mended with."""
        firsts = tuple(sentence.first for sentence in analysis.sentences)
        timed = [label != "O" for label in analysis.tags.get("timex", ())] or [False] * len(analysis.tokens)
        cues = (bisect_right(firsts, item.cue[0]) - 1 for item in links)
        heads = analysis.arcs["dep"].heads.tolist() if "dep" in analysis.arcs else None
        starts = tuple(sorted(item.cue[0] for item in links))
        return cls(analysis.tokens, marks, firsts, frozenset(cues), starts, timed, heads, _grammar(analysis))

    def draft(self, item: Linked) -> Draft:
        """Return an attribution with contents that end where sentences and quotations do."""
        cue = self._characters(item.cue)
        named = self._teller(item) or self._subject(item.cue)
        source = self._source(self._with_clause(named, item.cue)) if named else None
        pieces = [piece for content in item.contents for piece in self._near(content, item.cue)]
        pieces = _without_aside(pieces, named, item.cue)
        trimmed = [piece for piece in map(self._trim, (self._ruled(piece, item.cue) for piece in pieces)) if piece]
        contents = [span for piece in self._repaired(trimmed, item) for span in self._whole(piece, cue)]
        return Draft(source, cue, list(_joined(contents)), self._sentence(item.cue[0]), doubtful=item.score < SURE)

    def _subject(self, cue: Range) -> Range | None:
        """Return the subject that a cue without a source shares with the verb before it: "rebels took X and said"."""
        if self.syntax is None:
            return None
        number = self._sentence(cue[0])
        syntax, first = self.syntax(number), self.firsts[number]
        verb = syntax.verb_in(cue[0] - first, cue[1] - first) if syntax else None
        if syntax is None or verb is None or syntax.labels[verb] != "conj" or syntax.child(verb, "nsubj", "aux"):
            return None
        head = syntax.subject(verb)
        if (
            head is None
            or not head < verb
            or syntax.upos[head] not in _NAMERS
            or syntax.words[verb] not in groups_by_word()
        ):
            return None
        begin, end = syntax.phrase(head)
        return (first + begin, first + end) if first + end <= cue[0] else None

    def _teller(self, item: Linked) -> Range | None:
        """Return who tells where the model takes the listener for him: "A doctor, speaking …, told News Agency X"."""
        told = self.tokens[item.cue[1] - 1].text.lower() in _TOLD
        if self.syntax is None or item.source is None or not told or item.source[0] != item.cue[1]:
            return item.source
        number = self._sentence(item.cue[0])
        syntax, first = self.syntax(number), self.firsts[number]
        verb = syntax.verb_in(item.cue[0] - first, item.cue[1] - first) if syntax else None
        head = syntax.child(verb, "nsubj") if syntax and verb is not None else None
        if syntax is None or verb is None or head is None or head > verb:
            return item.source
        begin, end = syntax.phrase(head)
        return first + begin, first + end

    def _ruled(self, piece: Range, cue: Range) -> Range:
        """Cut the object of a participle where the grammar has it end: "a man shouting slogans · killed one"."""
        first, last = piece
        word, before = self.tokens[cue[1] - 1].text, self.tokens[max(0, cue[0] - 1)].text
        light = self.tokens[first].text.lower() in {"that", "how", "whether", "to"} or self._quoted(first)
        if self.heads is None or not word.endswith("ing") or before in BREAKS or first != cue[1] or light:
            return piece
        end = next((at for at in range(first, last) if not self._under(at, cue[1] - 1)), last)
        return (first, end) if end > first else piece

    def _under(self, token: int, head: int) -> bool:
        """Tell whether the grammar hangs a token on ``head``, directly or not."""
        for _ in range(_DEEPEST):
            token = int(self.heads[token]) if self.heads is not None else -1
            if token in (head, -1):
                return token == head
        return False

    def _repaired(self, pieces: Sequence[Range], item: Linked) -> list[Range]:
        """Mend the pieces in the sentence of the cue; others are whole sentences or quotations already."""
        number = self._sentence(item.cue[0])
        first, stop = self.firsts[number], [*self.firsts, len(self.tokens)][number + 1]
        cues = self.cues[bisect_left(self.cues, first) : bisect_left(self.cues, stop)]
        following = [cue for cue in cues if cue >= item.cue[1]]
        own = [piece for piece in pieces if self._sentence(piece[0]) == number]
        others = [piece for piece in pieces if self._sentence(piece[0]) != number]
        if not own:
            return others
        taken = [item.cue, *([item.source] if item.source else [])]
        end = min([stop, *following])
        mended = repaired(self.tokens, own, taken, cues, end, last=not following)
        return sorted([*others, *mended])

    def _with_clause(self, source: Range, cue: Range) -> Range:
        """Return a source with the whole of its relative clause: "officials who asked not to be named · said"."""
        words = self._words(source[0], source[1] - source[0])
        gap = self._words(source[1], cue[0] - source[1])
        opened = any(word in ("who", "whose", "which") for word in words[1:])
        if opened and cue[1] <= source[0]:
            return source[0], self._break_behind(source[1])
        closed = words[-1:] == [","] or self.tokens[cue[1] - 1].text.endswith("ing")
        if (
            not opened
            or closed
            or not gap
            or self._sentence(source[0]) != self._sentence(cue[0])
            or len(gap) > _LONGEST_CLAUSE
        ):
            return source
        return (source[0], cue[0]) if not set(gap[:-1]) & BREAKS else source

    def _break_behind(self, at: int) -> int:
        """Return the first token from ``at`` on that is a mark; ``at`` itself where none is near."""
        behind = self._words(at, _LONGEST_CLAUSE)
        return next((at + number for number, word in enumerate(behind) if word in BREAKS), at)

    def _source(self, piece: Range) -> Range | None:
        """Drop what is no part of who it is: "The board on Monday", "officials, with nine others injured"."""
        first, last = piece
        joined = (at for at in range(first + 1, last - 1) if self._words(at, 2) == [",", "with"])
        end = last = next(joined, last)
        while end > first and self.timed[end - 1]:
            end -= 1
        if end < last:
            while end > first and self.tokens[end - 1].text.lower() in _BEFORE_TIME:
                end -= 1
        while first < end - 1 and (self.tokens[first].text.lower() in _OPENERS or self.tokens[first].text in _TRAIL):
            first += 1
        if end <= first:
            return self._characters(piece)
        return None if self.tokens[end - 1].text.lower() in _UNFINISHED else self._characters((first, end))

    def _words(self, first: int, size: int) -> list[str]:
        return [token.text.lower() for token in self.tokens[first : first + size]]

    def _near(self, content: Range, cue: Range) -> Iterator[Range]:
        """Cut a content at the ends of sentences; of others than the cue's, keep quoted words nobody else says.

        49.0 → 51.3, and 51.9 → 52.2 for the cutting.
        """
        own = self._sentence(cue[0])
        for first, last in self._cut(content):
            here, there = self._sentence(first), self._sentence(last - 1)
            if here <= own <= there or (self._quoted(first) and not self.busy & set(range(here, there + 1))):
                yield first, last

    def _cut(self, content: Range) -> Iterator[Range]:
        first = content[0]
        for number in range(self._sentence(content[0]) + 1, self._sentence(content[1] - 1) + 1):
            edge = self.firsts[number]
            before = self.marks.within.at(self.tokens[edge - 1].start)
            if before is None or before is not self.marks.within.at(self.tokens[edge].start):
                yield first, edge
                first = edge
        yield first, content[1]

    def _trim(self, piece: Range) -> Range | None:
        """Drop marks at the edges that belong to the sentence: comma, dash, full stop, a bracket that closes it."""
        first, last = piece
        depth = sum((token.text == "(") - (token.text == ")") for token in self.tokens[first:last])
        while first < last and not self._quoted(last - 1):
            mark = self.tokens[last - 1].text
            if mark not in _TRAIL | {"."} and not (mark == ")" and depth < 0):
                break
            depth += mark == ")"
            last -= 1
        while first < last and self.tokens[first].text in _TRAIL:
            first += 1
        return (first, last) if first < last else None

    def _whole(self, piece: Range, cue: Range) -> Iterator[Range]:
        """Yield a piece, and the whole of the quotations that it begins or ends in and is most of."""
        span = self._characters(piece)
        yield span
        for place in (span[0], span[1] - 1):
            quotation = self.marks.within.at(place)
            if quotation is None or quotation.start <= cue[0] < quotation.end:
                continue
            size = sum(end - start for start, end in quotation.pieces)
            inside = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in quotation.pieces)
            edge = min(abs(span[0] - quotation.start), abs(span[1] - quotation.end)) <= _EDGE
            if edge or inside >= WHOLE * size:
                yield from quotation.pieces

    def _sentence(self, token: int) -> int:
        return bisect_right(self.firsts, token) - 1

    def _quoted(self, token: int) -> bool:
        return self.marks.within.at(self.tokens[token].start) is not None

    def _characters(self, piece: Range) -> Range:
        return self.tokens[piece[0]].start, self.tokens[piece[1] - 1].end


def _without_aside(pieces: list[Range], source: Range | None, cue: Range) -> list[Range]:
    """Drop what stands between a sayer and his cue where he says something behind it: why he gave no name."""
    if source is None or not any(first >= cue[1] for first, _ in pieces):
        return pieces
    return [piece for piece in pieces if not (source[1] <= piece[0] and piece[1] <= cue[0])]


def _grammar(analysis: Analysis) -> Callable[[int], Syntax | None]:
    """Return what gives the grammar of a sentence by its number."""

    def of(number: int) -> Syntax | None:
        sentence = analysis.sentences[number]
        words = tuple(token.text.lower() for token in analysis.tokens[sentence.first : sentence.last])
        return syntax_of(analysis, sentence, words)

    return of


def _joined(spans: Iterable[Range]) -> Iterator[Range]:
    """Yield ranges in order, those that touch or overlap as one."""
    last: Range | None = None
    for start, end in sorted(spans):
        if last is not None and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last
