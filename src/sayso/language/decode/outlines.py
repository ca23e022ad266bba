"""How a stretch is cut: what stands at its edges, and whether the tree has it whole.

The model scores words. That what is said ends before a comma, closes the quotation marks it opens and holds all that
hangs on its words is seen from the stretch alone; ``outlines.toml`` says what each of that is worth.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from sayso.language.decode.likely import LEAST
from sayso.language.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sayso.language.decode.likely import Floats
    from sayso.language.decode.sequences import Ids

_MOST_HEADS: Final = 4
_NOWHERE: Final = -1  # beyond the sentence


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of the words of B windows before their stretches are chosen, B×W each."""

    marks: Ids  # ``Mark`` codes
    sentences: Ids  # number of the sentence, −1 for padding
    heads: Ids  # word of the window, −1 = root or padding
    punctuation: NDArray[np.bool_]


@cache
def weights(layer: str) -> Mapping[str, Mapping[str, float]]:
    """Return what each trait adds to the log-odds of a stretch, for the kinds of a layer that outlines judge."""
    table = tomllib.loads(files("sayso.language.decode").joinpath("outlines.toml").read_text(encoding="utf-8"))
    found: Mapping[str, Mapping[str, float]] = table.get(layer, {})
    return found


def outlined(probability: Floats, traits: Mapping[str, Floats], worth: Mapping[str, float]) -> Floats:
    """Return the probability of stretches, N, in the light of their outlines."""
    clipped = np.clip(probability, LEAST / 20, 1 - LEAST / 20)
    total = worth["bias"] + worth["log-odds"] * np.log(clipped / (1 - clipped))
    for name, values in traits.items():  # one after the other: a row comes out the same alone and beside others
        total = total + worth[name] * values
    return np.asarray(1 / (1 + np.exp(-total)))


def traits_of(ground: Ground, rows: Ids, first: Ids, last: Ids) -> dict[str, Floats]:
    """Return the traits of the stretches [first, last) of the windows ``rows``, N each; the words of the table."""
    marks, heads = ground.marks[rows], ground.heads[rows]  # N×W
    place = np.arange(marks.shape[1])
    here = (place >= first[:, None]) & (place < last[:, None])
    under = (heads >= first[:, None]) & (heads < last[:, None])
    before, behind = _beside(ground, rows, first - 1, first), _beside(ground, rows, last, last - 1)
    end = ground.marks[rows, last - 1]
    sentences = ground.sentences[rows, first] != ground.sentences[rows, last - 1]
    found = {
        "heads": np.minimum((here & ~under).sum(1), _MOST_HEADS),
        "goes on behind": (under & (place >= last[:, None]) & ~ground.punctuation[rows]).any(1),
        "stop or nothing behind": (behind == Mark.STOP) | (behind == _NOWHERE),
        "comma behind": behind == Mark.COMMA,
        "break behind": behind == Mark.BREAK,
        "joiner behind": behind == Mark.JOINER,
        "quote before": before == Mark.QUOTE,
        "that before": before == Mark.THAT,
        "quote at end": end == Mark.QUOTE,
        "stop at end": end == Mark.STOP,
        "comma at end": end == Mark.COMMA,
        "odd quotes": (here & (marks == Mark.QUOTE)).sum(1) % 2,
        "words": np.log(last - first),
        "several sentences": sentences,
    }
    return {name: values.astype(np.float64) for name, values in found.items()}


def _beside(ground: Ground, rows: Ids, places: Ids, own: Ids) -> Ids:
    """Return the marks at ``places`` next to the words ``own``, −1 where no word of their sentence stands there."""
    width = ground.marks.shape[1]
    safe = np.clip(places, 0, width - 1)
    there = (places == safe) & (ground.sentences[rows, safe] == ground.sentences[rows, own])
    return np.where(there, ground.marks[rows, safe], _NOWHERE)
