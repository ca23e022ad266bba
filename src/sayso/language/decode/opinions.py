"""How likely the stretches of a layer are, by all that is known of them in a batch.

Three things speak: the layer's own chain, the roles of an anchor layer that were trained on the same spans, and the
outline of a stretch. What each brought is in ``training/LOG.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from sayso.language.decode.likely import likely_stretches
from sayso.language.decode.outlines import Ground, outlined, traits_of, weights
from sayso.language.decode.scores import rounded
from sayso.language.decode.sequences import valid_transitions
from sayso.language.decode.weighed import judged, surest_of_anchors, together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from sayso.language.decode.likely import Floats, Likely
    from sayso.language.decode.sequences import Ids, Scores
    from sayso.language.decode.weighed import Stretch
    from sayso.language.inputs import Inputs
    from sayso.language.model import Layer

    Outputs = dict[str, NDArray[Any]]

SHARE: Final[dict[str, tuple[str, float]]] = {"attribution": ("quote", 0.4)}
"""Layer → (anchor layer whose roles are a second opinion on its stretches, how much that counts)."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch of windows: what went into the model, what came out, and what the outputs are."""

    inputs: Inputs
    outputs: Outputs
    layers: Sequence[Layer]
    anchors: Sequence[str]

    @property
    def lengths(self) -> Ids:
        """Words of each window, B."""
        return np.asarray(self.inputs["wordmask"].sum(1), np.int64)

    def layer(self, name: str, kind: str) -> Layer | None:
        """Return a layer by its name and kind: two layers may share a name."""
        return next((layer for layer in self.layers if (layer.name, layer.kind) == (name, kind)), None)


def by_words(batch: Batch, layer: Layer, scores: Scores) -> dict[Stretch, float]:
    """Return how likely the stretches of a layer are by the scores of words: its own, B×W×C, and those of roles."""
    name, share = SHARE.get(layer.name, ("", 0.0))
    other = batch.layer(name, "anchor")
    own = _likely(scores, layer, batch.lengths)
    if other is None or other.same_sentence:
        return together(own, {}, 0.0)
    return together(own, _by_roles(batch, layer, other), share)


def _by_roles(batch: Batch, layer: Layer, other: Layer) -> dict[Stretch, float]:
    rows, words = batch.outputs[other.index].T  # P each
    scores = rounded(batch.outputs[other.scores])  # P×W×C
    roles = _likely(scores, other, np.minimum(batch.lengths[rows], scores.shape[1]))
    logits = rounded(batch.outputs["tag.anchor"][rows, words, list(batch.anchors).index(other.name)])
    kinds = [layer.labels.index(label) // 2 if label in layer.labels else -1 for label in other.labels[1::2]]
    return surest_of_anchors(roles, rows, 1 / (1 + np.exp(-logits.astype(np.float64))), kinds)


def _likely(scores: Scores, layer: Layer, lengths: Ids) -> Likely:
    moves, start = valid_transitions(len(layer.labels), layer.transitions, layer.start)
    end = np.zeros(len(layer.labels), np.float32) if layer.end is None else layer.end
    return likely_stretches(scores, rounded(moves), rounded(start), rounded(end), lengths)


def by_outline(probable: dict[Stretch, float], layer: Layer, ground: Ground | None) -> dict[Stretch, float]:
    """Return the probabilities in the light of how the stretches are cut, for the kinds that the table knows."""
    kinds = [label[2:] for label in layer.labels[1::2]]
    for name, worth in weights(layer.name).items():
        if name in kinds and ground is not None:
            probable = judged(probable, kinds.index(name), partial(_judge, ground, worth))
    return probable


def _judge(ground: Ground, worth: Mapping[str, float], found: Floats, rows: Ids, first: Ids, last: Ids) -> Floats:
    return outlined(found, traits_of(ground, rows, first, last), worth)


def ground_of(batch: Batch, tags: dict[str, Ids], heads: dict[str, Ids]) -> Ground | None:
    """Return what outlines are seen on; None where the build has no tree or no parts of speech."""
    upos = batch.layer("upos", "tag")
    if upos is None or "dep" not in heads or "PUNCT" not in upos.labels:
        return None
    return Ground(
        batch.inputs["marks"], batch.inputs["sentences"], heads["dep"], tags["upos"] == upos.labels.index("PUNCT")
    )
