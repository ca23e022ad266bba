"""From attributions to statements: who, through what, in which words, how, when, and inside which other statement.

``find_statements`` reads a report; ``Statements.at`` tells the claims in whose words a place of the text stands.
Everything outside any statement is the report's own voice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.reading.attribution.attributions import Attribution, find_attributions
from sayso.reading.attribution.contents import Marks
from sayso.reading.attribution.follow_ups import covered
from sayso.reading.attribution.heard import heard
from sayso.reading.attribution.nobody import said_by_somebody
from sayso.reading.attribution.sources import source_before, source_behind
from sayso.reading.sentences.grammar import Line, lines
from sayso.reading.speaking.documents import with_issuers
from sayso.reading.speaking.holders import Holders
from sayso.reading.speaking.known import Speaker
from sayso.reading.speaking.naming import SORTED
from sayso.reading.speaking.taking_up import told_ahead_by
from sayso.reading.statements.bodies import with_own_fighters
from sayso.reading.statements.carried import Carried, carried
from sayso.reading.statements.channels import ChannelWords
from sayso.reading.statements.citing import cited_by, through
from sayso.reading.statements.nesting import Voices, chains_of, innermost, inside, nest
from sayso.reading.statements.stance import stance_of
from sayso.reading.times import moments_of
from sayso.records import NotUnderstood, Statement
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.language.analysis import Analysis
    from sayso.records import Span
    from sayso.values import Moment
    from sayso.values.facts import ActorLookup

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
_ANYBODY = frozenset({"they", "it", "them"})
_POSSESSIVE = ("his ", "her ", "its ", "their ")
_RELATIVE = frozenset({"who", "which", "that"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement with the way its words came: names, outermost first, ending with the holder; empty when direct."""

    statement: Statement
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements of one report in text order, and what of them was not understood."""

    spoken: tuple[Spoken, ...]
    not_understood: tuple[NotUnderstood, ...]
    _voices: Voices
    _carried: Carried

    @property
    def records(self) -> tuple[Statement, ...]:
        """The statements alone."""
        return tuple(item.statement for item in self.spoken)

    def at(self, position: int) -> Spoken | None:
        """Return the innermost statement in whose content, or in what goes on with it, ``position`` stands.

        None: the report's own voice.
        """
        number = self._voices.at(position)
        number = number if number >= 0 else self._carried.at(position)
        return None if number < 0 else self.spoken[number]


def find_statements(analysis: Analysis, world: ActorLookup) -> Statements:
    """Return the statements of a report: of every attribution found, but for those that are doubtful."""
    found = said_by_somebody(heard(analysis, find_attributions(analysis)), world)
    return to_statements(analysis, found, world)


def to_statements(analysis: Analysis, attributions: Sequence[Attribution], world: ActorLookup) -> Statements:
    """Return the statements that some attributions make: whoever found them, rule or model."""
    attributions = _distinct(attributions)
    parents = nest(attributions)
    context = _Context.of(analysis)
    speakers = _speakers(context, attributions, parents, world)
    voices = innermost(attributions)
    built = [_build(context, item, speakers[number].holder, voices) for number, item in enumerate(attributions)]
    chains = chains_of(speakers, parents)
    spoken = tuple(
        Spoken(inside(statement, parents[number], built), chains[number]) for number, statement in enumerate(built)
    )
    missing = tuple(
        NotUnderstood(span=item.source, reason=speaker.problem)
        for item, speaker in zip(attributions, speakers, strict=True)
        if speaker.problem and item.source
    )
    own = [context.line_at(item.cue.start) if item.cue else None for item in attributions]
    return Statements(spoken, missing, voices, carried(analysis.report.text, attributions, own))


def _distinct(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Drop what would be the same statement twice: same cue, same content."""
    seen: set[object] = set()
    kept = []
    for item in attributions:
        key = (item.cue and (item.cue.start, item.cue.end), tuple((span.start, span.end) for span in item.contents))
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept


# ---------------------------------------------------------------------------------------------- one statement


@dataclass(frozen=True, slots=True)
class _Context:
    """What the statements of one report share."""

    analysis: Analysis
    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    marks: Marks
    channels: ChannelWords
    moments: tuple[tuple[int, int, Moment], ...]
    moment_starts: tuple[int, ...]

    @classmethod
    def of(cls, analysis: Analysis) -> _Context:
        report = analysis.report
        moments = tuple((start, end, moment) for start, end, moment in moments_of(report))
        own = lines(analysis)
        return cls(
            analysis, own, tuple(line.sentence.start for line in own), Marks.of(analysis), ChannelWords.of(report.text),
            moments, tuple(start for start, _, _ in moments),
        )  # fmt: skip

    def line_at(self, position: int) -> Line | None:
        number = bisect_right(self.starts, position) - 1
        return self.lines[number] if number >= 0 else None


