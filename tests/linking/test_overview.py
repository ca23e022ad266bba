"""One incident over all its reports: which place and which toll it is listed with."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.linking.overview import Overview, overview
from sayso.records import Claim, Incident, Span
from sayso.values import Actor, Place, Quantity

POLICE, MEDICS = (Actor(name=name, kind="organisation", words=name) for name in ("Velm Police", "Velm Medics"))


def claim(at: int, field: str, value: Any, by: Actor = POLICE, **more: Any) -> Claim:
    span = Span(report="re_1", start=at * 10, end=at * 10 + 1, text="x")
    return Claim(incident="in_1", field=field, value=value, evidence=span, holder=by, **more)  # type: ignore[arg-type]


def view(*claims: Claim) -> Overview:
    account = Incident(id="in_1", kind="bombing", title="Bombing", reports=("re_1",))
    return overview("in_1", [account], claims, {})


def dead(low: int, of: str | None = None, high: int | None = -1) -> Quantity:
    group = Actor(name=None, kind="military", words=of) if of else None
    return Quantity(low=low, high=low if high == -1 else high, words=str(low), of=group)


TOLLS = [
    ([claim(1, "killed", dead(9)), claim(2, "killed", dead(2, "soldiers"))], (9, 9), "a whole toll goes before groups"),
    ([claim(1, "killed", dead(2, "soldiers"))], (2, None), "two soldiers are at least two"),
    (
        [claim(1, "killed", dead(5, "soldiers")), claim(2, "killed", dead(2, "officers"))],
        (5, None),
        "no sum: the officers may be among the soldiers",
    ),
    (
        [claim(1, "killed", dead(5, "soldiers")), claim(2, "killed", dead(3, "policemen"), MEDICS)],
        (3, None),
        "of two holders the one who counts least",
    ),
    ([claim(1, "killed", dead(0, "soldiers"))], None, "no soldiers: nobody says that anyone died"),
    ([claim(1, "killed", dead(2, "soldiers"), stance="denies")], None, "what is denied is no toll"),
    ([claim(1, "injured", dead(2, "soldiers"))], None, "another field"),
]


@pytest.mark.parametrize(("claims", "range_", "note"), TOLLS, ids=[row[2] for row in TOLLS])
def test_the_toll_that_an_incident_is_listed_with(
    claims: list[Claim], range_: tuple[int, int | None] | None, note: str
) -> None:
    seen = view(*claims)
    assert (seen.toll("killed") or seen.toll_of_parts("killed")) == range_


HOUSE = Place(name=None, precision="point", words="a house")
TOWN = Place(name="Velm", country="LBY", lat=32.0, lon=13.0, precision="settlement", words="Velm")
VILLAGE = Place(name="Orve", country="LBY", precision="settlement", words="Orve")
LAND = Place(name="Libya", country="LBY", precision="country", words="Libya")
WHERES = [
    ([TOWN, HOUSE], "a house, Velm", 32.0, "a site is the detail of the town"),
    ([HOUSE, TOWN], "Velm", 32.0, "a town that is shown anyway stays as it is"),
    ([TOWN, VILLAGE], "Orve, Velm", 32.0, "so is a village that no map has"),
    ([LAND, HOUSE], "a house, Libya", None, "a country is better than nothing"),
    ([HOUSE], "a house", None, "nothing is made up"),
    ([TOWN], "Velm", 32.0, "nothing is added"),
]


@pytest.mark.parametrize(("places", "shown", "lat", "note"), WHERES, ids=[row[3] for row in WHERES])
def test_the_place_that_an_incident_is_listed_with(
    places: list[Place], shown: str, lat: float | None, note: str
) -> None:
    where = view(*(claim(at, "where", place) for at, place in enumerate(places, 1))).incident.where
    assert where is not None
    assert (where.name or where.words, where.lat) == (shown, lat)


def test_a_town_that_is_only_denied_puts_nothing_on_the_map() -> None:
    where = view(claim(1, "where", TOWN, stance="denies"), claim(2, "where", HOUSE)).incident.where
    assert where == HOUSE
