"""The columns of GTD, the Global Terrorism Database (codebook of 2021)."""

from __future__ import annotations

from typing import Any, Final

from sayso.exports.profiles import Cell, Profile, itself
from sayso.exports.profiles.choices import FIRST_DAY, GROUPS, SHOWN, Flat, hedged, lat, lon
from sayso.reading.happenings.taxonomy import kinds
from sayso.records import Damage, ResponsibilityClaim, Weapon
from sayso.values import Actor
from sayso.values.actor import OF_STATE

UNKNOWN: Final = -9
ATTACKS: Final = {
    "Assassination": 1, "Armed Assault": 2, "Bombing/Explosion": 3, "Hijacking": 4,
    "Hostage Taking (Barricade Incident)": 5, "Hostage Taking (Kidnapping)": 6, "Facility/Infrastructure Attack": 7,
    "Unarmed Assault": 8, "Unknown": 9,
}  # fmt: skip
TARGETS: Final = {
    "embassy": (7, "Government (Diplomatic)"), "military_base": (4, "Military"), "police_station": (3, "Police"),
    "government_building": (2, "Government (General)"), "market": (1, "Business"),
    "school": (8, "Educational Institution"), "hospital": (1, "Business"),
    "place_of_worship": (15, "Religious Figures/Institutions"), "residence": (14, "Private Citizens & Property"),
    "transport": (19, "Transportation"), "infrastructure": (21, "Utilities"),
    "event": (14, "Private Citizens & Property"),
    "civilians": (14, "Private Citizens & Property"), "aid_workers": (12, "NGO"),
    "journalists": (10, "Journalists & Media"),
}  # fmt: skip
TARGET_KINDS: Final = {
    "state": (2, "Government (General)"), "government": (2, "Government (General)"), "military": (4, "Military"),
    "police": (3, "Police"), "armed_group": (17, "Terrorists/Non-State Militia"), "media": (10, "Journalists & Media"),
    "organisation": (12, "NGO"), "person": (14, "Private Citizens & Property"),
    "civilians": (14, "Private Citizens & Property"), "party": (2, "Government (General)"),
}  # fmt: skip
EXPLOSIVES: Final = (6, "Explosives")
WEAPONS: Final = {
    "rocket": EXPLOSIVES, "missile": EXPLOSIVES, "mortar": EXPLOSIVES, "artillery": EXPLOSIVES, "bomb": EXPLOSIVES,
    "car_bomb": EXPLOSIVES, "suicide_vest": EXPLOSIVES, "grenade": EXPLOSIVES, "mine": EXPLOSIVES,
    "drone": EXPLOSIVES, "aircraft": EXPLOSIVES, "firearm": (5, "Firearms"), "knife": (9, "Melee"),
    "vehicle": (10, "Vehicle"), "incendiary": (8, "Incendiary"), "chemical": (2, "Chemical"),
}  # fmt: skip
EXTENT: Final = {"destroyed": (4, "Unknown"), "major": (4, "Unknown"), "some": (4, "Unknown"), "minor": (3, "Minor (likely < $1 million)")}  # fmt: skip # noqa: E501
US: Final = "USA"


def _attack(flat: Flat) -> str:
    kind = kinds().get(flat.incident.kind)
    return kind.gtd[0] if kind and kind.gtd else "Unknown"


def _target(flat: Flat) -> tuple[int, str]:
    target = flat.target
    if target is None:
        return 20, "Unknown"
    return TARGETS.get(target.class_ or "") or TARGET_KINDS.get(target.kind or "") or (20, "Unknown")


def _weapon(flat: Flat) -> tuple[int, str]:
    choice = flat.shown("weapon")
    known = WEAPONS.get(choice.value.class_) if choice and isinstance(choice.value, Weapon) else None
    return known or (13, "Unknown")


def _part(start: int, end: int) -> Any:
    def part(flat: Flat) -> int:
        day = flat.first_day or ""
        one = flat.days == 1 or end <= len("2031-05")
        return int(day[start:end] or 0) if one else 0

    return part


def _group(flat: Flat) -> str:
    actor = flat.perpetrator
    return actor.name or "Unknown" if actor and actor.is_named else "Unknown"


