"""The claim matrix of an incident: fields down, holders across; what is disputed shows without colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.ledger.asking.gathering import Gathered
from sayso.ledger.asking.telling import Ground, grounds
from sayso.linking.overview import Overview
from sayso.linking.scene import Scene
from sayso.records import Claim, Report
from sayso.showing.labels import LABELS, SIGNS
from sayso.showing.rows import group_of, is_shown, outlet_names, quoted
from sayso.showing.wording import describe, how_sure, visible, who


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim in its sentence.

    Attributes:
        through: persons and channel through which it came.
        before: words before the evidence in its sentence.
        words: the evidence.
        after: words behind it.
        report: id of the report.
        start: code point at which the evidence begins.
        outlet: and day of the report.
        number: of the report among those of the incident: its citation.

    """

    through: str
    before: str
    words: str
    after: str
    report: str
    start: int
    outlet: str
    number: int


@dataclass(frozen=True, slots=True)
class Group:
    """One value on one holder's word, said once or more often.

    Attributes:
        value: in words.
        sure: certainty as worded, and stance.
        said: when it was said first; where the text does not tell, when the report was published.
        contested: somebody contradicts it.
        replaced: its holder has replaced it.
        state: "proposed", "reviewed" or "" by people's judgement.
        entries: each time it was said.

    """

    value: str
    sure: str
    said: str
    contested: bool
    replaced: bool
    state: str
    entries: tuple[Entry, ...]

    @property
    def numbers(self) -> list[int]:
        """Citations of the reports that say it."""
        return sorted({entry.number for entry in self.entries})


@dataclass(frozen=True, slots=True)
class Line:
    """One field (of one group of people): what is shown for it and why, and a cell for each holder."""

    field: str
    label: str
    status: str
    sign: str
    shown: str
    rule: str
    cells: tuple[tuple[Group, ...], ...]
    causes: tuple[str, ...]
    revisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Holders across, lines down."""

    holders: tuple[str, ...]
    lines: tuple[Line, ...]


def matrix(gathered: Gathered, reports: Mapping[str, Report]) -> Matrix:
    """Return the claim matrix; holders who say most stand first."""
    view = gathered.overview
    scene = Scene(view.claims, view.told)
    keys = [key for key, _ in Counter(scene.holder(claim) for claim in view.claims).most_common()]
    names = _names(view, scene, reports)
    order = list(LABELS)
    rows = sorted(grounds(gathered), key=lambda ground: order.index(ground.judged.finding.field))
    lines = tuple(_line(ground, view, scene, keys, reports) for ground in rows)
    return Matrix(tuple(names[key] for key in keys), lines)


def _names(view: Overview, scene: Scene, reports: Mapping[str, Report]) -> dict[str, str]:
    """Return what each holder is called; a report's own voice by its outlet."""
    outlets = outlet_names(reports)
    found: dict[str, str] = {}
    for claim in view.claims:
        own = claim.holder.kind == "report"
        name = outlets[claim.evidence.report] if own else claim.holder.name or f"“{claim.holder.words}”"
        found.setdefault(scene.holder(claim), visible(name))
    return found


def _line(ground: Ground, view: Overview, scene: Scene, keys: Sequence[str], reports: Mapping[str, Report]) -> Line:
    finding, of = ground.judged.finding, group_of(ground.judged.group)
    shown = next(claim for claim in ground.claims if is_shown(claim, ground))
    cells: dict[str, list[Claim]] = {key: [] for key in keys}
    for claim in ground.claims:
        cells[scene.holder(claim)].append(claim)
    return Line(
        field=finding.field,
        label=LABELS[finding.field] + (f" of {visible(of)}" if of else ""),
        status=finding.status,
        sign=SIGNS[finding.status].strip(),
        shown=describe(shown),
        rule=ground.display.rule,
        cells=tuple(tuple(_groups(cells[key], ground, view, reports)) for key in keys),
        causes=tuple(_causes(ground, view)),
        revisions=tuple(_revisions(ground, view)),
    )


def _groups(claims: Sequence[Claim], ground: Ground, view: Overview, reports: Mapping[str, Report]) -> Iterable[Group]:
    """Yield what one holder says, what is said alike only once."""
    alike: dict[tuple[str, str, bool, str], list[Claim]] = {}
    for claim in claims:
        state: str = ground.reviews[claim.id].state if claim.id in ground.reviews else ""
        replaced = claim.id in ground.judged.superseded
        alike.setdefault((describe(claim), how_sure(claim), replaced, state), []).append(claim)
    contested = {number for each in ground.judged.conflicts for number in (each.one, each.other)}
    for (value, sure, replaced, state), group in alike.items():
        yield Group(
            value=value,
            sure=sure,
            said=_said(group[0], view),
            contested=any(claim.id in contested for claim in group),
            replaced=replaced,
            state=state,
            entries=tuple(_entry(claim, reports) for claim in group),
        )


def _said(claim: Claim, view: Overview) -> str:
    """Return the day on which it was said, as far as is known."""
    if claim.said and claim.said.resolved:
        return claim.said.format()
    published = (view.told[claim.evidence.report].published or "")[:10]
    try:
        day = date.fromisoformat(published)
    except ValueError:
        return published
    return f"{day:%a} {day.day} {day:%b %Y}"


def _entry(claim: Claim, reports: Mapping[str, Report]) -> Entry:
    report = reports[claim.evidence.report]
    before, words, after = quoted(report, claim.evidence)
    return Entry(
        through=who(claim).partition(", ")[2],
        before=before,
        words=words,
        after=after,
        report=report.id,
        start=claim.evidence.start,
        outlet=outlet_names({report.id: report})[report.id],
        number=list(reports).index(report.id) + 1,
    )


def _causes(ground: Ground, view: Overview) -> Iterable[str]:
    for each in ground.judged.conflicts:
        one, other = view.by_id[each.one], view.by_id[each.other]
        yield f"{describe(one)} ({who(one)}) and {describe(other)} ({who(other)}): {each.cause}"


def _revisions(ground: Ground, view: Overview) -> Iterable[str]:
    for each in ground.judged.revisions:
        one, other = view.by_id[each.old], view.by_id[each.new]
        yield f"{visible(each.holder)} replaced {describe(one)} by {describe(other)}"
