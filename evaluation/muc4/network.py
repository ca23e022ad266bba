"""The learned step: states of the encoder → what each token, stretch and text is for the templates; plain numpy.

A small network over a whole report (``training/muc4`` fits it): scores per token and role, attributes per stretch,
whether two stretches belong to one incident, and what the report as a whole tells.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Ints = NDArray[np.int64]
CONTEXT = 0.3
"""Weight of the words of the whole sentence in the attributes of a stretch."""
_THINGS = {**dict.fromkeys(("pt", "ht", "he", "w", "m", "n"), 0.75), "c": 0.0}
"""Weight of the opinion that knows what things are, by group of attributes: more where it is right more often on the
mentions of the key, none in the confidence of an organization; elsewhere one half."""
WEIGHTS = Path(__file__).with_name("weights.npz")
ROLES = ("perp", "org", "thing", "name", "person", "weapon", "place", "date")
"""What a stretch of tokens may be: individual and organization behind an incident, physical target, human target by
name and by description, instrument, place, date."""


class Stretches(NamedTuple):
    """M stretches of tokens [first, last) with their roles (places in `ROLES`)."""

    role: Ints
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class Network:
    """Weights by name, as fitted; ``attributes`` are the names of the columns of attribute scores."""

    weights: Mapping[str, Array]
    attributes: tuple[str, ...]

    def components(self, states: Array) -> Array:
        """Return the T×C principal components of T×S states."""
        return np.asarray((states - self.weights["mu"]) / self.weights["sd"] @ self.weights["pca"], np.float32)

    def encode(self, components: Array, labels: Ints, words: Ints, sentence: Ints) -> Array:
        """Return T×D vectors of tokens from T×C components, T×K labels, T words and T numbers of sentences."""
        weights = self.weights
        hidden = _linear(weights, "inp", components)
        hidden += weights["tags.weight"][labels + weights["first_label"].astype(np.int64)].sum(1)
        hidden = _gelu(hidden + weights["words.weight"][words] @ weights["wproj.weight"].T)
        means = np.zeros((int(sentence.max(initial=-1)) + 1, len(sentence)), np.float32)
        means[sentence, np.arange(len(sentence))] = 1
        means /= np.maximum(means.sum(1, keepdims=True), 1)
        layer = 0
        while f"blocks.{layer}.up.weight" in weights:
            hidden = self._block(hidden, f"blocks.{layer}.", means, sentence)
            layer += 1
        return _norm(weights, "norm", hidden)

    def _block(self, hidden: Array, name: str, means: Array, sentence: Ints) -> Array:
        """Return each token after a look at the report as a whole and at its sentence (``means``: sentences×T)."""
        normed = _norm(self.weights, name + "n", hidden)
        inner = _linear(self.weights, name + "up", normed)
        inner += normed.mean(0) @ self.weights[name + "whole.weight"].T
        inner += (means @ normed @ self.weights[name + "near.weight"].T)[sentence]
        return hidden + _linear(self.weights, name + "down", _gelu(inner))

    def roles(self, vectors: Array) -> Array:
        """Return T×R×3 probabilities: outside, first, further token of a stretch with the role."""
        return softmax(_linear(self.weights, "roles", vectors).reshape(len(vectors), -1, 3))

    def spans(self, vectors: Array, stretches: Stretches) -> Array:
        """Return M×D vectors of M stretches."""
        role, first, last = stretches
        joined = np.concatenate([vectors[first], vectors[last - 1], _within(vectors, first, last)], -1)
        joined = _linear(self.weights, "span", joined)
        return _gelu(joined + self.weights["role_emb.weight"][role])

    def attributes_of(
        self, vectors: Array, components: Array, words: Ints, sentence: Ints, stretches: Stretches
    ) -> Array:
        """Return M×A probabilities of attributes, between two opinions.

        One goes by the vectors and knows what is going on; the other goes by the components of what the encoder sees in
        the cased text, as they are, and knows what things are.
        """
        _, first, last = stretches
        read = [_within(given, first, last) for given in (vectors, components)]
        near = [
            np.stack([given[sentence == number].mean(0) for number in sentence[first]])
            for given in (vectors, components)
        ]
        whole = [
            np.broadcast_to(given.mean(0), mean.shape) for given, mean in zip((vectors, components), read, strict=True)
        ]
        told = np.concatenate([vectors[first], vectors[last - 1], read[0], near[0], whole[0]], -1)
        own = np.concatenate([components[last - 1], read[1], near[1], whole[1]], -1)
        going_on = _logistic(self._opinion("head", told, words, sentence, stretches))
        things = _logistic(self._opinion("raw", own, words, sentence, stretches))
        share = np.array([_THINGS.get(name.partition(":")[0], 0.5) for name in self.attributes], np.float32)
        return np.asarray(share * things + (1 - share) * going_on, np.float32)

    def _opinion(self, name: str, seen: Array, words: Ints, sentence: Ints, stretches: Stretches) -> Array:
        """Return M×A scores: by what is seen of M stretches, their words, their last word, their sentence's words."""
        weights, (role, first, last) = self.weights, stretches
        seen = _linear(weights, f"{name}.a", (seen - weights[f"{name}.mu"]) / weights[f"{name}.sd"])
        scores = _linear(weights, f"{name}.b", _gelu(seen + weights[f"{name}.role.weight"][role]))
        own, context = weights[f"{name}.lex.weight"], weights[f"{name}.ctx.weight"]
        if (heads := weights.get(f"{name}.last.weight")) is not None:
            scores += heads[words[last - 1] % len(heads)]
        for number, (begin, end) in enumerate(zip(first, last, strict=True)):
            beside = words[sentence == sentence[begin]]
            scores[number] += own[np.unique(words[begin:end] % len(own))].sum(0)
            scores[number] += CONTEXT * context[np.unique(beside % len(context))].sum(0)
        return scores

    def links(self, spans: Array, stretches: Stretches, sentence: Ints, same: NDArray[np.bool_]) -> Array:
        """Return M×M probabilities that two stretches belong to one incident; ``same``: they read the same."""
        role, first, _ = stretches
        sentence = sentence[first]
        own = _linear(self.weights, "u", spans)
        apart = np.abs(first[:, None] - first[None]).astype(np.float32)
        sentences = np.abs(sentence[:, None] - sentence[None]).astype(np.float32)
        alike = (role[:, None] == role[None]).astype(np.float32)
        told = [np.log1p(apart) / 5, np.log1p(sentences), sentences == 0, same, alike, np.ones_like(apart)]
        seen = _linear(self.weights, "feat", np.stack(told, -1).astype(np.float32))
        both = np.concatenate([own[:, None] * own[None], seen], -1)
        return _logistic(_linear(self.weights, "link", _gelu(_linear(self.weights, "pair", both)))[..., 0])

    def text(self, vectors: Array) -> tuple[float, Array]:
        """Return the probability that the report tells of an incident, and A probabilities of its attributes."""
        weight = softmax(_linear(self.weights, "pool", vectors)[:, 0])
        pooled = np.concatenate([weight @ vectors, vectors.max(0)])
        scores = _logistic(_linear(self.weights, "docout", _gelu(_linear(self.weights, "doc", pooled))))
        return float(scores[0]), scores[1:]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Networks whose opinions are averaged; attributes of stretches are the first one's."""

    networks: tuple[Network, ...]

    @property
    def attributes(self) -> tuple[str, ...]:
        """Names of the columns of attribute scores."""
        return self.networks[0].attributes

    def components(self, states: Array) -> Array:
        """Return the T×C components of T×S states, the same for all networks."""
        return self.networks[0].components(states)

    def encode(self, components: Array, labels: Ints, words: Ints, sentence: Ints) -> list[Array]:
        """Return each network's T×D vectors (see `Network.encode`)."""
        return [network.encode(components, labels, words, sentence) for network in self.networks]

    def roles(self, vectors: Sequence[Array]) -> Array:
        """Return T×R×3 probabilities (see `Network.roles`)."""
        return _mean([network.roles(own) for network, own in self._with(vectors)])

    def text(self, vectors: Sequence[Array]) -> tuple[float, Array]:
        """Return the report's relevance and A attributes (see `Network.text`)."""
        said = [network.text(own) for network, own in self._with(vectors)]
        return fmean(relevant for relevant, _ in said), _mean([attributes for _, attributes in said])

    def links(self, vectors: Sequence[Array], stretches: Stretches, sentence: Ints, same: NDArray[np.bool_]) -> Array:
        """Return M×M probabilities that stretches share an incident (see `Network.links`)."""
        spans = [(network, network.spans(own, stretches)) for network, own in self._with(vectors)]
        return _mean([network.links(own, stretches, sentence, same) for network, own in spans])

    def attributes_of(
        self, vectors: Sequence[Array], components: Array, words: Ints, sentence: Ints, stretches: Stretches
    ) -> Array:
        """Return M×A probabilities (see `Network.attributes_of`)."""
        return self.networks[0].attributes_of(vectors[0], components, words, sentence, stretches)

    def _with(self, vectors: Sequence[Array]) -> list[tuple[Network, Array]]:
        return list(zip(self.networks, vectors, strict=True))


