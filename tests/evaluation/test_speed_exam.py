"""Specification of what the speed exam times, and of the figures' arithmetic."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evaluation.speed import WORDS, Timed, made_reports
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

    def run(self, inputs: list[int]) -> int:
        return sum(inputs)


def test_a_timed_model_is_the_model_with_a_clock() -> None:
    timed = Timed(Model())  # type: ignore[arg-type]
    assert timed.version == "fake"
    assert timed.run([1, 2]) == 3
    first = timed.seconds
    timed.run([1])
    assert 0 < first < timed.seconds
