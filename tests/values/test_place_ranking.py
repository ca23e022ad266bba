"""All place names of one report settle each other; each gets its candidates, a reason, or stays unresolved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values.place_names import named
from sayso.values.place_ranking import Resolution, Toponym, countries_of, resolve
from sayso.vocab.gazetteer import Gazetteer

WORLD = Gazetteer.default()


def read(text: str, *names: str) -> dict[str, Resolution]:
    """Resolve the first mention of each name in a text."""
    spans = sorted((text.index(name), name) for name in names)
    found = resolve(text, [Toponym(at, at + len(name), name) for at, name in spans], WORLD)
    return {resolution.toponym.words: resolution for resolution in found}


# text with its names in square brackets, the name asked about → country and division, note
SENSES: list[tuple[str, str, str | None, str | None, str]] = [
    ("[Paris] was quiet.", "Paris", "FRA", "Île-de-France", "alone: the best known"),
    ("[Paris], [Texas], was quiet.", "Paris", "USA", "Texas", "the words beside it"),
    ("[Paris] ([Texas]) was quiet.", "Paris", "USA", "Texas", "in brackets"),
    ("[Paris] was quiet. In [Dallas], [Plano] and [Sherman] too.", "Paris", "USA", "Texas", "its neighbours"),
    ("[Lebanon] and [Syria] agreed.", "Lebanon", "LBN", None, "a country among countries"),
    ("[Lebanon], [Ohio], and [Mason] agreed.", "Lebanon", "USA", "Ohio", "a town of a country's name"),
    ("[Georgia], [Armenia] and [Azerbaijan] met.", "Georgia", "GEO", None, "the Caucasus"),
    ("[Atlanta], [Savannah] and all of [Georgia] were warned.", "Georgia", "USA", "Georgia", "the South"),
    ("Roads in [Ohio], [Georgia] and [Iowa] froze.", "Ohio", "USA", "Ohio", "a list of divisions is no nesting"),
    ("[Mexico], [Canada] and the [US] signed.", "Mexico", "MEX", None, "a list of countries is none either"),
    ("[Iraqi] forces left [Tripoli] for [Beirut], [Sidon] and [Lebanon].", "Tripoli", "LBN", None, "a near namesake"),
    ("[Dutch] and [Belgian] ships sailed.", "Dutch", "NLD", None, "a demonym stands for its country"),
    ("Rain fell on [Clarke County], [Georgia].", "Clarke County", "USA", "Georgia", "a noun of kind"),
    ("Rain fell on [Mt. Vernon], [Ohio].", "Mt. Vernon", "USA", "Ohio", "an abbreviation"),
    ("Shots rang out in [South Los Angeles], [California].", "South Los Angeles", "USA", None, "a part"),
    ("The [US Embassy] in [Baghdad] was hit.", "US Embassy", "IRQ", "Baghdad", "where the text puts it"),
    ("The [US Embassy] was hit.", "US Embassy", None, None, "whose it is does not say where it is"),
    ("Shells fell in [Aleppo] province.", "Aleppo", "SYR", "Aleppo", "the noun of a division behind it"),
    ("A [Western] diplomat left.", "Western", None, None, "a direction alone"),
    ("A [Car] burnt.", "Car", None, None, "a word that is no acronym"),
    ("[Gulf of Kirat] was closed.", "Gulf of Kirat", None, None, "a part never stands for the whole"),
    ("[Lake Paris] froze.", "Lake Paris", None, None, "nor at the end"),
    ("[Paris Metals] failed.", "Paris Metals", None, None, "nor at the beginning"),
    ("[Ruizburg] fell.", "Ruizburg", None, None, "unknown"),
    ("[Ruizburg], [Texas], fell.", "Ruizburg", "USA", "Texas", "unknown, in a known division"),
]


@pytest.mark.parametrize(("marked", "name", "country", "admin1", "note"), SENSES, ids=[row[4] for row in SENSES])
def test_the_report_settles_a_name(marked: str, name: str, country: str | None, admin1: str | None, note: str) -> None:
    names = [part.split("]")[0] for part in marked.split("[")[1:]]
    place = read(marked.replace("[", "").replace("]", ""), *names)[name].place
    assert place.country == country
    assert admin1 is None or place.admin1 == admin1


def test_each_mention_of_a_name_has_the_sense_that_one_of_them_states() -> None:
    text = "Paris woke early. Paris, Texas, has a fair."
    spans = [(0, "Paris"), (18, "Paris"), (25, "Texas")]
    found = resolve(text, [Toponym(at, at + len(name), name) for at, name in spans], WORLD)
    assert [resolution.place.admin1 for resolution in found] == ["Texas", "Texas", "Texas"]


def test_a_small_place_that_the_facts_do_not_hold_is_measured_from_its_neighbours_and_stays_unresolved() -> None:
    found = read("Dallas, Plano and Ruizburg flooded, as did Garland.", "Dallas", "Plano", "Ruizburg", "Garland")
    lost = found["Ruizburg"]
    assert (lost.place.name, lost.place.country, lost.place.lat, lost.near) == (None, None, None, True)
    assert lost.point == pytest.approx((32.9, -96.7), abs=0.2)
    assert "Texas" in lost.reason


def test_an_unknown_name_is_measured_from_the_place_it_holds_or_is_named_near_and_stays_unresolved() -> None:
    found = read("The Kabul Trade Fair opened as Mazar slept. Ruizburg is far.", "Kabul Trade Fair", "Ruizburg")
    fair, lost = found["Kabul Trade Fair"], found["Ruizburg"]
    assert (fair.place.name, fair.place.country, fair.near) == (None, None, True)
    assert fair.point == pytest.approx((34.6, 69.1), abs=0.2)
    assert (lost.point, lost.near) == (None, False)
    beside = read("Rain fell on Kandahar and on Ruizburg.", "Kandahar", "Ruizburg")["Ruizburg"]
    assert (beside.place.name, beside.near) == (None, True)
    assert "Kandahar is named near it" in beside.reason


def test_the_noun_of_a_division_behind_a_name_tells_the_division_from_its_seat() -> None:
    found = read("Shells fell in Aleppo province.", "Aleppo")["Aleppo"].place
    assert (found.precision, found.geonames) == ("province", 170062)
    assert read("Shells fell in Aleppo.", "Aleppo")["Aleppo"].place.precision == "settlement"


def test_a_state_is_not_the_city_that_carries_its_name_with_a_noun() -> None:
    found = read("Storms hit Tulsa and Norman in Oklahoma.", "Tulsa", "Norman", "Oklahoma")["Oklahoma"].place
    assert (found.name, found.precision, found.geonames) == ("Oklahoma", "province", 4544379)


def test_a_village_is_found_by_what_lies_around_it() -> None:
    found = read("Shots were heard in Marsing, Idaho.", "Marsing", "Idaho")["Marsing"].place
    assert (found.name, found.admin1, found.precision) == ("Marsing", "Idaho", "settlement")


def test_two_namesakes_that_nothing_tells_apart_stay_unsettled() -> None:
    found = read("Springfield was quiet.", "Springfield")["Springfield"]
    assert (found.place.country, found.place.admin1, found.place.lat, found.point) == ("USA", None, None, None)
    assert len(found.candidates) > 1


def test_candidates_come_best_first_with_their_reasons() -> None:
    found = read("Hyderabad, Karachi and Lahore were warned.", "Hyderabad", "Karachi", "Lahore")["Hyderabad"]
    assert [found.candidates[0].fact.country, found.place.country] == ["PAK", "PAK"]
    assert [c.points for c in found.candidates] == sorted((c.points for c in found.candidates), reverse=True)
    assert any("PAK" in reason or "Sindh" in reason for reason in found.candidates[0].reasons)


@pytest.mark.parametrize("name", ["Iraq", "Europe", "Pacific Ocean", "University of Texas"])
def test_what_is_wide_has_no_pin(name: str) -> None:
    place = read(f"{name} was named.", name)[name].place
    assert (place.lat, place.lon) == (None, None)


def test_the_countries_of_a_report_come_weightiest_first() -> None:
    found = read("Cairo, Oslo and Giza.", "Cairo", "Oslo", "Giza")
    assert countries_of(found.values()) == ("EGY", "NOR")


def test_no_names_no_places() -> None:
    assert resolve("Nothing here.", [], WORLD) == ()


NAMES = [
    "Paris",
    "Texas",
    "Georgia",
    "Springfield",
    "Ruizburg",
    "US",
    "Dutch",
    "Clarke County",
    "Aleppo",
    "",
    "?",
    "Us",
]


@given(st.lists(st.sampled_from(NAMES), max_size=8))
def test_every_name_gets_an_answer_in_order_and_the_same_each_time(names: list[str]) -> None:
    text, spans = "", []
    for name in names:
        spans.append(Toponym(len(text), len(text) + len(name), name))
        text += f"{name}, "
    found = resolve(text, spans, WORLD)
    assert [resolution.toponym for resolution in found] == spans
    assert [resolution.place.words for resolution in found] == names
    assert found == resolve(text, spans, WORLD)
    assert all(resolution.reason for resolution in found)
    assert all((r.place.lat is None) or r.place.name for r in found)


@given(st.text(max_size=40))
def test_any_words_have_candidates_or_none(words: str) -> None:
    found = named(words, WORLD)
    assert set(found.changed) <= set(found.facts)


def test_a_name_in_capitals_is_the_same_name_and_no_second_witness() -> None:
    text = "SPRINGFIELD - Talks ended in Springfield, Ohio."
    found = resolve(
        text, [Toponym(0, 11, "SPRINGFIELD"), Toponym(29, 40, "Springfield"), Toponym(42, 46, "Ohio")], WORLD
    )
    assert [resolution.place.admin1 for resolution in found] == ["Ohio", "Ohio", "Ohio"]
    assert found[0].place.words == "SPRINGFIELD"
