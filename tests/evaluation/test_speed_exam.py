"""Specification of what the speed exam times, and of the figures' arithmetic."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evaluation import speed
from evaluation.speed import WORDS, Watched, attribution_share, made_reports
from sayso.errors import InputError
from sayso.language.rules import analyse_by_rule
from sayso.records import Report


def test_reports_are_made_of_whole_paragraphs_until_they_are_long_enough(tmp_path: Path) -> None:
    paragraph = "word " * (WORDS // 2)
    with gzip.open(tmp_path / "state_hr_reports.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"paragraphs": [paragraph] * 3}) + "\n")
        file.write(json.dumps({"paragraphs": [paragraph] * 2}) + "\n")
    texts = list(made_reports(tmp_path))
    assert [len(text.split()) for text in texts] == [WORDS, WORDS]  # the fifth paragraph is too short for a report
    assert texts[0].count("\n\n") == 1


def test_error_for_a_folder_without_the_reports(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="are not there"):
        next(made_reports(tmp_path))


class Model:
    version = "fake"

    def run(self, inputs: dict[str, int]) -> int:
        return sum(inputs.values())


def test_a_watched_model_is_the_model_and_keeps_what_it_was_given() -> None:
    watched = Watched(Model())  # type: ignore[arg-type]
    assert watched.version == "fake"
    assert watched.run({"a": 1, "b": 2}) == 3  # type: ignore[dict-item]
    assert watched.batches == [{"a": 1, "b": 2}]


def test_the_share_is_what_statements_take_of_what_the_language_layer_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 8.0, 10.0, 11.0])  # before and after the language layer, before and after the statements
    monkeypatch.setattr(speed.time, "process_time", lambda: next(clock))
    monkeypatch.setattr(speed, "analyse", lambda reports, **_: map(analyse_by_rule, reports))
    report = Report(id="re_0", text="Lena Moro said two men ran.")
    assert attribution_share([report], Model()) == 12.5  # type: ignore[arg-type]
