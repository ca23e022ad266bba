"""``Scene``: the claims of one incident, and what is known of the reports in which they stand.

READING, "Findings". What only many reports need: who is the same holder in all of them, what was said when, which
country "the army" is of, what stands in a headline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from sayso.linking.sayers import identities, raw_name
from sayso.records import Claim, Report
from sayso.values import Actor, Moment, Place

HOME: Final = ("government", "military", "police")
ABROAD: Final = ("coalition", "allied", "foreign", "peacekeep", "nato")
"""Words of forces that are not those of the country they are in."""


class Told(NamedTuple):
    """What findings need to know of a report beside its claims."""

    origin: str
    """Id of its origin; reports of one origin count once."""
    published: str = ""
    """ISO 8601 date or date-time; "" where unknown."""
    publisher: str | None = None
    headlines: tuple[tuple[int, int], ...] = ()
    """[start, end) of its headlines."""


@dataclass(frozen=True)
class Scene:
    """The claims of one incident with what is known of their reports."""

    claims: tuple[Claim, ...]
    told: Mapping[str, Told]

    def of(self, claim: Claim) -> Told:
        """Return what is known of the report of a claim; a report nobody described is its own origin."""
        report = claim.evidence.report
        return self.told.get(report) or Told(origin=report)

    def holder(self, claim: Claim) -> str:
        """Return who says it, so that one holder is one over all reports; a report’s own voice is that report’s."""
        return self._holders[claim.evidence.report, raw_name(claim)]

    @cached_property
    def _holders(self) -> dict[tuple[str, str], str]:
        return identities(self.claims)

    @cached_property
    def country(self) -> str | None:
        """Alpha-3 of the country in which most say that it happened."""
        told = Counter(row.value.country for row in self.claims if isinstance(row.value, Place) and row.value.country)
        return min(told, key=lambda code: (-told[code], code), default=None)

    def at_home(self, actor: Actor) -> Actor:
        """Return "the regime", "the army" as that of the country it happened in; everybody else as he is."""
        local = actor.kind in HOME and actor.country is None and not actor.is_named
        if not local or self.country is None or any(word in actor.words.casefold() for word in ABROAD):
            return actor
        return actor.model_copy(update={"country": self.country})

    @cached_property
    def first_told(self) -> str:
        """ISO 8601 day of the first report; "" where no day is known."""
        reports = {claim.evidence.report for claim in self.claims}
        days = (self.told[report].published[:10] for report in reports if report in self.told)
        return min((day for day in days if day), default="")

    def is_after(self, claim: Claim) -> bool:
        """Tell whether a day lies after that of the first report: nobody tells of what has not happened yet."""
        moment = claim.value
        day = (moment.earliest or "")[:10] if isinstance(moment, Moment) and moment.resolved else ""
        return bool(day and self.first_told) and day > self.first_told

    def in_headline(self, claim: Claim) -> bool:
        """Tell whether a claim was read from a headline."""
        return any(start <= claim.evidence.start < end for start, end in self.of(claim).headlines)

    def time(self, claim: Claim) -> tuple[str, str, str, int]:
        """Return when it was said, for ordering: the day said, else published; then the place in the text."""
        said = claim.said.latest if claim.said and claim.said.resolved else None
        published = self.of(claim).published
        return ((said or published)[:10], said or published, claim.evidence.report, claim.evidence.start)


def told_of(report: Report, origin: str) -> Told:
    """Return what findings need to know of a report."""
    heads = tuple((block.start, block.end) for block in report.blocks if block.kind == "headline")
    return Told(origin, report.published or "", report.publisher, heads)
