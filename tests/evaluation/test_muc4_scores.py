"""Scores over texts: alignment, totals, F-measure, relevance, CEAF-REE; and the proof on the 17 systems of TST3."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.muc4_scorer import exam, score_systems
from evaluation.muc4_scorer.ceaf_re import Hits, ceaf_re
from evaluation.muc4_scorer.count import Tally
from evaluation.muc4_scorer.keys import Fill, Template, parse_templates
from evaluation.muc4_scorer.official import Report, read_report
from evaluation.muc4_scorer.ranks import rank_correlation
from evaluation.muc4_scorer.report import table
from evaluation.muc4_scorer.scores import f_measure, pair_text, precision, recall, score_texts
from evaluation.muc4_scorer.slots import SLOTS
from evaluation.muc4_scorer.standings import ALL, Standing, read_standings, standings

DATA = Path(__file__).parents[3] / "shared" / "data"


def incident(number: str, *, optional: bool = False, **slots: str) -> Template:
    fills = {name.replace("_", "-"): (Fill((value,)),) for name, value in slots.items()}
    return Template(number, fills, optional)


ARSON = incident("1", inc_type="ARSON", phys_tgt_id="MILL", inc_stage="ACCOMPLISHED")
BOMBING = incident("2", inc_type="BOMBING", hum_tgt_name="LENA MORO", inc_stage="ATTEMPTED")


def number(template: Template | None) -> str | None:
    return template.number if template else None


def numbers(keys: tuple[Template, ...], responses: tuple[Template, ...]) -> list[tuple[str | None, str | None]]:
    pairs = pair_text("T", keys, responses)
    return [(number(pair.key), number(pair.response)) for pair in pairs]


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        pytest.param((ARSON, BOMBING), [("1", "1"), ("2", "2")], id="as they come"),
        pytest.param((BOMBING, ARSON), [("1", "1"), ("2", "2")], id="the order does not matter"),
        pytest.param((ARSON,), [("1", "1"), ("2", None)], id="one is missing"),
        pytest.param((), [("1", None), ("2", None)], id="all are missing"),
        pytest.param(
            (incident("7", inc_type="ATTACK", hum_tgt_name="MORO"),), [("2", "7"), ("1", None)], id="half right will do"
        ),
        pytest.param(
            (incident("7", inc_type="ARSON", hum_tgt_name="LENA MORO"),),
            [("1", None), ("2", None), (None, "7")],
            id="the type of one, the victim of the other: neither",
        ),
        pytest.param(
            (incident("7", inc_type="ARSON", inc_stage="ACCOMPLISHED"),),
            [("1", None), ("2", None), (None, "7")],
            id="no perpetrator or target in common",
        ),
    ],
)
def test_templates_are_aligned_by_content(
    responses: tuple[Template, ...], expected: list[tuple[str | None, str | None]]
) -> None:
    assert numbers((ARSON, BOMBING), responses) == expected


def test_templates_without_perpetrators_and_targets_are_aligned_by_type() -> None:
    bare = incident("1", inc_type="ARSON", inc_stage="ACCOMPLISHED")
    assert numbers((bare,), (incident("7", inc_type="ARSON"),)) == [("1", "7")]
    assert numbers((bare,), (ARSON,)) == [("1", None), (None, "1")]


def test_the_greater_gain_wins() -> None:
    better = incident("8", inc_type="ARSON", phys_tgt_id="MILL", inc_stage="ACCOMPLISHED")
    worse = incident("7", inc_type="ARSON", phys_tgt_id="MILL", inc_stage="THREATENED")
    assert numbers((ARSON,), (worse, better)) == [("1", "8"), (None, "7")]


def test_all_templates_counts_missing_and_spurious_ones() -> None:
    scores = score_texts({"A": (ARSON, BOMBING), "B": ()}, {"A": (ARSON,), "B": (BOMBING,)})
    total = scores.total
    assert (total.correct, total.missing, total.spurious) == (3, 3, 3)
    assert (recall(total), precision(total), f_measure(total)) == (50, 50, 50.0)
    assert scores.group("inc").correct == 2


def test_an_optional_template_costs_nothing() -> None:
    scores = score_texts({"A": (Template("1", ARSON.fills, optional=True),)}, {})
    assert scores.total == Tally()
    assert scores.relevance == Tally(empty=1)


@pytest.mark.parametrize(
    ("tally", "r"),
    [
        pytest.param(Tally(correct=1, missing=1), 50, id="half"),
        pytest.param(Tally(partial=1), 50, id="a partial fill is half"),
        pytest.param(Tally(correct=7, missing=1), 88, id="87.5: halves go to the even neighbour"),
        pytest.param(Tally(correct=5, missing=3), 62, id="62.5: likewise"),
        pytest.param(Tally(correct=11, missing=3), 78, id="78.57 is cut to 78.5, and that is rounded"),
        pytest.param(Tally(), 0, id="nothing wanted"),
    ],
)
def test_recall_is_rounded_as_in_the_reports(tally: Tally, r: int) -> None:
    assert recall(tally) == r


def test_f_is_that_of_the_rounded_figures() -> None:
    assert f_measure(Tally(correct=2, missing=1, spurious=4)) == 2 * 67 * 33 / 100


def test_relevance_counts_texts() -> None:
    key = {"A": (ARSON,), "B": (ARSON,), "C": (), "D": ()}
    assert score_texts(key, {"A": (BOMBING,), "C": (ARSON,)}).relevance == Tally(1, 0, 0, 1, 1, 2)


def test_the_table_has_a_row_for_each_slot_and_sum() -> None:
    lines = table(score_texts({"A": (ARSON,)}, {"A": (ARSON,)})).splitlines()
    assert len(lines) == 1 + 23 + 4 + 2
    assert lines[-2].split() == ["all", "templates", "3", "3", "3", "0", "0", "0", "0", "20", "100", "100", "100.00"]


def _named(*names: str) -> tuple[Template, ...]:
    return (Template("1", {"hum-tgt-name": tuple(Fill(tuple(name.split("/"))) for name in names)}),)


@pytest.mark.parametrize(
    ("wanted", "said", "hits"),
    [
        pytest.param(["LENA MORO"], ["lena moro"], Hits(1, 1, 1), id="case does not count"),
        pytest.param(["THE GREY MEN."], ["GREY MEN"], Hits(1, 1, 1), id="nor articles and punctuation"),
        pytest.param(["LENA MORO/MORO"], ["MORO"], Hits(1, 1, 1), id="any mention will do"),
        pytest.param(["LENA MORO"], ["MORO"], Hits(0, 1, 1), id="a part of a mention will not"),
        pytest.param(["LENA MORO/MORO"], ["MORO/VANCE"], Hits(0, 1, 1), id="all mentions said must be right"),
        pytest.param(["LENA MORO/MORO"], ["MORO", "LENA MORO"], Hits(1, 2, 1), id="an entity counts once"),
        pytest.param(["A B", "C D"], ["C D"], Hits(1, 1, 2), id="one is missing"),
        pytest.param(["A B/E", "E"], [], Hits(0, 0, 1), id="an entity within another is the same"),
    ],
)
def test_entities_of_a_role(wanted: list[str], said: list[str], hits: Hits) -> None:
    assert ceaf_re({"T": _named(*wanted)}, {"T": _named(*said)})["victim"] == hits


def test_ceaf_ree_pools_templates_and_averages_over_roles() -> None:
    key = {"T": (ARSON, BOMBING), "U": (ARSON, ARSON)}
    found = ceaf_re(key, {"T": (incident("1", phys_tgt_id="MILL", hum_tgt_name="OTTO VANCE"),), "U": (ARSON,)})
    assert (found["target"], found["victim"], found["micro"]) == (Hits(2, 2, 2), Hits(0, 1, 1), Hits(2, 3, 3))
    assert (found["micro"].precision, found["micro"].recall, found["micro"].f) == pytest.approx(
        (66.67, 66.67, 66.67), abs=0.01
    )
    assert Hits().f == Hits().precision == Hits().recall == 0.0


@pytest.mark.parametrize(
    ("one", "other", "rho"),
    [
        pytest.param([1, 2, 3], [10, 20, 30], 1.0, id="the same order"),
        pytest.param([1, 2, 3], [3, 2, 1], -1.0, id="reversed"),
        pytest.param([1, 1, 2], [5, 5, 9], 1.0, id="the same ties"),
        pytest.param([1, 2, 3, 4], [2, 1, 4, 3], 0.6, id="neighbours swapped"),
    ],
)
def test_rank_correlation(one: list[float], other: list[float], rho: float) -> None:
    assert rank_correlation(one, other) == pytest.approx(rho)


REPORT = """
INV-0001	     key: 1  response: 2

