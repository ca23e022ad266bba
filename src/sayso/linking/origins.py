"""``find_origins``: which reports go back to one source, so that corroboration counts origins, never articles.

A copy, an excerpt and a text "with agencies" repeat whole passages of the narration. A sentence of somebody quoted
proves nothing: every reporter at a press conference writes it down; quotations are left out before passages are
compared. But who quotes forty words of the same statement has it from one paper. One informant is no origin either:
two reporters who both rang the hospital are two origins.

``origin_features`` is all that is compared of a report, in a record of some kilobytes that a ledger may keep;
``candidate_keys`` finds those worth comparing; ``same_origin`` decides on two; ``group`` makes the groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations
from operator import eq
from typing import Final, NamedTuple

from sayso.linking.passages import SIGNATURE, OriginFeatures, origin_features
from sayso.records import Origin, Report

__all__ = ["OriginFeatures", "Reason", "candidate_keys", "find_origins", "group", "origin_features", "same_origin"]

COPY: Final = 0.5
"""Share of five-word runs (MinHash estimate) from which two texts are one text with small changes."""
MOST_OF_IT: Final = 0.5
"""Share of the shorter report’s passages in the longer one from which it is an excerpt or the stock of the longer."""
PART: Final = 0.06
"""Share from which two reports of one happening, of the same days, draw on one text, whoever wrote it."""
SEVERAL: Final = 3
"""So few passages in common may be the stock sentences of a newsroom."""
STATEMENT: Final = 13
"""Quoted passages in common, some forty words, from which a statement was passed on: no reporter notes down so much."""
DAYS: Final = 4
"""A story is taken over within days; the stock sentences of a newsroom return for years."""
ALIKE: Final = 0.34
"""Share of the names and numbers of the shorter opening that both have, from which both tell of one thing."""
BANDS: Final = 16
"""Bands of the signature: a key each."""
SAMPLED: Final = 12
"""Passages that are keys too: those with the smallest hashes."""
CROWD: Final = 60
"""Reports a key may be borne by; what more share is stock."""


class Reason(NamedTuple):
    """Why two reports count as one source: a name for the rule, one sentence, and the source where it is named."""

    rule: str
    sentence: str
    name: str | None


class Shared(NamedTuple):
    """What two reports have in common."""

    passages: int
    """Passages of eleven words and more, outside quotation marks, that stand word for word in both (a sample)."""
    part: float
    """… as a share of the passages of the shorter report."""
    quoted: int
    """Passages of eleven words and more that both quote word for word (a sample)."""
    likeness: float
    """Estimate of the share of five-word runs that both have."""
    services: tuple[str, ...]
    """Services both draw on; one of the two at least is credited to it."""
    near: bool
    """Published within a few days of each other, as far as that is known."""
    one_thing: bool
    """Their openings tell of one thing."""


def find_origins(
    reports: Sequence[Report], incidents: Mapping[str, Collection[str]] | None = None
) -> tuple[Origin, ...]:
    """Return the origins of reports: each report has exactly one, in the order of the reports.

    Args:
        reports: with their blocks, each id once.
        incidents: report id → ids of the incidents it was judged to tell of. Where it is known, passages in common
            count only between reports of one incident; else the openings tell.

    """
    rows = {report.id: origin_features(report) for report in reports}
    together = None if incidents is None else _of_one_incident(incidents)
    reasons: dict[tuple[str, str], Reason] = {}
    for a, b in _pairs(rows.values()):
        if reason := same_origin(rows[a], rows[b], together and together(a, b)):
            reasons[a, b] = reason
    return group(rows, reasons)


def group(rows: Mapping[str, OriginFeatures], reasons: Mapping[tuple[str, str], Reason]) -> tuple[Origin, ...]:
    """Return the groups that the reasons join, the same ones in whatever order they came.

    Args:
        rows: report id → what is compared of it; every report gets a group, in this order.
        reasons: pairs of report ids that share an origin.

    """
    leader = {report: report for report in rows}

    def lead_of(report: str) -> str:
        while leader[report] != report:
            report = leader[report]
        return report

    for a, b in sorted(reasons):
        first, second = sorted((lead_of(a), lead_of(b)))
        leader[second] = first
    members: dict[str, list[str]] = defaultdict(list)
    for report in rows:
        members[lead_of(report)].append(report)
    return tuple(_origin(rows, ids, reasons) for ids in members.values())


def candidate_keys(features: OriginFeatures) -> tuple[str, ...]:
    """Return the keys under which a report is filed; reports that share one are worth comparing.

    Compare besides, whatever their keys, the reports of one incident: a single passage in common may be in no key.
    """
    size = SIGNATURE // BANDS
    bands = [
        f"s {n} " + " ".join(map(str, features.signature[n * size : (n + 1) * size]))
        for n in range(BANDS if features.signature else 0)
    ]
    return (*bands, *(f"p {run}" for run in features.runs[:SAMPLED]))


def same_origin(a: OriginFeatures, b: OriginFeatures, one_incident: bool | None = None) -> Reason | None:
    """Return why two reports go back to one source, or None where nothing says so; the order does not matter.

    Args:
        a: one report.
        b: another.
        one_incident: whether they were judged to tell of one incident; None where nobody judged.

    """
    shared = compare(a, b, one_incident)
    for rule in RULES:
        if reason := rule(a, b, shared):
            return reason
    return None


def compare(a: OriginFeatures, b: OriginFeatures, one_incident: bool | None = None) -> Shared:
    """Return what two reports have in common; see :func:`same_origin`."""
    passages = len(a.passages & b.passages)
    return Shared(
        passages=passages,
        part=passages / max(1, min(len(a.runs), len(b.runs))),
        quoted=len(_quoted(a, b) & _quoted(b, a)),
        likeness=sum(map(eq, a.signature, b.signature)) / SIGNATURE,
        services=_services(a, b) if a.credits or b.credits else (),
        near=a.published is None or b.published is None or abs(a.published - b.published) <= DAYS,
        one_thing=_one_thing(a, b) if one_incident is None else one_incident,
    )


def _quoted(features: OriginFeatures, other: OriginFeatures) -> frozenset[int]:
    """Return the passages a report quotes; all of them where it has no quotation marks and the other has: lost ones."""
    return features.passages if not features.quoted and other.quoted else frozenset(features.quoted)


def _services(a: OriginFeatures, b: OriginFeatures) -> tuple[str, ...]:
    both = (set(a.credits) & {*b.credits, *b.cites}) | (set(b.credits) & {*a.credits, *a.cites})
    return tuple(sorted(both))


def _one_thing(a: OriginFeatures, b: OriginFeatures) -> bool:
    common = len(set(a.lead) & set(b.lead))
    return common > 1 and common >= ALIKE * min(len(a.lead), len(b.lead))


def is_copy(a: OriginFeatures, b: OriginFeatures, shared: Shared) -> Reason | None:
    """One text is a near-copy of the other: at least half of all runs of five words stand in both."""
    if shared.likeness < COPY:
        return None
    said = f"The texts are nearly the same: about {100 * shared.likeness:.0f} of 100 runs of five words stand in both"
    return Reason("copy", f"{said}{_credited(shared)}.", _name(a, b, shared))


def is_excerpt(a: OriginFeatures, b: OriginFeatures, shared: Shared) -> Reason | None:
    """One report holds most of the other’s narration word for word: a short wire in a long story, or its excerpt."""
    if shared.part < MOST_OF_IT or shared.passages < SEVERAL or not shared.near:
        return None
    said = f"{100 * shared.part:.0f} of 100 passages of the shorter text stand word for word in the longer one"
    return Reason("excerpt", f"{said}{_credited(shared)}.", _name(a, b, shared))


def from_one_service(a: OriginFeatures, b: OriginFeatures, shared: Shared) -> Reason | None:
    """One is credited to a service, the other credits or cites it, and both tell part of it in the same words."""
    if not (shared.services and shared.passages and shared.near and shared.one_thing):
        return None
    said = f"Both draw on {_listed(shared.services)} and share {_passages(shared)}"
    return Reason("service", f"{said}.", shared.services[0])


def retells(a: OriginFeatures, b: OriginFeatures, shared: Shared) -> Reason | None:
    """One report rests wholly on what one outlet reported, and the other is that outlet’s own."""
    for one, other in ((a, b), (b, a)) if a.rests_on or b.rests_on else ():
        source = {name for name in (other.publisher, *other.credits) if name}
        rests = [name for name in one.rests_on if name in source]
        if rests and shared.near and shared.one_thing:
            return Reason(
                "retells", f"One report only retells what {rests[0]} reported; the other is {rests[0]}’s.", rests[0]
            )
    return None


def rest_on_one(a: OriginFeatures, b: OriginFeatures, shared: Shared) -> Reason | None:
    """Both reports rest wholly on what one and the same outlet reported."""
    both = [name for name in a.rests_on if name in b.rests_on]
    if both and shared.near and shared.one_thing:
        return Reason("retells", f"Both reports only retell what {both[0]} reported.", both[0])
    return None


def shares_passages(a: OriginFeatures, b: OriginFeatures, shared: Shared) -> Reason | None:
    """Two reports of one thing, of the same days, tell part of it in the same words: one text lies behind them."""
    if shared.passages < SEVERAL or shared.part < PART or not (shared.near and shared.one_thing):
        return None
    said = f"They share {_passages(shared)}, {100 * shared.part:.0f} of 100 of the shorter text"
    return Reason("passages", f"{said}: one text lies behind both.", _name(a, b, shared))


def passes_on(a: OriginFeatures, b: OriginFeatures, shared: Shared) -> Reason | None:
    """Both reports pass on one statement: long stretches of it, and most of what the one quotes, word for word."""
    least = min((len(row.quoted) for row in (a, b) if row.quoted), default=0)
    if shared.quoted < STATEMENT or shared.quoted < MOST_OF_IT * least:
        return None
    if not (shared.near and shared.one_thing):
        return None
    return Reason("statement", f"Both pass on one statement: {_stretch(shared.quoted)} of it, word for word.", None)


RULES: Final[tuple[Callable[[OriginFeatures, OriginFeatures, Shared], Reason | None], ...]] = (
    is_copy,
    is_excerpt,
    from_one_service,
    retells,
    rest_on_one,
    shares_passages,
    passes_on,
)
"""In the order in which they are asked; the first that holds gives the reason. Docstrings are what the user reads."""


def _pairs(rows: Iterable[OriginFeatures]) -> list[tuple[str, str]]:
    """Return the pairs that share a passage, a band or an opening’s source, each once, in order."""
    filed: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        keys = {
            *candidate_keys(row),
            *(f"p {run}" for run in (*row.runs, *row.quoted)),
            *(f"r {name}" for name in row.rests_on),
        }
        keys |= {f"r {name}" for name in (row.publisher, *row.credits) if name}
        for key in keys:
            filed[key].append(row.report)
    found = {(min(a, b), max(a, b)) for ids in filed.values() if len(ids) <= CROWD for a, b in combinations(ids, 2)}
    return sorted(found)


def _of_one_incident(incidents: Mapping[str, Collection[str]]) -> Callable[[str, str], bool]:
    return lambda a, b: not set(incidents.get(a, ())).isdisjoint(incidents.get(b, ()))


def _origin(
    rows: Mapping[str, OriginFeatures], ids: Sequence[str], reasons: Mapping[tuple[str, str], Reason]
) -> Origin:
    row = rows[ids[0]]
    if len(ids) == 1:
        credit = f": credited to {row.credits[0]}" if row.credits else ""
        return Origin(
            reports=tuple(ids),
            name=(*row.credits, row.publisher)[0],
            reason=f"Shares no text with another report{credit}.",
        )
    own = [reasons[pair] for pair in sorted(reasons) if pair[0] in ids and pair[1] in ids]
    sentences = list(dict.fromkeys(reason.sentence for reason in own))
    more = f" ({len(own) - 1} more such pairs)" if len(own) > 1 else ""
    named = [reason.name for reason in own if reason.name]
    return Origin(reports=tuple(ids), name=named[0] if named else None, reason=sentences[0] + more)


def _name(a: OriginFeatures, b: OriginFeatures, shared: Shared) -> str | None:
    """Return the service both name, else the one either is credited to, else nobody."""
    return next(iter((*shared.services, *sorted({*a.credits, *b.credits}))), None)


def _credited(shared: Shared) -> str:
    if shared.services:
        return f", and both draw on {_listed(shared.services)}"
    return ""


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names[:2])


def _passages(shared: Shared) -> str:
    return f"{_stretch(shared.passages)} of narration, word for word"


def _stretch(passages: int) -> str:
    """Return how much is shared, from the sample: of runs of eight words about two in five are kept."""
    return f"about {5 * round((2.5 * passages + 7) / 5)} words"
