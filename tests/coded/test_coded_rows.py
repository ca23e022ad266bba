"""Rows of other data sets: reports whose claims point at cells, on the word of the source that the row names."""

from __future__ import annotations

import csv
import io

import pytest

from sayso.coded import DATASETS, read_each, report_of_row
from sayso.coded.reading import crosswalk
from sayso.errors import InputError
from sayso.intake import Capture
from sayso.reading.happenings.taxonomy import kinds
from sayso.records import Claim, Reading

ACLED = {
    "event_id_cnty": "LBY1", "event_date": "14 May 2031", "time_precision": "1", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Eastern Front", "actor2": "Civilians (Libya)", "country": "Libya",
    "admin1": "", "location": "Sidra Bahr", "latitude": "32.5", "longitude": "15.2", "geo_precision": "1",
    "source": "Coast Wire; Meridian Herald", "notes": "Rockets hit the harbour.", "fatalities": "11",
    "timestamp": "1936700000",
}  # fmt: skip
UCDP = {
    "id": "77", "type_of_violence": "1", "dyad_name": "Government of Libya - Eastern Front",
    "side_a": "Government of Libya", "side_b": "Eastern Front", "date_start": "2031-05-13", "date_end": "2031-05-15",
    "where_coordinates": "Sidra Bahr", "adm_1": "", "country": "Libya", "latitude": "32.5", "longitude": "15.2",
    "where_prec": "1", "low": "6", "high": "11", "best": "8", "source_office": "Coast Wire", "source_headline": "x",
    "where_description": "",
}  # fmt: skip
GTD = {
    "eventid": "203105130001", "iyear": "2031", "imonth": "5", "iday": "0", "attacktype1_txt": "Bombing/Explosion",
    "targtype1_txt": "Business", "country_txt": "Libya", "city": "Sidra Bahr", "provstate": "", "latitude": "32.5",
    "longitude": "15.2", "specificity": "1", "gname": "Unknown", "target1": "Harbour", "nkill": "8.0", "nwound": "14",
    "scite1": "", "scite2": "", "scite3": "", "summary": "", "motive": "", "weapdetail": "",
}  # fmt: skip
ROWS = {"acled": ACLED, "ucdp-ged": UCDP, "gtd": GTD}


def capture(row: dict[str, str]) -> Capture:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(row))
    writer.writeheader()
    writer.writerow(row)
    return Capture(stream.getvalue().encode(), "rows.csv:2", "row")


def read(name: str, **changes: str) -> Reading:
    dataset = DATASETS[name]
    report = report_of_row(capture(ROWS[name] | changes), dataset)
    (reading,) = read_each(dataset)([report])
    return Reading.model_validate(reading.model_dump(by_alias=True))  # ids, spans and references are checked


def of(reading: Reading, field: str) -> list[Claim]:
    return [claim for claim in reading.claims if claim.field == field]


@pytest.mark.parametrize("name", DATASETS)
def test_every_claim_points_at_its_cell_and_has_a_sayer(name: str) -> None:
    reading = read(name)
    (report,) = reading.reports
    assert {claim.field for claim in reading.claims} >= {"kind", "when", "where", "killed"}
    for claim in reading.claims:
        claim.evidence.check_against(report)
        line = report.text[: claim.evidence.start].rpartition("\n")[2]
        assert line.removesuffix(": ") in DATASETS[name].columns
        assert claim.holder.kind != "report"
        assert claim.holder.name


def test_each_named_source_says_it_through_the_data_set() -> None:
    killed = of(read("acled"), "killed")
    assert [(claim.holder.name, claim.chain[0]) for claim in killed] == [
        ("Coast Wire", "ACLED"),
        ("Meridian Herald", "ACLED"),
    ]
    assert {(claim.value.low, claim.value.high) for claim in killed} == {(11, 11)}  # type: ignore[union-attr]


def test_without_a_source_the_data_set_itself_says_it() -> None:
    assert {claim.holder.name for claim in read("acled", source="").claims} == {"ACLED"}
    assert {claim.holder.name for claim in read("gtd").claims} == {"GTD"}


DAYS = [
    ("acled", {}, "2031-05-14", "2031-05-14", "the day"),
    ("acled", {"event_date": "2031-05-14"}, "2031-05-14", "2031-05-14", "as a number"),
    ("acled", {"time_precision": "2"}, "2031-05-08", "2031-05-20", "some day of the week"),
    ("acled", {"time_precision": "3"}, "2031-05", "2031-05", "the month"),
    ("ucdp-ged", {}, "2031-05-13", "2031-05-15", "from and to"),
    ("gtd", {}, "2031-05", "2031-05", "day 0 is unknown"),
    ("gtd", {"imonth": "0"}, "2031", "2031", "month 0 too"),
    ("gtd", {"iday": "31", "imonth": "2"}, "2031-02", "2031-02", "a day that is none"),
]


@pytest.mark.parametrize(("name", "changes", "first", "last", "note"), DAYS, ids=[row[-1] for row in DAYS])
def test_the_day_is_as_precise_as_the_row(name: str, changes: dict[str, str], first: str, last: str, note: str) -> None:
    when = of(read(name, **changes), "when")[0].value
    assert (when.earliest, when.latest) == (first, last), note  # type: ignore[union-attr]


def test_a_zero_of_acled_is_no_claim_but_is_told() -> None:
    reading = read("acled", fatalities="0")
    assert not of(reading, "killed")
    assert [each.reason for each in reading.not_understood] == ["0 in ACLED may mean that nobody gave a number"]


def test_ranges_and_unknowns() -> None:
    killed = of(read("ucdp-ged"), "killed")[0].value
    assert (killed.low, killed.high) == (6, 11)  # type: ignore[union-attr]
    assert not of(read("gtd"), "perpetrator"), "Unknown names nobody"
    assert not of(read("gtd", nkill="-9"), "killed")
    assert not of(read("acled", fatalities="many"), "killed")


def test_a_group_without_a_name_has_none() -> None:
    value = of(read("acled", actor1="Unidentified Armed Group (Libya)"), "perpetrator")[0].value
    assert (value.name, value.kind) == (None, "armed_group")  # type: ignore[union-attr]


def test_coordinates_go_with_the_place_and_a_country_has_none() -> None:
    where = of(read("acled"), "where")[0].value
    assert (where.lat, where.lon, where.precision, where.country) == (32.5, 15.2, "settlement", "LBY")  # type: ignore[union-attr]
    where = of(read("acled", location=""), "where")[0].value
    assert (where.lat, where.precision, where.words) == (None, "country", "Libya")  # type: ignore[union-attr]


def test_the_crosswalk_leads_back_to_the_kind_that_names_it_first() -> None:
    assert crosswalk("acled")["armed clash"] == "armed_clash"
    assert crosswalk("acled")["grenade"] == "grenade"
    assert crosswalk("gtd")["assassination"] == "assassination"
    assert set(crosswalk("acled").values()) <= set(kinds())


def test_error_a_file_of_something_else() -> None:
    with pytest.raises(
        InputError, match=r"rows\.csv:2: no row of ACLED: it has no column 'event_id_cnty' \(columns here"
    ):
        report_of_row(capture({"text": "A bomb went off.", "title": "Bomb"}), DATASETS["acled"])