def _within(given: Array, first: Ints, last: Ints) -> Array:
    """Return the means over tokens [first, last) of T×D."""
    sums = np.concatenate([np.zeros_like(given[:1]), given.cumsum(0)])
    return np.asarray((sums[last] - sums[first]) / (last - first)[:, None], np.float32)


def _mean(opinions: Sequence[Array]) -> Array:
    return np.asarray(np.mean(opinions, 0), np.float32)


@lru_cache(2)
def load(file: Path = WEIGHTS) -> Ensemble:
    """Return the networks in a file of weights.

    Matrices are 8-bit codes with a scale a row, the rest 16-bit floats. Names that begin with ``0.``, ``1.`` … belong
    to one network, the others to all; ``attributes`` is JSON.
    """
    with np.load(file) as stored:
        names: Any = json.loads(str(stored["attributes"]))
        weights = {name.removesuffix(".codes"): _weight(stored, name) for name in stored.files if _is_weight(name)}
    count = 1 + max(int(name[0]) for name in weights if name[0].isdigit())
    shared = {name: weight for name, weight in weights.items() if not name[0].isdigit()}
    own = [{name[2:]: weights[name] for name in weights if name.startswith(f"{number}.")} for number in range(count)]
    return Ensemble(tuple(Network({**shared, **mine}, tuple(names)) for mine in own))


