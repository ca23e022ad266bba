"""Decode all layers of one batch: the model's scores in, label ids, heads and roles per window out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sayso.language.decode.edges import by_label, edged
from sayso.language.decode.fillers import judged, likely_fillers, names_of, table, told
from sayso.language.decode.opinions import SHARE, Batch, by_outline, by_words, ground_of
from sayso.language.decode.scenes import NOWHERE, Scene
from sayso.language.decode.scores import FORBIDDEN, probabilities, rounded
from sayso.language.decode.sequences import best_spans, chain, stretches, valid_transitions
from sayso.language.decode.trees import best_trees
from sayso.language.decode.weighed import EVEN, WORTH, labels_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    from sayso.language.decode.outlines import Ground
    from sayso.language.inputs import Inputs
    from sayso.language.model import Layer

    Ids = NDArray[np.intp]
    Scores = NDArray[np.float32]
    Outputs = dict[str, NDArray[Any]]

# An anchor below its layer's `decide` stays where another layer saw it too: layer → (layer, labels; none = any but O).
SUPPORT: dict[str, tuple[str, frozenset[str]]] = {
    "quote": ("attribution", frozenset({"B-cue"})),
    "event": ("trigger", frozenset()),
    "kairos": ("kairos", frozenset()),
}
# Layers whose first words another anchor layer finds too: layer → (anchor layer, label, weight of its logit).
# The weight is the best of 0.2, 0.4, 0.7 on PolNeAR's development texts: exact cues +0.8, contents +0.4.
EVIDENCE: dict[str, tuple[str, str, float]] = {"attribution": ("quote", "B-cue", 0.6)}
# What is added to the score of O in a layer, for the model gives a little too much. On the two halves of PolNeAR's
# development texts: exact cues +0.3 and +0.2, contents +0.5 and +0.1, triples +0.1 and +0.2; 0.2 takes too much away.
PRIOR: dict[str, float] = {"attribution": 0.07}
MOST_EVIDENCE = 4.0  # a logit beyond this says no more
# Roles that a predicate gives once (PropBank's numbered arguments; a torn one goes on as C-ARG…).
ONCE = frozenset(f"ARG{number}" for number in range(6))
# Picks nearer than this to the model's own threshold (a logit) are dropped: whether it picked them is decided by noise.
MARGIN = 0.02


@dataclass(frozen=True, slots=True)
class Picks:
    """Anchors of one layer in a batch, by window and word, with the stretches that fill their roles."""

    rows: Ids  # P
    words: Ids  # P
    logits: Scores  # P
    roles: tuple[Ids, Ids, Ids, Ids]  # (index into P, first word, one past the last, kind) of each role


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decisions for the B windows of a batch; W words each, padding included."""

    tags: dict[str, Ids] = field(default_factory=dict)  # layer → B×W label ids
    heads: dict[str, Ids] = field(default_factory=dict)  # layer → B×W, −1 = root or none
    relations: dict[str, Ids] = field(default_factory=dict)  # layer → B×W label ids
    numbers: dict[str, Scores] = field(default_factory=dict)  # layer → B×W
    marks: dict[str, NDArray[np.uint8]] = field(default_factory=dict)  # layer → B×W×C, in per cent
    picks: dict[str, Picks] = field(default_factory=dict)
    embedding: Scores | None = None  # B×H


