"""A map shows what has a place, counts what has none, and says what is disputed."""

from __future__ import annotations

from xml.etree import ElementTree

from sayso.records import Finding, FindingValue, Incident
from sayso.showing.maps import map_of
from sayso.values import Place, Quantity

SVG = "{http://www.w3.org/2000/svg}"


def incident(number: int, lat: float | None, lon: float | None, precision: str, *, disputed: bool = False) -> Incident:
    place = Place(name="Tarsk", country="NER", lat=lat, lon=lon, precision=precision, words="Tarsk")
    value = FindingValue(value=Quantity(low=3, high=3, words="3"), claims=("cl_1",), holders=("a",), origins=1)
    finding = Finding(field="killed", status="disputed", values=(value,))
    return Incident(
        id=f"in_{number}", kind="bombing", title="Bombing in <Tarsk>", where=place, reports=("re_1",),
        findings=(finding,) * disputed,
    )  # fmt: skip


def discs(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}circle"))


def test_a_place_without_coordinates_is_counted_and_not_drawn() -> None:
    made = map_of([incident(1, 17.0, 8.0, "settlement"), incident(2, None, None, "country")])
    assert (made.shown, made.without, len(discs(made.svg))) == (1, 1, 1)
    assert "1 without a place" in made.svg


def test_what_is_disputed_is_told_and_red() -> None:
    plain, disputed = discs(map_of([incident(1, 17, 8, "point"), incident(2, 18, 8, "point", disputed=True)]).svg)
    assert plain.get("fill") != disputed.get("fill")
    assert disputed.findtext(f"{SVG}title") == "Bombing in <Tarsk> (disputed: killed)"


def test_an_imprecise_place_is_a_wider_disc() -> None:
    town, province = discs(map_of([incident(1, 17, 8, "settlement"), incident(2, 16, 9, "province")]).svg)
    assert float(province.get("r", 0)) > 5 * float(town.get("r", 0))


def test_north_is_up_and_all_lies_in_the_picture() -> None:
    given = [incident(1, 17, 8, "point"), incident(2, -5, 30, "point"), incident(3, 10, -4, "point")]
    made = map_of(given)
    width, height = map(float, ElementTree.fromstring(made.svg).get("viewBox", "").split()[2:])
    north, south, west = discs(made.svg)
    assert float(north.get("cy", 0)) < float(south.get("cy", 0))
    assert float(west.get("cx", 0)) < float(north.get("cx", 0))
    for disc in (north, south, west):
        assert 0 < float(disc.get("cx", 0)) < width
        assert 0 < float(disc.get("cy", 0)) < height


def test_no_incident_is_the_whole_world() -> None:
    assert map_of([]).shown == 0
