"""The shipped encoder with its upper blocks adapted to the exam: differences of low rank (``training/muc4/adapt.py``).

Plain numpy. Every piece of a long window (`evaluation.muc4.long`) sees all the others; the network reads the states of
each word's first piece after two of the blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.muc4.layers import Array, gelu, normed, softmax
from evaluation.muc4.shipped import BLOCKS, PRODUCTS
from sayso.language.inputs import Inputs

HEADS = 12
TAPS = (3, 5)
"""Blocks whose output is read."""


@dataclass(frozen=True, slots=True)
class Adapted:
    """An encoder's weights by name, differences added: products as they are applied to rows."""

    weights: Mapping[str, Array]

    def read(self, windows: Sequence[Inputs]) -> Array:
        """Return T×2H states of the tokens of a report's windows (1×L ``pieces`` and ``shapes``, 1×W ``words``)."""
        seen = [self._window(own["pieces"][0], own["shapes"][0])[own["words"][0]] for own in windows]
        return np.concatenate(seen) if seen else np.zeros((0, len(TAPS) * len(self.weights["norm.bias"])), np.float32)

    def _window(self, pieces: NDArray[np.int64], shapes: NDArray[np.int64]) -> Array:
        """Return L×2H states of the pieces of one window."""
        weights = self.weights
        hidden = weights["pieces.weight"][pieces] + weights["positions.weight"][: len(pieces)]
        hidden = self._normed("norm", hidden + weights["shapes.weight"][shapes])
        seen = []
        for block in range(BLOCKS):
            hidden = self._block(hidden, f"blocks.{block}.")
            seen += [hidden] if block in TAPS else []
        return np.concatenate(seen, -1)

    def _block(self, hidden: Array, name: str) -> Array:
        query, key, value = (
            np.split(self._product(f"{name}{part}", hidden), HEADS, -1) for part in ("query", "key", "value")
        )
        mixed = np.concatenate([_attended(*head) for head in zip(query, key, value, strict=True)], -1)
        hidden = self._normed(f"{name}mix_norm", hidden + self._product(f"{name}mix", mixed))
        inner = self._product(f"{name}shrink", gelu(self._product(f"{name}grow", hidden)))
        return self._normed(f"{name}norm", hidden + inner)

    def _normed(self, name: str, given: Array) -> Array:
        return normed(self.weights, name, given, 1e-12)

    def _product(self, name: str, given: Array) -> Array:
        out: Array = given @ self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return out


def _attended(query: Array, key: Array, value: Array) -> Array:
    """Return L×D: what each of L pieces takes from all of them, in one head."""
    scores = query @ key.T / np.sqrt(query.shape[-1], dtype=np.float32)
    return np.asarray(softmax(scores) @ value, np.float32)


def adapt(shipped: Mapping[str, Array], differences: Mapping[str, Array]) -> Adapted:
    """Return the encoder with differences: ``N.PRODUCT.down``, R×inputs, ``N.PRODUCT.up``, outputs×R, and norms."""
    weights = dict(shipped)
    for block in range(BLOCKS):
        for product in PRODUCTS:
            if (up := differences.get(f"{block}.{product}.up")) is not None:
                name = f"blocks.{block}.{product}.weight"
                weights[name] = weights[name] + (up @ differences[f"{block}.{product}.down"]).T
        for part in ("mix_norm.weight", "mix_norm.bias", "norm.weight", "norm.bias"):
            weights[f"blocks.{block}.{part}"] = differences.get(f"{block}.{part}", weights[f"blocks.{block}.{part}"])
    return Adapted(weights)
