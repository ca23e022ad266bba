"""Key and response files of MUC-4, and the match history: what is read from invented ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.muc4_scorer.fills import Grade
from evaluation.muc4_scorer.history import Decision, misread_date, parse_history
from evaluation.muc4_scorer.keys import (
    Fill,
    canonical,
    parse_fill,
    parse_templates,
    read_json_templates,
    read_templates,
)
from evaluation.muc4_scorer.slots import BY_NAME, SLOTS

DATA = Path(__file__).parents[3] / "shared" / "data" / "muc4"
KEY = """
0.  MESSAGE: ID                    INV-0001
1.  MESSAGE: TEMPLATE              1
2.  INCIDENT: DATE                 - 03 MAR 91
4.  INCIDENT: TYPE                 BOMBING
18. HUM TGT: NAME                  "LENA MORO" / "MORO"
                                   ? "OTTO VANCE"
20. HUM TGT: TYPE                  CIVILIAN: "LENA MORO" / "MORO"
24. HUM TGT: TOTAL NUMBER          *

0.  MESSAGE: ID                    INV-0001
1.  MESSAGE: TEMPLATE              2 (OPTIONAL)
4.  INCIDENT: TYPE                 ARSON

; a remark of the site
0.  MESSAGE: ID                    INV-0002 (A SITE)
1.  MESSAGE: TEMPLATE              *
4.  INCIDENT: TYPE                 *
"""


def test_templates_are_grouped_by_text_and_a_star_means_none() -> None:
    found = parse_templates(KEY)
    assert {text: [(t.number, t.optional) for t in templates] for text, templates in found.items()} == {
        "INV-0001": [("1", False), ("2", True)],
        "INV-0002": [],
    }


def test_further_fills_stand_below_the_first_and_empty_slots_are_left_out() -> None:
    first = parse_templates(KEY)["INV-0001"][0]
    assert first.fills["hum-tgt-name"] == (Fill(("LENA MORO", "MORO")), Fill(("OTTO VANCE",), optional=True))
    assert "hum-tgt-total-num" not in first.fills


def test_a_line_that_is_not_indented_is_no_further_fill() -> None:
    content = KEY.replace('                                   ? "OTTO', '? "OTTO')
    assert parse_templates(content)["INV-0001"][0].fills["hum-tgt-name"] == (Fill(("LENA MORO", "MORO")),)


def test_json_lines_give_the_same_templates(tmp_path: Path) -> None:
    raw = {"MESSAGE: TEMPLATE": ["2 (OPTIONAL)"], "INCIDENT: TYPE": ["ARSON"], "PHYS TGT: ID": ["-"]}
    texts = [{"id": "INV-0001", "templates": [{"raw": raw}]}, {"id": "INV-0002", "templates": []}]
    file = tmp_path / "texts.jsonl"
    file.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    found = read_json_templates(file)
    assert found == {"INV-0001": (parse_templates(KEY)["INV-0001"][1],), "INV-0002": ()}


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="the data sets are not here")
@pytest.mark.parametrize(
    ("texts", "key"), [("tst3", "key-tst3.v2"), ("dev_tst1", "key-tst1.v7"), ("dev_tst2", "key-tst2.v4")]
)
def test_json_lines_and_official_keys_agree(texts: str, key: str) -> None:
    assert read_json_templates(DATA / f"{texts}.jsonl") == read_templates(DATA / "official" / key)


def test_a_fill_said_twice_is_two_fills() -> None:
    content = KEY.replace('? "OTTO VANCE"', '"LENA MORO" / "MORO"')
    assert len(parse_templates(content)["INV-0001"][0].fills["hum-tgt-name"]) == 2


@pytest.mark.parametrize(
    ("slot", "raw", "fill"),
    [
        pytest.param("inc-type", "ARSON", Fill(("ARSON",)), id="a bare value"),
        pytest.param("inc-type", "ARSON ;;; was ATTACK", Fill(("ARSON",)), id="a remark behind it"),
        pytest.param("inc-type", "-", None, id="nothing"),
        pytest.param("inc-type", "*", None, id="does not apply"),
        pytest.param("perp-ind-id", '"MEN" / "TWO MEN"', Fill(("MEN", "TWO MEN")), id="alternatives"),
        pytest.param("perp-ind-id", r'"THE \"GREY\" MEN"', Fill(("THE GREY MEN",)), id="escaped quotes"),
        pytest.param("perp-ind-id", '""GREY MEN""', Fill(("GREY MEN",)), id="quotes that should be escaped"),
        pytest.param("perp-ind-id", '"MEN/BOYS: A CREW"', Fill(("MEN/BOYS: A CREW",)), id="marks within quotes"),
        pytest.param("hum-tgt-type", 'CIVILIAN: "X" / "Y"', Fill(("CIVILIAN",), ("X", "Y")), id="tags"),
        pytest.param("hum-tgt-type", 'DIPLOMAT / CIVILIAN: "X"', Fill(("DIPLOMAT", "CIVILIAN"), ("X",)), id="both"),
        pytest.param(
            "hum-tgt-type", '(DIPLOMAT / CIVILIAN): "X"', Fill(("DIPLOMAT", "CIVILIAN"), ("X",)), id="bracket"
        ),
        pytest.param("inc-instr-type", 'GUN: "-"', Fill(("GUN",), ("-",)), id="a tag that says there is no string"),
        pytest.param("hum-tgt-num", '- 7 / 9-: "X"', Fill(("- 7", "9 -"), ("X",)), id="open ranges"),
        pytest.param(
            "inc-date",
            "(01 MAY 91 - 02 MAY 91) / (-02 MAY 91)",
            Fill(("01 MAY 91 - 02 MAY 91", "- 02 MAY 91")),
            id="dates",
        ),
        pytest.param(
            "inc-loc",
            "(NORLAND: TARN (CITY)) / (NORLAND)",
            Fill(("NORLAND: TARN (CITY)", "NORLAND")),
            id="the colon of a place is no tag",
        ),
    ],
)
def test_fills_are_read(slot: str, raw: str, fill: Fill | None) -> None:
    assert parse_fill(BY_NAME[slot], raw) == fill


def test_values_are_compared_in_one_form() -> None:
    assert canonical(' "Lena   Moro" ') == "LENA MORO"


def test_the_slots_are_the_23_that_are_scored_and_refer_to_earlier_ones() -> None:
    names = [slot.name for slot in SLOTS]
    assert len(names) == 23
    assert all(names.index(other) < names.index(slot.name) for slot in SLOTS for other in slot.refers_to)


HISTORY = r"""
(("INV-0001"
  ("1"
   (hum-tgt-name
    ("\"MISS MORO\"" match (or "\"LENA MORO\"" "\"MORO\""))
    ("\"A CLERK\"" fail)
    ("\"THE STAFF\"" partial (all-of "\"LENA MORO\"" (optional "\"OTTO VANCE\""))))
   (hum-tgt-type
    ((xref "CIVILIAN" "\"A CLERK\"") partial (xref "CIVILIAN" (or "\"LENA MORO\"" "\"MORO\""))))
   (inc-date
    ("04 MAR 91" partial (range nil "03 MAR 91")))
   (inc-loc
    ((location "NORLAND" (qualified "TARN" "CITY")) partial "NORLAND")))))
