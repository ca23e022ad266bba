"""Profiles: others' columns, and for each value that is made of many the rule that its page states."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from sayso.exports.profiles import NAMES, format_for, profile_of, profiles
from sayso.exports.profiles.acled import DISORDER_OF, EVENT_OF, fatalities
from sayso.exports.profiles.paper import page
from sayso.exports.profiles.plover import TYPES, quad
from sayso.exports.selection import Selection
from sayso.reading.happenings.taxonomy import kinds
from sayso.values import Quantity

PAGES = Path(__file__).parents[2] / "docs" / "profiles"


def rows_of(name: str, chosen: Selection) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(format_for(name).stream(chosen)), newline="")))


def harbour(name: str, chosen: Selection, column: str, value: str = "Sidra Bahr") -> dict[str, str]:
    return next(row for row in rows_of(name, chosen) if row[column] == value)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_profile_is_made_of_its_code(name: str) -> None:
    written = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert written == page(profile_of(name)), "python -m sayso.exports.profiles.paper docs/profiles"


def test_there_is_no_page_without_a_profile() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {profile.name for profile in profiles()}


FATALITIES = [
    ("dozens", 24, None, 12, "the codebook's number for the word"),
    ("hundreds", 200, None, 100, "likewise"),
    ("several", 3, None, 3, "a bare few"),
    ("at least 6", 6, None, 6, "the least"),
    ("between 5 and 7", 5, 7, 5, "the least of a range"),
    ("no", 0, 0, 0, "an explicit zero"),
]


@pytest.mark.parametrize(("words", "low", "high", "number", "note"), FATALITIES, ids=[row[0] for row in FATALITIES])
def test_fatalities_of_acled(words: str, low: int, high: int | None, number: int, note: str) -> None:
    assert fatalities(Quantity(low=low, high=high, words=words)) == number, note


def test_dozens_are_twelve_in_acled_only() -> None:
    from sayso.exports.profiles import gtd, ucdp

    dozens = Quantity(low=24, high=None, words="dozens")
    assert fatalities(dozens) == 12

    class Said:
        def count(self, _: str) -> Quantity:
            return dozens

    assert ucdp._best(Said()) == 24  # type: ignore[arg-type]
    assert gtd._count("killed")(Said()) is None


def test_acled_has_the_least_toll_the_accused_and_the_crosswalk(chosen: Selection) -> None:
    row = harbour("acled", chosen, "location")
    assert row["event_date"] == "2031-05-13"
    assert (row["event_type"], row["sub_event_type"]) == (
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    )
    assert (row["actor1"], row["inter1"], row["iso"]) == ("Eastern Front", "Rebel group", "434")
    assert row["fatalities"] == "6"
    assert (row["latitude"], row["longitude"]) == ("", "")
    assert "city’s main hospital" in row["notes"], "what contradicts the one toll is kept in the notes"


def test_every_sub_event_of_the_vocabulary_has_its_types() -> None:
    for kind in kinds().values():
        if kind.acled:
            assert EVENT_OF[kind.acled[0]] in DISORDER_OF


def test_ucdp_has_best_high_and_low(chosen: Selection) -> None:
    row = harbour("ucdp-ged", chosen, "where_coordinates")
    assert (row["low"], row["best"], row["high"]) == ("6", "8", "9")
    assert (row["side_a"], row["number_of_sources"], row["date_prec"]) == ("Eastern Front", "3", "1")
    mosul = harbour("ucdp-ged", chosen, "where_coordinates", "Mosul")
    assert mosul["priogrid_gid"] == str((int((36.335 + 90) * 2)) * 720 + int((43.11889 + 180) * 2) + 1)


def test_gtd_leaves_vague_tolls_empty_and_marks_what_is_only_suspected(chosen: Selection) -> None:
    row = harbour("gtd", chosen, "city")
    assert (row["iyear"], row["imonth"], row["iday"]) == ("2031", "5", "13")
    assert (row["gname"], row["guncertain1"], row["claimed"]) == ("Eastern Front", "0", "0")
    assert (row["attacktype1_txt"], row["weaptype1_txt"], row["nkill"]) == ("Bombing/Explosion", "Explosives", "8")
    market = harbour("gtd", chosen, "provstate", "Aleppo")
    assert market["nwound"] == "", "“dozens” is no number in GTD"


def test_plover_has_accusations_and_denials_as_events(chosen: Selection) -> None:
    rows = [row for row in rows_of("plover", chosen) if row["Placename"] == "Sidra Bahr"]
    accusers = {(row["Actor Name"], row["Recipient Name"]) for row in rows if row["Event Type"] == "ACCUSE"}
    assert ("Western diplomats", "Eastern Front") in accusers
    assert ("Eastern Front", "government") in accusers
    assert "Eastern Front" in {row["Actor Name"] for row in rows if row["Event Type"] == "REJECT"}
    (deed,) = [row for row in rows if row["Event Type"] == "ASSAULT"]
    assert (deed["Actor Name"], deed["Quad Code"]) == ("Eastern Front", "4")


def test_the_quad_classes_of_plover() -> None:
    found = {kind: quad(kind) for kind in TYPES}
    assert [found[kind] for kind in ("AGREE", "CONCEDE", "COOPERATE", "RETREAT", "REQUEST", "THREATEN", "PROTEST")] == [
        1, 1, 2, 2, 3, 3, 4,
    ]  # fmt: skip


def test_muc4_has_a_row_for_each_report_with_its_own_confidence(chosen: Selection) -> None:
    every = rows_of("muc4", chosen)
    number = next(row["1 MESSAGE: TEMPLATE"] for row in every if "SIDRA BAHR" in row["3 INCIDENT: LOCATION"])
    rows = [row for row in every if row["1 MESSAGE: TEMPLATE"] == number]
    assert len(rows) == 3
    steps = " ".join(row["11 PERP: ORGANIZATION CONFIDENCE"] for row in rows)
    assert 'SUSPECTED OR ACCUSED BY AUTHORITIES: "EASTERN FRONT"' in steps
    assert {row["24 HUM TGT: TOTAL NUMBER"] for row in rows} <= {"6", "9", "8", "6 -"}


@pytest.mark.parametrize(
    ("name", "place", "columns"),
    [
        ("acled", "location", ["fatalities"]),
        ("ucdp-ged", "where_coordinates", ["low", "best", "high"]),
        ("gtd", "city", ["nkill"]),
    ],
)
def test_where_only_groups_are_counted_the_largest_counts(
    name: str, place: str, columns: list[str], chosen: Selection
) -> None:
    """Of the convoy a driver and two kidnappers are told dead, and nobody says how many in all."""
    row = harbour(name, chosen, place, "Odrana")
    assert [row[column] for column in columns] == ["2"] * len(columns)


def test_none_of_one_group_says_nothing_of_the_others() -> None:
    from types import SimpleNamespace as Thing

    from sayso.exports.profiles.choices import Flat

    def judged(group: str, low: int) -> Thing:
        value = Quantity(low=low, high=low, words=str(low))
        return Thing(finding=Thing(field="killed"), group=group, value=value)

    def flat(*found: Thing) -> Flat:
        view = Thing(judged=found, display=lambda each: Thing(value=each.value))
        return Flat(Thing(gathered=Thing(overview=view)))  # type: ignore[arg-type]

    assert flat(judged("soldiers/", 0)).count("killed") is None
    found = flat(judged("soldiers/", 0), judged("guards/", 3), judged("workers/", 1)).count("killed")
    assert found is not None
    assert found.low == 3
