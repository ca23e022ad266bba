"""Specification of what the speed exam times, and of the figures' arithmetic."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evaluation.speed import WORDS, Watched, made_reports
from sayso.errors import InputError


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
