"""What a phrase that names a place means, and when two places can both be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values.facts import PlaceFact
from sayso.values.place import Frame, Place, Precision, kilometres
from sayso.values.place_reading import choose, score
from sayso.vocab.gazetteer import Gazetteer

WORLD = Gazetteer.default()


def read(words: str, *countries: str, places: tuple[Place, ...] = ()) -> Place:
    return Place.parse(words, WORLD, Frame(countries, places))


# words, countries of the report → name, country, admin1, precision, note
PHRASES: list[tuple[str, tuple[str, ...], str | None, str | None, str | None, Precision | None, str]] = [
    ("Talcahuano", (), "Talcahuano", "CHL", "Biobio", "settlement", "one place of that name"),
    ("Talcahuano, Chile", (), "Talcahuano", "CHL", "Biobio", "settlement", "inside a country"),
    ("Paris", (), "Paris", "FRA", "Île-de-France", "settlement", "the most populous"),
    ("Paris, Texas", (), "Paris", "USA", "Texas", "settlement", "inside a division"),
    ("London, Ontario", ("GBR",), "London", "CAN", "Ontario", "settlement", "the words beat the frame"),
    ("Springfield, Ill.", (), "Springfield", "USA", "Illinois", "settlement", "a division's short form"),
    ("Springfield", (), "Springfield", "USA", None, "settlement", "a tie: what the candidates share"),
    ("Georgia", (), "Georgia", "GEO", None, "country", "country before division"),
    ("Georgia", ("USA",), "Georgia", "USA", "Georgia", "province", "a report about the United States"),
    ("Georgia", ("RUS", "GEO"), "Georgia", "GEO", None, "country", "a report about the Caucasus"),
    ("Tripoli", (), "Tripoli", "LBY", "Tripoli", "settlement", "the capital"),
    ("Tripoli", ("LBN",), "Tripoli", "LBN", "North Lebanon", "settlement", "the frame beats the capital"),
    ("Tripoli, Lebanon", (), "Tripoli", "LBN", "North Lebanon", "settlement", "and so do the words"),
    ("Hyderabad", (), "Hyderabad", "IND", "Telangana", "settlement", "the larger"),
    ("Hyderabad", ("PAK",), "Hyderabad", "PAK", "Sindh", "settlement", "the nearer"),
    ("Washington", (), "Washington, D.C.", "USA", "District of Columbia", "settlement", "the seat of government"),
    ("Washington state", (), "Washington", "USA", "Washington", "province", "the noun chooses the level"),
    ("Seattle, Washington", (), "Seattle", "USA", "Washington", "settlement", "a container is no settlement"),
    ("New York", (), "New York City", "USA", "New York", "settlement", "the city that goes by the state's name"),
    ("Iraq", (), "Iraq", "IRQ", None, "country", "a country, without a pin"),
    ("northern Iraq", (), "Iraq", "IRQ", None, "area", "a part of a country"),
    ("the north of Iraq", (), "Iraq", "IRQ", None, "area", "in other words"),
    ("central Baghdad", (), "Baghdad", "IRQ", "Baghdad", "settlement", "a part of a town is in the town"),
    ("near Tehran", (), "Tehran", "IRN", "Tehran", "area", "around, not in"),
    ("12 km north of Tehran", (), "Tehran", "IRN", "Tehran", "area", "a distance from a place"),
    ("about 30 miles (48 km) from Homs", (), "Homs", "SYR", "Homs", "area", "a distance in two units"),
    ("the outskirts of Aleppo", (), "Aleppo", "SYR", "Aleppo", "area", "a phrase for around"),
    ("near Nowhereville", (), None, None, None, None, "around an unknown place"),
    ("Aleppo's old city", (), "Aleppo", "SYR", "Aleppo", "settlement", "a quarter without a name of its own"),
    ("the Iraqi capital", (), "Baghdad", "IRQ", "Baghdad", "settlement", "a capital by its country"),
    ("the capital of Chile", (), "Santiago", "CHL", "Santiago Metropolitan", "settlement", "in other words"),
    ("Ghazni", (), "Ghazni", "AFG", "Ghazni", "settlement", "the city before the province"),
    ("Ghazni province", (), "Ghazni", "AFG", "Ghazni", "province", "unless the words say so"),
    ("the province of Ghazni", (), "Ghazni", "AFG", "Ghazni", "province", "in other words"),
    ("the northern Iraqi city of Mosul", (), "Mosul", "IRQ", "Nineveh", "settlement", "kind and demonym in front"),
    ("the town of Al-Bab", (), "Al Bab", "SYR", "Aleppo", "settlement", "a name with an article of its own"),
    ("the Colombian city of Córdoba", (), "Córdoba", "COL", "Bolívar", "settlement", "a demonym beats population"),
    ("Kandahar, southern Afghanistan", (), "Kandahar", "AFG", "Kandahar", "settlement", "a container with a direction"),
    ("Basra, southern Iraq, Middle East", (), "Basrah", "IRQ", "Basra", "settlement", "three in a row"),
    ("Baghdad airport", (), "Baghdad airport", "IRQ", "Baghdad", "point", "a facility in the town of its name"),
    ("the US embassy in Baghdad", (), "US embassy", "IRQ", "Baghdad", "point", "a facility in a town"),
    ("the US embassy", (), "US embassy", None, None, "point", "whose it is does not say where it is"),
    ("a market in Kabul", (), "market", "AFG", "Kabul", "point", "a facility without a name"),
    ("a village in Helmand", (), "Helmand", "AFG", "Helmand", "province", "the words tell no more than the province"),
    ("Ruizville, Iraq", (), None, "IRQ", None, None, "an unknown town of a known country"),
    ("Ruizville", (), None, None, None, None, "an unknown town"),
    ("a market in Ruizville", (), None, None, None, None, "a thing in an unknown town"),
    ("Baghdad, today", (), "Baghdad", "IRQ", "Baghdad", "settlement", "a comma and no place behind it"),
    ("Baghdad,", (), "Baghdad", "IRQ", "Baghdad", "settlement", "a comma left over"),
    ("the Green Zone", (), "Green Zone", "IRQ", "Baghdad", "district", "a quarter of our own table"),
    ("the West Bank", (), "West Bank", "PSE", "West Bank", "province", "a territory"),
    ("Donbass", (), "Donbas", "UKR", None, "area", "an area in its other spelling"),
    ("the Middle East", (), "Middle East", None, None, "area", "an area across borders"),
    ("Rapides Parish", (), "Rapides Parish", "USA", "Louisiana", "district", "a second-level division"),
    ("“Mosul”", (), "Mosul", "IRQ", "Nineveh", "settlement", "quotation marks do not matter"),
    ("Mosul’s", (), "Mosul", "IRQ", "Nineveh", "settlement", "nor does a possessive"),
    ("turkey", (), None, None, None, None, "not written as a name"),
    ("", (), None, None, None, None, "no words at all"),
]


@pytest.mark.parametrize(
    ("words", "countries", "name", "country", "admin1", "precision", "note"),
    PHRASES,
    ids=[f"{row[0]}: {row[6]}" for row in PHRASES],
)
def test_a_phrase_names_a_place(
    words: str,
    countries: tuple[str, ...],
    name: str | None,
    country: str | None,
    admin1: str | None,
    precision: Precision | None,
    note: str,
) -> None:
    place = read(words, *countries)
    assert (place.name, place.country, place.admin1, place.precision) == (name, country, admin1, precision)
    assert place.words == words


@pytest.mark.parametrize("words", ["Iraq", "northern Iraq", "Springfield", "Ruizville, Iraq"])
def test_there_is_no_pin_where_only_the_country_is_known(words: str) -> None:
    place = read(words)
    assert (place.lat, place.lon) == (None, None)


def test_a_facility_lies_where_its_town_lies() -> None:
    town, airport = read("Baghdad"), read("Baghdad airport")
    assert (airport.lat, airport.lon, airport.geonames) == (town.lat, town.lon, town.geonames)


def test_places_read_before_settle_a_shared_name() -> None:
    before = read("Baton Rouge")
    assert read("Alexandria", "USA").admin1 == "Virginia"
    assert read("Alexandria", "USA", places=(before,)).admin1 == "Louisiana"


def test_a_country_read_before_counts_like_a_country_of_the_report() -> None:
    assert read("Hyderabad", places=(read("Karachi"),)).country == "PAK"


def fact(name: str = "Northfield", population: int = 10_000, **more: object) -> PlaceFact:
    base = PlaceFact(name, "USA", "Ohio", None, "settlement", "PPL", population, 40.0, -82.0, 1, True)
    return base._replace(**more)  # type: ignore[arg-type]


REASONS = [
    (fact(population=100_000), fact(), "more people"),
    (fact(), fact(primary=False), "a main name"),
    (fact(feature="PPLC"), fact(), "a capital"),
    (fact(), fact(level="district"), "a settlement rather than a district"),
    (fact(), fact(lat=None), "a place whose coordinates are known"),
    (fact(country="CAN"), fact(), "a country of the report"),
    (fact(country="CAN"), fact(country="GBR"), "the first country of the report rather than the second"),
]


@pytest.mark.parametrize(("better", "worse", "note"), REASONS, ids=[row[2] for row in REASONS])
def test_each_reason_speaks_for_a_candidate(better: PlaceFact, worse: PlaceFact, note: str) -> None:
    frame = Frame(("CAN", "GBR"))
    assert score(better, frame) > score(worse, frame)


def test_a_hamlets_spelling_variant_stays_unresolved() -> None:
    poor = fact(population=900, primary=False)
    elsewhere = fact(population=800, primary=False, country="CAN")
    assert choose((poor, elsewhere), Frame()) is None
    assert choose((poor, elsewhere), Frame(("USA",))) is not None


def test_a_tie_across_borders_has_no_country() -> None:
    tied = choose((fact(), fact(country="CAN")), Frame())
    assert tied is not None
    assert (tied.name, tied.country, tied.precision) == (None, None, None)


def test_a_tie_under_different_names_has_a_country_and_no_name_to_go_by() -> None:
    tied = choose((fact(), fact(name="Norfield", admin1="Iowa")), Frame())
    assert tied is not None
    assert (tied.name, tied.country) == (None, "USA")


# -- comparison --------------------------------------------------------------------------------------------------------

BAGHDAD, MOSUL, IRAQ, NINEVEH = (read(words) for words in ("Baghdad", "Mosul", "Iraq", "Nineveh province"))
NORTH, IRAN, AIRPORT, GREEN_ZONE = (read(words) for words in ("northern Iraq", "Iran", "Baghdad airport", "Green Zone"))
NOWHERE, BAGHDAD_PROVINCE, SADR_CITY = (read(words) for words in ("Ruizville", "Baghdad province", "Sadr City"))

PAIRS: list[tuple[Place, Place, bool | None, bool | None, bool | None, str]] = [
    # one, other → same, one contains other, contradicts
    (BAGHDAD, BAGHDAD, True, True, False, "itself"),
    (BAGHDAD, MOSUL, False, None, True, "two cities apart"),
    (IRAQ, MOSUL, None, True, False, "a country and its city"),
    (MOSUL, IRAQ, None, False, False, "a city does not contain its country"),
    (NINEVEH, MOSUL, None, True, False, "a province and its city"),
    (NINEVEH, BAGHDAD, None, False, True, "a province and a city of another"),
    (NINEVEH, BAGHDAD_PROVINCE, False, False, True, "two provinces"),
    (BAGHDAD_PROVINCE, NINEVEH, False, False, True, "two provinces, the other way"),
    (IRAQ, IRAN, False, False, True, "two countries"),
    (NORTH, IRAQ, None, False, False, "a part lies in the whole"),
    (NORTH, MOSUL, None, None, None, "a vague part, and a city that may lie in it"),
    (NORTH, IRAN, False, False, True, "a part of one country, and another country"),
    (BAGHDAD, AIRPORT, None, True, False, "a town and its airport"),
    (MOSUL, AIRPORT, None, False, True, "a town and the airport of another"),
    (BAGHDAD, GREEN_ZONE, None, None, None, "a town and its quarter, close by"),
    (GREEN_ZONE, SADR_CITY, False, None, None, "two quarters close by"),
    (NOWHERE, MOSUL, None, None, None, "an unknown place"),
    (MOSUL, NOWHERE, None, None, None, "an unknown place, the other way"),
]


@pytest.mark.parametrize(
    ("one", "other", "same", "contains", "contradicts", "note"), PAIRS, ids=[row[5] for row in PAIRS]
)
def test_two_places_are_compared(
    one: Place, other: Place, same: bool | None, contains: bool | None, contradicts: bool | None, note: str
) -> None:
    assert (one.same(other), one.contains(other), one.contradicts(other)) == (same, contains, contradicts)


def test_a_namesake_without_its_division_is_nobody_knows() -> None:
    somewhere = read("Springfield")
    assert read("Springfield, Illinois").same(somewhere) is True
    assert read("Springfield, Illinois").same(read("Springfield, Missouri")) is None
    assert read("Springfield, Illinois").contradicts(read("Springfield, Missouri")) is True


def test_neighbours_across_a_division_do_not_contradict() -> None:
    one = Place(name="A", country="USA", admin1="X", lat=40.0, lon=-80.0, precision="settlement", words="A")
    near = Place(name="B", country="USA", admin1="Y", lat=40.1, lon=-80.0, precision="settlement", words="B")
    assert one.contradicts(near) is None
    assert one.contradicts(near.model_copy(update={"lat": 41.0})) is True


def test_two_divisions_without_names_are_not_compared() -> None:
    nameless = Place(name=None, country="USA", precision="province", words="a state")
    assert nameless.contradicts(nameless.model_copy(update={"name": "Ohio", "admin1": "Ohio"})) is None


FORMATTED = [
    (read("Talcahuano"), "Talcahuano, Biobio, CHL"),
    (read("Ghazni province"), "Ghazni, AFG"),
    (IRAQ, "Iraq"),
    (NOWHERE, "Ruizville"),
    (read("the Middle East"), "Middle East"),
]


@pytest.mark.parametrize(("place", "text"), FORMATTED)
def test_a_place_is_shown(place: Place, text: str) -> None:
    assert place.format() == text


def test_distance_follows_the_globe() -> None:
    assert kilometres(0, 0, 0, 180) == pytest.approx(20015, abs=1)
    assert BAGHDAD.distance(MOSUL) == pytest.approx(355, abs=5)
    assert BAGHDAD.distance(IRAQ) is None


KNOWN = [read(row[0], *row[1]) for row in PHRASES]
places = st.sampled_from(KNOWN)


@given(places, places)
def test_likeness_and_contradiction_are_mutual(one: Place, other: Place) -> None:
    assert one.same(other) == other.same(one)
    assert one.contradicts(other) == other.contradicts(one)


@given(places, places)
def test_what_contains_or_equals_does_not_contradict(one: Place, other: Place) -> None:
    if one.same(other) or one.contains(other):
        assert one.contradicts(other) is False


@given(places, places)
def test_two_places_contain_each_other_only_if_they_are_the_same(one: Place, other: Place) -> None:
    if one.contains(other) and other.contains(one):
        assert one.same(other)


@given(st.text(max_size=60))
def test_any_words_are_read_and_kept(words: str) -> None:
    place = read(words)
    assert place.words == words
    assert (place.lat is None) == (place.lon is None)
    assert place.precision != "country" or place.lat is None
