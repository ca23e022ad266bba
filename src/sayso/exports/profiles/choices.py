"""How one value is made of many claims: the choices that profiles share. Each loses something; their rules say what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from sayso.exports.digest import digest
from sayso.exports.selection import Case
from sayso.linking.findings import Judged
from sayso.linking.overview import Overview
from sayso.records import Claim, ClaimValue, Incident, Target
from sayso.showing.wording import country_name
from sayso.values import Actor, Moment, Place, Quantity
from sayso.values.actor import OF_STATE

AGAINST: Final = ("denies", "exonerates", "doubts", "questions")
"""Stances that assert no value."""
LONGEST: Final = 3000
"""Characters of notes at most."""

SHOWN: Final = (
    "The value that sayso shows (most independent origins, then the narrowest, then the last); others are lost."
)
GROUPS: Final = "Where only groups are counted, the largest of them: that many there were at least."
FIRST_DAY: Final = (
    "The first day on which it may have happened; empty where no report lets one count. Never the day of publication."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The value shown for a finding, and the claims that say it."""

    value: ClaimValue
    claims: tuple[Claim, ...]
    judged: Judged


@dataclass(frozen=True)
class Flat:
    """One incident as others see it: one author, one target, one toll."""

    case: Case

    @property
    def view(self) -> Overview:
        """The incident with all its claims."""
        return self.case.gathered.overview

    @property
    def incident(self) -> Incident:
        """The incident."""
        return self.view.incident

    def shown(self, field: str) -> Choice | None:
        """Return the value shown for a field of all (no group); None where nobody says anything."""
        for judged in self.view.judged:
            if judged.finding.field == field and judged.group == "":
                value = self.view.display(judged).value
                row = next(row for row in judged.finding.values if row.value == value)
                return Choice(value, tuple(self.view.by_id[number] for number in row.claims), judged)
        return None

    @cached_property
    def author(self) -> Choice | None:
        """Who is said to have done it; None where nobody is, or the only word on it is a denial."""
        choice = self.shown("perpetrator")
        return choice if choice and any(claim.stance not in AGAINST for claim in choice.claims) else None

    @property
    def perpetrator(self) -> Actor | None:
        """The author as an actor."""
        value = self.author.value if self.author else None
        return value if isinstance(value, Actor) else None

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Everything said to have been the target, each name once: people first, then places."""
        found: dict[str, Target] = {}
        for judged in self.view.judged:
            if judged.finding.field == "target":
                for row in judged.finding.values:
                    if isinstance(row.value, Target) and not self._against(row.claims):
                        found.setdefault((row.value.name or row.value.words).casefold(), row.value)
        return tuple(sorted(found.values(), key=lambda target: target.kind == "place"))

    def _against(self, claims: Sequence[str]) -> bool:
        return all(self.view.by_id[number].stance in AGAINST for number in claims)

    @property
    def target(self) -> Target | None:
        """The first target."""
        return self.targets[0] if self.targets else None

    def counts(self, field: str, kinds: frozenset[str]) -> int | None:
        """Return the least number said of groups of these kinds of people, added up; None where none is counted."""
        found = []
        for judged in self.view.judged:
            value = self.view.display(judged).value if judged.finding.field == field and judged.group else None
            if isinstance(value, Quantity) and value.of is not None and value.of.kind in kinds:
                found.append(value.low)
        return sum(found) if found else None

    def count(self, field: str) -> Quantity | None:
        """Return the count shown; where nobody counts all, that of the largest group."""
        choice = self.shown(field)
        if choice is not None:
            return choice.value if isinstance(choice.value, Quantity) else None
        return max(self._groups(field), key=lambda count: count.low, default=None)

    def _groups(self, field: str) -> Iterator[Quantity]:
        """Yield the counts shown of groups; that none of one group was hurt says nothing of the others."""
        for judged in self.view.judged:
            if judged.finding.field == field and judged.group:
                value = self.view.display(judged).value
                if isinstance(value, Quantity) and value.low:
                    yield value

    @property
    def when(self) -> Moment | None:
        """When it happened, where that is resolved at either end."""
        when = self.incident.when
        return when if when and (when.earliest or when.latest) else None

    @property
    def first_day(self) -> str | None:
        """The first day, as precise as known, cut to the day."""
        return (self.when.earliest or self.when.latest or "")[:10] or None if self.when else None

    @property
    def days(self) -> int | None:
        """How many days it may have been; None where that is open."""
        when = self.when
        if when is None or not when.earliest or not when.latest:
            return None
        try:
            return (_last(when.latest) - _first(when.earliest)).days + 1
        except ValueError:
            return None

    @property
    def where(self) -> Place | None:
        """Where it happened."""
        return self.incident.where

    @property
    def pin(self) -> Place | None:
        """Where it happened, if that can be shown on a map."""
        where = self.where
        return where if where and where.lat is not None and where.precision != "country" else None

    @property
    def country(self) -> str | None:
        """Alpha-3 of the country."""
        return self.where.country if self.where else None

    @property
    def country_name(self) -> str | None:
        """Name of the country."""
        return country_name(self.country) if self.country else None

    @property
    def outlets(self) -> list[str]:
        """Outlets that report it, each once."""
        return list(dict.fromkeys(row["publisher"] for row in self.reports if row["publisher"]))

    @property
    def reports(self) -> list[Mapping[str, Any]]:
        """Rows of its reports, the first published first."""
        return sorted(self.case.reports.values(), key=lambda row: (row["published"] or "9999", row["id"]))

    @property
    def notes(self) -> str:
        """All that is said, with who says it, in one cell."""
        return "; ".join(map(str, digest(self.case.gathered)))[:LONGEST]

    @property
    def is_foreign_state(self) -> bool:
        """Tell whether the author acts for another state than that of the place."""
        author = self.perpetrator
        return bool(author and author.kind in OF_STATE and author.country and author.country != self.country)


def _first(moment: str) -> date:
    return date.fromisoformat({4: f"{moment}-01-01", 7: f"{moment}-01"}.get(len(moment), moment[:10]))


def _last(moment: str) -> date:
    from calendar import monthrange

    if len(moment) == len("2031"):
        return date(int(moment), 12, 31)
    if len(moment) == len("2031-05"):
        year, month = int(moment[:4]), int(moment[5:7])
        return date(year, month, monthrange(year, month)[1])
    return date.fromisoformat(moment[:10])


def lat(flat: Flat) -> float | None:
    """Return degrees north."""
    return flat.pin.lat if flat.pin else None


def lon(flat: Flat) -> float | None:
    """Return degrees east."""
    return flat.pin.lon if flat.pin else None


def hedged(choice: Choice | None) -> bool:
    """Tell whether all who say a value hedge it or only suspect it."""
    return (
        bool(choice) and all(claim.certainty or claim.stance == "suspects" for claim in choice.claims)
        if choice
        else False
    )