def decode(inputs: Inputs, outputs: Outputs, layers: Sequence[Layer], anchors: Sequence[str]) -> Decoded:
    """Return the decisions of every layer for one batch."""
    decoded = Decoded(embedding=outputs.get("embedding"))
    pick = rounded(outputs["tag.anchor"]) if anchors else None
    for layer in layers:
        if layer.kind in {"tag", "class"} and not layer.bio:
            decoded.tags[layer.name] = rounded(outputs[layer.output]).argmax(2)
        elif layer.kind == "number":
            decoded.numbers[layer.name] = _numbers(outputs[layer.output], layer)
        elif layer.kind == "mark":
            decoded.marks[layer.name] = np.rint(100 * probabilities(outputs[layer.output])).astype(np.uint8)
        elif layer.kind == "arc":
            _arcs(decoded, layer, inputs, outputs, pick)
    batch = Batch(inputs, supported(outputs, layers, anchors), layers, anchors)
    _spans(decoded, batch)
    for layer in layers:
        if layer.kind == "anchor" and pick is not None:
            column = list(anchors).index(layer.name)
            found = decoded.picks[layer.name]
            kept = _kept(decoded, layer, layers, found, inputs["anchors"][..., column], pick[..., column])
            decoded.picks[layer.name] = _chosen(found, kept, pick[..., column])
    for layer in layers:
        if layer.kind == "tag" and layer.name in WORTH:
            _weigh(decoded, batch, layer)
    return decoded


def supported(outputs: Outputs, layers: Sequence[Layer], anchors: Sequence[str]) -> Outputs:
    """Return the outputs with what is known of a tag layer beforehand, and the evidence of anchor layers, added."""
    found = dict(outputs)
    for layer in layers:
        if layer.kind == "tag" and layer.name in PRIOR:
            found[layer.output] = outputs[layer.output].copy()
            found[layer.output][..., 0] += PRIOR[layer.name]
        if layer.kind == "tag" and layer.name in EVIDENCE:
            anchor, label, weight = EVIDENCE[layer.name]
            if anchor in anchors:
                logits = outputs["tag.anchor"][..., list(anchors).index(anchor)]  # B×W
                scores = found[layer.output].copy()
                scores[..., layer.labels.index(label)] += weight * np.clip(logits, -MOST_EVIDENCE, MOST_EVIDENCE)
                found[layer.output] = scores
    return found


def _numbers(scores: Scores, layer: Layer) -> Scores:
    """B×W×1 → B×W, two decimals, inside the layer's range."""
    return np.clip(np.round(scores[..., 0], 2), *layer.range).astype(np.float32)


def _arcs(decoded: Decoded, layer: Layer, inputs: Inputs, outputs: Outputs, pick: Scores | None) -> None:
    scores = rounded(outputs[layer.output])  # B×W×(W+1)
    if layer.labels_output:
        decoded.heads[layer.name] = best_trees(scores, inputs["sentences"])
        decoded.relations[layer.name] = rounded(outputs[layer.labels_output]).argmax(2)
        return
    before = scores.argmax(2) - 1  # B×W; −1 = a first mention, which is its own antecedent
    before = np.where(before < 0, np.arange(before.shape[1]), before)
    if pick is not None and layer.mention_column >= 0:
        before = np.where(pick[..., layer.mention_column] > 0, before, -1)
    decoded.heads[layer.name] = before


def _spans(decoded: Decoded, batch: Batch) -> None:
    """Decode every layer whose labels are BIO: tags, and the roles of anchors."""
    inputs, outputs = batch.inputs, batch.outputs
    padding = inputs["wordmask"] == 0  # B×W
    ground = ground_of(batch, decoded.tags, decoded.heads)
    found: list[tuple[Layer, Scores]] = []
    for layer in batch.layers:
        if layer.kind == "tag" and layer.bio:
            masked = _only_o(rounded(outputs[layer.output]), padding)
            if layer.transitions is None:
                found.append((layer, masked))
            else:
                decoded.tags[layer.name] = _chain(masked, layer, inputs["wordmask"].sum(1))
        elif layer.kind == "anchor":
            scores = role_scores(outputs, layer, inputs)
            if ground is not None and layer.same_sentence and table(layer.name):
                decoded.picks[layer.name] = _filled(batch, layer, scores, decoded.tags["upos"], ground)
            else:
                found.append((layer, scores))
    for (layer, scores), ids in zip(found, best_spans([scores for _, scores in found]), strict=True):
        if layer.kind == "tag":
            decoded.tags[layer.name] = ids
        else:
            decoded.picks[layer.name] = _picks(inputs, outputs[layer.index], layer, surest(scores, ids, layer))


