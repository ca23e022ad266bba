"""The exam ``places`` reads its three formats and counts what it says it counts; all texts here are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.actors import TABLE, right, table
from evaluation.places import Counts, exam, rates, score
from evaluation.places.corpora import Text, Toponym, read_geovirus, read_gwn, read_lgl
from sayso.vocab.gazetteer import Gazetteer

TEXT = "Rain fell on Aleppo and on Ruizburg."
LGL = f"""<articles><article docid="1"><domain>paper.example</domain><text>{TEXT}</text><toponyms>
<toponym><start>13</start><end>19</end><gaztag geonameid="170063"><lat>36.2</lat><lon>37.16</lon></gaztag></toponym>
<toponym><start>27</start><end>35</end></toponym></toponyms></article></articles>"""
GWN = f"""<articles><article file="1"><text>{TEXT}</text><toponyms>
<toponym><start>13</start><end>19</end><geonamesID>170063</geonamesID><latitude>36.2</latitude>
<longitude>37.16</longitude></toponym>
<toponym><start>27</start><end>35</end><geonamesID/><latitude>1</latitude><longitude>1</longitude></toponym>
</toponyms></article></articles>"""
GEOVIRUS = f"""<articles><article><text>{TEXT}</text><locations>
<location><name>Aleppo</name><start>14</start><end>20</end><lat>36.2</lat><lon>37.16</lon></location>
<location><name>Nowhere</name><start>3</start><end>9</end><lat>1</lat><lon>1</lon></location>
</locations></article></articles>"""


@pytest.mark.parametrize(
    ("reader", "source", "others", "geonames"),
    [(read_lgl, LGL, 1, 170063), (read_gwn, GWN, 1, 170063), (read_geovirus, GEOVIRUS, 0, None)],
    ids=["LGL", "GeoWebNews", "GeoVirus, whose offsets count from one"],
)
def test_each_format_is_read(tmp_path: Path, reader, source: str, others: int, geonames: int | None) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "set.xml").write_text(source, encoding="utf-8")
    (text,) = reader(tmp_path / "set.xml")
    assert text.toponyms == (Toponym(13, 19, 36.2, 37.16, geonames),)
    assert len(text.others) == others


def test_a_right_a_wrong_and_an_unresolved_name_are_counted() -> None:
    gold = (Toponym(13, 19, 36.2, 37.16, 170063), Toponym(27, 35, 0.0, 0.0, 1))
    counts = score(Text("1", None, TEXT, gold, ()), Gazetteer.default())
    assert (counts.gold, counts.near, counts.by_name, counts.exact) == (2, 1, 1, 1)
    assert (counts.found, counts.found_right) == (1, 1)
    wrong = score(Text("1", None, TEXT, (Toponym(13, 19, 0.0, 0.0, 5),), ()), Gazetteer.default())
    assert (wrong.near, wrong.exact, wrong.found, wrong.found_right) == (0, 0, 1, 0)


def test_a_name_whose_gold_has_no_coordinates_counts_neither_way() -> None:
    assert score(Text("1", None, TEXT, (), ((13, 19),)), Gazetteer.default()).found == 0


def test_rates_are_in_per_cent_and_f_weighs_found_and_wanted() -> None:
    figures = rates(Counts(gold=4, near=3, by_name=2, exact=1, found=6, found_right=3))
    assert figures == {"acc161": 75.0, "named161": 50.0, "exact": 25.0, "end_to_end_f": 60.0}


def test_the_exam_holds_the_sets_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "lgl.xml").write_text(LGL, encoding="utf-8")
    held = exam(tmp_path, None)
    assert (held.exam, held.split, held.n) == ("places", "all", 1)
    assert held.figures["lgl.acc161"] == 100.0
    assert "gwn.acc161" not in held.figures


def test_the_table_of_actors_is_large_and_asks_each_string_once() -> None:
    rows = list(table())
    assert len(rows) >= 200
    assert len({row.words for row in rows}) == len(rows)
    assert {"the New York Times", "Paris Hilton", "Turkey sandwich", "Georgia"} <= {row.words for row in rows}
    assert TABLE.is_file()


def test_a_row_is_right_only_when_all_of_it_is() -> None:
    row = next(row for row in table() if row.words == "Iran")
    assert right(row, Gazetteer.default())
    assert not right(row._replace(sector="MIL"), Gazetteer.default())
