"""Source, cue and content of every attribution, by the model's layers, mended where marks and rules know better.

Each step was kept for what it does to linked triples (all three parts exact) on PolNeAR's development texts; the rules
alone have 44.1 there. Figures at the steps are those of an early build of the model.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sayso.reading.attributions_by_rule import drafts_by_rule
from sayso.reading.content_repairs import repaired
from sayso.reading.cues import groups_by_word
from sayso.reading.drafts import Draft, Drafts
from sayso.reading.follow_ups import covered, follow_quotations
from sayso.reading.grammar import BREAKS, DASHES, words_of
from sayso.reading.headlines import read_headlines
from sayso.reading.layer_links import Linked, linked
from sayso.values.certainty import find_hedges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sayso.language.analysis import Analysis, Token
    from sayso.reading.contents import Marks, Range

WHOLE: Final = 0.3
"""Share of a quotation that must be content for all of it to be content: 51.3 → 51.7; 0.5 and 0.7 give less."""
SURE: Final = 0.85
"""How sure the model must be of a cue with no word of the lexicon. Of such, 87 in 100 are attributions in PolNeAR,
of those below 59; PolNeAR counts the doubtful too ("withheld his signature"), READING does not."""
PLAIN: Final = frozenset({"say", "tell", "according to", "quoted as saying"})
"""Groups of ``vocab/cues.toml`` taken on the word of the rules alone where no auxiliary changes them ("may say")."""
WEIGHTY: Final = frozenset({"accuse", "suspect", "deny", "admit", "claim responsibility", "exonerate", "doubt"})
"""Groups taken on the word of the rules in any form: claims are made of them."""
_EDGE: Final = 2  # code points by which a content may miss the edge of a quotation and still begin or end with it
_BEFORE_TIME: Final = frozenset({"on", "in", "during", "late", "early", "earlier", ",", "since", "at"})
_OPENERS: Final = frozenset({"earlier", "later", "meanwhile", "separately", "elsewhere", "however", "but", "although"})
_UNFINISHED: Final = frozenset({"of", "for", "to", "from", "by", "a", "an", "the"})  # nobody's name ends so
_DEEPEST: Final = 30  # arcs from a word up to what it hangs on
_PASSIVE: Final = frozenset(
    {"thought", "believed", "suspected", "known", "alleged", "reported", "understood", "rumoured"}
)
_LONGEST_CLAUSE: Final = 20  # tokens
_TRAIL: Final = frozenset({",", ";", ":"}) | DASHES


def drafts_by_model(analysis: Analysis) -> Drafts:
    """Return the attributions of the model, with what the rules add: speaker lines, and quotations without a cue."""
    ruled = drafts_by_rule(analysis)
    drafts = Drafts(analysis, ruled.marks, ruled.lines)
    links = linked(analysis)
    mend = _Mend.of(analysis, drafts.marks, links)
    rules = _Rules.of(ruled)
    found = [rules.advise(item) for item in _shared_sources([mend.draft(link) for link in links], drafts.marks.text)]
    drafts.found += (draft for draft in found if draft is not None and draft.contents)
    _share_out(drafts.found, rules)
    drafts.found += rules.more(drafts.found)
    drafts.found = _untangled(drafts.found, drafts.marks)
    follow_quotations(drafts)
    read_headlines(drafts)
    return drafts


def _shared_sources(found: Sequence[Draft], text: str) -> list[Draft]:
    """Give "adding", "saying" without a sayer the one of the cue before it in the sentence."""
    kept: list[Draft] = []
    for item in found:
        before = kept[-1] if kept and kept[-1].line == item.line else None
        adds = item.source is None and item.cue is not None and _adds(item, text)
        kept.append(replace(item, source=before.source) if adds and before is not None else item)
    return kept


def _adds(item: Draft, text: str) -> bool:
    """Tell whether a cue is a participle that goes on: "adding that …"."""
    word = text[slice(*_cue(item))].lower()
    behind = bool(item.contents) and item.contents[-1][0] >= _cue(item)[1]
    return behind and word.endswith("ing") and word in groups_by_word()


def _share_out(found: Sequence[Draft], rules: _Rules) -> None:
    """Give a piece of content that several cues have to the nearest; the others keep more, or what the rules know."""
    nearest: dict[Range, int] = {}
    for item in found:
        for piece in item.contents:
            nearest[piece] = min(nearest.get(piece, _gap(item, piece)), _gap(item, piece))
    for item in found:
        own = [piece for piece in item.contents if _gap(item, piece) == nearest[piece]]
        item.contents = own or rules.contents_of(item) or item.contents


def _untangled(found: Sequence[Draft], marks: Marks) -> list[Draft]:
    """Cut what is said before a sayer who follows: in "He admitted X, prosecutors said" he did not say who said so.

    Dropped is what a source tells about its sayer and runs on: "the man, who testified · behind a screen, said …".
    """
    ordered = sorted(found, key=_cue)
    for one, other in pairwise(ordered):
        if other.source and other.source[0] <= _cue(one)[0] < other.source[1] and _holds(one, _cue(other)[0]):
            one.contents = []
        elif _holds(other, _cue(one)[0]) and marks.within.at(_cue(other)[0]) is marks.within.at(_cue(one)[0]):
            place = min(part[0] for part in (other.source, other.cue) if part)
            one.contents = [
                (start, len(marks.text[:place].rstrip(" ,")) if start < place < end else end)
                for start, end in one.contents
            ]
    return [item for item in ordered if item.contents]


def _holds(item: Draft, place: int) -> bool:
    """Tell whether a place stands in what somebody says."""
    return item.cue is not None and any(start <= place < end for start, end in item.contents)


def _gap(item: Draft, piece: Range) -> int:
    cue = _cue(item)
    return max(cue[0] - piece[1], piece[0] - cue[1], 0)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The attributions by rule, where they know better than the model or see what it does not."""

    drafts: Drafts
    found: tuple[Draft, ...]  # those with a cue, by cue
    starts: tuple[int, ...]
    broken: Callable[[int], bool]  # does a place stand in a source that goes on behind a stray full stop?

    @classmethod
    def of(cls, drafts: Drafts) -> _Rules:
        found = sorted((item for item in drafts.found if item.cue), key=_cue)
        broken = covered([item.source for item in found if item.source and _is_broken(drafts, item)])
        return cls(drafts, tuple(found), tuple(_cue(item)[0] for item in found), broken)

    def advise(self, item: Draft) -> Draft | None:
        """Correct an attribution of the model by the one the rules have for its cue.

        One that names no sayer must be a statement to the rules too: "reportedly" and "is said to" are hedges
        (READING). Where cues differ at an edge the rules are right more often (34 to 21), and so they are on contents
        on both sides of a cue (18 to 9), behind "according to" (5 to 2) or over several sentences (3 to 1).
        """
        own = self._same_cue(_cue(item))
        if own is None:
            return self._alone(item)
        swallowed = (
            own.contents[0][0] < _cue(item)[1] <= own.contents[0][1]
        )  # "claimed · responsibility for the attack"
        contents = own.contents if swallowed or self._surer(own) or self._better_end(own, item) else item.contents
        source = own.source if item.source is None or _is_broken(self.drafts, own) else item.source
        return Draft(source, own.cue, list(contents), item.line)

    def contents_of(self, item: Draft) -> list[Range]:
        """Return the contents that the rules have for a cue of the model; none where they have no such cue."""
        own = self._same_cue(_cue(item))
        return list(own.contents) if own else []

    def _alone(self, item: Draft) -> Draft | None:
        """Return what the model alone sees, None where it is a hedge, or a word of a source the rules know better."""
        cue = _cue(item)
        if item.source is None or self.broken(cue[0]) or self._is_aside(cue):
            return None
        words = self.drafts.marks.text[cue[0] : cue[1]].lower().split()
        if words[-1:] and words[-1] in _PASSIVE and self._to_follows(item):
            return None  # "a man thought to lead the group": nobody thinks so here
        if any(hedge.kind == "hedge" for hedge in find_hedges(" ".join(words))):
            return None
        return replace(item, doubtful=item.doubtful and not any(word in groups_by_word() for word in words))

    def _to_follows(self, item: Draft) -> bool:
        start = item.contents[0][0] if item.contents else 0
        return self.drafts.marks.text[start : start + 3].lower() == "to "

    def _is_aside(self, cue: Range) -> bool:
        """Tell whether a participle says how something was done or called: "without informing", "calling itself"."""
        text = self.drafts.marks.text
        before, behind = text[max(0, cue[0] - 12) : cue[0]].lower(), text[cue[1] : cue[1] + 12].lower()
        return before.endswith("without ") or behind.split()[:1] in (["itself"], ["himself"], ["themselves"])

    def _same_cue(self, cue: Range) -> Draft | None:
        at = bisect_right(self.starts, cue[1] - 1) - 1
        return self.found[at] if at >= 0 and _cue(self.found[at])[1] > cue[0] else None

    def _surer(self, own: Draft) -> bool:
        """Tell whether the rules know this content better than the model does."""
        cue = _cue(own)
        around = own.contents[0][0] < cue[0] <= own.contents[-1][0]
        line = self.drafts.lines[own.line].sentence
        return around or own.contents[0][0] < line.start or self._is("according to", cue)

    def _better_end(self, own: Draft, item: Draft) -> bool:
        """Tell whether two contents that begin alike end better as the rules have it.

        So it is where they end earlier (right 8 to 6), or behind a relative clause (5 to 4); a contrast ("four died,
        not three") belongs to what is said as well, and so does all up to the comma before a sayer who follows.
        """
        if len(own.contents) > 1 or len(item.contents) > 1 or own.contents[0][0] != item.contents[0][0]:
            return False
        mine, its = own.contents[0][1], item.contents[0][1]
        rest = self.drafts.marks.text[its:mine].lower()
        runs_on = mine <= _cue(own)[0] and not any(mark in rest for mark in ",;:")
        return mine < its or runs_on or rest.startswith((", which", ", not "))

    def _is(self, words: str, cue: Range) -> bool:
        return self.drafts.marks.text[cue[0] : cue[1]].lower().startswith(words)

    def more(self, found: Sequence[Draft]) -> list[Draft]:
        """Return what the model does not look for: speaker lines ("Mayor: bridge is safe") and sayers in what is said.

        PolNeAR leaves most of the latter out, READING wants them. Of what the rules alone see outside of what is said,
        3 in 10 are attributions in PolNeAR: only some groups are taken.
        """
        cues = covered([_cue(item) for item in found])
        said = covered([part for item in found for part in item.contents])
        return [
            item
            for item in self.found
            if not cues(_cue(item)[0])
            and ((self._is(":", _cue(item)) and not said(_cue(item)[0])) or (item.source and self._plain(_cue(item))))
        ]

    def _plain(self, cue: Range) -> bool:
        text = self.drafts.marks.text[cue[0] : cue[1]].lower()
        table = groups_by_word()
        words = text.split()
        tails = [" ".join(words[at:]) for at in range(len(words))]
        named = {table[part].name for part in (*words, *tails) if part in table}
        spoken = words[-1] if words[-1] in ("said", "told") and words[:-1] in (["has"], ["have"], ["had"]) else text
        return (spoken in table and table[spoken].name in PLAIN) or bool(named & WEIGHTY)


