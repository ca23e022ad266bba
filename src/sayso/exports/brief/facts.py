"""What a brief says, as plain values; ``markdown`` and ``page`` only put it on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from sayso import __version__
from sayso.exports.digest import label_of
from sayso.exports.selection import Case, Selection
from sayso.ledger.asking.history import readers_of
from sayso.ledger.asking.telling import Ground, grounds
from sayso.linking.grades import grade
from sayso.records import Claim, Report
from sayso.showing.labels import LABELS
from sayso.showing.rows import quoted, voice
from sayso.showing.wording import describe, how_sure, place, visible
from sayso.values import Moment, Quantity

ASKED: Final = ("perpetrator", "responsibility_claim", "target", "weapon", "killed", "injured", "when", "where")
"""Fields of which a reader wants to know that nobody says anything."""
NOBODY: Final = {
    "perpetrator": "who did it",
    "responsibility_claim": "whether anybody has claimed it",
    "target": "whom or what it was aimed at",
    "weapon": "what it was done with",
    "killed": "how many were killed",
    "injured": "how many were injured",
    "when": "when it happened",
    "where": "where it happened",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words with where they stand; ``number`` is that of the brief."""

    number: int
    outlet: str
    published: str
    title: str
    url: str
    report: str
    before: str
    words: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a value (through whom and which channel), how sure, and the citations."""

    who: str
    sure: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a finding; ``grade`` is the digit of the Admiralty code with its rule."""

    words: str
    voices: tuple[Voice, ...]
    grade: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: its label, its status, its values (the one shown first), and the rule that chose that one."""

    label: str
    status: str
    values: tuple[Value, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two values that cannot both be true, with the cause and the citations of both."""

    label: str
    one: str
    other: str
    cause: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One report: its outlet, day, title, address; the hash of its bytes; what it shares with others."""

    report: str
    outlet: str
    published: str
    title: str
    url: str
    sha256: str
    origin: str


@dataclass(frozen=True, slots=True)
class Story:
    """One incident."""

    id: str
    title: str
    kind: str
    when: str
    where: str
    reports: int
    origins: int
    lines: tuple[Line, ...]
    disputes: tuple[Dispute, ...]
    unknown: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """All of it.

    Attributes:
        stories: the incidents, the latest first.
        citations: by number.
        readers: "sayso VERSION, language model DIGEST" → number of reports it has read.
        claims: how many claims there are.
        reviewed: how many of them a person has judged.
        ledger: number and hash of the newest entry of the log that it rests on.
        asked: what was asked for, in words.

    """

    stories: tuple[Story, ...]
    citations: tuple[Citation, ...]
    readers: Mapping[str, int]
    claims: int
    reviewed: int
    ledger: tuple[int, str]
    asked: str
    version: str = __version__


@dataclass(slots=True)
class _Cites:
    """Numbers citations: the same words of the same report have one number."""

    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    found: list[Citation] = field(default_factory=list)

    def of(self, claim: Claim, reports: Mapping[str, Report]) -> int:
        span = claim.evidence
        key = (span.report, span.start, span.end)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            report = reports[span.report]
            before, words, after = map(_kept, quoted(report, span))
            cited = Citation(
                number=self.numbers[key],
                outlet=_outlet(report),
                published=_day(report),
                title=visible(report.title or ""),
                url=report.url or "",
                report=report.id,
                before=before,
                words=words,
                after=after,
                start=span.start,
                end=span.end,
            )
            self.found.append(cited)
        return self.numbers[key]


def brief(chosen: Selection, asked: str = "") -> Brief:
    """Return what a brief on these incidents says.

    Args:
        chosen: the incidents; few, for all of them and their texts are held at once.
        asked: what was asked for, in words.

    """
    cites, stories, claims, reviewed = _Cites(), [], 0, 0
    reports: dict[str, Report] = {}
    for case in chosen.cases():
        for number in case.reports:
            reports.setdefault(number, chosen.ledger.report(number))
        stories.append(_story(case, reports, cites))
        claims += len(case.gathered.overview.claims)
        reviewed += sum(1 for each in case.gathered.reviews.values() if each.verdict)
    readers: dict[str, int] = {}
    for row in readers_of(chosen.connection, reports).values():
        name = f"sayso {row['version']}, language model {row['model']}"
        readers[name] = readers.get(name, 0) + 1
    head = chosen.ledger.head()
    seq = chosen.as_of if chosen.as_of is not None else head.seq
    digest = head.hash if chosen.as_of is None else ""
    return Brief(
        tuple(stories), tuple(cites.found), dict(sorted(readers.items())), claims, reviewed, (seq, digest), asked
    )


def _story(case: Case, reports: Mapping[str, Report], cites: _Cites) -> Story:
    view = case.gathered.overview
    order = list(LABELS)
    found = sorted(grounds(case.gathered), key=lambda ground: order.index(ground.judged.finding.field))
    lines = tuple(_line(ground, case, reports, cites) for ground in found)
    when, where = view.incident.when, view.incident.where
    return Story(
        id=case.id,
        title=visible(view.incident.title),
        kind=view.incident.kind.replace("_", " "),
        when=when.format() if when else "no date",
        where=place(where) if where else "place unknown",
        reports=len(view.incident.reports),
        origins=view.origins,
        lines=lines,
        disputes=tuple(_disputes(found, case, reports, cites)),
        unknown=tuple(_unknown(case)),
        sources=tuple(_sources(case, reports)),
    )


def _line(ground: Ground, case: Case, reports: Mapping[str, Report], cites: _Cites) -> Line:
    view, judged = case.gathered.overview, ground.judged
    values = sorted(judged.finding.values, key=lambda value: value.value != ground.display.value)
    rows = []
    for value in values:
        claims = [view.by_id[number] for number in value.claims]
        digit = grade(value, judged, view.claims, view.told)
        rows.append(
            Value(
                words=describe(claims[0]),
                voices=tuple(_voices(claims, case, reports, cites)),
                grade=f"{digit.digit}: {digit.rule}",
                replaced=all(claim.id in judged.superseded for claim in claims),
            )
        )
    rule = ground.display.rule if len(values) > 1 else ""
    return Line(label_of(judged), judged.finding.status, tuple(rows), rule)


def _voices(claims: Iterable[Claim], case: Case, reports: Mapping[str, Report], cites: _Cites) -> Iterator[Voice]:
    """Yield each sayer once for each way of saying it."""
    view = case.gathered.overview
    alike: dict[tuple[str, str], list[int]] = {}
    for claim in claims:
        key = (visible(voice(claim, view)), how_sure(claim))
        number = cites.of(claim, reports)
        numbers = alike.setdefault(key, [])
        if number not in numbers:
            numbers.append(number)
    for (who, sure), numbers in alike.items():
        yield Voice(who, sure, tuple(sorted(numbers)))


def _disputes(found: Iterable[Ground], case: Case, reports: Mapping[str, Report], cites: _Cites) -> Iterator[Dispute]:
    """Yield each pair of values that clash once, whoever says them."""
    view = case.gathered.overview
    for ground in found:
        met: dict[tuple[str, str, str], set[int]] = {}
        for each in ground.judged.conflicts:
            one, other = view.by_id[each.one], view.by_id[each.other]
            key = (_said(one, case), _said(other, case), each.cause)
            met.setdefault(key, set()).update(cites.of(claim, reports) for claim in (one, other))
        for (first, second, cause), numbers in met.items():
            yield Dispute(label_of(ground.judged), first, second, cause, tuple(sorted(numbers)))


def _said(claim: Claim, case: Case) -> str:
    sure = how_sure(claim)
    return f"{describe(claim)} ({visible(voice(claim, case.gathered.overview))}{f', {sure}' if sure else ''})"


def _unknown(case: Case) -> Iterator[str]:
    """Yield what a reader would ask and no report tells, and what is told but cannot be pinned down."""
    view = case.gathered.overview
    said = {judged.finding.field for judged in view.judged}
    for name in ASKED:
        known = {"when": view.incident.when, "where": view.incident.where}.get(name)
        if name not in said and known is None:
            yield f"No report says {NOBODY[name]}."
    for judged in view.judged:
        values = [value.value for value in judged.finding.values]
        for value in values:
            if isinstance(value, Moment) and not value.resolved:
                yield f"“{visible(value.words)}” cannot be dated: {value.anchor or 'nothing to count from'}."
        if all(isinstance(value, Quantity) and value.vague for value in values):
            words = " and ".join(f"“{visible(str(value.words))}”" for value in values if isinstance(value, Quantity))
            yield f"{label_of(judged)}: only {words}, no number."
    undated = [row for row in case.reports.values() if not row["published"]]
    if undated:
        yield f"The day of publication of {len(undated)} of {len(case.reports)} reports is unknown."


def _sources(case: Case, reports: Mapping[str, Report]) -> Iterator[Source]:
    shared = {
        report: origin.reason
        for origin in case.gathered.origins
        if len(origin.reports) > 1
        for report in origin.reports
    }
    for number, row in case.reports.items():
        report = reports[number]
        yield Source(
            number, _outlet(report), _day(report), visible(report.title or ""), report.url or "", row["sha256"],
            visible(shared.get(number, "")),
        )  # fmt: skip


def _kept(part: str) -> str:
    """Return a quoted part with hidden characters spelled out and the blanks at its ends kept."""
    shown = visible(part)
    return f"{' ' * part[:1].isspace()}{shown}{' ' * part[-1:].isspace()}" if shown else part


def _outlet(report: Report) -> str:
    return visible(report.publisher or "outlet unknown")


def _day(report: Report) -> str:
    return (report.published or "day unknown")[:16].replace("T", " ")
