"""Claims field by field: each value with who says so, how sure, when, and the number of its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.showing.labels import LABELS, SIGNS, in_order
from sayso.showing.wording import describe, how_sure, who

if TYPE_CHECKING:
    from sayso.records import Claim, Finding, Incident


@dataclass(frozen=True, slots=True)
class Said:
    """One claim of a value, in words."""

    id: str
    number: int
    holder: str
    own_voice: bool
    sure: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, with all who say it."""

    text: str
    said: tuple[Said, ...]

    @property
    def count(self) -> int:
        """How many claims say it."""
        return len(self.said)


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of an incident."""

    field: str
    label: str
    status: str
    sign: str
    values: tuple[Value, ...]


def numbered(claims: Iterable[Claim]) -> dict[str, int]:
    """Return id → number: claims of the same words have the same one, in the order of the text."""
    spans: dict[tuple[str, int, int], int] = {}
    ordered = sorted(claims, key=lambda claim: (claim.evidence.report, claim.evidence.start, claim.evidence.end))
    for claim in ordered:
        spans.setdefault(_place(claim), len(spans) + 1)
    return {claim.id: spans[_place(claim)] for claim in ordered}


def _place(claim: Claim) -> tuple[str, int, int]:
    return claim.evidence.report, claim.evidence.start, claim.evidence.end


def fields(incident: Incident, claims: Mapping[str, Claim], numbers: Mapping[str, int]) -> list[FieldView]:
    """Return the fields of an incident of one report in the order in which an analyst asks for them."""
    return [field_view(finding, claims, numbers) for finding in in_order(incident.findings)]


def field_view(finding: Finding, claims: Mapping[str, Claim], numbers: Mapping[str, int]) -> FieldView:
    """Return one field; claims that are missing are left out."""
    rows = [[claims[ref] for ref in value.claims if ref in claims] for value in finding.values]
    values = tuple(_value(row, numbers) for row in rows if row)
    return FieldView(finding.field, LABELS[finding.field], finding.status, SIGNS[finding.status], values)


def _value(claims: Sequence[Claim], numbers: Mapping[str, int]) -> Value:
    return Value(describe(claims[0]), tuple(said(claim, numbers.get(claim.id, 0)) for claim in claims))


def said(claim: Claim, number: int) -> Said:
    """Return one claim in words."""
    when = claim.said.format() if claim.said and claim.said.resolved else ""
    return Said(claim.id, number, who(claim), claim.holder.kind == "report", how_sure(claim), when, claim.evidence.text)