SLOT		      POS ACT|COR PAR INC|ICR IPA|SPU MIS NON|REC PRE OVG FAL
-----------------------------+-----------+-------+-----------+---------------
inc-date	        1   1|  0   1   0|  0   1|  0   0   0| 50  50   0
INV-0001	     key: <NONE>  response: 1			     [spurious]

INV-0002	     key: *  response: *			   [irrelevant]

 * * * TOTAL SLOT SCORES * * *

inc-date	        1   2|  0   1   0|  0   1|  1   0   3| 50  25  50
ALL TEMPLATES	        1   2|  0   1   0|  0   1|  1   0   3| 50  25  50
F-MEASURES					    33.33     28.57     40.0
"""


def test_an_official_report_is_read(tmp_path: Path) -> None:
    file = tmp_path / "scores"
    file.write_text(REPORT, encoding="latin-1")
    report = read_report(file)
    assert [(pair.text, pair.key, pair.response, pair.verdict) for pair in report.pairs] == [
        ("INV-0001", "1", "2", ""),
        ("INV-0001", None, "1", "spurious"),
        ("INV-0002", None, None, "irrelevant"),
    ]
    assert report.pairs[0].rows == {"inc-date": Tally(partial=1)}
    assert report.totals["ALL TEMPLATES"] == Tally(partial=1, spurious=1, empty=3)
    assert report.f == 33.33


def test_error_of_a_report_without_f_measures(tmp_path: Path) -> None:
    file = tmp_path / "scores"
    file.write_text("nothing", encoding="latin-1")
    with pytest.raises(ValueError, match="F-MEASURES"):
        read_report(file)


def test_error_of_a_split_without_reports(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tst3 only"):
        exam(tmp_path, "tst4")


def test_templates_that_were_read_can_be_scored() -> None:
    content = '0.  MESSAGE: ID   X\n1.  MESSAGE: TEMPLATE   1\n4.  INCIDENT: TYPE   ARSON\n12. PHYS TGT: ID   "MILL"\n'
    key = parse_templates(content)
    assert f_measure(score_texts(key, key).total) == 100.0


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "muc4" / "official").is_dir(), reason="the data sets are not here")
def test_the_17_systems_of_tst3_get_what_their_official_reports_say() -> None:
    systems = list(score_systems(DATA / "muc4"))
    assert len(systems) == 17
    assert all(system.proof == pytest.approx(system.official, abs=0.01) for system in systems)
    assert all(system.own_alignment == pytest.approx(system.official, abs=2.0) for system in systems)
    assert all(system.alone == pytest.approx(system.official, abs=3.0) for system in systems)
    assert sum(system.cells_wrong for system in systems) <= 0.0015 * sum(system.cells for system in systems)


@pytest.mark.shared
@pytest.mark.skipif(not (DATA / "muc4" / "official").is_dir(), reason="the data sets are not here")
def test_the_best_and_the_median_of_the_17_systems() -> None:
    found = read_standings(DATA / "muc4")
    assert (round(found[ALL].best, 2), round(found[ALL].median, 2)) == (55.93, 29.29)
    assert all(standing.median <= standing.best for standing in found.values())


def test_standings_are_taken_row_by_row() -> None:
    right, wrong = Tally(correct=1), Tally(incorrect=1)
    good = Report((), {slot.name: right for slot in SLOTS} | {ALL: right}, 100.0)
    bad = Report((), {slot.name: wrong for slot in SLOTS} | {ALL: wrong, "inc-type": right}, 0.0)
    found = standings({"A": good, "B": bad})
    assert (found["inc-type"], found[ALL]) == (Standing(100.0, 100.0), Standing(100.0, 50.0))
