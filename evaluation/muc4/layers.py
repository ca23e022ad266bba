"""What the learned step is made of, in plain numpy: rows in, rows out; weights by name."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


def softmax(scores: Array) -> Array:
    """Return probabilities over the last axis."""
    raised: Array = np.exp(scores - scores.max(-1, keepdims=True))
    out: Array = np.divide(raised, raised.sum(-1, keepdims=True), dtype=np.float32)
    return out


def linear(weights: Mapping[str, Array], name: str, given: Array) -> Array:
    """Return rows times a matrix that stands outputs × inputs, with a bias."""
    out: Array = given @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return out


def normed(weights: Mapping[str, Array], name: str, given: Array, least: float = 1e-5) -> Array:
    """Return rows with mean 0 and spread 1, scaled and moved; ``least`` is added to the square of the spread."""
    centred = given - given.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(least))
    out: Array = scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return out


def gelu(given: Array) -> Array:
    """Return x·Φ(x), by the approximation with the hyperbolic tangent."""
    inner = given * given
    inner *= np.float32(0.044715)
    inner += 1
    inner *= given
    inner *= np.sqrt(2 / np.pi, dtype=np.float32)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= given
    inner *= np.float32(0.5)
    return inner


def logistic(given: Array) -> Array:
    """Return probabilities of yes."""
    return np.asarray(1 / (1 + np.exp(-np.clip(given, -30, 30))), np.float32)
