"""Source, cue and content of every attribution, by the model's layers, mended where marks and rules know better.

Each step was kept for what it does to linked triples (all three parts exact) on PolNeAR's development texts; the rules
alone have 44.1 there. Figures at the steps are those of an early build of the model.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.attributions_by_rule import drafts_by_rule
from sayso.reading.attribution.closing_sayers import with_closing_sayers
from sayso.reading.attribution.conjuncts import with_conjuncts
from sayso.reading.attribution.cues import groups_by_word, plain_toll, tells_a_count
from sayso.reading.attribution.drafts import Draft, Drafts
from sayso.reading.attribution.follow_ups import covered, follow_quotations
from sayso.reading.attribution.givers import givers
from sayso.reading.attribution.headlines import read_headlines
from sayso.reading.attribution.layer_links import linked
from sayso.reading.attribution.misread_cues import without_misread_cues
from sayso.reading.attribution.model_spans import Mend
from sayso.reading.attribution.openers import with_object, without_opener
from sayso.reading.attribution.questions import without_explanation
from sayso.reading.attribution.quoted_names import with_quoted_names
from sayso.reading.attribution.relatives import with_relatives
from sayso.reading.attribution.whole_sources import settled
from sayso.reading.sentences.grammar import words_of
from sayso.values.certainty import find_hedges

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sayso.language.analysis import Analysis
    from sayso.reading.attribution.contents import Marks, Range

PLAIN: Final = frozenset({"say", "tell", "according to", "quoted as saying", "put the toll"})
"""Groups of ``vocab/cues.toml`` taken on the word of the rules alone where no auxiliary changes them ("may say")."""
WEIGHTY: Final = frozenset({"accuse", "suspect", "deny", "admit", "claim responsibility", "exonerate", "doubt"})
"""Groups taken on the word of the rules in any form: claims are made of them."""
_COUNTING: Final = frozenset(
    {"documented", "recorded", "registered", "tallied", "counted", "listed", "documents", "records", "counts"}
)
_PASSIVE: Final = frozenset(
    {"thought", "believed", "suspected", "known", "alleged", "reported", "understood", "rumoured"}
)


def drafts_by_model(analysis: Analysis) -> Drafts:
    """Return the attributions of the model, with what the rules add: speaker lines, and quotations without a cue."""
    ruled = drafts_by_rule(analysis)
    drafts = Drafts(analysis, ruled.marks, ruled.lines)
    links = linked(analysis)
    mend = Mend.of(analysis, drafts.marks, links)
    rules = _Rules.of(ruled)
    found = [rules.advise(item) for item in _shared_sources([mend.draft(link) for link in links], drafts.marks.text)]
    drafts.found += (draft for draft in found if draft is not None and draft.contents)
    _share_out(drafts.found, rules)
    drafts.found += rules.more(drafts.found)
    drafts.found = settled(drafts)
    _set_against(drafts)
    for item in drafts.found:
        _with_day(item, drafts.marks.text)
    untangled = (with_object(item, drafts.marks.text) for item in _untangled(drafts.found, drafts.marks))
    opened = (without_opener(item, drafts.marks) for item in untangled)
    drafts.found = [without_explanation(item, drafts.marks.text) for item in opened]
    drafts.found = with_conjuncts(drafts, drafts.found)
    drafts.found = with_closing_sayers(drafts)
    drafts.found = with_quoted_names(drafts)
    drafts.found += list(givers(drafts))
    drafts.found = settled(drafts)
    drafts.found = without_misread_cues(drafts)
    drafts.found = with_relatives(drafts)
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
        inside = bool(other.source) and _within(_cue(one), other.source)
        if inside and (_holds(one, _cue(other)[0]) or one.contents == other.contents):
            one.contents = []
        elif _holds(other, _cue(one)[0]) and marks.within.at(_cue(other)[0]) is marks.within.at(_cue(one)[0]):
            place = min(part[0] for part in (other.source, other.cue) if part)
            one.contents = [
                (start, len(marks.text[:place].rstrip(" ,")) if start < place < end else end)
                for start, end in one.contents
            ]
    return [item for item in ordered if item.contents]


def _with_day(item: Draft, text: str) -> None:
    """Give what is said the day at its end where the sayer stands behind it: "… hit a market, on Monday, X said"."""
    first = min(part[0] for part in (item.source, item.cue) if part)
    if (
        item.contents
        and item.contents[-1][1] < first
        and (gap := _DAY_GAP.fullmatch(text[item.contents[-1][1] : first]))
    ):
        item.contents[-1] = (item.contents[-1][0], item.contents[-1][1] + gap.end(1))


_DAY_GAP: Final = re.compile(
    r"(,? (?:on |in |late |early |since )*(?:(?:the )?(?:morning|evening|afternoon|night) of )?(?:last |this )?"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?), ?"
)


def _set_against(drafts: Drafts) -> None:
    """End what one says before "while Y says", "but Y spoke of": that is set against it, and no part of it."""
    by_line: dict[int, list[Draft]] = {}
    for item in drafts.found:
        by_line.setdefault(item.line, []).append(item)
    for rows in by_line.values():
        places = [place for item in rows[:_MANY] if (place := _set_off(drafts.marks.text, item)) is not None]
        for item in rows:
            stop = min((place for place in places if place > _cue(item)[1]), default=None)
            if stop is not None:
                cut = [(start, min(end, stop)) for start, end in item.contents if start < stop]
                item.contents = cut or item.contents


def _set_off(text: str, item: Draft) -> int | None:
    """Return where the joiner stands before the sayer of a clause that is set against what goes before."""
    before = text[: item.source[0]].rstrip() if item.source else ""
    joiner = next((word for word in _AGAINST if before.endswith(f" {word}")), None)
    if joiner is None or not item.contents or item.contents[0][0] < _cue(item)[1]:
        return None
    return len(before[: -len(joiner)].rstrip(" ,"))


_MANY: Final = 20  # attributions of one sentence that are looked at
_AGAINST: Final = ("while", "whereas", "but")


def _within(part: Range, whole: Range | None) -> bool:
    return whole is not None and whole[0] <= part[0] < whole[1]


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
        if self._is_blamed(item):
            return own
        if own is None:
            return self._alone(item)
        if item.source is not None and self._holds_the_main_verb(own):
            return Draft(item.source, own.cue, self._all_behind(own, item), item.line)
        if self._names_him_again(own, item) or self._closes(own, item):
            return Draft(own.source, own.cue, list(own.contents), item.line)
        contents = (
            own.contents
            if self._swallowed(own, item) or self._surer(own) or self._better_end(own, item)
            else item.contents
        )
        behind = self.drafts.marks.text[own.cue[1] : _cue(item)[1]].split() if own.cue else []
        if behind[:1] in (["nor"], ["or"], ["and"]):
            return item  # "would neither confirm nor deny"
        taken = item.source is None or _is_broken(self.drafts, own) or self._quotes_him(own, item)
        source = own.source if taken else item.source
        return Draft(source, own.cue, list(contents), item.line)

    def _names_him_again(self, own: Draft, item: Draft) -> bool:
        """Tell whether the model takes the name behind an office for what is said: "according to the mayor, X, …"."""
        if own.source is None or item.source is None or not item.contents or not self._is("according to", _cue(own)):
            return False
        begins = own.source[0] == item.source[0] and item.source[1] < own.source[1]
        return begins and item.source[1] <= item.contents[0][0] < own.source[1]

    def _closes(self, own: Draft, item: Draft) -> bool:
        """Tell whether the rules see the sayer behind the cue close the sentence, and the model one before it."""
        if own.source is None or item.source is None or own.source[0] < _cue(own)[1] or item.source[1] > _cue(own)[0]:
            return False
        return not self.drafts.marks.text[own.source[1] : self.drafts.lines[own.line].sentence.end].strip(" .\n")

    def _is_blamed(self, item: Draft) -> bool:
        """Tell whether the model takes for the sayer who is blamed: "the raid was blamed on X"."""
        start, end = _cue(item)
        behind = self.drafts.marks.text[end : item.source[0]].lower().split() if item.source else None
        words = self.drafts.marks.text[start:end].lower().split()
        on = words[-2:] if behind == [] else [*words[-1:], *(behind or [])]
        return on in (["blamed", "on"], ["pinned", "on"]) and behind is not None

    def _quotes_him(self, own: Draft, item: Draft) -> bool:
        """Tell whether the model takes for the sayer who only quotes him: "a resident, quoted by X, said"."""
        if own.source is None or item.source is None or not own.source[0] < item.source[0] < own.source[1]:
            return False
        return self.drafts.marks.text[own.source[0] : item.source[0]].lower().endswith((" quoted by ", " cited by "))

    def _swallowed(self, own: Draft, item: Draft) -> bool:
        """Tell whether the model's cue takes in the head of what is said: "claimed responsibility for · the attack"."""
        start, end = _cue(own)[1], _cue(item)[1]
        rest = self.drafts.marks.text[start:end].lower().split()
        behind = own.contents[0][0] <= start + 1 and bool(item.contents) and item.contents[0][0] >= end
        return behind and bool(rest) and rest[0] not in words_of("preposition", "conjunction")

    def _holds_the_main_verb(self, own: Draft) -> bool:
        """Tell whether the rules' source runs on into what is said: "according to X, the army destroyed …"."""
        analysis, line = self.drafts.analysis, self.drafts.lines[own.line]
        dep, upos = analysis.arcs.get("dep"), analysis.tags.get("upos")
        if dep is None or upos is None or own.source is None or own.cue is None or own.source[0] < own.cue[1]:
            return False
        tokens = range(line.sentence.first, line.sentence.last)
        heads = {at: int(dep.heads[at]) for at in tokens}
        root = next((at for at in tokens if heads[at] not in heads or heads[at] == at), None)
        subject = next((at for at in tokens if heads[at] == root and dep.labels[at].startswith("nsubj")), root)
        verb = root is not None and upos[root] == "VERB" and not own.cue[0] <= analysis.tokens[root].start < own.cue[1]
        inside = [at for at in (root, subject) if at is not None and at > line.sentence.first and verb]
        return any(own.source[0] < analysis.tokens[at].start < own.source[1] for at in inside)

    def _all_behind(self, own: Draft, item: Draft) -> list[Range]:
        """Return everything behind the model's source, the comma left out, to where the rules' content ends."""
        start = item.source[1] if item.source else 0
        text = self.drafts.marks.text
        while start < len(text) and text[start] in " ,":
            start += 1
        end = max(last for _, last in own.contents)
        return [(start, end)] if start < end else list(item.contents)

    def contents_of(self, item: Draft) -> list[Range]:
        """Return the contents that the rules have for a cue of the model; none where they have no such cue."""
        own = self._same_cue(_cue(item))
        return list(own.contents) if own else []

    def _alone(self, item: Draft) -> Draft | None:
        """Return what the model alone sees, None where it is a hedge, or a word of a source the rules know better."""
        cue = _cue(item)
        if item.source is None or not item.contents or self.broken(cue[0]) or self._is_aside(cue):
            return None
        words = self.drafts.marks.text[cue[0] : cue[1]].lower().split()
        if words[-1:] and words[-1] in _PASSIVE and self._to_follows(item):
            return None  # "a man thought to lead the group": nobody thinks so here
        active = words[-1:] and words[-1] in groups_by_word() and item.contents[-1][0] >= cue[1]
        if not active and any(hedge.kind == "hedge" for hedge in find_hedges(" ".join(words))):
            return None
        known = any(word in groups_by_word() for word in (*words, " ".join(words)))
        return replace(item, doubtful=item.doubtful and not known)

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
        if len(own.contents) > 1 or len(item.contents) != 1 or own.contents[0][0] != item.contents[0][0]:
            return False
        mine, its = own.contents[0][1], item.contents[0][1]
        alone = bisect_right(self.starts, its) == bisect_right(self.starts, mine)
        if alone and self.drafts.marks.text[mine:its].lower().lstrip().startswith((";", ", while")):
            return False
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
        ends = {(item.line, item.source[1]): item.source for item in found if item.source}
        return [
            _by_same(item, ends)
            for item in self.found
            if not cues(_cue(item)[0])
            and (
                (self._is(":", _cue(item)) and not said(_cue(item)[0]))
                or (item.source and (self._plain(_cue(item)) or self._counts(item)))
            )
        ]

    def _counts(self, item: Draft) -> bool:
        """Tell whether somebody counts: "documented the killing of 14", "spoke of six dead"."""
        words = self.drafts.marks.text[slice(*_cue(item))].lower().split()
        counting = words[-1] in _COUNTING or words[-2:] in (["spoke", "of"], ["speaks", "of"], ["talked", "of"])
        return counting and bool(item.contents) and tells_a_count(self.drafts.marks.text[slice(*item.contents[0])])

    def _plain(self, cue: Range) -> bool:
        text = self.drafts.marks.text[cue[0] : cue[1]].lower()
        table = groups_by_word()
        words = text.split()
        tails = [" ".join(words[at:]) for at in range(len(words))]
        named = {table[part].name for part in (*words, *tails) if part in table}
        last = cue[1] - len(words[-1])
        ahead = plain_toll(self.drafts.marks.text[last : cue[1] + 40].lower().split()[:6])
        named |= {table[part].name for size in (3, 4) if (part := " ".join(ahead[:size])) in table}
        if "put the toll" in named:
            return True
        spoken = words[-1] if words[-1] in ("said", "told") and words[:-1] in (["has"], ["have"], ["had"]) else text
        return (spoken in table and table[spoken].name in PLAIN) or bool(named & WEIGHTY)


def _by_same(item: Draft, ends: Mapping[tuple[int, int], Range]) -> Draft:
    """Return a draft with the source the model found for another cue of its sentence, where that only begins later."""
    better = ends.get((item.line, item.source[1])) if item.source else None
    return replace(item, source=better) if better and item.source and better[0] > item.source[0] else item


def _is_broken(drafts: Drafts, item: Draft) -> bool:
    """Tell whether the source goes on behind a stray full stop: a garbled speaker line."""
    return item.source is not None and item.source[1] > drafts.lines[item.line].sentence.end


def _cue(item: Draft) -> Range:
    return item.cue or item.contents[0]
