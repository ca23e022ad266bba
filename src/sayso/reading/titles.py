"""One sentence that names an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.records import Target

if TYPE_CHECKING:
    from sayso.reading.incidents import IncidentKind
    from sayso.records import Claim
    from sayso.values import Moment, Place

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


def title_of(kind: IncidentKind, when: Moment | None, where: Place | None, claims: list[Claim]) -> str:
    """Return a title from the kind, the first target, the place and the day: "Bombing on a bus in X, Sun 4 May"."""
    parts = [kind.label]
    target = next((claim.value for claim in claims if claim.field == "target"), None)
    if isinstance(target, Target) and kind.name in AIMED:
        parts[0] += f" on {target.words}"
    if where is not None:
        parts[0] += f" in {where.words if where.name is None else where.format()}"
    if when is not None:
        parts.append(when.format())
    return ", ".join(parts)
