"""The exam ``event-location`` asks the held-out tenth, by token number, and counts tokens; all texts are invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.event_location import Counts, count, exam, rates, texts
from sayso.language.rules import analyse_by_rule
from sayso.records import Report, identify

WORDS = ["Gunmen", "fired", "in", "Old", "Marene", "."]


def _row(number: int, place: tuple[int, int] | None = (3, 4)) -> dict[str, Any]:
    words = [*WORDS[:-1], str(number), "."]
    text, tokens = "", []
    for word in words:
        tokens.append({"start": len(text), "end": len(text) + len(word), "text": word})
        text += word + " "
    spans = [{"label": "VERB", "start": 7, "end": 12, "token_start": 1, "token_end": 1}]
    if place:  # character offsets damaged as in the published file
        spans.append({"label": "LOCATION", "start": 3, "end": 3, "token_start": place[0], "token_end": place[1]})
    return {"text": text, "tokens": tokens, "spans": spans}


def _write(file: Path, rows: list[dict[str, Any]]) -> Path:
    file.parent.mkdir(exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as stream:
        json.dump(rows, stream)
    return file


def test_only_the_last_of_ten_distinct_accepted_texts_is_asked(tmp_path: Path) -> None:
    rows = [_row(0) | {"answer": "reject"}, _row(1), *(_row(number) for number in range(1, 21))]
    found = list(texts(_write(tmp_path / "set.json.gz", rows)))
    assert [text.text.split()[-2] for text in found] == ["10", "20"]


def test_places_are_read_by_token_number(tmp_path: Path) -> None:
    (text,) = texts(_write(tmp_path / "set.json.gz", [_row(number) for number in range(10)]))
    (item,) = text.items
    assert item.place == {3, 4}
    assert item.verb == (7, 12)


@pytest.mark.parametrize(
    ("run", "wanted"),
    [
        ([(3, 5)], Counts(right=2)),
        ([(4, 5)], Counts(right=1, missed=1)),
        ([(0, 1)], Counts(spurious=1, missed=2)),
        ([], Counts(missed=2)),
    ],
    ids=["the whole place", "half of it", "another word", "nothing"],
)
def test_tokens_are_counted(tmp_path: Path, run: list[tuple[int, int]], wanted: Counts) -> None:
    (text,) = texts(_write(tmp_path / "set.json.gz", [_row(number) for number in range(10)]))
    analysis = analyse_by_rule(Report(id=identify("re", text.text), text=text.text))
    assert count([(text, analysis)], lambda analysis, line, verb: run) == wanted


def test_rates_are_per_cent() -> None:
    assert rates(Counts(right=6, spurious=2, missed=4)) == {"p": 75.0, "r": 60.0, "f": pytest.approx(100 * 12 / 18)}
    assert rates(Counts()) == {"p": 0.0, "r": 0.0, "f": 0.0}


def test_the_exam_prints_the_figures_of_rules_and_model(tmp_path: Path) -> None:
    _write(tmp_path / "event_location" / "labeled_text.json.gz", [_row(number) for number in range(10)])
    found = exam(tmp_path, None)
    assert (found.exam, found.split, found.n) == ("event-location", "dev", 1)
    assert set(found.figures) == {"token.p", "token.r", "token.f", "model.f"}
