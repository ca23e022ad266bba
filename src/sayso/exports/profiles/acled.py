"""The columns of ACLED, the Armed Conflict Location & Event Data (codebook of 2024)."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, Final

from sayso.exports.profiles import Cell, Profile, itself
from sayso.exports.profiles.choices import FIRST_DAY, GROUPS, SHOWN, Flat, lat, lon
from sayso.reading.happenings.taxonomy import kinds
from sayso.records import Target
from sayso.values import Actor, Quantity
from sayso.values.actor import OF_STATE
from sayso.vocab.world import iso_codes

VAGUE: Final = {"dozens": 12, "scores": 40, "hundreds": 100, "thousands": 1000}
"""Words without a number → what the codebook writes for them ("dozens", "hundreds") or their least."""
WEEK: Final = 7
FEW: Final = 3
"""For "several", "many", "a few" and a bare plural."""
EVENT_OF: Final = {
    "Armed clash": "Battles", "Government regains territory": "Battles",
    "Non-state actor overtakes territory": "Battles", "Air/drone strike": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence", "Suicide bomb": "Explosions/Remote violence",
    "Remote explosive/landmine/IED": "Explosions/Remote violence", "Grenade": "Explosions/Remote violence",
    "Attack": "Violence against civilians", "Abduction/forced disappearance": "Violence against civilians",
    "Sexual violence": "Violence against civilians", "Violent demonstration": "Riots", "Mob violence": "Riots",
    "Looting/property destruction": "Strategic developments", "Arrests": "Strategic developments",
    "Change to group/activity": "Strategic developments",
}  # fmt: skip
DISORDER_OF: Final = {
    "Battles": "Political violence", "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence", "Riots": "Political violence",
    "Strategic developments": "Strategic developments",
}  # fmt: skip
CIVILIAN: Final = (
    "market", "school", "hospital", "place_of_worship", "residence", "transport", "event", "civilians", "aid_workers",
    "journalists",
)  # fmt: skip


@cache
def _sub_events() -> dict[str, str]:
    return {name: kind.acled[0] for name, kind in kinds().items() if kind.acled}


def _sub(flat: Flat) -> str | None:
    return _sub_events().get(flat.incident.kind)


def _event(flat: Flat) -> str | None:
    return EVENT_OF[sub] if (sub := _sub(flat)) else None


def _actor1(flat: Flat) -> str | None:
    actor, country = flat.perpetrator, flat.country_name
    if actor and actor.is_named:
        return actor.name
    if _event(flat) == "Riots":
        return f"Rioters ({country})" if country else "Rioters"
    return f"Unidentified Armed Group ({country})" if country else "Unidentified Armed Group"


def _actor2(flat: Flat) -> str | None:
    target = flat.target
    if target is None:
        return None
    if _is_civilian(target):
        return f"Civilians ({flat.country_name})" if flat.country_name else "Civilians"
    return target.name or target.words if target.kind != "place" else None


def _is_civilian(target: Target) -> bool:
    return target.kind in ("civilians", "person", "media", "organisation") or target.class_ in CIVILIAN


def _inter1(flat: Flat) -> str:
    actor = flat.perpetrator
    if actor is None or not actor.is_named:
        return "Rioters" if _event(flat) == "Riots" else "Political militia"
    return _inter(actor.kind, foreign=flat.is_foreign_state)


def _inter2(flat: Flat) -> str | None:
    target = flat.target
    if target is None or _actor2(flat) is None:
        return None
    foreign = bool(target.country and flat.country and target.country != flat.country)
    return "Civilians" if _is_civilian(target) else _inter(target.kind or "unknown", foreign=foreign)


def _inter(kind: str, *, foreign: bool) -> str:
    if kind in OF_STATE:
        return "External/Other forces" if foreign else "State forces"
    return {"armed_group": "Rebel group", "civilians": "Civilians", "person": "Civilians"}.get(
        kind, "Political militia"
    )


def _interaction(flat: Flat) -> str:
    sides = [_inter1(flat), *([second] if (second := _inter2(flat)) else [])]
    return "-".join(sides) if len(sides) > 1 else f"{sides[0]} only"


def fatalities(count: Quantity | None) -> int:
    """Return the number that ACLED writes: the least asserted; for words without a number, the codebook's."""
    if count is None:
        return 0
    words = count.words.casefold()
    if count.vague:
        return next((number for word, number in VAGUE.items() if word in words), FEW)
    return count.low


def _fatalities(flat: Flat) -> int:
    values = [
        value.value
        for judged in flat.view.judged
        if judged.finding.field == "killed" and judged.group == ""
        for value in judged.finding.values
        if isinstance(value.value, Quantity) and not set(value.claims) <= judged.superseded
    ]
    return min(map(fatalities, values)) if values else fatalities(flat.count("killed"))


def _time_precision(flat: Flat) -> int | None:
    days = flat.days
    return None if days is None else 1 if days == 1 else 2 if days <= WEEK else 3


def _geo_precision(flat: Flat) -> int | None:
    where = flat.where
    if where is None or where.precision is None:
        return None
    return {"point": 1, "settlement": 1, "district": 2}.get(where.precision, 3)


