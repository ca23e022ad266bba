"""Specification of how roles are filled: likely stretches, what is seen of them, and which of them are told."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from sayso.language.decode.batch import Batch, decode, scene_of
from sayso.language.decode.fillers import LEAST, Fillers, judged, likely_fillers, names_of, seen, table, told
from sayso.language.decode.opinions import ground_of
from sayso.language.decode.scenes import PLACES, Scene, standing
from sayso.language.marks import mark_of
from sayso.language.model import SHIPPED, Layer, load

KINDS = ("ARG0", "ARG1")
SPEECH = ("DET", "NOUN", "VERB", "ADP", "PUNCT", "PRON")
#         0      1          2        3      4       5    6         7
WORDS = ["The", "rebels", "burned", "the", "depot", "by", "night", "."]
HEADS = [1, 2, -1, 4, 2, 6, 2, 2]
TAGS = [0, 1, 2, 0, 1, 3, 1, 4]
SCENE = Scene(
    np.array([2]),
    np.array([HEADS]),
    np.array([TAGS]),
    np.array([[mark_of(word) for word in WORDS]]),
    SPEECH.index("PUNCT"),
)


def stretches(*rows: tuple[int, int, int, float], anchor: int = 0) -> Fillers:
    first, last, kind, probability = (np.array(column) for column in zip(*rows, strict=True))
    nothing = np.zeros(len(rows))
    evidence = dict.fromkeys(("goes on", "ends", "outside", "words"), nothing)
    return Fillers(np.full(len(rows), anchor), first, last, kind, probability, evidence)


def chances(scores: np.ndarray) -> dict[tuple[int, int, int], float]:
    """What the words' labels give each stretch when all label sequences are counted."""
    words, labels = scores.shape
    found: dict[tuple[int, int, int], float] = {}
    total = 0.0
    for ids in itertools.product(range(labels), repeat=words):
        if any(i > 0 and i % 2 == 0 and (at == 0 or (ids[at - 1] + 1) // 2 != i // 2) for at, i in enumerate(ids)):
            continue
        weight = float(np.exp(sum(scores[at, i] for at, i in enumerate(ids))))
        total += weight
        for at in [at for at, i in enumerate(ids) if i % 2]:
            last = next((k for k in range(at + 1, words) if ids[k] != ids[at] + 1), words)
            found[at, last, (ids[at] - 1) // 2] = found.get((at, last, (ids[at] - 1) // 2), 0.0) + weight
    return {stretch: weight / total for stretch, weight in found.items()}


def test_probabilities_are_near_those_of_all_sequences() -> None:
    scores = np.random.default_rng(3).normal(0, 2, (40, 5, 5)).astype(np.float32)
    found = likely_fillers(scores)
    exact = [chances(row) for row in scores]
    columns = (found.rows, found.first, found.last, found.kind, found.probability)
    gaps = [abs(exact[r][a, b, k] - p) for r, a, b, k, p in zip(*(c.tolist() for c in columns), strict=True)]
    assert np.mean(gaps) < 0.06
    assert (found.probability >= LEAST).all()


def test_a_row_comes_out_the_same_alone_and_beside_others() -> None:
    scores = np.random.default_rng(5).normal(0, 2, (30, 9, 5)).astype(np.float32)
    scores[:, 7:] = -1e4
    scores[:, 7:, 0] = 0
    together = likely_fillers(scores)
    for row in range(30):
        alone = likely_fillers(scores[row : row + 1, :7])
        here = together.rows == row
        assert together.probability[here].tobytes() == alone.probability.tobytes()
        for name, values in alone.evidence.items():
            assert together.evidence[name][here].tobytes() == values.tobytes()


def test_words_that_can_only_be_outside_fill_nothing() -> None:
    scores = np.full((2, 4, 5), -50, np.float32)
    scores[..., 0] = 0
    assert len(likely_fillers(scores).rows) == 0


STANDING = [
    # stretch, measures that are not 0, its place in the tree
    ("a whole subject", (0, 2), {"tops": 1, "distance": np.log(2)}, "child"),
    ("a subject without its article", (1, 2), {"tops": 1, "goes on before": 1, "distance": np.log(2)}, "child"),
    ("an object", (3, 5), {"tops": 1, "behind it": 1, "distance": np.log(2)}, "child"),
    ("an object broken off", (3, 4), {"tops": 1, "behind it": 1, "distance": np.log(2)}, "grandchild"),
    ("two at once", (3, 7), {"tops": 2, "behind it": 1, "distance": np.log(2)}, "child"),
    ("the anchor itself", (2, 3), {"tops": 1, "goes on behind": 1, "goes on before": 1}, "itself"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("stretch", "expected", "place"), [row[1:] for row in STANDING], ids=[row[0] for row in STANDING]
)
def test_how_a_stretch_stands_in_its_sentence(stretch: tuple[int, int], expected: dict[str, float], place: str) -> None:
    measures, sorts = standing(stretches((*stretch, 0, 0.5)), SCENE)
    assert {name: values[0] for name, values in measures.items() if values[0]} == pytest.approx(expected)
    assert PLACES[sorts["place"][0]] == place


def test_what_stands_at_its_end() -> None:
    _, sorts = standing(stretches((0, 2, 0, 0.5), (6, 8, 0, 0.5)), SCENE)
    assert [SPEECH[at] for at in sorts["last"]] == ["NOUN", "PUNCT"]
    assert sorts["behind"].tolist() == [SPEECH.index("VERB"), -1]


def test_the_table_knows_every_measure_and_no_other() -> None:
    measures, sorts = seen(stretches((0, 2, 0, 0.5)), SCENE, len(KINDS))
    assert table("srl").keys() == {"worth", "bias", *measures, *sorts}
    assert not table("quote")


def test_the_table_knows_every_label_of_the_shipped_build() -> None:
    layers = {(layer.name, layer.kind): layer for layer in load(SHIPPED).layers}
    names = names_of(layers["srl", "anchor"].labels, layers["upos", "tag"].labels)
    for sort, known in names.items():
        assert set(table("srl")[sort]) - {"nothing"} == set(known)


def test_a_whole_stretch_is_likelier_than_a_part_of_it() -> None:
    names = {"kind": KINDS, "place": PLACES, "last": SPEECH, "behind": SPEECH}
    whole, part = judged(stretches((3, 5, 1, 0.6), (3, 4, 1, 0.6)), SCENE, "srl", names)
    assert whole > table("srl")["worth"] > part


TOLD = [
    # stretches (first, one past the last, kind, probability), which are told where kind 0 is given once
    ("not worth it", [(0, 2, 0, 0.3)], []),
    ("apart", [(0, 2, 0, 0.6), (3, 5, 1, 0.6)], [0, 1]),
    ("the likelier of two that share a word", [(0, 2, 0, 0.6), (1, 3, 1, 0.7)], [1]),
    ("two short ones gain more than a long one", [(0, 2, 1, 0.65), (0, 5, 1, 0.7), (3, 5, 1, 0.65)], [0, 2]),
    ("once: the likelier", [(0, 2, 0, 0.6), (3, 5, 0, 0.7)], [1]),
    ("once: of equals the first", [(0, 2, 0, 0.7), (3, 5, 0, 0.7)], [0]),
    ("a kind that may come twice", [(0, 2, 1, 0.6), (3, 5, 1, 0.7)], [0, 1]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [row[1:] for row in TOLD], ids=[row[0] for row in TOLD])
def test_which_stretches_are_told(rows: list[tuple[int, int, int, float]], expected: list[int]) -> None:
    found = stretches(*rows)
    assert np.flatnonzero(told(found, found.probability, 0.5, [0])).tolist() == expected


def test_anchors_do_not_disturb_each_other() -> None:
    one, other = stretches((0, 3, 0, 0.6)), stretches((1, 2, 0, 0.6), (1, 4, 1, 0.7), anchor=1)
    both = Fillers(
        *(
            np.concatenate([getattr(one, name), getattr(other, name)])
            for name in ("rows", "first", "last", "kind", "probability")
        ),
        {},
    )
    assert told(both, both.probability, 0.5, [0]).tolist() == [True, False, True]


LAYERS = [
    Layer("upos", "tag", SPEECH, output="tag.upos"),
    Layer("dep", "arc", ("root", "nsubj"), output="dep.head", labels_output="dep.label"),
    Layer(
        "srl", "anchor", ("O", "B-ARG0", "I-ARG0"), bio=True, index="srl.index", scores="srl.scores", same_sentence=True
    ),
]


def window(before: int) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """One sentence behind another of ``before`` words, with scores that give its first word alone to ARG0."""
    size = before + len(WORDS)
    inputs = {
        "wordmask": np.ones((1, size), np.int64), "marks": np.zeros((1, size), np.int64),
        "sentences": np.array([[0] * before + [1] * len(WORDS)]), "anchors": np.zeros((1, size, 1), np.int64),
    }  # fmt: skip
    heads = np.full((1, size, size + 1), -9, np.float32)
    for word, head in enumerate([*range(-1, before - 1), *(head + before if head >= 0 else -1 for head in HEADS)]):
        heads[0, word, head + 1] = 9
    upos = np.full((1, size, len(SPEECH)), -9, np.float32)
    upos[0, np.arange(size), [1] * before + TAGS] = 9
    roles = np.full((1, len(WORDS), 3), -9, np.float32)
    roles[..., 0] = 0
    roles[0, 0] = [0, 1, -9]
    roles[0, 1] = [0.1, -3, 0]
    outputs = {
        "tag.upos": upos, "dep.head": heads, "dep.label": np.zeros((1, size, 2), np.float32),
        "tag.anchor": np.full((1, size, 1), 9, np.float32),
        "srl.index": np.array([[0, before + 2]]), "srl.scores": roles,
    }  # fmt: skip
    return inputs, outputs


@pytest.mark.parametrize("before", [0, 3])
def test_a_role_that_the_words_break_off_is_whole_by_its_tree(before: int) -> None:
    found = decode(*window(before), LAYERS, ["srl"]).picks["srl"]
    assert [column.tolist() for column in found.roles] == [[0], [before], [before + 2], [0]]


def test_without_a_tree_the_words_alone_decide() -> None:
    found = decode(*window(0), LAYERS[2:], ["srl"]).picks["srl"]
    assert [column.tolist() for column in found.roles] == [[0], [0], [1], [0]]


def test_a_scene_counts_words_from_the_sentence() -> None:
    inputs, outputs = window(3)
    batch = Batch(inputs, outputs, LAYERS, ["srl"])
    decoded = decode(inputs, outputs, LAYERS, ["srl"])
    ground = ground_of(batch, decoded.tags, decoded.heads)
    assert ground is not None
    scene = scene_of(batch, outputs["srl.index"], len(WORDS), decoded.tags["upos"], ground)
    assert (scene.words.tolist(), scene.heads.tolist(), scene.speech.tolist()) == ([2], [HEADS], [TAGS])


def test_no_anchor_fills_nothing() -> None:
    inputs, outputs = window(0)
    outputs["srl.index"], outputs["srl.scores"] = np.zeros((0, 2), np.int64), np.zeros((0, 0, 3), np.float32)
    found = decode(inputs, outputs, LAYERS, ["srl"]).picks["srl"]
    assert [len(column) for column in found.roles] == [0, 0, 0, 0]
