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
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaluation.muc4.adapted import Adapted, adapt
from evaluation.muc4.layers import Array, gelu, linear, logistic, normed, softmax
from evaluation.muc4.states import CAPITALS, CASED, shipped

if TYPE_CHECKING:
    from evaluation.muc4.states import States

Ints = NDArray[np.int64]
CONTEXT = 0.3
"""Weight of the words of the whole sentence in the attributes of a stretch."""
_THINGS = {**dict.fromkeys(("pt", "ht", "he", "w", "m", "n"), 0.75), "c": 0.0}
"""Weight of the opinion that knows what things are, by group of attributes: more where it is right more often on the
mentions of the key, none in the confidence of an organization; elsewhere one half."""
_ADAPTED = {"t": 1.0, "n": 1.0, "k": 0.25, "he": 0.25, "ht": 0.2}
"""Weight of the networks on adapted encoders, by group of attributes; none elsewhere. They know what an incident is and
where it was better than the first network's two opinions do, and what single things are, worse."""
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
        hidden = linear(weights, "inp", components)
        hidden += weights["tags.weight"][labels + weights["first_label"].astype(np.int64)].sum(1)
        hidden = gelu(hidden + weights["words.weight"][words] @ weights["wproj.weight"].T)
        means = np.zeros((int(sentence.max(initial=-1)) + 1, len(sentence)), np.float32)
        means[sentence, np.arange(len(sentence))] = 1
        means /= np.maximum(means.sum(1, keepdims=True), 1)
        layer = 0
        while f"blocks.{layer}.up.weight" in weights:
            hidden = self._block(hidden, f"blocks.{layer}.", means, sentence)
            layer += 1
        return normed(weights, "norm", hidden)

    def _block(self, hidden: Array, name: str, means: Array, sentence: Ints) -> Array:
        """Return each token after a look at the report as a whole and at its sentence (``means``: sentences×T)."""
        scaled = normed(self.weights, name + "n", hidden)
        inner = linear(self.weights, name + "up", scaled)
        inner += scaled.mean(0) @ self.weights[name + "whole.weight"].T
        inner += (means @ scaled @ self.weights[name + "near.weight"].T)[sentence]
        return hidden + linear(self.weights, name + "down", gelu(inner))

    def roles(self, vectors: Array) -> Array:
        """Return T×R×3 probabilities: outside, first, further token of a stretch with the role."""
        return softmax(linear(self.weights, "roles", vectors).reshape(len(vectors), -1, 3))

    def spans(self, vectors: Array, stretches: Stretches) -> Array:
        """Return M×D vectors of M stretches."""
        role, first, last = stretches
        joined = np.concatenate([vectors[first], vectors[last - 1], _within(vectors, first, last)], -1)
        joined = linear(self.weights, "span", joined)
        return gelu(joined + self.weights["role_emb.weight"][role])

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
        going_on = logistic(self._opinion("head", told, words, sentence, stretches))
        things = logistic(self._opinion("raw", own, words, sentence, stretches))
        share = np.array([_THINGS.get(name.partition(":")[0], 0.5) for name in self.attributes], np.float32)
        return np.asarray(share * things + (1 - share) * going_on, np.float32)

    def told(self, vectors: Array, words: Ints, stretches: Stretches) -> Array:
        """Return M×A probabilities of attributes by what was fitted together with the roles: the stretch, its words."""
        scores = linear(self.weights, "attr", self.spans(vectors, stretches))
        for number, (first, last) in enumerate(zip(stretches.first, stretches.last, strict=True)):
            scores[number] += self.weights["lex.weight"][words[first:last]].sum(0)
        return logistic(scores)

    def _opinion(self, name: str, seen: Array, words: Ints, sentence: Ints, stretches: Stretches) -> Array:
        """Return M×A scores: by what is seen of M stretches, their words, their last word, their sentence's words."""
        weights, (role, first, last) = self.weights, stretches
        seen = linear(weights, f"{name}.a", (seen - weights[f"{name}.mu"]) / weights[f"{name}.sd"])
        scores = linear(weights, f"{name}.b", gelu(seen + weights[f"{name}.role.weight"][role]))
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
        own = linear(self.weights, "u", spans)
        apart = np.abs(first[:, None] - first[None]).astype(np.float32)
        sentences = np.abs(sentence[:, None] - sentence[None]).astype(np.float32)
        alike = (role[:, None] == role[None]).astype(np.float32)
        told = [np.log1p(apart) / 5, np.log1p(sentences), sentences == 0, same, alike, np.ones_like(apart)]
        seen = linear(self.weights, "feat", np.stack(told, -1).astype(np.float32))
        both = np.concatenate([own[:, None] * own[None], seen], -1)
        return logistic(linear(self.weights, "link", gelu(linear(self.weights, "pair", both)))[..., 0])

    def text(self, vectors: Array) -> tuple[float, Array]:
        """Return the probability that the report tells of an incident, and A probabilities of its attributes."""
        weight = softmax(linear(self.weights, "pool", vectors)[:, 0])
        pooled = np.concatenate([weight @ vectors, vectors.max(0)])
        scores = logistic(linear(self.weights, "docout", gelu(linear(self.weights, "doc", pooled))))
        return float(scores[0]), scores[1:]


