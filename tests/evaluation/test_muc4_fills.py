"""How one fill of a response is graded against one of the key."""

from __future__ import annotations

import pytest

from evaluation.muc4_scorer.fills import Grade, essential, grade_value
from evaluation.muc4_scorer.guess import guess
from evaluation.muc4_scorer.keys import parse_fill
from evaluation.muc4_scorer.slots import BY_NAME

COR, PAR, INC = Grade.CORRECT, Grade.PARTIAL, Grade.INCORRECT


@pytest.mark.parametrize(
    ("slot", "response", "key", "grade"),
    [
        pytest.param("inc-stage", "ATTEMPTED", "ATTEMPTED", COR, id="equal"),
        pytest.param("inc-stage", "ATTEMPTED", "THREATENED", INC, id="stages have no hierarchy"),
        pytest.param("inc-type", "ATTACK", "ARSON", PAR, id="the wider type"),
        pytest.param("inc-type", "ARSON", "ATTACK", INC, id="not the narrower one"),
        pytest.param("inc-type", "ARSON", "BOMBING / ARSON", COR, id="one of the alternatives"),
        pytest.param("inc-instr-type", 'GUN: "-"', 'RIFLE: "-"', PAR, id="gun for rifle"),
        pytest.param("inc-instr-type", 'EXPLOSIVE: "-"', 'DYNAMITE: "-"', PAR, id="two steps up"),
        pytest.param("phys-tgt-effect", 'DESTROYED: "X"', 'SOME DAMAGE: "X"', PAR, id="destroyed for some damage"),
        pytest.param("phys-tgt-effect", 'SOME DAMAGE: "X"', 'DESTROYED: "X"', INC, id="not the other way"),
        pytest.param("hum-tgt-type", 'POLITICAL FIGURE: "X"', 'GOVERNMENT OFFICIAL: "X"', PAR, id="political figure"),
        pytest.param("hum-tgt-effect", 'NO DEATH: "X"', 'NO INJURY OR DEATH: "X"', PAR, id="less than the key"),
        pytest.param(
            "perp-org-conf",
            'SUSPECTED OR ACCUSED: "X"',
            'SUSPECTED OR ACCUSED BY AUTHORITIES: "X"',
            PAR,
            id="by whom is missing",
        ),
        pytest.param("hum-tgt-desc", '"SIX MILLERS"', '"MILLERS"', COR, id="a quantity is nonessential"),
        pytest.param("hum-tgt-desc", '"MILLERS"', '"THE OTHER MILLERS"', COR, id="in the key as well"),
        pytest.param("hum-tgt-desc", '"BAKERS"', '"MILLERS"', INC, id="another noun"),
        pytest.param("inc-loc", "NORLAND", "NORLAND: TARN (CITY)", PAR, id="the country only"),
        pytest.param("inc-loc", "NORLAND: OSK (CITY)", "NORLAND: TARN (CITY)", PAR, id="another place in the country"),
        pytest.param("inc-loc", "SUDLAND", "NORLAND: TARN (CITY)", INC, id="another country"),
        pytest.param("inc-date", "03 MAR 91", "- 03 MAR 91", INC, id="dates are left to judgement"),
    ],
)
def test_rules_without_judgement(slot: str, response: str, key: str, grade: Grade) -> None:
    mine, theirs = parse_fill(BY_NAME[slot], response), parse_fill(BY_NAME[slot], key)
    assert mine is not None
    assert theirs is not None
    assert grade_value(BY_NAME[slot], mine, theirs) is grade


@pytest.mark.parametrize(
    ("slot", "response", "key", "grade"),
    [
        pytest.param("inc-date", "02 MAR 91", "01 MAR 91 - 03 MAR 91", PAR, id="a day inside the range"),
        pytest.param("inc-date", "04 MAR 91", "01 MAR 91 - 03 MAR 91", INC, id="a day after it"),
        pytest.param("inc-date", "03 MAR 91", "- 03 MAR 91", PAR, id="the day of the dateline, key open"),
        pytest.param("inc-date", "02 MAR 91", "- 03 MAR 91", PAR, id="the day before it"),
        pytest.param("inc-date", "02 JAN 91", "- 03 MAR 91", INC, id="long before it"),
        pytest.param("inc-date", "- 03 MAR 91", "03 MAR 91", PAR, id="open, key the same day"),
        pytest.param("inc-date", "- 03 MAR 91", "02 MAR 91 - 03 MAR 91", PAR, id="open, key ends that day"),
        pytest.param("inc-date", "- 03 MAR 91", "02 MAR 91", INC, id="open, key another day"),
        pytest.param("inc-date", "3 MARCH 1991", "03 MAR 91", COR, id="written otherwise"),
        pytest.param("inc-date", "NO DATE", "03 MAR 91", INC, id="no date"),
        pytest.param("inc-date", "31 FEB 91", "03 MAR 91", INC, id="a day that is none"),
        pytest.param("hum-tgt-num", '7: "X"', '5 - 7: "X"', PAR, id="an end of the range"),
        pytest.param("hum-tgt-num", '6: "X"', '5 - 7: "X"', INC, id="within the range is not said to count"),
        pytest.param("hum-tgt-num", '7: "X"', '~7: "X"', PAR, id="without the tilde"),
        pytest.param("inc-loc", "SUDLAND: TARN (CITY)", "NORLAND: TARN (CITY)", PAR, id="all but the country"),
        pytest.param("inc-loc", "SUDLAND", "NORLAND", INC, id="nothing but the country"),
        pytest.param("hum-tgt-desc", '"OLD MILLERS"', '"MILLERS"', COR, id="more modifiers"),
        pytest.param("hum-tgt-desc", '"MILLERS OF TARN"', '"MILLERS"', COR, id="a modifier after the noun"),
        pytest.param("hum-tgt-desc", '"MILLERS, AS WAS SAID"', '"MILLERS"', PAR, id="an adjunct"),
        pytest.param("phys-tgt-id", '"MILL"', '"WATER MILL"', PAR, id="a part with the head"),
        pytest.param("phys-tgt-id", '"WATER"', '"WATER MILL"', INC, id="a part without it"),
        pytest.param("perp-org-id", '"GREY FRONT [GF]"', '"GREY FRONT" / "GF"', COR, id="name and short form"),
        pytest.param("hum-tgt-name", '"MISS LENA MORO"', '"LENA MORO"', COR, id="with a title"),
        pytest.param("hum-tgt-name", '"MORO"', '"LENA MORO"', PAR, id="a part of the name"),
        pytest.param("hum-tgt-name", '"LENA"', '"LENA MORO"', PAR, id="the other part"),
        pytest.param("hum-tgt-name", '"LENA VANCE"', '"LENA MORO"', INC, id="another name"),
        pytest.param("inc-stage", "ATTEMPTED", "THREATENED", INC, id="set fills are never guessed"),
    ],
)
def test_guesses_follow_the_guidelines(slot: str, response: str, key: str, grade: Grade) -> None:
    mine, theirs = parse_fill(BY_NAME[slot], response), parse_fill(BY_NAME[slot], key)
    assert mine is not None
    assert theirs is not None
    assert guess(BY_NAME[slot], mine, theirs) is grade


def test_nothing_but_modifiers_is_kept() -> None:
    assert essential("THE SEVERAL") == "SEVERAL"