def _claimed(flat: Flat) -> int:
    choice = flat.shown("responsibility_claim")
    if choice is None or not isinstance(choice.value, ResponsibilityClaim):
        return UNKNOWN
    return int(choice.value.claimed is True)


def _rivals(flat: Flat) -> int:
    claimants = {claim.holder.name or claim.holder.words for claim in flat.view.claims if claim.stance == "claims_own"}
    return int(len(claimants) > 1)


def _count(field: str) -> Any:
    def count(flat: Flat) -> int | None:
        found = flat.count(field)
        return None if found is None or found.vague else found.low

    return count


def _of_us(field: str) -> Any:
    def count(flat: Flat) -> int | None:
        for judged in flat.view.judged:
            value = flat.view.display(judged).value if judged.finding.field == field else None
            of = getattr(value, "of", None)
            if isinstance(of, Actor) and of.country == US:
                return int(getattr(value, "low", 0))
        return None

    return count


def _damage(flat: Flat) -> Damage | None:
    choice = flat.shown("damage")
    return choice.value if choice and isinstance(choice.value, Damage) else None


def _property(flat: Flat) -> int:
    damage = _damage(flat)
    return UNKNOWN if damage is None else int(damage.extent != "none")


def _extent(flat: Flat) -> tuple[int | None, str | None]:
    damage = _damage(flat)
    return EXTENT.get(damage.extent, (None, None)) if damage else (None, None)


def _specificity(flat: Flat) -> int:
    if flat.pin is None:
        return 5
    return {"point": 1, "settlement": 1, "district": 3, "province": 4}.get(flat.pin.precision or "", 4)


def _taken(flat: Flat) -> int:
    return int(flat.shown("abducted") is not None or flat.incident.kind in ("abduction", "hijacking"))


def _cite(number: int) -> Any:
    def cite(flat: Flat) -> str | None:
        if len(flat.reports) <= number:
            return None
        row = flat.reports[number]
        return ", ".join(part for part in (row["title"], row["publisher"], row["published"], row["url"]) if part)

    return cite


def _status(flat: Flat) -> int:
    choice = flat.shown("status")
    return int(getattr(choice.value, "status", "happened") in ("happened", "ongoing", "historical") if choice else 1)


