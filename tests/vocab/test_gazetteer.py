"""The gazetteer knows the world's names; a missing or damaged file says what to do."""

from __future__ import annotations

import sqlite3
import sys
import threading
import time
from pathlib import Path

import pytest

from sayso.errors import SetupError
from sayso.vocab.gazetteer import FILE, Gazetteer

MEGABYTE = 1_000_000

PLACES = [
    ("Talcahuano", "Talcahuano", "CHL", "Biobio", "settlement", "a port"),
    ("Kandahar", "Kandahar", "AFG", "Kandahar", "settlement", "English spelling of a marked name"),
    ("Raqqa", "Ar Raqqah", "SYR", "Raqqa", "settlement", "without its Arabic article"),
    ("Kobani", "'Ayn al 'Arab", "SYR", "Aleppo", "settlement", "another name altogether"),
    ("Deir al-Zor", "Deir ez-Zor", "SYR", "Deir ez-Zor", "settlement", "a province's spelling reaches its city"),
    ("Hodeidah", "Al Hudaydah", "YEM", "Al Hudaydah", "settlement", "the newsrooms' spelling"),
    ("Helmand", "Helmand", "AFG", "Helmand", "province", "a division"),
    ("Rapides Parish", "Rapides Parish", "USA", "Louisiana", "district", "a second-level division"),
    ("Texas", "Texas", "USA", "Texas", "province", "a state of a federation"),
    ("Ill.", "Illinois", "USA", "Illinois", "province", "the agencies' short form"),
    ("Iraq", "Iraq", "IRQ", None, "country", "a country"),
    ("Green Zone", "Green Zone", "IRQ", "Baghdad", "district", "a quarter of our own table"),
    ("Donbass", "Donbas", "UKR", None, "area", "an area, in its other spelling"),
    ("Bab el-Mandeb", "Bab el-Mandeb", None, None, "area", "a strait"),
    ("Saint Petersburg", "Saint Petersburg", "RUS", "St.-Petersburg", "settlement", "a saint in full"),
    ("St Petersburg", "St. Petersburg", "USA", "Florida", "settlement", "and shortened"),
]


@pytest.mark.parametrize(
    ("asked", "name", "country", "admin1", "kind", "note"), PLACES, ids=[f"{row[0]}: {row[5]}" for row in PLACES]
)
def test_a_place_is_among_the_candidates(
    asked: str, name: str, country: str | None, admin1: str | None, kind: str, note: str
) -> None:
    found = [(fact.name, fact.country, fact.admin1, fact.level) for fact in Gazetteer.default().places(asked)]
    assert (name, country, admin1, kind) in found


def test_a_settlement_comes_with_its_facts() -> None:
    fact = Gazetteer.default().places("Talcahuano")[0]
    assert (fact.geonames, fact.feature, fact.population > 100_000, fact.primary) == (3870282, "PPL", True, True)
    assert (round(fact.lat or 0, 2), round(fact.lon or 0, 2)) == (-36.72, -73.12)


@pytest.mark.parametrize("word", ["turkey", "nice", "reading", "Atlantisburgh", ""])
def test_what_is_no_name_is_no_place(word: str) -> None:
    assert Gazetteer.default().places(word) == ()


COUNTRIES = [
    ("Iraq", "IRQ", "name"),
    ("Iraqi", "IRQ", "demonym"),
    ("Dutch", "NLD", "irregular demonym"),
    ("Filipinas", "PHL", "feminine plural"),
    ("Kiwi", "NZL", "nickname"),
    ("Afghan", "AFG", "people, not money"),
    ("Frenchwomen", "FRA", "irregular plural"),
    ("Congolese", "COD", "shared by two: the one with by far most people"),
    ("US", "USA", "letters"),
    ("U.S.", "USA", "letters with points"),
    ("us", None, "a pronoun"),
    ("Us", None, "a pronoun at the start of a sentence"),
    ("the Netherlands", "NLD", "with its article"),
    ("Ivory Coast", "CIV", "English name"),
    ("Burma", "MMR", "former name"),
    ("Kosovo", "XKX", "no ISO code of its own, the usual one"),
    ("IRN", None, "a code is no name"),
    ("ATF", None, "a bureau, not the French Southern Territories"),
    ("Georgia", "GEO", "the country of that name"),
    ("turkey", None, "a bird"),
    ("Tehran", None, "a city is no country"),
    ("Wakanda", None, "unknown"),
]


@pytest.mark.parametrize(("asked", "code", "note"), COUNTRIES, ids=[f"{row[0]}: {row[2]}" for row in COUNTRIES])
def test_a_country_is_known_by_name_and_demonym(asked: str, code: str | None, note: str) -> None:
    fact = Gazetteer.default().country(asked)
    assert (fact.code if fact else None) == code


def test_a_demonym_is_not_a_name() -> None:
    gazetteer = Gazetteer.default()
    assert (gazetteer.demonym("Iraq"), gazetteer.demonym("iraqi")) == (None, None)
    assert gazetteer.demonym("Swiss") == gazetteer.by_code("CHE")


