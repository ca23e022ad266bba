"""An incident in a few lines of plain words, for formats that have one field for text and none for a sayer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.ledger.asking.gathering import Gathered
from sayso.linking.findings import Judged
from sayso.linking.overview import Overview
from sayso.records import Claim
from sayso.showing.labels import LABELS
from sayso.showing.rows import group_of, voice
from sayso.showing.wording import describe, how_sure, visible


@dataclass(frozen=True, slots=True)
class Line:
    """What is said on one field: its label, whether it is disputed, and each value with all who say it."""

    label: str
    status: str
    values: tuple[tuple[str, tuple[str, ...]], ...]

    def __str__(self) -> str:
        values = "; ".join(f"{value} ({', '.join(voices)})" for value, voices in self.values)
        return f"{self.label}{' [disputed]' if self.status == 'disputed' else ''}: {values}"


def digest(gathered: Gathered) -> list[Line]:
    """Return a line for each finding, in the order in which an analyst asks for them."""
    view, order = gathered.overview, list(LABELS)
    rows = sorted(view.judged, key=lambda judged: (order.index(judged.finding.field), judged.group))
    return [Line(label_of(judged), judged.finding.status, tuple(_values(judged, view))) for judged in rows]


def label_of(judged: Judged) -> str:
    """Return what a finding is called, with the group a count is of."""
    of = group_of(judged.group)
    return LABELS[judged.finding.field] + (f" of {visible(of)}" if of else "")


def _values(judged: Judged, view: Overview) -> Iterator[tuple[str, tuple[str, ...]]]:
    for value in judged.finding.values:
        claims = [view.by_id[number] for number in value.claims]
        yield describe(claims[0]), tuple(dict.fromkeys(said_by(claim, view) for claim in claims))


def said_by(claim: Claim, view: Overview) -> str:
    """Return who says it, how sure, and in what stance where it is no plain assertion: "the army, “likely”"."""
    return ", ".join(part for part in (visible(voice(claim, view)), how_sure(claim)) if part)


def whole_claims(view: Overview, field: str) -> list[Claim]:
    """Return the claims on one field of all (no group), in the order of the findings."""
    return [
        view.by_id[number]
        for judged in view.judged
        if judged.finding.field == field and judged.group == ""
        for value in judged.finding.values
        for number in value.claims
    ]