def _picks(inputs: Inputs, index: Ids, layer: Layer, roles: tuple[Ids, Ids, Ids, Ids]) -> Picks:
    """Return the anchors P×2 with their roles, whose words may be counted from the sentence's first."""
    which, first, last, kind = roles
    if layer.same_sentence:
        start = _sentence(inputs, index)[0][which]
        first, last = first + start, last + start
    return Picks(index[:, 0], index[:, 1], np.zeros(len(index), np.float32), (which, first, last, kind))


def _filled(batch: Batch, layer: Layer, scores: Scores, upos: Ids, ground: Ground) -> Picks:
    """Return the anchors of a layer whose stretches are weighed, with those that are told; scores are P×S×C."""
    index = batch.outputs[layer.index]
    found = likely_fillers(scores)
    if not len(found.rows):
        return _picks(batch.inputs, index, layer, (found.rows, found.first, found.last, found.kind))
    scene = scene_of(batch, index, scores.shape[1], upos, ground)
    names = [label[2:] for label in layer.labels[1::2]]
    probability = judged(found, scene, layer.name, names_of(layer.labels, speech_of(batch)))
    once = [number for number, name in enumerate(names) if name in ONCE]
    kept = told(found, probability, table(layer.name)["worth"], once)
    roles = (found.rows[kept], found.first[kept], found.last[kept], found.kind[kept])
    return _picks(batch.inputs, index, layer, roles)


def scene_of(batch: Batch, index: Ids, words: int, upos: Ids, ground: Ground) -> Scene:
    """Return the sentences of anchors (P×2, window and word), cut to ``words``; parts of speech and ground are B×W."""
    rows = index[:, :1]
    start, length = _sentence(batch.inputs, index)
    place = np.arange(words)
    inside = place < length[:, None]  # P×S
    there = np.minimum(start[:, None] + place, upos.shape[1] - 1)
    heads = ground.heads[rows, there]
    return Scene(
        index[:, 1] - start,
        np.where(inside & (heads >= 0), heads - start[:, None], -1).astype(np.int16),
        np.where(inside, upos[rows, there], NOWHERE).astype(np.int16),
        np.where(inside, ground.marks[rows, there], 0).astype(np.int8),
        speech_of(batch).index("PUNCT"),
    )


def speech_of(batch: Batch) -> tuple[str, ...]:
    """Return the parts of speech by id."""
    upos = batch.layer("upos", "tag")
    return upos.labels if upos is not None else ()


def surest(scores: Scores, ids: Ids, layer: Layer) -> tuple[Ids, Ids, Ids, Ids]:
    """Return the stretches of P×W role labels; of several for one role that is taken once, the surest stays.

    How sure: the mean over its words of what its label scores above O. Ties go to the first.
    """
    rows, first, last, kind = stretches(ids)
    once = np.array([label[2:] in ONCE for label in layer.labels[1::2]], np.bool_)
    if not once.any() or not len(rows):
        return rows, first, last, kind
    gain = np.take_along_axis(scores, ids[..., None], 2)[..., 0] - scores[..., 0]  # P×W
    total = np.pad(gain.cumsum(1, dtype=np.float64), ((0, 0), (1, 0)))
    sure = (total[rows, last] - total[rows, first]) / (last - first)
    order = np.lexsort((first, -sure, kind, rows))
    again = np.zeros(len(rows), np.bool_)
    again[order[1:]] = (rows[order[1:]] == rows[order[:-1]]) & (kind[order[1:]] == kind[order[:-1]])
    kept = ~(again & once[kind])
    return rows[kept], first[kept], last[kept], kind[kept]


