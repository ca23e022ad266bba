"""Which kind an incident is of where its words leave it open but its claims do not (READING: "Kinds")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sayso.reading.sentences.passages import closed
from sayso.records import Claim, Kind, StatusValue, Target, Weapon
from sayso.values import Actor, Quantity

ARMED: Final = ("military", "police", "armed_group")
ARMED_TARGETS: Final = ("military_base", "police_station")
FROM_THE_AIR: Final = frozenset({"aircraft", "drone"})
DROPPED: Final = FROM_THE_AIR | {"bomb", "missile", "rocket"}
NO_AUTHOR: Final = ("denies", "exonerates", "doubts", "questions")
BESIDE: Final = ("arson", "property_destruction", "looting", "abduction")
"""What attackers also do where they kill: houses burn, people are taken, and that is not what it is called by."""
OF_ARMS: Final = {"firearm": "shooting", "knife": "stabbing"}
PAIR: Final = 2
"""So few people taken are not what a shooting is called by."""
BROUGHT: Final = {"suicide_vest": "suicide_bombing", "car_bomb": "vehicle_bombing"}
"""How a bomb came where it went off."""


def kind_by_claims(kind: str, claims: Sequence[Claim]) -> str:
    """Return the kind of an incident, or a more specific one that its claims support.

    Who holds an office is killed for it; gunmen who "attack" unarmed people shoot at them; two armed sides clash; what
    aircraft bomb is struck from the air.
    """
    if kind in BESIDE:
        kind = _where_people_died(kind, claims)
    elif kind == "shooting" and _most(claims, "abducted") > max(_most(claims, "killed"), PAIR):
        return "abduction"
    if kind in ("other", "shooting", "stabbing") and _of_office(claims):
        return "assassination"
    if kind in ("other", "shooting") and _only_tried(claims) and _against_office(claims):
        return "assassination"
    if kind in ("other", "shooting") and _both_sides(claims):
        return "armed_clash"
    if kind == "shooting" and "armed_clash" in _told(claims) and _only_arms(claims):
        return "armed_clash"
    fought = _by_arms(claims) if kind in ("other", "shooting") else kind == "bombing" and _by_gunmen(claims)
    if fought and _against_arms(claims) and _only_arms(claims):
        return "armed_clash"
    if kind == "other" and _by_gunmen(claims):
        return "shooting"
    used = [claim.value.class_ for claim in claims if isinstance(claim.value, Weapon)]
    weapons = set(used)
    if kind == "bombing" and weapons & FROM_THE_AIR and weapons <= DROPPED:
        return "air_drone_strike"
    if kind == "artillery_rocket_missile" and used[:1] and used[0] in FROM_THE_AIR and weapons <= DROPPED - {"rocket"}:
        return "air_drone_strike"
    if kind == "bombing":
        return next((BROUGHT[weapon] for weapon in BROUGHT if weapon in weapons), kind)
    return kind


def _where_people_died(kind: str, claims: Sequence[Claim]) -> str:
    """Return the kind of an attack in which people died, not that of what else its authors did.

    A crowd's fire is a riot; fire that kills, and people taken of whom fewer died, keep their names.
    """
    if kind != "abduction" and _by_a_crowd(claims):
        return "protest_riot"
    if _told(claims)[:1] == [kind] and _is_what_was_done(kind, claims):
        return kind
    named = next((one for one in _told(claims) if one not in BESIDE and one != "other"), None)
    weapons = [claim.value.class_ for claim in claims if isinstance(claim.value, Weapon)]
    armed = next((OF_ARMS[weapon] for weapon in weapons if weapon in OF_ARMS), None)
    if _most(claims, "killed") <= _most(claims, "abducted"):
        return kind
    fought = _by_gunmen(claims) or (_by_arms(claims) and _against_arms(claims))
    return named or armed or ("other" if fought else kind)


def _is_what_was_done(kind: str, claims: Sequence[Claim]) -> bool:
    """Tell whether what is told first has its own victims or means: people taken, petrol thrown."""
    first = next((claim.value.class_ for claim in claims if isinstance(claim.value, Weapon)), None)
    taken = _most(claims, "abducted")
    return 0 < taken >= _most(claims, "killed") / 2 if kind == "abduction" else first == "incendiary"


def _told(claims: Sequence[Claim]) -> list[str]:
    """Return the kinds that words of the report name, in the order in which they do."""
    return [claim.value.kind for claim in claims if isinstance(claim.value, Kind)]


def _by_a_crowd(claims: Sequence[Claim]) -> bool:
    """Tell whether somebody names a crowd as the doer."""
    return any(set(doer.words.casefold().split()) & closed("burning crowds") for doer in _doers(claims))


def _most(claims: Sequence[Claim], field: str) -> int:
    """Return the highest number of people that somebody gives."""
    return max((count.low for count in _hurt(claims, field)), default=0)


def _hurt(claims: Sequence[Claim], *fields: str) -> list[Quantity]:
    """Return who is said to have been hurt, by number."""
    counts = (claim.value for claim in claims if claim.field in fields)
    return [count for count in counts if isinstance(count, Quantity) and count.high != 0]


def _of_office(claims: Sequence[Claim]) -> bool:
    """Tell whether nobody but one holder of an office was killed, by office or by name."""
    dead = _hurt(claims, "killed")
    alone = all((count.low, count.high) == (1, 1) for count in dead)
    kinds = {count.of.kind if count.of else None for count in dead}
    return alone and "government" in kinds and kinds <= {"government", "person"}


def _only_tried(claims: Sequence[Claim]) -> bool:
    """Tell whether an attack was only tried or planned, and nobody was killed."""
    tried = any(isinstance(claim.value, StatusValue) for claim in claims)
    return tried and not _hurt(claims, "killed")


def _against_office(claims: Sequence[Claim]) -> bool:
    """Tell whether all that was aimed at are holders of an office."""
    aims = [claim.value for claim in claims if isinstance(claim.value, Target)]
    return bool(aims) and all(aim.kind == "government" and aim.class_ is None for aim in aims)


def _both_sides(claims: Sequence[Claim]) -> bool:
    """Tell whether the dead are of an armed group and of the forces of a state."""
    dead = {count.of.kind for count in _hurt(claims, "killed") if count.of}
    return "armed_group" in dead and bool(dead & {"military", "police"})


def _only_arms(claims: Sequence[Claim]) -> bool:
    """Tell whether all who were hurt, as far as it is said who they were, bear arms."""
    return all(count.of is None or count.of.kind in (*ARMED, "unknown") for count in _hurt(claims, "killed", "injured"))


def _doers(claims: Sequence[Claim]) -> list[Actor]:
    """Return those whom somebody names as the doers."""
    blamed = (claim for claim in claims if claim.field == "perpetrator" and claim.stance not in NO_AUTHOR)
    return [claim.value for claim in blamed if isinstance(claim.value, Actor)]


def _by_arms(claims: Sequence[Claim]) -> bool:
    """Tell whether somebody names gunmen, armed men or an armed group as the doers."""
    return _by_gunmen(claims) or any(doer.kind == "armed_group" for doer in _doers(claims))


def _by_gunmen(claims: Sequence[Claim]) -> bool:
    """Tell whether somebody names gunmen, or armed men, as the doers."""
    return any(
        set(words.split()) & closed("gunmen") or any(phrase in words for phrase in closed("armed attackers"))
        for words in (doer.words.casefold() for doer in _doers(claims))
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
