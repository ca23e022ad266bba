"""Which kind an incident is of where its words leave it open but its claims do not (READING: "Kinds")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sayso.reading.passages import closed
from sayso.records import Claim, Target, Weapon
from sayso.values import Actor, Quantity

ARMED: Final = ("military", "police", "armed_group")
ARMED_TARGETS: Final = ("military_base", "police_station")
FROM_THE_AIR: Final = frozenset({"aircraft", "drone"})
DROPPED: Final = FROM_THE_AIR | {"bomb", "missile", "rocket"}
NO_AUTHOR: Final = ("denies", "exonerates", "doubts", "questions")


def kind_by_claims(kind: str, claims: Sequence[Claim]) -> str:
    """Return the kind of an incident, or a more specific one that its claims support.

    Gunmen who "attack" unarmed people shoot at them; two armed sides clash; what aircraft bomb is struck from the air.
    """
    if kind == "other" and _by_gunmen(claims):
        return "armed_clash" if _against_arms(claims) else "shooting"
    weapons = {claim.value.class_ for claim in claims if isinstance(claim.value, Weapon)}
    if kind == "bombing" and weapons & FROM_THE_AIR and weapons <= DROPPED:
        return "air_drone_strike"
    return kind


def _by_gunmen(claims: Sequence[Claim]) -> bool:
    """Tell whether somebody names gunmen, or armed men, as the doers."""
    doers = [
        claim.value.words.casefold()
        for claim in claims
        if claim.field == "perpetrator" and claim.stance not in NO_AUTHOR and isinstance(claim.value, Actor)
    ]
    return any(
        set(words.split()) & closed("gunmen") or any(phrase in words for phrase in closed("armed attackers"))
        for words in doers
    )


def _against_arms(claims: Sequence[Claim]) -> bool:
    """Tell whether those attacked bear arms: soldiers, policemen, a base, a checkpoint."""
    for claim in claims:
        value = claim.value
        if isinstance(value, Target) and (value.class_ in ARMED_TARGETS or value.kind in ARMED):
            return True
        if claim.field in ("killed", "injured") and isinstance(value, Quantity) and value.of and value.of.kind in ARMED:
            return True
    return False
