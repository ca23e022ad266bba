"""Rounding: every decision is made on scores that are multiples of one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

STEP = 2.0**-9  # sums of 120 such scores below 2^14 are exact in float32, so a Viterbi path adds up without error
FORBIDDEN = np.float32(-1e4)


def rounded(scores: Scores) -> Scores:
    """Return the scores as multiples of ``STEP``, float32."""
    result = scores * np.float32(1 / STEP)
    np.rint(result, out=result)
    result *= np.float32(STEP)
    return result


def probability(logit: float) -> float:
    """Return the logistic of a rounded logit, two decimals."""
    return round(float(1 / (1 + np.exp(-logit))), 2)


def probabilities(logits: Scores) -> Scores:
    """Return the logistic of rounded logits."""
    shares: Scores = np.exp(-np.clip(rounded(logits), -30, 30))
    np.add(shares, np.float32(1), out=shares)
    return np.float32(1) / shares
