"""The taxonomy and its crosswalks: complete, and without loose ends."""

from __future__ import annotations

from typing import get_args

from sayso.reading.events import PloverWords
from sayso.reading.happenings.taxonomy import compatible, kinds
from sayso.reading.means.weapons import WeaponWords
from sayso.records import EventType, WeaponClass
from sayso.vocab import load_table

TAXONOMY = {
    "armed_clash",
    "artillery_rocket_missile",
    "air_drone_strike",
    "bombing",
    "suicide_bombing",
    "vehicle_bombing",
    "grenade",
    "shooting",
    "assassination",
    "stabbing",
    "vehicle_ramming",
    "arson",
    "abduction",
    "hijacking",
    "sexual_violence",
    "property_destruction",
    "looting",
    "arrest_raid",
    "protest_riot",
    "force_deployment",
    "shootdown",
    "accident",
    "other",
}


def test_the_taxonomy_is_the_agreed_one() -> None:
    assert set(kinds()) == TAXONOMY


def test_every_violent_kind_has_its_crosswalks() -> None:
    for kind in kinds().values():
        if "violence" in kind.families and kind.name != "protest_riot":
            assert kind.acled, kind.name
            assert kind.gtd, kind.name
            assert kind.muc4, kind.name
            assert kind.plover_type == "ASSAULT", kind.name


def test_all_sixteen_types_of_plover_have_words() -> None:
    spoken = {entry.type for entry in load_table("plover", PloverWords)}
    coded = {kind.plover_type for kind in kinds().values() if kind.plover_type}
    assert spoken | coded == set(get_args(EventType))


def test_every_weapon_class_but_unknown_has_words_and_makes_a_known_kind() -> None:
    weapons = load_table("weapons", WeaponWords)
    assert {entry.class_ for entry in weapons} == set(get_args(WeaponClass)) - {"unknown"}
    assert {entry.kind for entry in weapons} <= TAXONOMY


def test_an_attack_can_be_any_violence_but_no_accident() -> None:
    assert compatible("other", "bombing")
    assert compatible("vehicle_bombing", "suicide_bombing")
    assert not compatible("stabbing", "bombing")
    assert not compatible("other", "accident")
