"""PLOVER events as in POLECAT: who did what to whom; accusations and denials are events of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, get_args

from sayso.exports.digest import whole_claims
from sayso.exports.profiles import Cell, Profile
from sayso.exports.profiles.choices import FIRST_DAY, SHOWN, Flat, lat, lon
from sayso.reading.happenings.taxonomy import kinds
from sayso.records import Claim, EventType, Target
from sayso.values import Actor

TYPES: Final[tuple[str, ...]] = get_args(EventType)
FIRST_OF_QUAD: Final = (0, 4, 7, 11)
"""Positions of the first type of each quad class in the order of ``EventType``."""
QUADS: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


@dataclass(frozen=True, slots=True)
class Deed:
    """One event: what was done, by whom, to whom, and the claim that tells of it (None: the incident as a whole)."""

    flat: Flat
    type: str
    mode: str
    actor: Actor | None
    recipient: Actor | Target | None
    claim: Claim | None = None

    @property
    def number(self) -> str:
        """Id of the event: of the incident, or of the claim."""
        return self.claim.id if self.claim else self.flat.incident.id

    @property
    def day(self) -> str | None:
        """The day of the deed: of words, when they were said, else published."""
        if self.claim is None:
            return self.flat.first_day
        said = self.claim.said
        if said and said.resolved and said.earliest:
            return said.earliest[:10]
        return (self.flat.case.reports[self.claim.evidence.report]["published"] or "")[:10] or None


def deeds(flat: Flat) -> Iterator[Deed]:
    """Yield the violence (or protest, raid …) itself, then who blames whom for it and who denies it."""
    kind = kinds().get(flat.incident.kind)
    if kind and kind.plover_type:
        yield Deed(flat, kind.plover_type, kind.plover_mode, flat.perpetrator, flat.target)
    for claim in whole_claims(flat.view, "perpetrator"):
        if isinstance(claim.value, Actor) and claim.holder.kind != "report":
            if claim.stance in ("accuses", "suspects"):
                yield Deed(flat, "ACCUSE", "allege", claim.holder, claim.value, claim)
            elif claim.stance in ("denies", "exonerates"):
                yield Deed(flat, "REJECT", "", claim.holder, None, claim)


def quad(kind: str) -> int:
    """Return the quad class of a type, 1 to 4."""
    return sum(TYPES.index(kind) >= first for first in FIRST_OF_QUAD)


def _name(who: Actor | Target | None) -> str | None:
    return (who.name or who.words) if who else None


def _country(who: Actor | Target | None) -> str | None:
    return who.country if who else None


def _sector(who: Actor | Target | None) -> str | None:
    return who.sector if isinstance(who, Actor) else None


def _row(deed: Deed) -> dict[str, object]:
    reports = deed.flat.reports
    return dict(deed.flat.case.reports[deed.claim.evidence.report]) if deed.claim else dict(reports[0])


PROFILE = Profile(
    name="plover",
    title="PLOVER events as in POLECAT: the deed, and each accusation and denial, one row an event",
    one="one event: the deed itself, an accusation, or a denial",
    rows=deeds,
    described_at="https://github.com/openeventdata/PLOVER",
    losses=(
        "Tolls, weapons, damage: events have no numbers.",
        "How sure: a suspicion and an accusation are one type; the hedge is lost.",
        "What is denied: a REJECT has no recipient here; the words are in `Event Words`.",
        "Contexts, intensity and the Wikipedia ids of POLECAT: left out, sayso does not judge them.",
    ),
    cells=(
        Cell("Event ID", lambda d: d.number, "id of the event", "The incident's for the deed, the claim's for words."),
        Cell("Event Date", lambda d: d.day, "day",
             f"Of the deed: {FIRST_DAY} Of words: when they were said, else published."),
        Cell("Event Type", lambda d: d.type, "PLOVER type", "Of the deed by vocab/incidents.toml."),
        Cell("Event Mode", lambda d: d.mode or None, "PLOVER mode"),
        Cell("Quad Code", lambda d: quad(d.type), "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict",
             type="integer"),
        Cell("Actor Name", lambda d: _name(d.actor), "who", f"Of the deed: {SHOWN}"),
        Cell("Actor Country", lambda d: _country(d.actor), "alpha-3"),
        Cell("Actor COW", lambda _: None, "Correlates of War number", "Always empty."),
        Cell("Primary Actor Sector", lambda d: _sector(d.actor), "PLOVER sector"),
        Cell("Recipient Name", lambda d: _name(d.recipient), "whom", "The first target; of an accusation the accused."),
        Cell("Recipient Country", lambda d: _country(d.recipient), "alpha-3"),
        Cell("Primary Recipient Sector", lambda d: _sector(d.recipient), "PLOVER sector",
             "Empty for targets: sectors are of actors."),
        Cell("Placename", lambda d: (d.flat.where.name or d.flat.where.words) if d.flat.where else None, "place",
             "Of the deed, also for words about it."),
        Cell("District", lambda _: None, "second-level division", "Always empty."),
        Cell("Province", lambda d: d.flat.where.admin1 if d.flat.where else None, "first-level division"),
        Cell("Country", lambda d: d.flat.country, "alpha-3"),
        Cell("Latitude", lambda d: lat(d.flat), "degrees north", "Empty where only the country is known.", "number"),
        Cell("Longitude", lambda d: lon(d.flat), "degrees east", "Empty where only the country is known.", "number"),
        Cell("Publisher", lambda d: _row(d)["publisher"], "outlet", "Of the first report, or of the words."),
        Cell("Headline", lambda d: _row(d)["title"], "headline"),
        Cell("Story IDs", lambda d: d.claim.evidence.report if d.claim else " ".join(d.flat.incident.reports),
             "ids of the reports"),
        Cell("Event Words", lambda d: d.claim.evidence.text if d.claim else None,
             "exact words (not a column of POLECAT)"),
    ),
)  # fmt: skip