@pytest.mark.parametrize(
    ("seat", "code"), [("the Kremlin", "RUS"), ("Tehran", "IRN"), ("White House", "USA"), ("Talcahuano", None)]
)
def test_a_seat_of_power_stands_for_a_government(seat: str, code: str | None) -> None:
    fact = Gazetteer.default().government(seat)
    assert (fact.code if fact else None) == code


ACTORS = [
    ("al Shabab", "Al-Shabaab", "spelling"),
    ("ISIS", "Islamic State", "acronym"),
    ("Daesh", "Islamic State", "Arabic acronym"),
    ("U.S. Central Command", "United States Central Command", "points"),
    ("Chadian National Army", "Chadian National Army", "from The World Factbook"),
    ("PJAK", "The Free Life Party of Kurdistan", "from UCDP"),
    ("taliban", None, "not written as a name"),
    ("Order of the Marmalade", None, "unknown"),
]


@pytest.mark.parametrize(("asked", "name", "note"), ACTORS, ids=[f"{row[0]}: {row[2]}" for row in ACTORS])
def test_a_body_is_known_by_any_spelling(asked: str, name: str | None, note: str) -> None:
    fact = Gazetteer.default().actor(asked)
    assert (fact.name if fact else None) == name


SHARED = [
    ("JEM", (), None, "two bodies of our own table, and nothing to choose by"),
    ("JEM", ("SDN",), "Justice and Equality Movement", "the report is about Sudan"),
    ("JEM", ("IND", "PAK"), "Jaish-e-Mohammed", "the report is about Kashmir"),
    ("ELN", ("FRA",), "National Liberation Army (Colombia)", "our table goes before UCDP's other ELN"),
]


@pytest.mark.parametrize(("asked", "countries", "name", "note"), SHARED, ids=[row[3] for row in SHARED])
def test_countries_settle_a_shared_acronym(asked: str, countries: tuple[str, ...], name: str | None, note: str) -> None:
    fact = Gazetteer.default().actor(asked, countries)
    assert (fact.name if fact else None) == name


LEADERS = [
    ("Trump", None, "USA", "the latest term where no day is given"),
    ("Trump", "2018-05-01", "USA", "in a first term"),
    ("Trump", "2022-05-01", None, "between two terms"),
    ("Rouhani", "2019", "IRN", "a year counts as the whole year"),
    ("Rouhani", "2012-01", None, "before the term"),
    ("Assad", "2015-01-01", "SYR", "a name without its article"),
    ("Nobody Inparticular", None, None, "unknown"),
    ("trump", None, None, "a card"),
]


@pytest.mark.parametrize(("name", "on", "country", "note"), LEADERS, ids=[row[3] for row in LEADERS])
def test_a_leader_is_known_by_name_and_day(name: str, on: str | None, country: str | None, note: str) -> None:
    fact = Gazetteer.default().leader(name, on)
    assert (fact.country if fact else None) == country


def test_an_office_has_a_holder_on_a_day() -> None:
    gazetteer = Gazetteer.default()
    holder = gazetteer.office("president", "USA", "2010-07-01")
    assert holder is not None
    assert holder.name == "Barack Obama"
    assert gazetteer.office("president", "USA", "1850-07-01") is None


def test_the_file_credits_its_sources() -> None:
    meta = Gazetteer.default().meta()
    assert "CC BY 4.0" in meta["credit GeoNames"]
    assert meta["schema"] == "sayso.gazetteer/1"
    assert all(len(value) == 64 for key, value in meta.items() if key.startswith("sha256 "))


def test_the_file_is_small() -> None:
    assert FILE.stat().st_size <= 21 * MEGABYTE


def test_error_for_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"gone\.sqlite: .* cannot be read: no such file \(reinstall sayso\)"):
        Gazetteer(tmp_path / "gone.sqlite").places("Paris")


def test_error_for_a_damaged_file(tmp_path: Path) -> None:
    (tmp_path / "bad.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(SetupError, match="cannot be read: file is not a database"):
        Gazetteer(tmp_path / "bad.sqlite").country("Iraq")


def test_error_for_a_file_of_another_kind(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.sqlite") as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        connection.execute("INSERT INTO meta VALUES ('schema', 'sayso.gazetteer/0')")
    connection.close()
    with pytest.raises(SetupError, match=r"expected sayso\.gazetteer/1, found sayso\.gazetteer/0"):
        Gazetteer(tmp_path / "other.sqlite").actor("ISIS")


def test_threads_share_one_gazetteer() -> None:
    gazetteer, answers = Gazetteer(), []
    names = ["Talcahuano", "Mosul", "Ghazni", "Lviv"] * 50

    def ask() -> None:
        answers.append([gazetteer.places(name)[0].geonames for name in names])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert all(answer == answers[0] for answer in answers)


def test_the_time_of_a_look_up_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """A figure, not a gate: time on a shared machine proves nothing."""
    gazetteer = Gazetteer()
    names = [fact[0].title() for fact in gazetteer._query("SELECT name FROM place_name WHERE name > ? LIMIT 2000", "m")]
    for turn in ("first", "again"):
        begin = time.perf_counter()
        found = sum(bool(gazetteer.places(name)) for name in names)
        with capsys.disabled():
            sys.stdout.write(f"  places(name), {turn}: {(time.perf_counter() - begin) / len(names) * 1e6:.1f} µs\n")
    assert found == len(names)
