"""The exam ``gate`` counts reports and incidents as it says; all texts here are invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evaluation.gate import exam

QUIET = "The fair opens on Monday, with a band, a wheel and plum cake for all. " * 9
LOUD = "Gunmen shot dead two guards at the mill, and a bomb exploded in the yard. " * 9


def treebank(*texts: str) -> str:
    return "".join(f"# newdoc id = {number}\n# text = {text}\n1\tx\n\n" for number, text in enumerate(texts))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in ("muc4", "gva", "ud/ewt", "ud/gum", "places"):
        (tmp_path / folder).mkdir(parents=True)
    for part in ("train", "dev_tst1", "dev_tst2"):
        rows = [(LOUD, 1), (QUIET, 3), (QUIET, 0)] if part == "dev_tst1" else [(LOUD, 2), (LOUD, 0)]
        lines = [json.dumps({"id": part, "text": f"[BOMB] {text}", "templates": [{}] * each}) for text, each in rows]
        (tmp_path / "muc4" / f"{part}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    row = {"doc_id": "1", "incident_id": "1", "title": "Fair opens", "dct": "2015-05-04", "text": LOUD}
    with gzip.open(tmp_path / "gva" / "docs.jsonl.gz", "wt") as file:
        file.write(json.dumps(row) + "\n")
    with gzip.open(tmp_path / "gva" / "incidents.jsonl.gz", "wt") as file:
        file.write(json.dumps({"incident_id": "1", "doc_ids": ["1"], "record": None}) + "\n")
    (tmp_path / "ud" / "ewt" / "x-train.conllu").write_text(treebank(QUIET, LOUD, QUIET), encoding="utf-8")
    (tmp_path / "ud" / "ewt" / "x-test.conllu").write_text(treebank(LOUD), encoding="utf-8")
    (tmp_path / "ud" / "gum" / "x-train.conllu").write_text(treebank(QUIET), encoding="utf-8")
    articles = "".join(f"<article docid='1'><text>{text}</text></article>" for text in (*[LOUD] * 4, *[QUIET] * 4))
    (tmp_path / "places" / "lgl.xml").write_text(f"<articles>{articles}</articles>", encoding="utf-8")
    return tmp_path


def test_reports_and_their_incidents_are_counted(data: Path) -> None:
    figures = exam(data).figures
    assert figures["kept.muc4-dev"] == pytest.approx(200 / 3)
    assert figures["incidents.muc4-dev"] == pytest.approx(50)
    assert figures["through.muc4-dev"] == pytest.approx(50)
    assert (figures["kept.gva"], figures["through.gum"]) == (100, 0)
    assert figures["through.ewt"] == pytest.approx(100 / 3)
    assert 0 < figures["ms"] < 50


def test_the_news_are_read_with_and_without_the_gate(data: Path) -> None:
    held = exam(data, "news")
    assert (held.n, held.figures["kept"], held.figures["through"], held.figures["all"]) == (2, 100, 0, 50)
    assert held.figures["reports_per_s"] > 0


def test_error_a_split_that_is_not_there(data: Path) -> None:
    with pytest.raises(ValueError, match="there are: gold, news"):
        exam(data, "test")