def _is_weight(name: str) -> bool:
    return name != "attributes" and not name.endswith(".scales")


def _weight(stored: Mapping[str, NDArray[Any]], name: str) -> Array:
    weight = stored[name].astype(np.float32)
    if not name.endswith(".codes"):
        return weight
    return np.asarray(weight * stored[name.removesuffix("codes") + "scales"].astype(np.float32)[:, None], np.float32)


def columns(names: Sequence[str], group: str) -> dict[str, int]:
    """Return value → column of the attributes of a group: those called ``group:value``."""
    return {name.partition(":")[2]: at for at, name in enumerate(names) if name.startswith(f"{group}:")}


def softmax(scores: Array) -> Array:
    """Return probabilities over the last axis."""
    raised: Array = np.exp(scores - scores.max(-1, keepdims=True))
    out: Array = np.divide(raised, raised.sum(-1, keepdims=True), dtype=np.float32)
    return out


def _linear(weights: Mapping[str, Array], name: str, given: Array) -> Array:
    out: Array = given @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return out


def _norm(weights: Mapping[str, Array], name: str, given: Array) -> Array:
    centred = given - given.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
    out: Array = scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return out


def _gelu(given: Array) -> Array:
    out: Array = 0.5 * given * (1 + np.tanh(np.sqrt(2 / np.pi, dtype=np.float32) * (given + 0.044715 * given**3)))
    return out


def _logistic(given: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(given, -30, 30))), np.float32)