class Member(NamedTuple):
    """A network, and the adapted encoder it sees a text by, in capitals; None: the shipped encoder."""

    network: Network
    encoder: Adapted | None = None

    def see(self, states: States) -> Array:
        """Return T×C inputs of the network."""
        if self.encoder is None:
            return self.network.components(states.views[CAPITALS].states.astype(np.float32))
        return self.encoder.read(states.windows)


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Networks whose opinions are averaged; those on attributes of stretches by group (`_ADAPTED`)."""

    members: tuple[Member, ...]

    @property
    def attributes(self) -> tuple[str, ...]:
        """Names of the columns of attribute scores."""
        return self.members[0].network.attributes

    def encode(self, states: States, sentence: Ints) -> list[Array]:
        """Return each member's T×D vectors (see `Network.encode`)."""
        labels = states.views[CAPITALS].labels
        return [member.network.encode(member.see(states), labels, states.words, sentence) for member in self.members]

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

    def attributes_of(self, vectors: Sequence[Array], states: States, sentence: Ints, stretches: Stretches) -> Array:
        """Return M×A probabilities (see `Network.attributes_of`)."""
        first = self.members[0].network
        cased = first.components(states.views[CASED].states.astype(np.float32))
        told = first.attributes_of(vectors[0], cased, states.words, sentence, stretches)
        adapted = [
            member.network.told(own, states.words, stretches)
            for member, own in zip(self.members, vectors, strict=True)
            if member.encoder is not None
        ]
        if not adapted:
            return told
        share = np.array([_ADAPTED.get(name.partition(":")[0], 0.0) for name in self.attributes], np.float32)
        return np.asarray(share * _mean(adapted) + (1 - share) * told, np.float32)

    def _with(self, vectors: Sequence[Array]) -> list[tuple[Network, Array]]:
        return [(member.network, own) for member, own in zip(self.members, vectors, strict=True)]


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
    to one network, the others to all; ``attributes`` is JSON. A network with weights ``low.*`` sees a text by the
    encoder adapted with them.
    """
    with np.load(file) as stored:
        names: Any = json.loads(str(stored["attributes"]))
        weights = {name.removesuffix(".codes"): _weight(stored, name) for name in stored.files if _is_weight(name)}
    count = 1 + max(int(name[0]) for name in weights if name[0].isdigit())
    shared = {name: weight for name, weight in weights.items() if not name[0].isdigit()}
    own = [{name[2:]: weights[name] for name in weights if name.startswith(f"{number}.")} for number in range(count)]
    return Ensemble(tuple(_member(shared, mine, tuple(names)) for mine in own))


def _member(shared: Mapping[str, Array], own: Mapping[str, Array], names: tuple[str, ...]) -> Member:
    low = {name.removeprefix("low."): weight for name, weight in own.items() if name.startswith("low.")}
    return Member(Network({**shared, **own}, names), adapt(shipped(), low) if low else None)


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
