"""What many reports agree on, dispute and revise; every claim is made by hand for the test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.linking.findings import Judged, Told, display_value, find_findings, judge
from sayso.linking.grades import Grade, grade
from sayso.records import Claim, Damage, Kind, ResponsibilityClaim, Span, Target, Weapon
from sayso.values import Actor, Certainty, Moment, Place, Quantity

REPORT = Actor(name=None, kind="report", words="the report")
TOLD = {
    "re_a": Told("or_1", "2032-05-03", "Gulf Wire", ((0, 50),)),
    "re_b": Told("or_2", "2032-05-04", "Daily Lantern", ((0, 50),)),
    "re_c": Told("or_1", "2032-05-03", "Evening Post", ((0, 50),)),
}


@dataclass
class Maker:
    """Makes claims one after the other, each further on in its report."""

    at: dict[str, int] = field(default_factory=dict)

    def claim(self, report: str, name: str, value: Any, by: Actor | str = REPORT, **more: Any) -> Claim:
        """Return a claim of a report; ``head`` puts it into the headline, ``words`` are its evidence."""
        head, words = more.pop("head", False), more.pop("words", "x")
        at = 0 if head else self.at.get(report, 100)
        self.at[report] = self.at.get(report, 100) + 10
        holder = actor(by, "organisation") if isinstance(by, str) else by
        span = Span(report=f"re_{report}", start=at, end=at + len(words), text=words)
        return Claim(incident=f"in_{report}", field=name, value=value, evidence=span, holder=holder, **more)  # type: ignore[arg-type]


def actor(name: str, kind: str = "armed_group", **more: Any) -> Actor:
    return Actor(name=name, kind=kind, words=name, **more)  # type: ignore[arg-type]


def count(low: int, high: int | None = -1, words: str = "", of: str | None = None) -> Quantity:
    group = Actor(name=of, kind="civilians", words=of) if of else None
    return Quantity(low=low, high=low if high == -1 else high, words=words or str(low), of=group)


def place(name: str, lat: float, precision: str = "settlement", admin1: str = "West") -> Place:
    return Place(name=name, country="RUV", admin1=admin1, lat=lat, lon=10, precision=precision, words=name)  # type: ignore[arg-type]


def day(first: str, last: str | None = None) -> Moment:
    return Moment(earliest=first, latest=last or first, words=first, resolved=True)


def weapon(name: str, words: str) -> Weapon:
    return Weapon(**{"class": name}, words=words)  # type: ignore[arg-type]


def spelt(name: str) -> Place:
    """Return a village that no map has."""
    return Place(name=name, country="RUV", precision="settlement", words=name)


def spot(name: str) -> Place:
    """Return a facility."""
    return Place(name=name, precision="point", words=name)


def thing(class_: str, words: str, kind: str = "place") -> Target:
    return Target(name=words.removeprefix("the ").removeprefix("a "), kind=kind, words=words, **{"class": class_})  # type: ignore[arg-type]


IRAVIA, KESTRAN = actor("Iravia", "state", country="IRA"), actor("Kestran", "state", country="KES")
FRONT = actor("Northern Front")
SOME, MORE, DOZENS = count(20, None, "at least 20"), count(31), count(24, None, "dozens")
TARSK, VELKOV = place("Tarsk", 40.0), place("Velkov", 44.0, admin1="East")
LANE = Place(name="Tanner Lane", country="RUV", precision="settlement", words="Tanner Lane")
COUNTRY = Place(name="Ruvia", country="RUV", precision="country", words="Ruvia")
EVENING = Moment(
    earliest="2032-05-01T17:00", latest="2032-05-01T23:59", words="Saturday evening", resolved=True, anchor=None
)
SMALL_HOURS = Moment(
    earliest="2032-05-02T00:00", latest="2032-05-02T05:59", words="early on Sunday", resolved=True, anchor=None
)
DOCKS = place("Docks", 44.01, "district", "East")
SIX = "2032-05-01T06:00"
VILLAGE = Place(name="Ardil Kabira", country="RUV", precision="settlement", words="Ardil Kabira")
QUARTER = place("Harbour", 40.01, "district")
Row = tuple[str, str, Any, Any, dict[str, Any]]


def row(report: str, name: str, value: Any, by: Any = REPORT, **more: Any) -> Row:
    return report, name, value, by, more


# note, claims, status of each finding in the order first said
CASES: list[tuple[str, list[Row], list[str]]] = [
    ("one holder in one report", [row("a", "killed", count(9))], ["sole"]),
    (
        "one holder in two reports",
        [row("a", "killed", count(9), "Police"), row("b", "killed", count(9), "Police")],
        ["agreed"],
    ),
    ("two outlets, one toll", [row("a", "killed", count(9)), row("b", "killed", count(9))], ["agreed"]),
    ("two outlets, two tolls", [row("a", "killed", count(9)), row("b", "killed", count(11))], ["disputed"]),
    ("a bound and a toll above it", [row("a", "killed", SOME), row("b", "killed", MORE)], ["compatible"]),
    ("a vague word", [row("a", "killed", DOZENS), row("b", "killed", count(9))], ["compatible"]),
    (
        "a holder's later toll",
        [row("a", "killed", count(9), "Ministry"), row("b", "killed", count(11), "Ministry")],
        ["compatible"],
    ),
    ("an outlet against itself", [row("a", "killed", count(9)), row("a", "killed", count(11))], ["disputed"]),
    (
        "children are not everybody",
        [row("a", "killed", count(9)), row("b", "killed", count(3, of="children"))],
        ["sole", "sole"],
    ),
    (
        "pupils are children where another report counts children",
        [row("a", "killed", count(8, of="pupils")), row("b", "killed", count(6, of="children"))],
        ["disputed"],
    ),
    (
        "pupils are not children to who counts both",
        [
            row("a", "killed", count(8, of="pupils")),
            row("a", "killed", count(2, of="children")),
            row("b", "killed", count(6, of="children")),
        ],
        ["sole", "disputed"],
    ),
    (
        "servicemen are soldiers, whatever a report calls them",
        [row("a", "killed", count(5, of="soldiers")), row("b", "killed", count(9, of="servicemen"))],
        ["disputed"],
    ),
    (
        "one group under two words with one number",
        [row("a", "killed", count(3, of="policemen")), row("b", "killed", count(3, of="police officers"))],
        ["agreed"],
    ),
    (
        "a report that counts both words sets them apart for all",
        [
            row("a", "killed", count(5, of="attackers")),
            row("a", "killed", count(2, of="gunmen")),
            row("b", "killed", count(9, of="militants")),
        ],
        ["sole", "sole", "sole"],
    ),
    (
        "the soldiers of one nation are not all soldiers",
        [
            row("a", "killed", count(5, of="soldiers")),
            row("b", "killed", Quantity(low=9, high=9, words="nine", of=actor("troops", "military", country="KES"))),
        ],
        ["sole", "sole"],
    ),
    (
        "somebody is not how many there were",
        [
            row("a", "killed", count(4, of="policemen")),
            row("b", "killed", count(1, words="a policeman", of="policeman")),
        ],
        ["sole", "sole"],
    ),
    (
        "who denies that he did it says nothing against who claims it",
        [
            row("a", "responsibility_claim", ResponsibilityClaim(claimed=True), FRONT, stance="claims_own"),
            row("a", "responsibility_claim", ResponsibilityClaim(claimed="denied"), IRAVIA, stance="denies"),
        ],
        ["sole"],
    ),
    (
        "two reports of one claim, and one denial of somebody else",
        [
            row("a", "responsibility_claim", ResponsibilityClaim(claimed=True), FRONT, stance="claims_own"),
            row("b", "responsibility_claim", ResponsibilityClaim(claimed=True), FRONT, stance="claims_own"),
            row("b", "responsibility_claim", ResponsibilityClaim(claimed="denied"), IRAVIA, stance="denies"),
        ],
        ["agreed"],
    ),
    (
        "who owns up to a strike and denies that it hit a clinic denies no strike",
        [
            row("a", "responsibility_claim", ResponsibilityClaim(claimed=True), FRONT, stance="claims_own"),
            row(
                "a",
                "responsibility_claim",
                ResponsibilityClaim(claimed="denied"),
                FRONT,
                stance="denies",
                words="denied having hit a clinic",
            ),
        ],
        ["sole"],
    ),
    (
        "who claims it and then denies responsibility disputes with himself",
        [
            row("a", "responsibility_claim", ResponsibilityClaim(claimed=True), FRONT, stance="claims_own"),
            row(
                "a",
                "responsibility_claim",
                ResponsibilityClaim(claimed="denied"),
                FRONT,
                stance="denies",
                words="denied responsibility",
            ),
        ],
        ["disputed"],
    ),
    (
        "aircraft beside barrel bombs say nothing more",
        [
            row("a", "weapon", weapon("aircraft", "aircraft")),
            row("a", "weapon", weapon("aircraft", "barrel bombs")),
            row("b", "weapon", weapon("aircraft", "two barrel bombs")),
        ],
        ["agreed"],
    ),
    (
        "who denies that any died says that none did",
        [
            row("a", "killed", count(9, of="civilians")),
            row("b", "killed", count(0, of="civilians"), "Army", stance="denies"),
        ],
        ["disputed"],
    ),
    (
        "two who say that none died, one of them by denying it",
        [row("a", "killed", count(0), "Police"), row("b", "killed", count(0), "Army", stance="denies")],
        ["agreed"],
    ),
    (
        "a weapon and who says that it was not that",
        [
            row("a", "weapon", weapon("drone", "a drone"), "Ministry"),
            row("b", "weapon", weapon("drone", "a drone"), "Army", stance="denies"),
            row("b", "weapon", weapon("aircraft", "jets"), "Army"),
        ],
        ["disputed"],
    ),
    (
        "who denies that he planted a bomb doubts no bomb",
        [
            row("a", "weapon", weapon("bomb", "a bomb"), "Ministry"),
            row("b", "weapon", weapon("bomb", "the bomb"), "Front", stance="denies", statement="st_0123456789abcdef"),
            row("b", "perpetrator", FRONT, "Front", stance="denies", statement="st_0123456789abcdef"),
        ],
        ["agreed", "sole"],
    ),
    (
        "a weapon ruled out that nobody names",
        [
            row("a", "weapon", weapon("aircraft", "jets"), "Ministry"),
            row("b", "weapon", weapon("drone", "a drone"), "Army", stance="denies"),
        ],
        ["compatible"],
    ),
    (
        "barrel bombs say more than aircraft",
        [row("a", "weapon", weapon("aircraft", "aircraft")), row("b", "weapon", weapon("aircraft", "barrel bombs"))],
        ["compatible"],
    ),
    (
        "civilians are everybody where nobody counts others",
        [row("a", "killed", count(9, of="civilians")), row("b", "killed", count(11))],
        ["disputed"],
    ),
    (
        "civilians are a part where somebody counts more",
        [
            row("a", "killed", count(9, of="civilians")),
            row("b", "killed", count(11)),
            row("b", "killed", count(9, of="civilians")),
        ],
        ["agreed", "sole"],
    ),
    (
        "a headline in short",
        [row("a", "killed", count(20), head=True), row("a", "killed", SOME), row("b", "killed", MORE)],
        ["compatible"],
    ),
    (
        "a headline that says more than its text",
        [row("a", "killed", count(50), head=True), row("a", "killed", count(9))],
        ["disputed"],
    ),
    (
        "a toll denied",
        [row("a", "killed", count(9)), row("b", "killed", count(9), "Army", stance="denies")],
        ["disputed"],
    ),
    ("two states", [row("a", "perpetrator", IRAVIA), row("b", "perpetrator", KESTRAN)], ["disputed"]),
    (
        "a state and its group",
        [row("a", "perpetrator", IRAVIA), row("b", "perpetrator", actor("Sons of Reed", sponsor="IRA"))],
        ["compatible"],
    ),
    (
        "gunmen and a group",
        [row("a", "perpetrator", actor("gunmen", "unknown")), row("b", "perpetrator", FRONT)],
        ["compatible"],
    ),
    (
        "the regime is that of the country it happened in",
        [
            row("a", "where", TARSK),
            row("a", "perpetrator", actor("regime", "government")),
            row("b", "perpetrator", IRAVIA),
        ],
        ["sole", "disputed"],
    ),
    (
        "a coalition is not at home",
        [
            row("a", "where", TARSK),
            row("a", "perpetrator", actor("coalition forces", "military")),
            row("b", "perpetrator", IRAVIA),
        ],
        ["sole", "compatible"],
    ),
    (
        "rebels or the army",
        [
            row("a", "perpetrator", actor("rebels")),
            row("b", "perpetrator", actor("army", "military")),
        ],
        ["disputed"],
    ),
    (
        "gunmen may be soldiers",
        [row("a", "perpetrator", actor("gunmen")), row("b", "perpetrator", actor("army", "military"))],
        ["compatible"],
    ),
    (
        "an author left open",
        [row("a", "perpetrator", IRAVIA, stance="doubts"), row("b", "perpetrator", KESTRAN)],
        ["compatible"],
    ),
    (
        "an accusation and its denial",
        [
            row("a", "perpetrator", FRONT, "Ministry", stance="accuses"),
            row("b", "perpetrator", FRONT, FRONT, stance="denies"),
        ],
        ["disputed"],
    ),
    (
        "nobody has claimed it yet, then somebody does",
        [
            row("a", "responsibility_claim", ResponsibilityClaim(claimed=False)),
            row("b", "responsibility_claim", ResponsibilityClaim(claimed=True), FRONT),
        ],
        ["compatible"],
    ),
    ("two towns", [row("a", "where", TARSK), row("b", "where", VELKOV)], ["disputed"]),
    (
        "a province by the name of its town",
        [row("a", "where", place("West", 46.0)), row("b", "where", TARSK)],
        ["compatible"],
    ),
    ("a quarter of the town", [row("a", "where", TARSK), row("b", "where", QUARTER)], ["compatible"]),
    (
        "two towns told by one report, one by the other",
        [row("a", "where", TARSK), row("a", "where", VELKOV), row("b", "where", VELKOV)],
        ["agreed"],
    ),
    (
        "a street that no map has",
        [row("a", "where", TARSK), row("b", "where", TARSK), row("b", "where", LANE)],
        ["compatible"],
    ),
    (
        "a headline names the country",
        [row("a", "where", COUNTRY), row("b", "where", TARSK), row("c", "where", TARSK)],
        ["agreed"],
    ),
    (
        "a village that no map has, guessed to lie where its sayer is from",
        [row("a", "where", LANE), row("b", "where", LANE.model_copy(update={"country": "KES"}))],
        ["agreed"],
    ),
    (
        "where the wounded were taken, in a report's own voice",
        [row("a", "where", TARSK, "Police"), row("a", "where", VELKOV)],
        ["compatible"],
    ),
    ("an evening and the small hours", [row("a", "when", EVENING), row("b", "when", SMALL_HOURS)], ["disputed"]),
    (
        "two who are quoted, in two reports that quote both sides",
        [
            row("a", "when", EVENING, "Police"),
            row("a", "when", SMALL_HOURS, "Militia"),
            row("b", "when", EVENING, "Ministry"),
        ],
        ["disputed"],
    ),
    (
        "nobody tells of what has not happened yet",
        [row("a", "when", day("2032-05-01")), row("b", "when", day("2032-05-04"))],
        ["agreed"],
    ),
    (
        "whom a report quotes on where the aircraft came from",
        [row("a", "where", TARSK, "Police"), row("a", "where", VELKOV, "Spotters"), row("b", "where", TARSK)],
        ["agreed"],
    ),
    (
        "a depot or houses",
        [row("a", "target", thing("military_base", "a depot")), row("b", "target", thing("residence", "houses"))],
        ["disputed"],
    ),
    (
        "a thing is named before its of",
        [
            row("a", "target", thing("transport", "aid convoy")),
            row("b", "target", thing("transport", "convoy of humanitarian aid")),
        ],
        ["agreed"],
    ),
    (
        "the day of the burial, in a report's own voice",
        [
            row("a", "when", day("2032-05-01"), "Police"),
            row("a", "when", day("2032-05-03")),
            row("b", "when", day("2032-05-01")),
        ],
        ["agreed"],
    ),
    (
        "times months apart are of two things",
        [row("a", "when", day("2032-05-01")), row("b", "when", day("2029-06"))],
        ["compatible"],
    ),
    (
        "one weekday of two pages, the date of one of which is wrong",
        [
            row("a", "when", day("2032-05-01").model_copy(update={"words": "Saturday"})),
            row("b", "when", day("2032-04-24").model_copy(update={"words": "Saturday"})),
        ],
        ["compatible"],
    ),
    (
        "two dates a week apart",
        [row("a", "when", day("2032-05-01")), row("b", "when", day("2032-04-24"))],
        ["disputed"],
    ),
    (
        "another holder's day in a report that tells the day",
        [
            row("a", "when", day("2032-05-01")),
            row("a", "when", day("2032-05-02"), "Police"),
            row("b", "when", day("2032-05-01"), "Ministry"),
        ],
        ["agreed"],
    ),
    (
        "one name that the map has twice",
        [row("a", "where", TARSK), row("b", "where", place("Tarsk", 10.0, admin1="East"))],
        ["agreed"],
    ),
    (
        "an office of the town that the map has twice",
        [row("a", "where", TARSK), row("b", "where", place("Tarsk office", 10.0, "point", admin1="East"))],
        ["agreed"],
    ),
    (
        "a blaze may have been laid",
        [
            row("a", "kind", Kind(kind="arson", words="arson")),
            row("b", "kind", Kind(kind="accident", words="blaze")),
        ],
        ["compatible"],
    ),
    (
        "an accident was laid by nobody",
        [
            row("a", "kind", Kind(kind="arson", words="arson")),
            row("b", "kind", Kind(kind="accident", words="accident")),
        ],
        ["disputed"],
    ),
    (
        "who were shot are the dead and the hurt",
        [
            row("a", "injured", count(3), words="three people were shot"),
            row("a", "killed", count(1)),
            row("b", "injured", count(2)),
        ],
        ["compatible", "sole"],
    ),
    (
        "one more of a group says nothing of the one before",
        [
            row("a", "injured", count(0, of="guards"), words="Another guard was unhurt"),
            row("b", "injured", count(1, of="guards")),
        ],
        ["sole", "sole"],
    ),
    ("two days", [row("a", "when", day("2032-05-01")), row("b", "when", day("2032-05-02"))], ["disputed"]),
    ("a day of a month", [row("a", "when", day("2032-05")), row("b", "when", day("2032-05-02"))], ["compatible"]),
    (
        "worn or planted",
        [
            row("a", "weapon", weapon("bomb", "suicide bomber")),
            row("b", "weapon", weapon("bomb", "device"), words="a planted device"),
        ],
        ["disputed"],
    ),
    (
        "a word that tells no way does not hide one that does",
        [
            row("a", "weapon", weapon("bomb", "bomb")),
            row("a", "weapon", weapon("bomb", "suicide bomber"), "Police"),
            row("b", "weapon", weapon("bomb", "device planted")),
        ],
        ["disputed"],
    ),
    (
        "what the holder calls the incident tells how",
        [
            row("a", "weapon", weapon("bomb", "explosives"), "Police"),
            row("a", "kind", Kind(kind="suicide_bombing", words="suicide bombing"), "Police"),
            row("b", "weapon", weapon("mine", "mine")),
        ],
        ["disputed", "sole"],
    ),
    (
        "a bomb and a car bomb",
        [row("a", "weapon", weapon("bomb", "bomb")), row("b", "weapon", weapon("car_bomb", "car bomb"))],
        ["compatible"],
    ),
    (
        "rockets or a drone",
        [row("a", "weapon", weapon("rocket", "rockets")), row("b", "weapon", weapon("drone", "a drone"))],
        ["disputed"],
    ),
    (
        "rockets and a drone in one report, a drone in the other",
        [
            row("a", "weapon", weapon("rocket", "rockets")),
            row("a", "weapon", weapon("drone", "drone")),
            row("b", "weapon", weapon("drone", "drone")),
        ],
        ["compatible"],
    ),
    (
        "parked or driven by somebody who died in it",
        [
            row("a", "weapon", weapon("car_bomb", "car bomb"), words="a car bomb that was parked by the gate"),
            row("b", "weapon", weapon("car_bomb", "truck"), words="a suicide bomber in a truck"),
        ],
        ["disputed"],
    ),
    (
        "a car bomb may have been parked",
        [
            row("a", "weapon", weapon("car_bomb", "car bomb")),
            row("b", "weapon", weapon("car_bomb", "car bomb"), words="a car bomb set off by remote control"),
        ],
        ["compatible"],
    ),
    (
        "mortars or howitzers",
        [row("a", "weapon", weapon("mortar", "mortars")), row("b", "weapon", weapon("artillery", "howitzers"))],
        ["disputed"],
    ),
    (
        "mortars are shells, too",
        [row("a", "weapon", weapon("mortar", "mortars")), row("b", "weapon", weapon("artillery", "shells"))],
        ["compatible"],
    ),
    (
        "barrel bombs are no missiles",
        [row("a", "weapon", weapon("aircraft", "barrel bombs")), row("b", "weapon", weapon("missile", "missiles"))],
        ["disputed"],
    ),
    (
        "jets fire missiles",
        [row("a", "weapon", weapon("aircraft", "jets")), row("b", "weapon", weapon("missile", "missiles"))],
        ["compatible"],
    ),
    (
        "a missile that falls short is none of an aircraft",
        [
            row("a", "weapon", weapon("aircraft", "air raid")),
            row("b", "weapon", weapon("missile", "a ballistic missile")),
        ],
        ["disputed"],
    ),
    (
        "a strike from the air or a shelling",
        [
            row("a", "kind", Kind(kind="air_drone_strike", words="air raid")),
            row("b", "kind", Kind(kind="artillery_rocket_missile", words="shelling")),
        ],
        ["disputed"],
    ),
    (
        "missiles of a drone are no shelling",
        [
            row("a", "kind", Kind(kind="air_drone_strike", words="drone strike")),
            row("b", "kind", Kind(kind="artillery_rocket_missile", words="missiles hit")),
            row("b", "weapon", weapon("missile", "three missiles")),
        ],
        ["compatible", "sole"],
    ),
    (
        "one sort that all tell, beside others",
        [
            row("a", "kind", Kind(kind="artillery_rocket_missile", words="shelling")),
            row("b", "kind", Kind(kind="artillery_rocket_missile", words="shelled")),
            row("b", "kind", Kind(kind="shooting", words="opened fire")),
        ],
        ["agreed"],
    ),
    (
        "a weapon denied is none that was used",
        [
            row("a", "weapon", weapon("aircraft", "air strike")),
            row("a", "weapon", weapon("rocket", "rocket"), "Army", stance="denies"),
            row("b", "weapon", weapon("aircraft", "jets")),
        ],
        ["compatible"],
    ),
    (
        "a market or a base",
        [row("a", "target", thing("market", "the fish market")), row("b", "target", thing("military_base", "a base"))],
        ["disputed"],
    ),
    (
        "a base beside a market that all name",
        [
            row("a", "target", thing("market", "the fish market")),
            row("b", "target", thing("military_base", "a base")),
            row("b", "target", thing("market", "a market")),
        ],
        ["agreed"],
    ),
    (
        "fighters who were hit are no rival of the people who were",
        [
            row("a", "target", thing("civilians", "shoppers", "civilians")),
            row("b", "target", thing("militants", "rebels", "armed_group")),
        ],
        ["compatible"],
    ),
    (
        "one market by three names",
        [
            row("a", "target", thing("market", "Tarsk market")),
            row("a", "target", thing("civilians", "shoppers", "civilians")),
            row("b", "target", thing("market", "the crowded fish market")),
        ],
        ["agreed"],
    ),
    (
        "destroyed or untouched",
        [
            row("a", "damage", Damage(extent="destroyed", words="x", of="the town's clinic")),
            row("b", "damage", Damage(extent="none", words="x", of="building"), "Army"),
        ],
        ["disputed"],
    ),
    (
        "windows are not the bridge",
        [
            row("a", "damage", Damage(extent="destroyed", words="x", of="bridge")),
            row("b", "damage", Damage(extent="none", words="x", of="windows")),
        ],
        ["compatible"],
    ),
    (
        "a day and its evening",
        [row("a", "when", day("2032-05-01")), row("b", "when", day("2032-05-01T18:00", "2032-05-01T23:59"))],
        ["agreed"],
    ),
    (
        "a town whose country the headline names",
        [
            row("a", "where", place("Ruvia", 41.0, "country"), head=True),
            row("a", "where", TARSK),
            row("b", "where", TARSK),
        ],
        ["agreed"],
    ),
    (
        "one holder who says it in two ways",
        [row("a", "where", TARSK, "Police"), row("a", "where", QUARTER, "Police")],
        ["sole"],
    ),
    (
        "an accident or a bombing",
        [
            row("a", "kind", Kind(kind="accident", words="accident")),
            row("b", "kind", Kind(kind="bombing", words="bomb")),
        ],
        ["disputed"],
    ),
    (
        "a bombing and a suicide bombing",
        [
            row("a", "kind", Kind(kind="suicide_bombing", words="suicide bombing")),
            row("b", "kind", Kind(kind="bombing", words="bomb")),
        ],
        ["compatible"],
    ),
    (
        "the bakery of the town, which others name",
        [row("a", "where", spot("bakery of Ardil Kabira")), row("b", "where", VILLAGE), row("c", "where", VILLAGE)],
        ["agreed"],
    ),
    (
        "one village in two spellings",
        [row("a", "where", VILLAGE), row("b", "where", spelt("Ard il-Kabira")), row("b", "where", COUNTRY)],
        ["agreed"],
    ),
    (
        "a quarter of another town, told of in passing",
        [row("a", "where", TARSK), row("b", "where", TARSK), row("b", "where", DOCKS)],
        ["agreed"],
    ),
    (
        "citizens are everybody where nobody counts others",
        [row("a", "killed", count(15, of="citizens")), row("b", "killed", SOME)],
        ["disputed"],
    ),
    (
        "the wounded who died are no toll",
        [row("a", "killed", count(14)), row("b", "killed", count(2, of="wounded"))],
        ["sole", "sole"],
    ),
    (
        "some of those hurt are no toll",
        [
            row("a", "injured", count(50)),
            row("b", "injured", count(18), words="50 were hurt, 18 of them critically"),
            row("c", "injured", count(4), words="4 of whom lost a leg"),
        ],
        ["sole", "sole", "sole"],
    ),
    (
        "what one hospital has seen may be a part",
        [
            row("a", "killed", count(20), "Ministry"),
            row("b", "killed", count(12), "surgeon at the Tarsk hospital", words="12 bodies"),
        ],
        ["sole", "sole"],
    ),
    (
        "a hospital that has seen more than others tell",
        [
            row("a", "killed", count(9), "Ministry"),
            row("b", "killed", count(12), "surgeon at the Tarsk hospital", words="12 bodies"),
        ],
        ["disputed"],
    ),
    (
        "a doctor who tells how many died",
        [
            row("a", "killed", count(20), "Ministry"),
            row("b", "killed", count(12), "surgeon at the Tarsk hospital", words="12 people had died"),
        ],
        ["disputed"],
    ),
    (
        "a strike may be of rockets, too",
        [
            row("a", "kind", Kind(kind="air_drone_strike", words="strike on")),
            row("b", "kind", Kind(kind="artillery_rocket_missile", words="rocket fire")),
        ],
        ["compatible"],
    ),
]


def made(rows: list[Row]) -> list[Claim]:
    maker = Maker()
    return [maker.claim(report, name, value, by, **more) for report, name, value, by, more in rows]


@pytest.mark.parametrize(("note", "rows", "expected"), CASES, ids=[case[0] for case in CASES])
def test_claims_of_many_reports_stand_to_each_other(note: str, rows: list[Row], expected: list[str]) -> None:
    assert [finding.status for finding in find_findings(made(rows), TOLD)] == expected, note


def only(rows: list[Row]) -> tuple[Judged, list[Claim]]:
    claims = made(rows)
    [judged] = judge(claims, TOLD)
    return judged, claims


def test_origins_are_counted_not_reports() -> None:
    judged, _ = only([row("a", "killed", count(9)), row("c", "killed", count(9)), row("b", "killed", count(9))])
    assert judged.finding.values[0].origins == 2


def test_a_raised_toll_is_a_revision_in_the_order_of_saying() -> None:
    judged, claims = only([row("b", "killed", count(11), "Ministry"), row("a", "killed", count(9), "Ministry")])
    assert [(r.old, r.new, r.holder) for r in judged.revisions] == [(claims[1].id, claims[0].id, "Ministry")]
    assert judged.conflicts == ()


def test_what_was_said_earlier_is_earlier_though_it_was_printed_later() -> None:
    judged, claims = only(
        [row("a", "killed", count(11), "Ministry"), row("b", "killed", count(9), "Ministry", said=day("2032-05-01"))]
    )
    assert [(r.old, r.new) for r in judged.revisions] == [(claims[1].id, claims[0].id)]


def test_what_was_replaced_is_disputed_only_where_the_new_number_is_not() -> None:
    old, new = row("a", "killed", count(6), "Ministry"), row("b", "killed", count(8), "Ministry")
    judged, claims = only([old, new, row("b", "killed", count(9), "Medics")])
    assert [{one.one, one.other} for one in judged.conflicts] == [{claims[1].id, claims[2].id}]
    judged, claims = only([old, new, row("b", "killed", count(8), "Medics")])
    assert [{one.one, one.other} for one in judged.conflicts] == [{claims[0].id, claims[2].id}]


def test_a_later_bound_that_holds_the_old_toll_revises_nothing() -> None:
    judged, _ = only([row("a", "killed", count(25), "Ministry"), row("b", "killed", SOME, "Ministry")])
    assert judged.revisions == ()


# note, claims, cause of the first conflict
CAUSES: list[tuple[str, list[Row], str]] = [
    ("later and larger", [row("a", "killed", count(9)), row("b", "killed", count(11))], "the toll grew"),
    ("later and smaller", [row("a", "killed", count(11)), row("b", "killed", count(9))], "rival reports"),
    ("the same day", [row("a", "killed", count(11)), row("c", "killed", count(9))], "rival reports"),
    (
        "one report",
        [row("a", "killed", count(9), "A"), row("a", "killed", count(8), "B")],
        "rival holders in one report",
    ),
    (
        "its headline",
        [row("a", "killed", count(50), head=True), row("a", "killed", count(9), "A")],
        "a headline against its own text",
    ),
    (
        "a denial",
        [row("a", "killed", count(9)), row("b", "killed", count(9), "A", stance="denies")],
        "one says it, the other denies it",
    ),
]


@pytest.mark.parametrize(("note", "rows", "cause"), CAUSES, ids=[case[0] for case in CAUSES])
def test_a_conflict_has_its_cause(note: str, rows: list[Row], cause: str) -> None:
    judged, _ = only(rows)
    assert [conflict.cause for conflict in judged.conflicts] == [cause], note


# note, claims, low end of the value shown, beginning of the rule
SHOWN: list[tuple[str, list[Row], int, str]] = [
    ("one value", [row("a", "killed", count(9))], 9, "the only value"),
    ("a replaced one goes", [row("a", "killed", count(9), "M"), row("b", "killed", count(11), "M")], 11, "its holder"),
    (
        "a denied one goes",
        [row("a", "killed", count(9)), row("b", "killed", count(11), "A", stance="denies")],
        9,
        "it is asserted",
    ),
    (
        "a headline goes",
        [row("a", "killed", count(50), head=True), row("a", "killed", count(9), "A")],
        9,
        "it stands in a text",
    ),
    (
        "most origins",
        [row("a", "killed", count(9)), row("b", "killed", count(9)), row("c", "killed", count(11))],
        9,
        "most independent",
    ),
    (
        "copies are no majority",
        [row("a", "killed", count(9)), row("c", "killed", count(9)), row("b", "killed", count(11))],
        11,
        "said last",
    ),
    ("the narrowest", [row("a", "killed", count(22)), row("b", "killed", SOME)], 22, "the narrowest"),
    (
        "who has replaced a number votes for the new one alone",
        [
            row("a", "killed", count(6), "Ministry"),
            row("d", "killed", count(6), "Medics", said=day("2032-05-02")),
            row("b", "killed", count(8), "Ministry"),
        ],
        8,
        "said last",
    ),
]


@pytest.mark.parametrize(("note", "rows", "low", "rule"), SHOWN, ids=[case[0] for case in SHOWN])
def test_the_value_to_show_is_chosen_by_a_rule_that_is_told(note: str, rows: list[Row], low: int, rule: str) -> None:
    judged, claims = only(rows)
    shown = display_value(judged, claims, TOLD)
    assert isinstance(shown.value, Quantity)
    assert (shown.value.low, shown.rule.startswith(rule)) == (low, True), f"{note}: {shown.rule}"


LIKELY = Certainty(words="unlikely", low=0.2, high=0.45, scale="ICD 203")
# note, claims, digit of the first value
GRADES: list[tuple[str, list[Row], int]] = [
    ("two origins", [row("a", "killed", count(9)), row("b", "killed", count(9))], 1),
    ("two reports of one origin", [row("a", "killed", count(9)), row("c", "killed", count(9))], 3),
    ("one origin, another fits", [row("a", "killed", SOME), row("b", "killed", MORE)], 2),
    ("one origin", [row("a", "killed", count(9))], 3),
    ("called unlikely", [row("a", "killed", count(9), certainty=LIKELY)], 4),
    ("replaced", [row("a", "killed", count(9), "M"), row("b", "killed", count(11), "M")], 4),
    ("contradicted", [row("a", "killed", count(9)), row("b", "killed", count(11))], 5),
    ("only denied", [row("a", "killed", count(9), "A", stance="denies")], 6),
]


def first_grade(rows: list[Row]) -> Grade:
    judged, claims = only(rows)
    return grade(judged.finding.values[0], judged, claims, TOLD)


@pytest.mark.parametrize(("note", "rows", "digit"), GRADES, ids=[case[0] for case in GRADES])
def test_the_digit_of_the_admiralty_code_follows_from_origins_and_contradictions(
    note: str, rows: list[Row], digit: int
) -> None:
    found = first_grade(rows)
    assert found.digit == digit, f"{note}: {found.rule}"
    assert found.meaning


def test_more_origins_than_contradict_it_make_a_value_doubtful_not_improbable() -> None:
    told = {f"re_{name}": Told(f"or_{name}", "2032-05-03") for name in "abc"}
    claims = made([row("a", "killed", count(9)), row("b", "killed", count(9)), row("c", "killed", count(11))])
    [judged] = judge(claims, told)
    assert [grade(value, judged, claims, told).digit for value in judged.finding.values] == [4, 5]


@given(st.permutations(made([entry for _, rows, _ in CASES[:12] for entry in rows])))
def test_findings_do_not_depend_on_the_order_of_the_claims(claims: list[Claim]) -> None:
    assert judge(claims, TOLD) == judge(sorted(claims, key=lambda claim: claim.id), TOLD)


@given(st.permutations([entry for _, rows, _ in CASES for entry in rows]), st.integers(1, 20))
def test_every_claim_is_in_exactly_one_value(rows: list[Row], size: int) -> None:
    claims = {claim.id: claim for claim in made(rows[:size])}
    told = [number for row in judge(list(claims.values()), TOLD) for v in row.finding.values for number in v.claims]
    assert sorted(told) == sorted(claims)


# note, claims, status of the finding on the hour; None where there is none
HOURS: list[tuple[str, list[Row], str | None]] = [
    ("hours of one day", [row("a", "when", day(SIX)), row("b", "when", day("2032-05-01T10:40"))], "disputed"),
    ("twenty minutes", [row("a", "when", day(SIX)), row("b", "when", day("2032-05-01T06:20"))], "compatible"),
    ("one hour", [row("a", "when", day(SIX)), row("b", "when", day(SIX))], "agreed"),
    ("one teller", [row("a", "when", day(SIX)), row("b", "when", EVENING)], None),
    ("one holder", [row("a", "when", day(SIX)), row("a", "when", day("2032-05-01T10:40"))], None),
]


@pytest.mark.parametrize(("note", "rows", "expected"), HOURS, ids=[case[0] for case in HOURS])
def test_the_hour_is_a_finding_beside_the_day(note: str, rows: list[Row], expected: str | None) -> None:
    found = {judged.group: judged.finding for judged in judge(made(rows), TOLD)}
    assert (found["hour/"].status if "hour/" in found else None) == expected, note
    if expected is not None:
        assert found[""].status == "agreed"
        assert {number for value in found["hour/"].values for number in value.claims} <= {
            number for value in found[""].values for number in value.claims
        }


def test_hours_of_two_days_are_a_dispute_on_the_day() -> None:
    judged = judge(made([row("a", "when", day(SIX)), row("b", "when", day("2032-05-02T06:00"))]), TOLD)
    assert [(each.group, each.finding.status) for each in judged] == [("", "disputed"), ("hour/", "compatible")]


def test_a_report_nobody_described_is_its_own_origin() -> None:
    claims = made([row("x", "killed", count(9)), row("y", "killed", count(9))])
    assert find_findings(claims)[0].values[0].origins == 2