def _speakers(
    context: _Context, attributions: Sequence[Attribution], parents: Sequence[int | None], world: ActorLookup
) -> list[Speaker]:
    """Resolve the sources in the order of the text, "I" and "we" last: they are whoever is quoted around them."""
    said = covered([(span.start, span.end) for item in attributions for span in item.contents])
    holders = Holders(context.analysis.report, world, _organisations(context.analysis), said)
    order = sorted(range(len(attributions)), key=lambda number: _source_place(attributions[number]))
    speakers: dict[int, Speaker] = {}
    shared: dict[tuple[int, int], Speaker] = {}
    for number in order:
        source = attributions[number].source
        if source is not None and source.text.lower() in _FIRST_PERSON:
            continue
        place = (source.start, source.end) if source else None
        speaker = shared.get(place) if place else None
        if source is not None and source.text.lower() in _ANYBODY and context.marks.within.at(source.start):
            speaker = Speaker(Actor(name=None, kind="unknown", words=source.text))  # known to whoever is quoted
        if speaker is None:
            speaker = holders.resolve(source, before=_antecedent(context, source, attributions[number].contents[0]))
            if place:
                shared[place] = speaker
        whom = cited_by(context.analysis.report, attributions[number], speaker, _bounds(context, attributions[number]))
        speakers[number] = speaker if whom is None else through(speaker, holders, whom)
    for number in order:
        if number not in speakers:
            parent = parents[number]
            outer = speakers.get(parent) if parent is not None else None
            speakers[number] = holders.resolve(attributions[number].source, outer=outer)
    told = [_of_a_country(speakers[number], world) for number in range(len(attributions))]
    told = with_own_fighters(told, attributions)
    named = _named_later(told)
    return with_issuers(named, [_sentence_of(context, item) for item in attributions])


def _of_a_country(speaker: Speaker, world: ActorLookup) -> Speaker:
    """Return "Yemen's Houthis" as the Houthis, where the gazetteer knows the group by its own name alone."""
    owner, mark, name = speaker.holder.words.replace("’", "'").rpartition("'s ")
    body = world.actor(name) if mark and owner and speaker.holder.kind == "unknown" else None
    if body is None or body.kind != "armed_group":
        return speaker
    holder = Actor(name=body.name, kind=body.kind, country=body.country, sector=body.sector, words=speaker.holder.words)
    return replace(speaker, holder=holder)


def _bounds(context: _Context, item: Attribution) -> tuple[int, int]:
    """Return where the sentence of a cue begins and ends; for a bare quotation an empty range."""
    line = context.line_at(item.cue.start) if item.cue else None
    return (line.sentence.start, line.sentence.end) if line else (0, 0)


def _sentence_of(context: _Context, item: Attribution) -> str:
    """Return the sentence of a cue; nothing for a bare quotation."""
    return context.analysis.report.text[slice(*_bounds(context, item))]


def _named_later(speakers: Sequence[Speaker]) -> list[Speaker]:
    """Give "a monitor said" at the head of the news the name that the report gives later, where only one fits."""
    settled = list(speakers)
    last = {speaker.holder: number for number, speaker in enumerate(speakers)}
    done: set[str | None] = set()
    for number, speaker in enumerate(speakers):
        row = told_ahead_by(speaker.holder.words) if not speaker.holder.is_named else None
        if speaker.holder.name in done or not (row or _is_lone(speaker.holder) or speaker.holder.name in SORTED):
            continue
        behind = [holder for holder, at in last.items() if at > number]
        later = [holder for holder in behind if (row and row.fits(holder)) or _shortens(speaker.holder, holder)]
        if later and len({holder.name for holder in later}) == 1:
            done.add(speaker.holder.name)
            same = [at for at, other in enumerate(speakers) if other.holder.name == speaker.holder.name]
            for at in same:
                holder = later[0].model_copy(update={"words": speakers[at].holder.words})
                settled[at] = replace(speakers[at], holder=holder)
    return settled


def _is_lone(one: Actor) -> bool:
    """Tell whether an armed group is a single word with a capital, as headlines shorten names."""
    return one.words[:1].isupper() and " " not in one.words and one.kind == "armed_group"


def _shortens(one: Actor, other: Actor) -> bool:
    """Tell whether a lone word of a headline is the end of a name: "Front denies raid" · "The Eastern Front denied".

    "Hospital lowers toll" is of the one hospital that the text goes on to name.
    """
    if one.name in SORTED:
        return one.words[:1].isupper() and other.kind == one.kind and f" {one.name}" in f" {(other.name or '').lower()}"
    return (
        _is_lone(one)
        and other.kind == "armed_group"
        and other.is_named
        and (other.name or "").endswith(f" {one.words}")
    )


def _organisations(analysis: Analysis) -> frozenset[str]:
    """Return the names that the model takes for bodies, and never for people."""
    found: dict[str, set[str]] = {}
    for chunk in analysis.chunks("entity"):
        words = analysis.report.text[analysis.tokens[chunk.first].start : analysis.tokens[chunk.last - 1].end]
        found.setdefault(words.removeprefix("The ").removeprefix("the "), set()).add(chunk.label)
    return frozenset(words for words, labels in found.items() if labels == {"ORG"})


