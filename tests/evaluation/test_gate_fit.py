"""The fit of the gate: words are weighed by what tells texts apart, never below zero; names are no words of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training import gate

LOUD = "The gunmen shot two guards and ran. " + "They said little of the weather there. " * 14
QUIET = "The bakers sold two cakes and sang. " + "They said little of the weather there. " * 14


def test_a_word_that_tells_texts_apart_weighs_more_than_one_that_stands_in_both() -> None:
    texts = [gate.Text(LOUD, tells=True, counts=1.0), gate.Text(QUIET, tells=False, counts=1.0)] * 3
    words = ["cak", "gunmen", "weath"]
    laid = gate.laid_out(texts, words)
    assert len(laid.first) == len(texts) + 1
    cake, gunmen, weather = gate.fit(laid, np.array([0.5, 0.5, 0.5]))
    assert gunmen > weather > cake
    assert cake == pytest.approx(0, abs=0.1)
    assert cake >= 0


def test_our_vocabularies_say_where_the_fit_begins() -> None:
    found = gate.priors()
    assert found["kidnap"] == found["stab"] == 1.8
    assert found["grenad"] == 1.2
    assert found["soldi"] == 0.6
    assert "plum" not in found


def test_what_stands_without_a_vocabulary_is_common_and_written_small(monkeypatch: pytest.MonkeyPatch) -> None:
    own = [("Men of Velm dug a trench, and men of Velm filled it.", {})] * gate.OWN
    monkeypatch.setattr(gate, "own", lambda: iter(own))
    texts = [gate.Text("men trench velm", tells=True, counts=1.0)] * gate.LEAST
    assert gate.chosen(texts) == {"men", "trench"}
    assert gate.chosen(texts[1:]) == set()


def test_documents_of_a_treebank_are_read_but_for_its_test_half(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for part in ("train", "test"):
        text = f"# newdoc id = 1\n# text = {part} one.\n1\tx\n\n# text = two.\n\n# newdoc id = 2\n# text = three.\n"
        (tmp_path / "x" / f"x-{part}.conllu").write_text(text, encoding="utf-8")
    assert list(gate.treebanks(tmp_path)) == ["train one.\ntwo.", "three."]
