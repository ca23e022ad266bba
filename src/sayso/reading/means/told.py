"""Weapons that no noun names alone: "a van packed with 60 kilos of explosive", "doused it with petrol".

Also "a parcel exploded", "small-arms and rocket fire", "turned his gun on", and a blast with nothing told of its cause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.records import Weapon, WeaponClass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.reading.sentences.passages import Passage, Scan

LADEN_REACH: Final = 8
"""How many words may stand between "packed" and "explosives", and before it back to the vehicle."""
DOUSE_REACH: Final = 8
"""How many words may stand between "doused" and "petrol"."""
FIRE_REACH: Final = 7
"""How many words back from "fire" the weapons it is of may stand."""
HANDLE_REACH: Final = 4
"""How many words may stand between "emptied" and "pistol"."""
GOING_OFF: Final = frozenset({"exploded", "exploding", "explodes", "detonated", "blew", "burst", "went"})
FUELS: Final = frozenset({"petrol", "gasoline", "kerosene", "paraffin", "diesel", "accelerant", "accelerants"})
BURSTING: Final = frozenset({"bomb", "car_bomb", "suicide_vest", "mine", "grenade", "rocket", "missile", "mortar"})
"""Classes beside which a blast tells nothing new."""
FROM_AFAR: Final = frozenset({"artillery", "aircraft", "drone", "incendiary", "chemical"})
FAR_OFF: Final = frozenset(
    {"by remote control", "by mobile phone", "by cell phone", "with a timer", "by a timer", "remotely"}
)
"""How what was left somewhere is set off."""
SELVES: Final = frozenset({"himself", "herself", "themselves"})
Told = tuple[WeaponClass, int, int]
"""A class and the tokens [first, last) that tell it."""


def told_weapons(scan: Scan, passage: Passage) -> list[Mention]:
    """Return the weapons of one sentence that are told so."""
    words = set(passage.line.lower)
    found: list[Told] = []
    if words & closed("stuff that explodes"):
        found += [*_laden(passage), *_strapped(passage)]
    if words & SELVES and not words & closed("driven"):
        found += _blown_up(passage)
    if words & FUELS:
        found += _doused(passage)
    if "fire" in words:
        found += _shared_fire(scan, passage)
    if words & closed("turning a weapon"):
        found += _turned(scan, passage)
    if "shot" in words:
        found += _shot(scan, passage)
    if words & closed("running into"):
        found += _ran_into(scan, passage)
    if not found and words & GOING_OFF and (words & closed("parcels") or words & closed("driven")):
        return [_weapon(scan, passage, "bomb", first, last, how) for first, last, how in _went_off(passage)]
    return [_weapon(scan, passage, *row) for row in found]


def by_blast(scan: Scan, found: Iterable[Mention]) -> list[Mention]:
    """Return the bomb of "was wrecked by explosions" where nothing else is told to have gone off, nor an accident."""
    known = {item.value.class_ for item in found if isinstance(item.value, Weapon)}
    if known & (BURSTING | FROM_AFAR):
        return []
    lines = [passage for passage in scan.passages if set(passage.line.lower) & closed("blast words")]
    if not lines or any(set(p.line.lower) & closed("accidental blasts") for p in scan.passages):
        return []
    at = next(n for n, word in enumerate(lines[0].line.lower) if word in closed("blast words"))
    return [_weapon(scan, lines[0], "bomb", at, at + 1)]


def _weapon(
    scan: Scan, passage: Passage, name: WeaponClass, first: int, last: int, how: tuple[int, int] | None = None
) -> Mention:
    """Return the weapon that the tokens [first, last) tell; ``how``: those that tell how it went off."""
    words = scan.report.text[slice(*passage.offsets(first, last))]
    return mention(passage, "weapon", Weapon(**{"class": name}, words=words), (first, last), how)


def _laden(passage: Passage) -> list[Told]:
    """Return vehicles full of explosives: "a pick-up truck crammed with some 60 kilos of explosive"."""
    found: list[Told] = []
    for index, word in enumerate(passage.line.lower):
        if word not in closed("laden") or passage.word(index + 1) != "with":
            continue
        ahead = range(index + 2, min(index + LADEN_REACH, len(passage)))
        stuff = next((at for at in ahead if passage.word(at) in closed("stuff that explodes")), None)
        before = range(index - 1, max(index - LADEN_REACH, -1), -1)
        vehicle = next((at for at in before if passage.word(at) in closed("laden vehicles")), None)
        if stuff is not None and vehicle is not None:
            found.append(("car_bomb", vehicle, stuff + 1))
    return found


def _strapped(passage: Passage) -> list[Told]:
    """Return explosives worn: "explosives strapped beneath their robes", "strapped with explosives"."""
    return [
        ("suicide_vest", min(index, at), max(index, at) + 1)
        for index, word in enumerate(passage.line.lower)
        if word in ("strapped", "taped", "wired")
        for at in (index - 1, index + 2)
        if passage.word(at) in closed("stuff that explodes")
    ][:1]


def _blown_up(passage: Passage) -> list[Told]:
    for index, word in enumerate(passage.line.lower):
        blown = word in ("blew", "blown", "blowing", "blow", "blows") and passage.word(index + 2) == "up"
        if blown and passage.word(index + 1) in SELVES and passage.word(index - 1) != "to":
            return [("suicide_vest", index, index + 3)]
    return []


def _doused(passage: Passage) -> list[Told]:
    """Return what was set alight: "poured petrol through the letterbox", "doused the cabs with petrol"."""
    for index, word in enumerate(passage.line.lower):
        near = range(max(index - DOUSE_REACH, 0), min(index + DOUSE_REACH, len(passage)))
        bomb = passage.word(index + 1) in ("bomb", "bombs", "tank", "station", "tanker", "price", "prices", "pump")
        if word in FUELS and not bomb and any(passage.word(at) in closed("dousing") for at in near):
            return [("incendiary", index, index + 1)]
    return []


def _went_off(passage: Passage) -> list[tuple[int, int, tuple[int, int]]]:
    """Return the parcel, envelope or car that exploded, and the words for that: "exploded", "detonated remotely"."""
    syntax = passage.syntax
    for index, word in enumerate(passage.line.lower) if syntax else ():
        off = {"went": ("off",), "blew": ("up",), "burst": ("into",)}.get(word)
        if syntax is None or word not in GOING_OFF or (off and passage.word(index + 1) not in off):
            continue
        head = syntax.subject(index)
        thing = syntax.words[head] if head is not None else ""
        held = thing in closed("parcels") or (thing in closed("driven") and word != "burst")
        if head is not None and held:
            afar = next((n for n in (3, 1) if passage.phrase(index + 1, index + 1 + n) in FAR_OFF), 0)
            return [(*syntax.phrase(head), (index, index + 1 + afar))]
    return []


def _shared_fire(scan: Scan, passage: Passage) -> list[Told]:
    """Return all the weapons that one "fire" is of: "small-arms and rocket fire", "mortar and machine-gun fire"."""
    found: list[Told] = []
    for index, word in enumerate(passage.line.lower):
        before = range(index - 1, max(index - FIRE_REACH, -1), -1)
        joint = next((at for at in before if passage.word(at) in ("and", "or")), None) if word == "fire" else None
        if joint is None:
            continue
        for at in range(max(joint - 3, 0), index):
            name = FIRES.get(passage.word(at)) or FIRES.get(passage.phrase(at, at + 3))
            if name is not None:
                found.append((name, at, at + 1 if passage.word(at) in FIRES else at + 3))
    return found


FIRES: Final[dict[str, WeaponClass]] = {
    "rocket": "rocket",
    "mortar": "mortar",
    "artillery": "artillery",
    "tank": "artillery",
    "missile": "missile",
    "rifle": "firearm",
    "sniper": "firearm",
    "machinegun": "firearm",
    "machine - gun": "firearm",
    "machine-gun": "firearm",
    "small - arms": "firearm",
    "small-arms": "firearm",
}
"""What stands before "fire"; words with hyphens come as three tokens."""


def _turned(scan: Scan, passage: Passage) -> list[Told]:
    """Return weapons that somebody turns on others or empties into them: no verb of use, but used."""
    found: list[Told] = []
    for hit in scan.hits(weapon_matcher(), passage.number):
        if hit.value[1] != "nouns":
            continue
        before = range(hit.first - 1, max(hit.first - HANDLE_REACH, -1), -1)
        verb = next((at for at in before if passage.word(at) in closed("turning a weapon")), None)
        if verb is not None and passage.word(hit.last) in ("on", "into", "at", "against", "over"):
            found.append((hit.value[0].class_, hit.first, hit.last))
    return found


def _shot(scan: Scan, passage: Passage) -> list[Told]:
    """Return the gun of "shot those who came out": the verb, where people are shot."""
    syntax = passage.syntax
    groups = find_groups(scan, passage)
    for index, word in enumerate(passage.line.lower) if syntax else ():
        if (
            syntax is None
            or word != "shot"
            or syntax.upos[index] != "VERB"
            or passage.word(index + 1) in ("down", "up")
        ):
            continue
        head = syntax.object(index)
        people = head is not None and (
            any(group.first <= head < group.last for group in groups)
            or syntax.words[head] in ("him", "her", "them", "those")
        )
        if people:
            return [("firearm", index, index + 1)]
    return []


def _ran_into(scan: Scan, passage: Passage) -> list[Told]:
    """Return the vehicle that ran into people by itself, as it is told: "a lorry careered into a crowd"."""
    syntax = passage.syntax
    for index, word in enumerate(passage.line.lower) if syntax else ():
        if syntax is None or word not in closed("running into") or syntax.upos[index] != "VERB":
            continue
        head = syntax.subject(index)
        struck = syntax.oblique(index, ("into", "through", "over", "onto", "at")) or syntax.object(index)
        if head is None or struck is None or syntax.words[head] not in closed("driven"):
            continue
        people = any(group.first <= struck < group.last for group in find_groups(scan, passage))
        if people or syntax.words[struck] in closed("where crowds stand"):
            return [("vehicle", *syntax.phrase(head))]
    return []