def _number(flat: Flat) -> int | None:
    code = iso_codes().get(flat.country or "")
    return code.number if code else None


def _added(flat: Flat) -> int:
    return int(datetime.fromisoformat(max(row["added"] for row in flat.reports)).timestamp())


def _nothing(_: Any) -> None:
    return None


def _named(actor: Actor | None) -> str | None:
    return f"backed by {actor.sponsor}" if actor and actor.sponsor else None


PROFILE = Profile(
    name="acled",
    title="ACLED: armed conflict location and event data, one row an incident",
    one="one incident",
    rows=itself,
    described_at="https://acleddata.com/knowledge-base/codebook/",
    read_by=(
        "Who says it: each name in `source` (with ACLED in the chain), or ACLED where it is empty. `sub_event_type`"
        " becomes the first kind of vocab/incidents.toml that names it; `time_precision` 2 makes the day a fortnight"
        " around it, 3 its month; `fatalities` 0 makes no claim, for it may mean that nobody counted."
    ),
    losses=(
        "Who says it: each row is one story. All sayers stand in `notes` only.",
        "How sure: there is no column for a hedge.",
        "Disputes: one author, one toll, one day; what contradicts them stands in `notes` only.",
        "The injured, the missing, the abducted, the damage, weapons and motives: only in `notes`.",
        "ACLED dates each event to a day and never leaves fatalities empty: a row without a day has none here, and a"
        " toll that nobody gives is 0, as in ACLED; sayso keeps the two apart.",
        "Events of several days: one row here, one a day in ACLED.",
    ),
    cells=(
        Cell("event_id_cnty", lambda f: f"{f.country or ''}{f.incident.id[3:]}", "id of the event",
             "Country code and sayso's own id: no number of ACLED's."),
        Cell("event_date", lambda f: f.first_day, "day of the event", FIRST_DAY),
        Cell("year", lambda f: f.first_day and int(f.first_day[:4]), "year of the event", type="integer"),
        Cell("time_precision", _time_precision, "1 the day, 2 the week, 3 the month is known",
             "By the days it may have been: 1, up to 7, more. Longer than a month is 3 too.", "integer"),
        Cell("disorder_type", lambda f: DISORDER_OF[event] if (event := _event(f)) else None, "kind of disorder"),
        Cell("event_type", _event, "type of event", "Follows from the sub-event."),
        Cell("sub_event_type", _sub, "type within the type",
             "The first sub-event that vocab/incidents.toml names for the kind; an accident has none."),
        Cell("actor1", _actor1, "first side",
             f"{SHOWN} An author without a name is “Unidentified Armed Group (Country)”."),
        Cell("assoc_actor_1", lambda f: _named(f.perpetrator), "allies or backers of the first side"),
        Cell("inter1", _inter1, "what the first side is",
             "A named armed group is a rebel group, one without a name a political militia: aims are not judged."),
        Cell("actor2", _actor2, "second side",
             "The first target that is people; a market, school, home … is “Civilians (Country)”."),
        Cell("assoc_actor_2", _nothing, "allies of the second side", "Always empty."),
        Cell("inter2", _inter2, "what the second side is"),
        Cell("interaction", _interaction, "both sides", "Text, as since 2024; always from first to second."),
        Cell("civilian_targeting", lambda f: "Civilian targeting" if f.target and _is_civilian(f.target) else None,
             "whether civilians were the main target"),
        Cell("iso", _number, "ISO numeric code of the country", type="integer"),
        Cell("region", _nothing, "region of the world", "Always empty: ACLED's regions are its own."),
        Cell("country", lambda f: f.country_name, "country"),
        Cell("admin1", lambda f: f.where.admin1 if f.where else None, "first-level division"),
        Cell("admin2", _nothing, "second-level division", "Always empty: the gazetteer has first levels."),
        Cell("admin3", _nothing, "third-level division", "Always empty."),
        Cell("location", lambda f: (f.where.name or f.where.words) if f.where else None, "place"),
        Cell("latitude", lat, "degrees north", "Empty where only the country is known.", "number"),
        Cell("longitude", lon, "degrees east", "Empty where only the country is known.", "number"),
        Cell("geo_precision", _geo_precision, "1 the town, 2 the area near it, 3 the region is known",
             "point and settlement 1, district 2, all else 3.", "integer"),
        Cell("source", lambda f: "; ".join(f.outlets), "outlets"),
        Cell("source_scale", _nothing, "reach of the outlets", "Always empty: sayso does not know it."),
        Cell("notes", lambda f: f.notes, "what happened", "Every claim with its sayer, cut at 3,000 characters."),
        Cell("fatalities", _fatalities, "people killed",
             "The least number that somebody asserts and has not replaced. Words without a number become ACLED's: "
             "“dozens” 12, “hundreds” 100, “several” or “many” 3; “scores” 40 and “thousands” 1000 are sayso's. "
             f"{GROUPS} Nobody says anything: 0. Elsewhere in sayso “dozens” stays [24, ∞).", "integer"),
        Cell("tags", lambda f: "background" if f.incident.background else None, "remarks"),
        Cell("timestamp", _added, "when the row was last changed, in seconds since 1970",
             "When the last of its reports came into the ledger.", "integer"),
    ),
)  # fmt: skip
