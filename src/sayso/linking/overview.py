"""``overview``: one incident over all the reports that tell of it, as the ledger shows it.

An incident is a view: it is made anew from the accounts and their claims, and picks what it shows by printed rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeVar

from sayso.linking.findings import Display, Judged, Told, display_value, judge
from sayso.linking.weighing import AGAINST, OPEN
from sayso.records import Claim, ClaimValue, Incident
from sayso.values import Moment, Place, Quantity

Value = TypeVar("Value")

VAGUE_KIND: Final = "other"
"""The kind that any other is more specific than."""


@dataclass(frozen=True)
class Overview:
    """An incident with all that led to it.

    Attributes:
        incident: the view; its findings count origins over all reports.
        accounts: what single readings say of it, the first published first.
        claims: all claims of all accounts.
        judged: the findings with their conflicts and revisions, in the order of ``incident.findings``.
        told: report id → its origin, day, outlet and headlines.

    """

    incident: Incident
    accounts: tuple[Incident, ...]
    claims: tuple[Claim, ...]
    judged: tuple[Judged, ...]
    told: Mapping[str, Told]

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        """Id → claim."""
        return {claim.id: claim for claim in self.claims}

    @property
    def origins(self) -> int:
        """Number of independent origins behind its reports."""
        return len({self.told[report].origin for report in self.incident.reports if report in self.told})

    @property
    def disputed(self) -> tuple[str, ...]:
        """Fields with a dispute, sorted."""
        return tuple(sorted({row.finding.field for row in self.judged if row.finding.status == "disputed"}))

    def display(self, judged: Judged) -> Display:
        """Return the value shown for a finding, and the rule that chose it."""
        return display_value(judged, self.claims, self.told)

    def toll(self, field: str) -> tuple[int, int | None] | None:
        """Return the range over all whole tolls that somebody asserts and has not replaced; None without any."""
        counts = [count for group, count, _ in self._counts(field) if group == ""]
        if not counts:
            return None
        highs = [count.high for count in counts]
        top = None if None in highs else max(high for high in highs if high is not None)
        return min(count.low for count in counts), top

    def toll_of_parts(self, field: str) -> tuple[int, None] | None:
        """Return how many there are at least where nobody counts all of them ("two soldiers"); None without any.

        A holder's largest group is counted, never a sum: officers may be among the soldiers. Of several holders it is
        the one who counts least, as the lower end of a whole toll is.
        """
        most: dict[str, int] = {}
        for _, count, holder in self._counts(field):
            most[holder] = max(count.low, most.get(holder, 0))
        least = min((low for low in most.values() if low), default=None)
        return None if least is None else (least, None)

    def _counts(self, field: str) -> Iterator[tuple[str, Quantity, str]]:
        """Yield group, count and holder of the claims on a field that somebody asserts and has not replaced."""
        for row in (row for row in self.judged if row.finding.field == field):
            for claim in (self.by_id[number] for value in row.finding.values for number in value.claims):
                if claim.id not in row.superseded and _asserted(claim) and isinstance(claim.value, Quantity):
                    yield row.group, claim.value, claim.holder.name or claim.holder.words


def overview(number: str, accounts: Sequence[Incident], claims: Sequence[Claim], told: Mapping[str, Told]) -> Overview:
    """Return one incident from its accounts, whatever their order.

    The kind is that of most origins (then the one that says more than "other", then of the first report); title, and
    where no claim gives them time and place, are those of the first published account of that kind. The place is one
    that a map can show, if anybody asserts one.

    Args:
        number: id of the incident.
        accounts: its accounts, at least one: incidents of single readings.
        claims: all their claims.
        told: of every report that an account is of.

    """
    ordered = tuple(sorted(accounts, key=lambda account: _first_published(account, told)))
    rows = judge(claims, told)
    lead = _lead(ordered, told)
    shown = {row.finding.field: display_value(row, claims, told).value for row in reversed(rows)}
    when, where = shown.get("when"), shown.get("where")
    incident = Incident(
        id=number,
        kind=lead.kind,
        title=lead.title,
        when=when
        if isinstance(when, Moment) and when.resolved
        else _first(account.when for account in (lead, *ordered)),
        where=_mapped(where, rows, claims, told)
        if isinstance(where, Place)
        else _first(account.where for account in (lead, *ordered)),
        reports=tuple(dict.fromkeys(report for account in ordered for report in account.reports)),
        findings=tuple(row.finding for row in rows),
        background=all(account.background for account in ordered),
    )
    return Overview(incident, ordered, tuple(claims), rows, told)


def _mapped(shown: Place, rows: Sequence[Judged], claims: Sequence[Claim], told: Mapping[str, Told]) -> Place:
    """Return a place that a map can show: the one chosen, or where it has no coordinates, the asserted one that has.

    What was chosen stays as its detail: "house, Ma'rib". Where no place has coordinates, one whose country is known
    is taken in the same way.
    """
    (row,) = [row for row in rows if row.finding.field == "where"]
    by_id = {claim.id: claim for claim in claims}
    stands = [
        value
        for value in row.finding.values
        if any(number not in row.superseded and _asserted(by_id[number]) for number in value.claims)
    ]
    most = max((_resolved(value.value) for value in stands), default=0)
    if most <= _resolved(shown):
        return shown
    best = tuple(value for value in stands if _resolved(value.value) == most)
    place = display_value(replace(row, finding=row.finding.model_copy(update={"values": best})), claims, told).value
    assert isinstance(place, Place)
    site, town = shown.name or shown.words, place.name or place.words
    return place if site.casefold() in town.casefold() else place.model_copy(update={"name": f"{site}, {town}"})


def _resolved(place: ClaimValue) -> int:
    """Return how much is known of where a place lies: 2 its coordinates, 1 its country, 0 nothing."""
    if not isinstance(place, Place):
        return 0
    return 2 if place.lat is not None else int(place.country is not None)


def _lead(accounts: Sequence[Incident], told: Mapping[str, Told]) -> Incident:
    """Return the account whose kind and title the incident takes."""
    main = [account for account in accounts if not account.background] or list(accounts)
    origins = {(account.kind, _told(account, told).origin) for account in main}
    votes = Counter(kind for kind, _ in origins)
    return max(main, key=lambda account: (votes[account.kind], account.kind != VAGUE_KIND))  # the first of equals


def _first_published(account: Incident, told: Mapping[str, Told]) -> tuple[str, str]:
    return _told(account, told).published or "9999", account.id


def _told(account: Incident, told: Mapping[str, Told]) -> Told:
    report = account.reports[0]
    return told.get(report) or Told(origin=report)


def _asserted(claim: Claim) -> bool:
    return claim.stance not in (*OPEN, *AGAINST)


def _first(values: Iterable[Value | None]) -> Value | None:
    return next((value for value in values if value is not None), None)