def _source_place(item: Attribution) -> int:
    return (item.source or item.cue or item.contents[0]).start


def _antecedent(context: _Context, source: Span | None, content: Span) -> str:
    """Return the noun phrase before a relative pronoun; for "…, his spokesman said" the one that heads what is said."""
    line = context.line_at(source.start) if source else None
    if source is None or line is None:
        return ""
    if source.text.lower().startswith(_POSSESSIVE) and line.sentence.start <= content.start < source.start:
        first = bisect_right(line.starts, content.start) - 1
        head = source_behind(line, first, len(line))
        words = context.analysis.report.text[line.start(head[0]) : line.end(head[1])] if head else ""
        return re.split(r"\s(?=[a-z]+ed\b)", words)[0]
    if source.text.lower() not in _RELATIVE:
        return ""
    index = bisect_right(line.starts, source.start) - 1
    end = index - (line.at(index - 1) == ",")
    if end < index and line.at(end - 1).isdigit() and line.at(end - 2) == ",":
        end -= 2  # "Ana Ruiz, 58, who"
    found = source_before(line, end, 0) if end > 0 else None
    if found is None:
        return ""
    words = context.analysis.report.text[line.start(found[0]) : line.end(found[1])]
    words = _with_name(line, found, words, context.analysis.report.text)
    return re.sub(r"^according to\s+", "", words, flags=re.IGNORECASE)


def _with_name(line: Line, found: tuple[int, int], words: str, text: str) -> str:
    """Give an apposition the name before it: "X, an al Qaeda affiliate, which claimed" is about X."""
    first = found[0] - (line.at(found[0] - 1) in ("a", "an", "the"))
    if line.at(first) not in ("a", "an", "the") or line.at(first - 1) != "," or not line.capital(first - 2):
        return words
    start = first - 2
    while start and line.capital(start - 1):
        start -= 1
    return f"{text[line.start(start) : line.end(first - 2)]}, {words}"


def _build(context: _Context, item: Attribution, holder: Actor, voices: Voices) -> Statement:
    contents = [(span.start, span.end) for span in item.contents]
    line = context.line_at(item.cue.start) if item.cue else None
    last = context.line_at(item.source.end - 1) if item.source else None  # a broken speaker line ends further on
    sentence = (line.sentence.start, max(line.sentence.end, last.sentence.end if last else 0)) if line else (0, 0)
    return Statement(
        holder=holder,
        holder_span=item.source,
        via=context.channels.near(item.cue, _clause(context, item.cue, sentence), contents) if item.cue else None,
        cue=item.cue,
        content=item.contents,
        verbatim=all(_verbatim(context.marks, span) for span in item.contents),
        said=_said(context, item, sentence, voices),
        stance=stance_of(item.cue.text if item.cue else "", ", ".join(span.text for span in item.contents)),
    )


def _clause(context: _Context, cue: Span, sentence: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a sentence between semicolons in which a cue stands."""
    text = context.analysis.report.text
    end = text.find(";", cue.end, sentence[1])
    return max(text.rfind(";", sentence[0], cue.start) + 1, sentence[0]), end if end > 0 else sentence[1]


def _verbatim(marks: Marks, span: Span) -> bool:
    """Tell whether a piece of content is a quotation from mark to mark (a comma may stand behind the mark)."""
    end = span.end
    while end > span.start and span.text[end - span.start - 1] in ",. ":
        end -= 1
    quotation = marks.within.at(span.start)
    return quotation is not None and any(
        start == span.start and stop >= end and stop <= span.end + 1 for start, stop in quotation.pieces
    )


def _said(context: _Context, item: Attribution, sentence: tuple[int, int], voices: Voices) -> Moment | None:
    """Return the time expression nearest to the cue that stands in the same voice as the cue, outside the source."""
    if item.cue is None:
        return None
    source = (item.source.start, item.source.end) if item.source else (0, 0)
    best: tuple[int, Moment] | None = None
    first = bisect_right(context.moment_starts, sentence[0] - 1)
    for start, end, moment in context.moments[first : first + _MOMENTS]:
        if start >= sentence[1]:
            break
        if source[0] <= start < source[1] or voices.at(start) != voices.at(item.cue.start):
            continue
        if _closes_content(context.analysis.report.text, end, item):
            continue
        distance = min(abs(start - item.cue.end), abs(item.cue.start - end))
        if best is None or distance < best[0]:
            best = (distance, moment)
    return best[1] if best else None


def _closes_content(text: str, end: int, item: Attribution) -> bool:
    """Tell whether a time ends what is said, a comma before its sayer: "… on Saturday, residents said"."""
    begins = [span.start for span in (item.source, item.cue) if span is not None]
    if not item.contents or item.contents[0].start >= end:
        return False  # "On Saturday, residents said that …"
    return min(begins) > end and text[end : min(begins)].strip() == ","


_MOMENTS = 40  # time expressions of one sentence that are looked at