PROFILE = Profile(
    name="gtd",
    title="GTD: Global Terrorism Database, the columns that a report can fill, one row an incident",
    one="one incident",
    rows=itself,
    described_at="https://www.start.umd.edu/gtd-download",
    read_by=(
        "Who says it: each of `scite1` to `scite3` (with GTD in the chain), or GTD where they are empty."
        " Month and day 0 stay unknown: the date is a year or a month. `Unknown` and -9 make no claim."
    ),
    losses=(
        "Who says it: only `gname` has a mark of doubt (`guncertain1`), and three reports can be cited.",
        "Disputes: one group, one toll; what contradicts them stands in `addnotes`.",
        "GTD is of terrorism by non-state actors: whether an incident meets its criteria is not judged (`doubtterr` is"
        " -9). Acts of states are exported too; leave them out by `doubtterr` and `gname`.",
        "A toll in vague words (“dozens”, “several”) is empty, as in GTD; of “at least 6” stays 6.",
        "135 columns of GTD; those that no report fills (value of property, ransom, target subtypes …) are left out.",
    ),
    cells=(
        Cell("eventid", lambda f: f.incident.id, "id of the event", "sayso's own id: no number of GTD's."),
        Cell("iyear", _part(0, 4), "year", "0: unknown.", "integer"),
        Cell("imonth", _part(5, 7), "month", "0: unknown.", "integer"),
        Cell("iday", _part(8, 10), "day", f"0: unknown. {FIRST_DAY}", "integer"),
        Cell("approxdate", lambda f: f.when.words if f.when and f.days != 1 else None, "date as written, if not a day"),
        Cell("extended", lambda f: int((f.days or 1) > 1), "1: longer than a day",
             "1 also where the day is not known better.", "integer"),
        Cell("country_txt", lambda f: f.country_name, "country", "Names are GeoNames'; GTD's numbers are left out."),
        Cell("provstate", lambda f: f.where.admin1 if f.where else None, "first-level division"),
        Cell("city", lambda f: f.where.name if f.where and f.where.precision == "settlement" else None, "town"),
        Cell("latitude", lat, "degrees north", "Empty where only the country is known.", "number"),
        Cell("longitude", lon, "degrees east", "Empty where only the country is known.", "number"),
        Cell("specificity", _specificity, "1 the town … 5 nothing known", "district 3, province 4.", "integer"),
        Cell("location", lambda f: f.where.words if f.where else None, "place as written"),
        Cell("summary", lambda f: f.incident.title, "what happened"),
        Cell("doubtterr", lambda _: UNKNOWN, "1: doubt that it is terrorism", "Always -9: not judged.", "integer"),
        Cell("success", _status, "1: it was carried out", "0 for attempts, plans and threats.", "integer"),
        Cell("suicide", lambda f: int(f.incident.kind == "suicide_bombing"), "1: suicide attack", type="integer"),
        Cell("attacktype1", lambda f: ATTACKS[_attack(f)], "type of attack", "First of vocab/incidents.toml.",
             "integer"),
        Cell("attacktype1_txt", _attack, "type of attack"),
        Cell("targtype1", lambda f: _target(f)[0], "type of target",
             "By class, else by kind of the first target; a hospital is Business, as in GTD.", "integer"),
        Cell("targtype1_txt", lambda f: _target(f)[1], "type of target"),
        Cell("target1", lambda f: (f.target.name or f.target.words) if f.target else "Unknown", "target",
             "People before places; others are lost."),
        Cell("natlty1_txt", lambda f: f.target.country if f.target else None, "country of the target (alpha-3)"),
        Cell("gname", _group, "group said to have done it", f"{SHOWN} Without a name: Unknown."),
        Cell("guncertain1", lambda f: int(hedged(f.author)), "1: only suspected",
             "1 where all who name the group hedge or suspect.", "integer"),
        Cell("individual", lambda f: int(bool(f.perpetrator and f.perpetrator.kind == "person")),
             "1: persons without a group", type="integer"),
        Cell("state", lambda f: int(bool(f.perpetrator and f.perpetrator.kind in OF_STATE)),
             "1: a state is said to have done it (not a column of GTD)", type="integer"),
        Cell("motive", lambda f: getattr(choice.value, "words", None) if (choice := f.shown("motive")) else None,
             "motive as worded"),
        Cell("claimed", _claimed, "1: somebody says “we did it”", "-9 where no report says either way.", "integer"),
        Cell("compclaim", _rivals, "1: several say so", type="integer"),
        Cell("weaptype1", lambda f: _weapon(f)[0], "type of weapon", SHOWN, "integer"),
        Cell("weaptype1_txt", lambda f: _weapon(f)[1], "type of weapon"),
        Cell("weapdetail", lambda f: getattr(choice.value, "words", None) if (choice := f.shown("weapon")) else None,
             "weapon as written"),
        Cell("nkill", _count("killed"), "people killed",
             f"{SHOWN} Of a range its lower end; empty for vague words. {GROUPS}", "integer"),
        Cell("nkillus", _of_us("killed"), "US citizens killed", "Only where a report counts them.", "integer"),
        Cell("nwound", _count("injured"), "people injured", "As `nkill`.", "integer"),
        Cell("nwoundus", _of_us("injured"), "US citizens injured", "Only where a report counts them.", "integer"),
        Cell("property", _property, "1: property was damaged", "-9 where no report says.", "integer"),
        Cell("propextent", lambda f: _extent(f)[0], "extent of the damage",
             "GTD goes by dollars: only “minor” is certain, all else is 4, unknown.", "integer"),
        Cell("propextent_txt", lambda f: _extent(f)[1], "extent of the damage"),
        Cell("ishostkid", _taken, "1: people were taken", type="integer"),
        Cell("nhostkid", _count("abducted"), "people taken", "As `nkill`.", "integer"),
        Cell("addnotes", lambda f: f.notes, "all else", "Every claim with its sayer, cut at 3,000 characters."),
        Cell("scite1", _cite(0), "first report"), Cell("scite2", _cite(1), "second report"),
        Cell("scite3", _cite(2), "third report", "Later reports are lost."),
        Cell("dbsource", lambda _: "sayso", "who coded it"),
    ),
)  # fmt: skip
