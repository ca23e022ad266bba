"""The exam ``attribution`` on a data set of two sentences made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.attribution import exam, matched
from evaluation.attribution.confidence import macro_f1
from evaluation.attribution.polnear import merged, runs

TEXT = "Lena Moro said two men ran. Nobody slept."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "polnear" / "dev"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / "one.txt").write_text(TEXT, encoding="utf-8")
    lines = [
        "T1\tSource 0 9\tLena Moro",
        "T2\tCue 10 14\tsaid",
        "T3\tContent 15 26\ttwo men ran",
        "T4\tAttribution 10 14\tsaid",
        "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3",
        "",
    ]
    for annotator in ("1a2b", "3c4d"):
        (folder / "attributions" / f"one_{annotator}.ann").write_text("\n".join(lines), encoding="utf-8")
    row = {
        "id": "one",
        "tokens": ["Lena", "Moro", "said", "two", "men", "ran", "."],
        "labels": ["B-source", "I-source", "B-cue", "B-content", "I-content", "I-content", "O"],
    }
    (tmp_path / "polnear" / "cofenet").mkdir()
    (tmp_path / "polnear" / "cofenet" / "valid.txt").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return tmp_path


def test_one_annotator_a_text_is_scored_and_a_perfect_reading_gets_all_points(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_ATTRIBUTION", "rules")
    outcome = exam(data)
    assert (outcome.exam, outcome.split, outcome.n) == ("attribution", "dev", 1)
    assert set(outcome.figures.values()) == {100.0}
    assert {"source", "cue", "content", "triple", "triple_overlap"} <= outcome.figures.keys()


def test_ranges_with_only_white_space_between_them_are_one() -> None:
    assert merged("ab  cd ef", [(7, 9), (0, 2), (4, 6)]) == ((0, 9),)
    assert merged("ab, cd", [(0, 2), (4, 6)]) == ((0, 2), (4, 6))


def test_a_run_without_a_beginning_still_counts() -> None:
    assert runs(["I-cue", "I-cue", "O", "B-cue", "B-cue"]) == {("cue", 0, 2), ("cue", 3, 4), ("cue", 4, 5)}


def test_each_gold_attribution_is_matched_once() -> None:
    one = (((0, 4),), ((5, 9),), ((10, 20),))
    assert matched((one,), [one, one]) == 1
    assert matched((one,), [(((0, 4),), ((5, 9),), ((30, 40),))]) == 0


def test_macro_f1_gives_each_value_the_same_weight_and_takes_any_alternative() -> None:
    assert macro_f1([(("A",), "A"), (("A",), "A"), (("B", "A"), "A")]) == 100
    assert macro_f1([(("A",), "A"), (("A",), "A"), (("B",), "A")]) == pytest.approx(40)