def _is_broken(drafts: Drafts, item: Draft) -> bool:
    """Tell whether the source goes on behind a stray full stop: a garbled speaker line."""
    return item.source is not None and item.source[1] > drafts.lines[item.line].sentence.end


def _cue(item: Draft) -> Range:
    return item.cue or item.contents[0]


@dataclass(frozen=True, slots=True)
class _Mend:
    """Mends the spans of one report's attributions; token ranges in, code points out."""

    tokens: tuple[Token, ...]
    marks: Marks
    firsts: tuple[int, ...]  # first token of each sentence
    busy: frozenset[int]  # sentences that have a cue of their own
    cues: tuple[int, ...]  # first token of each cue
    timed: Sequence[bool]  # a token each: does it tell a time?
    heads: Sequence[int] | None  # a token each: what the grammar hangs it on

    @classmethod
    def of(cls, analysis: Analysis, marks: Marks, links: Iterable[Linked]) -> _Mend:
        firsts = tuple(sentence.first for sentence in analysis.sentences)
        timed = [label != "O" for label in analysis.tags.get("timex", ())] or [False] * len(analysis.tokens)
        cues = (bisect_right(firsts, item.cue[0]) - 1 for item in links)
        heads = analysis.arcs["dep"].heads.tolist() if "dep" in analysis.arcs else None
        return cls(
            analysis.tokens, marks, firsts, frozenset(cues), tuple(sorted(item.cue[0] for item in links)), timed, heads
        )

    def draft(self, item: Linked) -> Draft:
        """Return an attribution with contents that end where sentences and quotations do."""
        cue = self._characters(item.cue)
        source = self._source(self._with_clause(item.source, item.cue)) if item.source else None
        pieces = [piece for content in item.contents for piece in self._near(content, item.cue)]
        trimmed = [piece for piece in map(self._trim, (self._ruled(piece, item.cue) for piece in pieces)) if piece]
        contents = [span for piece in self._repaired(trimmed, item) for span in self._whole(piece, cue)]
        return Draft(source, cue, list(_joined(contents)), self._sentence(item.cue[0]), doubtful=item.score < SURE)

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
        end = self.firsts[number + 1] if number + 1 < len(self.firsts) else len(self.tokens)
        behind = bisect_left(self.cues, item.cue[1])
        end = min(end, self.cues[behind]) if behind < len(self.cues) else end
        own = [piece for piece in pieces if self._sentence(piece[0]) == number]
        others = [piece for piece in pieces if self._sentence(piece[0]) != number]
        taken = [item.cue, *([item.source] if item.source else [])]
        return (
            sorted(
                [
                    *others,
                    *repaired(
                        self.tokens, own, taken, self.cues[bisect_left(self.cues, self.firsts[number]) : behind], end
                    ),
                ]
            )
            if own
            else others
        )

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


def _empty() -> frozenset[str]:
    """Return words that alone are no content: "for", "that"."""
    return words_of("preposition") | words_of("subordinator")


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
