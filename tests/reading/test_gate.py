"""The gate before the model: what is held back, and that more text never holds a report back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import VocabularyError
from sayso.reading import gate

RECIPE = """
Put the flour into a wide bowl, make a hollow in the middle and pour in the warm milk with the yeast. Wait until it
foams, stir in the butter, and knead the dough on a floured board until it no longer sticks. Let it rest under a cloth
for an hour. Roll it out as thick as a thumb, cut rounds with a glass, and lay them on a tray. Brush them with egg,
scatter sugar over them, and bake them until they are golden. Serve them lukewarm, with plum jam and cream.
"""
MATCH = """
Velm Rovers beat Orve Town 3-1 on Saturday and stay at the top of the table. The visitors began well, but after half
an hour Petra Lind headed the first goal from a corner, and two minutes later she made the second for her sister. Orve
came back after the break, when their captain turned the ball in from close range. The third goal, four minutes from
time, was the prettiest of the afternoon. "We played with patience," the coach said. Rovers travel to Ostrel next week.
"""
MARKET = """
Shares in Ostrel closed higher on Tuesday as brewers and banks recovered what they had given up the week before. The
index rose nine points to its best level since spring. Dealers said that many funds were buying again after a run of
good earnings, and that the central bank had left no doubt about its rates. The crown was little changed. Among the
brewers, Tarsil Malt gained most, after it had told its owners that it would pay out more than they had hoped for.
"""
BURIED = "In the evening gunmen shot dead two guards at the mill, the mayor said. "
PAGE = "Guard dies in shooting at Orve mill. "

ROWS = [
    (RECIPE, False, "a recipe"),
    (MATCH, False, "sport"),
    (MARKET, False, "money"),
    (MARKET.replace("The crown was", BURIED + "The crown was"), True, "one sentence in the middle of something else"),
    (5 * RECIPE + BURIED + 5 * MATCH, True, "one sentence in a long page"),
    (PAGE + RECIPE, True, "a headline over something else"),
    ("The fair opens on Monday.", True, "a short text is read whatever it says"),
    ("", True, "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "note"), ROWS, ids=[row[2] for row in ROWS])
def test_the_gate_lets_through(text: str, expected: bool, note: str) -> None:
    assert gate.may_tell(text) is expected, note
    if len(gate.words_of(text)) >= gate.SHORT:
        assert (gate.weight(text) >= gate.ENOUGH) is expected, note


@settings(max_examples=60)
@given(st.sampled_from([RECIPE + BURIED, BURIED + MATCH, PAGE + RECIPE, 2 * BURIED + MARKET]), st.text())
def test_text_at_the_end_never_closes_the_gate(text: str, more: str) -> None:
    assert gate.may_tell(text)
    assert gate.weight(text) <= gate.weight(text + " " + more)
    assert gate.may_tell(text + more)
    assert gate.may_tell(text + " " + MARKET + more)


def test_a_word_weighs_once_in_a_stretch_however_often_it_stands_there() -> None:
    once = RECIPE.replace("Wait until", "The grenade. Wait until")
    assert 0 < gate.weight(once) == gate.weight(once.replace("grenade", "grenade, grenades and another grenade"))


def test_what_the_gate_goes_by_has_a_digest() -> None:
    assert len(gate.digest()) == 16


@pytest.mark.parametrize(
    ("line", "says"),
    [("twelve plum", "twelve"), ("12 plum plum", "plum"), ("11 murd", "murd")],
    ids=["no weight", "twice in a line", "twice in the file"],
)
def test_error_a_table_that_is_none(
    line: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    shutil.copy(gate.TABLE, tmp_path / "gate.txt")
    with (tmp_path / "gate.txt").open("a") as file:
        file.write(f"{line}\n")
    monkeypatch.setattr(gate, "TABLE", tmp_path / "gate.txt")
    for cached in (gate._table, gate._weighed):
        cached.cache_clear()
        request.addfinalizer(cached.cache_clear)
    with pytest.raises(VocabularyError, match=rf"no word stands twice: {says}"):
        gate.may_tell(RECIPE)
