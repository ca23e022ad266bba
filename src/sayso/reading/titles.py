"""One sentence that names an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.records import Target

if TYPE_CHECKING:
    from sayso.reading.happenings.taxonomy import IncidentKind
    from sayso.records import Claim
    from sayso.values import Moment, Place
    from sayso.vocab.gazetteer import Gazetteer

AIMED = (
    "armed_clash",
    "artillery_rocket_missile",
    "air_drone_strike",
    "bombing",
    "suicide_bombing",
    "vehicle_bombing",
    "grenade",
    "arson",
    "other",
    "shooting",
)
"""Kinds whose label takes "on" and a target ("Bombing on …" reads badly for an accident)."""


def title_of(
    kind: IncidentKind, when: Moment | None, where: Place | None, claims: list[Claim], world: Gazetteer
) -> str:
    """Return a title from the kind, the first target, the place and the day: "Bombing on a bus in X, Sun 4 May"."""
    parts = [kind.label]
    place = _place(where, world) if where is not None else ""
    target = next((claim.value for claim in claims if claim.field == "target"), None)
    if isinstance(target, Target) and kind.name in AIMED and not _same(target.words, place):
        parts[0] += f" on {_without_preposition(target.words)}"
    if place:
        parts[0] += f" at {place}" if where is not None and where.precision == "point" else f" in {place}"
    if when is not None:
        parts.append(when.format())
    return ", ".join(parts)


def _place(where: Place, world: Gazetteer) -> str:
    """Return a place for a reader, its country by name: "Kara, Togo"."""
    if where.name is None:
        return where.words
    fact = world.by_code(where.country) if where.country else None
    if fact is None or where.precision == "country":
        return where.format()
    return where.format().removesuffix(f", {where.country}") + f", {fact.name}"


def _same(target: str, place: str) -> bool:
    """Tell whether the target is the place, or holds its name: said once is enough."""
    names = {part.strip().casefold() for part in place.split(",")}
    return any(name and (name in target.casefold() or target.casefold() in name) for name in names)


def _without_preposition(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ("of", "at", "on", "in", "targeting", "against") else words
