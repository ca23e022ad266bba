"""Silver labels: only what the build is sure of becomes gold (needs the training environment)."""

# ruff: noqa: E402 - what is imported last needs torch, and is skipped without it.
import gzip
import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "src")]
pytest.importorskip("torch")

from decode import Bio
from prepare.form import Anchor, Document, check
from silver import Labeller, limited, marginals, paragraphs
from windows import Window

SENTENCE = ["Police", "said", "Asad", "fled", "."]
LAYERS = {
    "upos": ["NOUN", "VERB"],
    "entity": ["O", "B-PER", "I-PER"],
    "attribution": ["O", "B-cue", "I-cue"],
    "dep": ["nsubj", "root"],
}


class Said:
    """A build that scores every word alike but for the words named."""

    def __init__(self, sure: float) -> None:
        self.sure = sure
        self.layers = {name: {"labels": labels} for name, labels in LAYERS.items()}
        self.anchors = {"srl": {"labels": ["O", "B-ARG0", "I-ARG0"]}}

    def over(self, windows: list[Window]) -> Iterator[tuple[Window, dict[str, np.ndarray]]]:
        """One window's scores: `Asad` a person, `fled` its predicate, `said` a cue, each by ``sure``."""
        for window in windows:
            size = window.end - window.first
            out = {f"tag.{name}": np.zeros((size, len(labels))) for name, labels in LAYERS.items()}
            out = {name: scores + np.eye(scores.shape[1])[0] * 9 for name, scores in out.items()}
            out["tag.entity"][2, 1] = out["tag.attribution"][1, 1] = 9 + self.sure
            out["tag.anchor"] = np.full((size, 6), -9.0)
            out["tag.anchor"][3, 0] = self.sure
            out["dep.head"], out["dep.label"] = np.zeros((size, size + 1)), np.zeros((size, 2))
            out["dep.head"][:, 4], out["dep.head"][3, 4], out["dep.head"][3, 0] = 9, 0, 9
            out["srl.index"], out["srl.scores"] = np.array([3]), np.tile([9.0, 0.0, 0.0], (1, size, 1))
            out["srl.scores"][0, 2, 1] = 9 + self.sure
            yield window, out


def labelled(sure: float) -> Document:
    return check(Labeller(Said(sure))(Document("x", "1", list(SENTENCE), [0])))  # type: ignore[arg-type]


def test_what_the_build_is_sure_of_becomes_gold() -> None:
    document = labelled(9.0)
    assert document.tags["entity"] == ["O", "O", "B-PER", "O", "O"]
    assert document.tags["attribution"] == ["O", "B-cue", "O", "O", "O"]
    assert document.anchors["srl"] == [Anchor(3, [("ARG0", 2, 2)])]
    assert document.tags["gold:srl"] == ["O", "O", "O", "A", "O"]
    assert document.heads == [3, 3, 3, -1, 3]


def test_what_it_is_not_sure_of_is_masked_and_a_chain_is_whole_or_nothing() -> None:
    document = labelled(0.0)
    assert document.tags["entity"][2] is None
    assert "attribution" not in document.tags
    assert document.anchors["srl"] == []
    assert document.tags["gold:srl"][3] is None


def test_gold_that_is_there_stays() -> None:
    gold = Document("x", "1", list(SENTENCE), [0], tags={"entity": ["O"] * 5}, heads=[-1, 0, 0, 0, 0])
    gold.relations, gold.anchors = ["root"] * 5, {"srl": []}
    document = Labeller(Said(9.0))(gold)  # type: ignore[arg-type]
    assert document.tags["entity"] == ["O"] * 5
    assert (document.heads, document.anchors) == ([-1, 0, 0, 0, 0], {"srl": []})


def test_marginals_are_sums_over_all_sequences() -> None:
    random = np.random.default_rng(1)
    chain = Bio(
        {
            "labels": ["O", "B-x", "I-x"],
            "transitions": random.normal(size=(3, 3)).tolist(),
            "start": [0, 1, 0],
            "end": [1, 0, 0],
        }
    )
    scores, sums = random.normal(size=(4, 3)), np.zeros((4, 3))
    for path in itertools.product(range(3), repeat=4):
        total = chain.start[path[0]] + chain.end[path[-1]] + scores[range(4), path].sum()
        total += sum(chain.transitions[a, b] for a, b in itertools.pairwise(path))
        sums[range(4), path] += np.exp(total)
    assert np.allclose(marginals(chain, scores), sums / sums.sum(1, keepdims=True))


def test_a_paragraph_that_stands_in_two_reports_is_drawn_once(tmp_path: Path) -> None:
    text = "The authorities of the northern district said that nobody was hurt. " * 4
    with gzip.open(tmp_path / "state_hr_reports.jsonl.gz", "wt") as out:
        for year in (2001, 2002):
            out.write(json.dumps({"country": "x", "year": year, "paragraphs": [text, "Too short."]}) + "\n")
    (only,) = paragraphs(tmp_path)
    assert len(only.sentences) == 4
    assert list(limited(iter([only, only]), 1)) == [only]