def _only_o(scores: Scores, places: NDArray[np.bool_]) -> Scores:
    """Leave only label O possible at the places marked (…×W for …×W×C); changes ``scores``."""
    scores[places] = FORBIDDEN
    scores[..., 0][places] = 0.0
    return scores


def _chain(scores: Scores, layer: Layer, lengths: Ids) -> Ids:
    moves, start = valid_transitions(len(layer.labels), layer.transitions, layer.start)
    end = np.zeros(len(layer.labels), np.float32) if layer.end is None else layer.end
    return chain(scores, rounded(moves), rounded(start), rounded(end), lengths)


def _weigh(decoded: Decoded, batch: Batch, layer: Layer) -> None:
    """Give a layer the stretches worth telling instead of its best sequence, which only gives roles their edges.

    A role whose stretch is too doubtful to be told needs edges all the same: linked triples on raw development texts
    57.7 with those of the best sequence, 57.3 without.
    """
    best = decoded.tags[layer.name]
    if layer.name in SHARE and SHARE[layer.name][0] in decoded.picks:
        name = SHARE[layer.name][0]
        found, labels = decoded.picks[name], next(entry.labels for entry in batch.layers if entry.name == name)
        roles = edged(found.roles, (found.rows, found.words), labels, by_label(best, layer.labels))
        decoded.picks[name] = Picks(found.rows, found.words, found.logits, roles)
    scores = _only_o(rounded(batch.outputs[layer.output]), batch.inputs["wordmask"] == 0)
    probable = by_outline(by_words(batch, layer, scores), layer, ground_of(batch, decoded.tags, decoded.heads))
    worths = [WORTH[layer.name].get(label[2:], EVEN) for label in layer.labels[1::2]]
    decoded.tags[layer.name] = labels_of(probable, worths, (best.shape[0], best.shape[1]))


def role_scores(outputs: Outputs, layer: Layer, inputs: Inputs) -> Scores:
    """Return rounded scores, P×W×C or P×S×C (``same_sentence``); words that cannot fill a role of the anchor are O."""
    index, scores = outputs[layer.index], rounded(outputs[layer.scores])
    if layer.same_sentence:
        _, length = _sentence(inputs, index)
        return _only_o(scores, np.arange(scores.shape[1])[None] >= length[:, None])
    return _only_o(scores, (inputs["wordmask"] == 0)[index[:, 0], : scores.shape[1]])


def _sentence(inputs: Inputs, index: Ids) -> tuple[Ids, Ids]:
    """Return (first word, number of words) of the sentence of each anchor, P each."""
    rows, words = index.T
    sentences = inputs["sentences"]
    mine = sentences[rows] == sentences[rows, words][:, None]  # P×W
    return mine.argmax(1), mine.sum(1)


def _kept(
    decoded: Decoded, layer: Layer, layers: Sequence[Layer], found: Picks, forced: Ids, logits: Scores
) -> NDArray[np.bool_]:
    """Say of each pick whether it stays: forced, sure enough, or seen by another layer too."""
    at = (found.rows, found.words)
    sure = logits[at] >= _logit(layer.decide)
    if layer.name in SUPPORT:
        name, wanted = SUPPORT[layer.name]
        other = next((entry for entry in layers if entry.name == name and entry.kind == "tag"), None)
        if other is not None:
            supports = np.array([label in wanted if wanted else label != "O" for label in other.labels])
            sure |= supports[decoded.tags[name][at]] & (logits[at] >= _logit(layer.threshold) + MARGIN)
    return sure | (forced[at] > 0)


def _logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


def _chosen(found: Picks, kept: NDArray[np.bool_], logits: Scores) -> Picks:
    """Return the picks that stay, with their logits and roles."""
    new = np.cumsum(kept) - 1
    which, first, last, kind = found.roles
    stays = kept[which]
    rows, words = found.rows[kept], found.words[kept]
    return Picks(rows, words, logits[rows, words], (new[which[stays]], first[stays], last[stays], kind[stays]))
