"""The exam ``linking``: its scores, its synthetic accounts, and that time grows with the number of accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

import evaluation
from evaluation.linking.scores import b_cubed, pairwise
from evaluation.linking.synthetic import accounts, measure

SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.parametrize(
    ("found", "gold", "pair", "b3", "note"),
    [
        (["ab", "c"], ["ab", "c"], (100, 100), (100, 100), "all right"),
        (["a", "b", "c"], ["ab", "c"], (100, 0), (100, 200 / 3), "nothing joined: no pair is wrong"),
        (["abc"], ["ab", "c"], (100 / 3, 100), (500 / 9, 100), "all joined"),
        (["abcd"], ["ab", "cd"], (100 / 3, 100), (50, 100), "two stories as one"),
    ],
)
def test_groupings_are_compared(
    found: list[str], gold: list[str], pair: tuple[float, float], b3: tuple[float, float], note: str
) -> None:
    by_pair, by_report = pairwise(found, gold), b_cubed(found, gold)
    assert (by_pair.p, by_pair.r) == pytest.approx(pair), note
    assert (by_report.p, by_report.r) == pytest.approx(b3), note


def test_synthetic_accounts_are_the_same_for_the_same_seed() -> None:
    assert list(accounts(20, seed=3)) == list(accounts(20, seed=3))
    assert len({features.account for _, features in accounts(50)}) == 50


def test_linking_grows_with_the_number_of_pairs_and_finds_most_incidents() -> None:
    growth = measure(400)
    assert growth.accounts == 400
    assert growth.pairs < 400 * 100
    assert growth.b3_f > 90


@pytest.mark.shared
@pytest.mark.slow
def test_the_short_exam_keeps_its_floors() -> None:
    if not (SHARED / "gva").is_dir():
        pytest.skip("no ../shared/data/gva: the exam linking is not held")
    exam = evaluation.run("linking", SHARED, "short")
    floors = evaluation.floors_of(exam)
    assert floors
    assert evaluation.broken(exam, floors) == []
