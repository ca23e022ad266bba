"""The template of MUC-4 (1992): one row for what one report says of one incident, alternatives with a slash between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sayso.exports.profiles import Cell, Profile
from sayso.exports.profiles.choices import Flat
from sayso.reading.findings import group_key
from sayso.reading.happenings.taxonomy import kinds
from sayso.reading.statements.confidence import confidence_of
from sayso.records import Claim, Damage, Target, Weapon
from sayso.values import Actor, Moment, Place, Quantity
from sayso.values.actor import OF_STATE

STAGES: Final = {"attempted": "ATTEMPTED", "threatened": "THREATENED", "planned": "THREATENED"}
INSTRUMENTS: Final = {
    "rocket": "ROCKET", "missile": "MISSILE", "mortar": "MORTAR", "artillery": "CANNON", "bomb": "BOMB",
    "car_bomb": "VEHICLE BOMB", "suicide_vest": "BOMB", "grenade": "GRENADE", "drone": "AERIAL BOMB",
    "aircraft": "AERIAL BOMB", "firearm": "GUN", "knife": "CUTTING DEVICE", "vehicle": "OTHER", "mine": "MINE",
    "incendiary": "FIRE", "chemical": "POISON",
}  # fmt: skip
PHYSICAL: Final = {
    "embassy": "DIPLOMAT OFFICE OR RESIDENCE", "government_building": "GOVERNMENT OFFICE OR RESIDENCE",
    "market": "COMMERCIAL", "place_of_worship": "CHURCH", "residence": "CIVILIAN RESIDENCE",
    "transport": "TRANSPORT VEHICLE", "infrastructure": "ENERGY", "school": "OTHER", "hospital": "OTHER",
}  # fmt: skip
HUMAN: Final = {
    "government": "GOVERNMENT OFFICIAL", "state": "GOVERNMENT OFFICIAL", "military": "ACTIVE MILITARY",
    "police": "LAW ENFORCEMENT", "civilians": "CIVILIAN", "person": "CIVILIAN", "party": "POLITICAL FIGURE",
}  # fmt: skip
DAMAGE: Final = {"destroyed": "DESTROYED", "none": "NO DAMAGE"}
EFFECTS: Final = (("killed", "DEATH"), ("injured", "INJURY"))
NONE: Final = "NO INJURY OR DEATH"


@dataclass(frozen=True, slots=True)
class Template:
    """What one report says of one incident."""

    flat: Flat
    report: str
    number: int
    claims: tuple[Claim, ...]

    def values(self, field: str) -> list[Any]:
        """Return the values that are not denied, each once, in the order of the text."""
        found = [
            claim.value
            for claim in self.claims
            if claim.field == field and claim.stance not in ("denies", "exonerates")
        ]
        return [value for at, value in enumerate(found) if value not in found[:at]]


def templates(flat: Flat) -> Iterator[Template]:
    """Yield one template for each report, the first published first."""
    for number, row in enumerate(flat.reports):
        claims = [claim for claim in flat.view.claims if claim.evidence.report == row["id"]]
        yield Template(
            flat, row["id"], number, tuple(sorted(claims, key=lambda claim: (claim.evidence.start, claim.id)))
        )


def _joined(parts: list[str]) -> str | None:
    return " / ".join(dict.fromkeys(part.upper() for part in parts if part)) or None


def _quoted(parts: list[str]) -> str | None:
    return " / ".join(f'"{part.upper()}"' for part in dict.fromkeys(parts) if part) or None


def _day(moment: str) -> str:
    if len(moment) < len("2031-05-14"):
        return moment
    day = date.fromisoformat(moment[:10])
    return f"{day.day:02} {day:%b %y}".upper()


def _date(template: Template) -> str | None:
    found = []
    for value in template.values("when"):
        if isinstance(value, Moment) and value.resolved and value.earliest and value.latest:
            first, last = _day(value.earliest), _day(value.latest)
            found.append(first if first == last else f"{first} - {last}")
    return _joined(found[:1])


def _location(template: Template) -> str | None:
    places = [value for value in template.values("where") if isinstance(value, Place)]
    where = places[0] if places else template.flat.where
    if where is None:
        return None
    country = template.flat.country_name if where.country == template.flat.country else where.country
    parts = [country, where.admin1 if where.admin1 != where.name else None]
    parts += [None if where.precision == "country" else where.name or where.words]
    return ": ".join(part.upper() for part in parts if part) or None


def _type(template: Template) -> str | None:
    kind = kinds().get(template.flat.incident.kind)
    return kind.muc4[0] if kind and kind.muc4 else None


def _stage(template: Template) -> str:
    found = [STAGES[value.status] for value in template.values("status") if value.status in STAGES]
    return found[0] if found else "ACCOMPLISHED"


def _weapons(template: Template) -> list[Weapon]:
    return [value for value in template.values("weapon") if isinstance(value, Weapon)]


def _instruments(template: Template) -> str | None:
    return _joined([INSTRUMENTS.get(weapon.class_, "") for weapon in _weapons(template)])


def _perpetrators(template: Template, *, organised: bool) -> list[Actor]:
    found = [value for value in template.values("perpetrator") if isinstance(value, Actor)]
    return [actor for actor in found if (actor.is_named and actor.kind != "person") == organised]


def _category(template: Template) -> str | None:
    kinds_of = {actor.kind for actor in (value for value in template.values("perpetrator") if isinstance(value, Actor))}
    if not kinds_of:
        return None
    return "STATE-SPONSORED VIOLENCE" if kinds_of <= OF_STATE else "TERRORIST ACT"


def _confidence(template: Template) -> str | None:
    found = []
    for actor in _perpetrators(template, organised=True):
        claims = [claim for claim in template.claims if claim.field == "perpetrator" and claim.value == actor]
        step = confidence_of(claims)
        if step:
            found.append(f'{step}: "{(actor.name or actor.words).upper()}"')
    return " / ".join(found) or None


def _targets(template: Template, *, people: bool) -> list[Target]:
    found = [value for value in template.values("target") if isinstance(value, Target)]
    return [target for target in found if (target.kind != "place") == people]


def _physical(target: Target) -> str:
    return PHYSICAL.get(target.class_ or "", "OTHER")


def _effects(template: Template) -> str | None:
    found = []
    for value in template.values("damage"):
        if isinstance(value, Damage):
            found.append(f'{DAMAGE.get(value.extent, "SOME DAMAGE")}: "{(value.of or value.words).upper()}"')
    return " / ".join(dict.fromkeys(found)) or None


def _count(template: Template, field: str) -> str | None:
    counts = [value for value in template.values(field) if isinstance(value, Quantity) and not group_key(value)]
    return _number(counts[0]) if counts else None


def _number(count: Quantity) -> str:
    if count.high is None:
        return "PLURAL" if count.vague else f"{count.low} -"
    return str(count.low) if count.low == count.high else f"{count.low} - {count.high}"


def _human_effect(template: Template) -> str | None:
    found = []
    for field, effect in EFFECTS:
        for value in template.values(field):
            if isinstance(value, Quantity):
                of = f': "{value.of.words.upper()}"' if value.of else ""
                found.append(f"{NONE if value.high == 0 else effect}{of}")
    return " / ".join(dict.fromkeys(found)) or None


def _each(make: Callable[[Target], str], *, people: bool) -> Callable[[Template], str | None]:
    return lambda template: _joined([make(target) for target in _targets(template, people=people)])


PROFILE = Profile(
    name="muc4",
    title="MUC-4: the template of the Fourth Message Understanding Conference, one row a report and incident",
    one="what one report says of one incident",
    rows=templates,
    described_at="https://aclanthology.org/M92-1000/",
    losses=(
        "Who says it: only slot 11 has steps of confidence; holders, channels and words are lost.",
        "Times of day, weapons' numbers, duds, arrests, the missing, motives, and who claims or denies it.",
        "Numbers of single targets (slots 14, 20) are left out: a count belongs to what happened to people.",
        "Strings are as the actors are called, not as the text writes them.",
    ),
    cells=(
        Cell("0 MESSAGE: ID", lambda t: t.report, "id of the report"),
        Cell("1 MESSAGE: TEMPLATE", lambda t: t.flat.incident.id, "id of the incident"),
        Cell("2 INCIDENT: DATE", _date, "day or span of days", "The first that the report gives."),
        Cell("3 INCIDENT: LOCATION", _location, "country: division: place"),
        Cell("4 INCIDENT: TYPE", _type, "type", "The first that vocab/incidents.toml names."),
        Cell("5 INCIDENT: STAGE OF EXECUTION", _stage, "accomplished, attempted, threatened", "Plans are THREATENED."),
        Cell("6 INCIDENT: INSTRUMENT ID", lambda t: _quoted([each.words for each in _weapons(t)]), "weapons"),
        Cell("7 INCIDENT: INSTRUMENT TYPE", _instruments,
             "their classes", "Drones and aircraft are AERIAL BOMB."),
        Cell("8 PERP: INCIDENT CATEGORY", _category, "terrorist act or state-sponsored violence",
             "By the kinds of the authors named: states, else terrorists. That is MUC-4's word, not ours."),
        Cell("9 PERP: INDIVIDUAL ID", lambda t: _quoted([each.words for each in _perpetrators(t, organised=False)]),
             "persons, and authors without a name"),
        Cell("10 PERP: ORGANIZATION ID", lambda t: _quoted([each.name or each.words for each in
             _perpetrators(t, organised=True)]), "organisations", "Denied authors are left out."),
        Cell("11 PERP: ORGANIZATION CONFIDENCE", _confidence, "step of confidence for each organisation",
             "From stance, holder and hedge by the steps of the task documentation."),
        Cell("12 PHYS TGT: ID", _each(lambda each: each.name or each.words, people=False), "things attacked"),
        Cell("13 PHYS TGT: TYPE", _each(_physical, people=False), "their types"),
        Cell("16 PHYS TGT: EFFECT OF INCIDENT", _effects, "damage", "Minor and major are both SOME DAMAGE."),
        Cell("18 HUM TGT: NAME", _each(lambda each: each.name or "", people=True), "people attacked, by name"),
        Cell("19 HUM TGT: DESCRIPTION", _each(lambda each: each.words, people=True), "as written"),
        Cell("20 HUM TGT: TYPE", _each(lambda each: HUMAN.get(each.kind or "", "OTHER"), people=True), "their types"),
        Cell("22 HUM TGT: FOREIGN NATION", lambda t: _joined([each.country or "" for each in _targets(t, people=True)
             if each.country != t.flat.country]), "their country (alpha-3), where it is another"),
        Cell("23 HUM TGT: EFFECT OF INCIDENT", _human_effect, "death, injury"),
        Cell("24 HUM TGT: TOTAL NUMBER", lambda t: _count(t, "killed"), "people killed in all",
             "“dozens” is PLURAL; “at least 6” is “6 -”. The injured in all are lost."),
    ),
)  # fmt: skip