"""


@pytest.mark.parametrize(
    ("slot", "response", "decisions"),
    [
        pytest.param("hum-tgt-name", Fill(("MISS MORO",)), [(Grade.CORRECT, [("LENA MORO", "MORO")])], id="match"),
        pytest.param("hum-tgt-name", Fill(("A CLERK",)), [(Grade.INCORRECT, [])], id="fail"),
        pytest.param(
            "hum-tgt-name", Fill(("TWO CLERK",)), [(Grade.INCORRECT, [])], id="modifiers were not asked about"
        ),
        pytest.param("hum-tgt-name", Fill(("NOBODY",)), [], id="never asked"),
        pytest.param(
            "hum-tgt-name", Fill(("THE STAFF",)), [(Grade.PARTIAL, [("LENA MORO",), ("OTTO VANCE",)])], id="distributed"
        ),
        pytest.param(
            "hum-tgt-type", Fill(("CIVILIAN",), ("A CLERK",)), [(Grade.PARTIAL, [("CIVILIAN",)])], id="with a tag"
        ),
        pytest.param("inc-date", Fill(("04 MAR 91",)), [(Grade.PARTIAL, [("- 03 MAR 91",)])], id="an open range"),
        pytest.param("inc-loc", Fill(("NORLAND: TARN (CITY)",)), [(Grade.PARTIAL, [("NORLAND",)])], id="a place"),
    ],
)
def test_the_history_knows_what_was_decided(
    slot: str, response: Fill, decisions: list[tuple[Grade, list[tuple[str, ...]]]]
) -> None:
    found = parse_history(HISTORY).of(("INV-0001", "1", slot), response)
    assert [(decision.grade, [key.values for key in decision.keys]) for decision in found] == decisions


def test_an_optional_key_stays_optional_in_the_history() -> None:
    found = parse_history(HISTORY).of(("INV-0001", "1", "hum-tgt-name"), Fill(("THE STAFF",)))
    assert found == (Decision(Grade.PARTIAL, (Fill(("LENA MORO",)), Fill(("OTTO VANCE",), optional=True))),)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        pytest.param("12 JAN 91", "13 JAN 91", True, id="the last digit went with the quantities"),
        pytest.param("09 JAN 91", "10 JAN 91", False, id="a nought is no quantity"),
        pytest.param("20 JAN 91", "21 JAN 91", False, id="nor is this one"),
        pytest.param("12 JAN 91", "13 FEB 91", False, id="the month stays"),
    ],
)
def test_the_official_program_misread_days(one: str, other: str, equal: bool) -> None:
    assert (misread_date(one) == misread_date(other)) is equal
