"""A reader and a linker that can be foretold and take no time: the store is under test, not what it stores.

A report is lines such as "bombing Tarsk 5 killed 7": kind, place, day, and how many are said to have died.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.adding import Outcome, Tally, add, in_this_process
from sayso.errors import InputError
from sayso.intake import Capture, Given
from sayso.ledger import Ledger
from sayso.ledger.linker import Pair
from sayso.ledger.storing import Reader
from sayso.linking.clusters import LEVELS, cluster
from sayso.records import (
    Claim,
    Finding,
    FindingValue,
    Incident,
    Origin,
    Reading,
    Report,
    Statement,
    incident_id,
)
from sayso.values import Actor, Quantity

READER = Reader("0.0", "foretold")
HOLDERS = {
    "police": Actor(name="Tarsk police", kind="police", words="the police"),
    "mayor": Actor(name="Tarsk mayor", kind="government", words="the mayor"),
}
_LINE = re.compile(r"(\w+) (\w+) (\d+) killed (\d+), the (\w+) said")


def text_of(
    kind: str = "bombing", place: str = "Tarsk", day: int = 5, killed: int = 7, words: str = "", by: str = "police"
) -> str:
    """Return the text of a report on one incident."""
    return f"{kind} {place} {day} killed {killed}, the {by} said. {words}".rstrip()


def capture_of(text: str, place: str = "a.txt", **given: str) -> Capture:
    """Return what intake would capture of a file with this text."""
    return Capture(text.encode(), place, "text", Given(**given))


def line_of(text: str, **fields: str) -> Capture:
    """Return what intake would capture of a line of JSON Lines."""
    return Capture(json.dumps({"text": text, **fields}).encode(), "a.jsonl:1", "line")


def read(reports: Iterable[Report]) -> Iterator[Reading]:
    """Read reports, in order."""
    for report in reports:
        yield reading_of(report)


def reading_of(report: Report) -> Reading:
    """Return the reading of one report."""
    parts = [_parts(report, found) for found in _LINE.finditer(report.text)]
    return Reading(
        reports=(report,),
        statements=tuple(part[0] for part in parts),
        claims=tuple(part[1] for part in parts),
        incidents=tuple(part[2] for part in parts),
        origins=(Origin(reports=(report.id,), reason="read on its own"),),
    )


def _parts(report: Report, found: re.Match[str]) -> tuple[Statement, Claim, Incident]:
    span = report.span(found.start(), found.end(4))
    holder = HOLDERS[found[5]]
    statement = Statement(holder=holder, content=(span,), verbatim=False)
    value = Quantity(low=int(found[4]), high=int(found[4]), words=found[4])
    claim = Claim(
        incident=incident_id(span), field="killed", value=value, evidence=span, holder=holder, statement=statement.id
    )
    shown = FindingValue(value=value, claims=(claim.id,), holders=(holder.name or "",), origins=1)
    finding = Finding(field="killed", status="sole", values=(shown,))
    title = f"{found[1]} {found[2]} {found[3]}"
    return (
        statement,
        claim,
        Incident(id=claim.incident, kind="bombing", title=title, reports=(report.id,), findings=(finding,)),
    )


@dataclass(frozen=True)
class Alike:
    """How alike two accounts are."""

    score: float
    reasons: tuple[str, ...]


class QuickLinker:
    """Alike are accounts of one place, the more so the nearer their days; a place of more than four says nothing."""

    most = 4
    keep_at = 0.0  # even what says nothing: tests look at all links
    levels = LEVELS
    largest = 3

    def features_of(
        self, report: Report, incident: Incident, claims: Sequence[Claim], *, main: bool = True
    ) -> tuple[str, str, int]:
        """Return kind, place and day."""
        kind, place, day = incident.title.split()
        return kind, place, int(day)

    def write(self, features: Any) -> str:
        """Return them as JSON."""
        return json.dumps(features)

    def parse(self, text: str) -> tuple[str, str, int]:
        """Return what was written."""
        kind, place, day = json.loads(text)
        return kind, place, day

    def trace(self, report: Report) -> str:
        """Return nothing but the id."""
        return json.dumps({"report": report.id})

    def block_keys(self, features: Any) -> Iterable[str]:
        """Return the place, alone and with its days, and kind and day."""
        kind, place, day = features
        return [place, f"{place} {day // 2}", f"{kind} {day}"]

    def compare(self, a: Any, b: Any) -> Alike:
        """Return how alike two accounts are."""
        near = a[1] == b[1] and abs(a[2] - b[2]) <= 2
        score = 0.9 - 0.25 * abs(a[2] - b[2]) if near else 0.05
        return Alike(score, ("one place" if near else "apart",))

    def cluster(
        self,
        ids: Iterable[str],
        scored: Iterable[tuple[str, str, float]],
        same: Iterable[Pair] = (),
        not_same: Iterable[Pair] = (),
    ) -> Iterable[Iterable[str]]:
        """Cluster as in earnest."""
        return cluster(ids, scored, same, not_same)


def put(ledger: Ledger, items: Iterable[Capture | InputError]) -> list[Outcome]:
    """Add captures with the foretold reader."""
    return list(add(ledger, items, Tally(), read=read, reader=READER, parse=in_this_process))


def accounts_of(ledger: Ledger) -> set[frozenset[str]]:
    """Return the incidents as sets of the titles of their accounts, with the report each is of."""
    return {frozenset(ids) for ids in ledger.clusters().values()}
