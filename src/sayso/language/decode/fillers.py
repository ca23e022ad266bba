"""Which stretches fill the roles of anchors: those worth telling, by their words and by how they stand in the sentence.

The model scores words, each by itself: "with a" may come out as a role and what goes on behind it as none. A stretch
shows more: whether the tree has it whole, how it hangs on its anchor, what else is likely there. ``fillers.toml`` says
what each of that is worth.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sayso.language.decode.scenes import PLACES, standing
from sayso.language.decode.scores import STEP
from sayso.language.decode.weighed import worth_most

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.language.decode.scenes import Scene
    from sayso.language.decode.sequences import Ids, Scores

    Floats = NDArray[np.float64]

LEAST: Final = 0.05
"""Stretches less likely than this by their words are not weighed: with 0.01 twice as many are, and F1 is the same."""
_FAINT: Final = np.float32(np.log(LEAST) - 0.01)  # a label that scores so far below O is less likely than that
_NEVER: Final = 1e-30  # stands for a probability of 0 whose logarithm is taken
_NARROW: Final = 5e-4  # probabilities are kept so far from 0 and 1 before their odds are taken


@dataclass(frozen=True, slots=True)
class Fillers:
    """Stretches that may fill roles, N each, by anchor and first word; words count from the sentence's first."""

    rows: Ids  # which anchor
    first: Ids
    last: Ids  # one past the last word
    kind: Ids
    probability: Floats  # by the scores of their words alone
    evidence: Mapping[str, Floats]  # how these words score


@cache
def table(layer: str) -> Mapping[str, Any]:
    """Return what each measure and sort of a stretch adds to its log-odds; empty for a layer that isn't weighed."""
    text = files("sayso.language.decode").joinpath("fillers.toml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = tomllib.loads(text).get(layer, {})
    return found


def likely_fillers(scores: Scores) -> Fillers:
    """Return the stretches that are at least ``LEAST`` likely by the labels of their words.

    A word's label hangs on the one before only where BIO forbids it: a stretch goes on, or something else begins.

    Args:
        scores: P×S×C, rounded; labels O, B-x, I-x, B-y, I-y, …; words beyond a sentence are O.

    """
    live = scores[..., 1:].max(2) - scores[..., 0] >= _FAINT  # P×S
    rows, words = np.nonzero(live)
    where = np.full((live.shape[0], live.shape[1] + 1), len(rows), np.intp)  # P×(S+1); what isn't live is an O
    where[rows, words] = np.arange(len(rows))
    opens, goes, outside = _shares(scores[live], np.where(words > 0, where[rows, words - 1], len(rows)))
    begun, kind = np.nonzero(opens >= LEAST)  # N0
    rows, first = rows[begun], words[begun]
    here = where[rows]  # N0×(S+1)
    place = np.arange(here.shape[1])
    inside = np.where(place > first[:, None], goes[here, kind[:, None]], 1.0)
    begins = opens[begun, kind]
    reach = begins[:, None] * inside.cumprod(1)
    stops = 1 - np.where(place > first[:, None], inside, 0.0)[:, 1:]
    found = np.where(place >= first[:, None], reach, 0.0)[:, :-1] * stops
    start, end = np.nonzero(found >= LEAST)
    blank = np.maximum.accumulate(np.where(place >= first[:, None], outside[here], 0.0), 1)
    evidence = {
        "goes on": _log(reach[start, end] / begins[start]),
        "ends": _log(found[start, end] / reach[start, end]),
        "outside": blank[start, end],
        "words": np.log(end + 1 - first[start]),
    }
    return Fillers(rows[start], first[start], end + 1, kind[start], found[start, end], evidence)


def _shares(scores: Scores, before: Ids) -> tuple[Floats, Floats, Floats]:
    """Return how likely M words begin each kind, M×K, go it on where the word before is of it, M+1×K, are O, M+1.

    The word M+1 stands for all that are not live. Sums run from left to right, so that a word comes out the same
    whatever is decided beside it.

    Args:
        scores: M×C.
        before: which of the M+1 words stands before each.

    """
    weight = np.exp((scores - scores.max(1, keepdims=True)).astype(np.float64))
    weight = np.concatenate([weight, np.eye(1, weight.shape[1])])
    blank, first, more = weight[:, 0], weight[:, 1::2], weight[:, 2::2]
    free = blank + first.cumsum(1)[:, -1]  # what may stand behind any label
    total = free + more.cumsum(1)[:, -1]
    held = (first[before] + more[before]) / total[before, None]
    opens = first[:-1] / (free[:-1] + (held * more[:-1]).cumsum(1)[:, -1])[:, None]
    return opens, more / (more + free[:, None]), blank / total


def _log(value: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(value, _NEVER)))


def odds(probability: Floats) -> Floats:
    """Return log-odds, within reason."""
    clipped = np.clip(probability, _NARROW, 1 - _NARROW)
    return np.asarray(np.log(clipped / (1 - clipped)))


def rivals_of(found: Fillers, words: int, kinds: int) -> dict[str, Floats]:
    """Return how likely each stretch is by its words, its range for any role and its role for any range, N each."""
    place = (found.rows * words + found.first) * (words + 1) + found.last
    taken, ranged = (_sums(key, found.probability) for key in (found.rows * kinds + found.kind, place))
    return {
        "odds": odds(found.probability),
        "range taken": odds(ranged),
        "kind taken": odds(taken),
        "kind rivals": np.log(np.maximum(taken - found.probability, _NARROW)),
    }


def _sums(keys: Ids, values: Floats) -> Floats:
    """Return the sum of the values that share a key, N."""
    _, group = np.unique(keys, return_inverse=True)
    return np.asarray(np.bincount(group, values)[group], np.float64)


def seen(found: Fillers, scene: Scene, kinds: int) -> tuple[dict[str, Floats], dict[str, Ids]]:
    """Return the measures of the stretches and what they are of several sorts, N each; the words of the table."""
    measures, sorts = standing(found, scene)
    return {**found.evidence, **rivals_of(found, scene.heads.shape[1], kinds), **measures}, {
        "kind": found.kind,
        **sorts,
    }


def judged(found: Fillers, scene: Scene, layer: str, names: Mapping[str, Sequence[str]]) -> Floats:
    """Return the probability of stretches in the light of all that is seen of them, N.

    Args:
        found: the stretches.
        scene: the sentences they stand in.
        layer: whose table is asked.
        names: what the ids of ``kind``, ``relation`` and ``speech`` mean.

    """
    worth = table(layer)
    measures, sorts = seen(found, scene, len(names["kind"]))
    total = np.full(len(found.rows), float(worth["bias"]))
    for name, values in measures.items():  # one after the other: a stretch comes out the same alone and beside others
        total += worth[name] * values
    for name, ids in sorts.items():
        total += _column(layer, name, tuple(names[name]))[ids]
    return np.asarray(1 / (1 + np.exp(-total)))


@cache
def _column(layer: str, sort: str, names: tuple[str, ...]) -> Floats:
    """Return what each id of a sort is worth, nothing where the table lacks its name; the last stands for none."""
    worth = table(layer)[sort]
    return np.array([float(worth.get(name, 0.0)) for name in (*names, "nothing")])


def names_of(labels: Sequence[str], speech: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return what the ids of each sort mean, given a layer's BIO labels and the parts of speech."""
    return {"kind": [label[2:] for label in labels[1::2]], "place": PLACES, "last": speech, "behind": speech}


def told(found: Fillers, probability: Floats, worth: float, once: Collection[int]) -> NDArray[np.bool_]:
    """Say of each stretch whether it is told, N: those of an anchor that share no word and gain most.

    Args:
        found: the stretches, by anchor and first word.
        probability: of each.
        worth: from what probability on one is told.
        once: kinds of which an anchor has one at most; the likeliest stays, of equals the first.

    """
    gain = np.rint(probability / STEP).astype(np.int64) - round(worth / STEP)  # whole numbers: no sum is rounded
    able = np.flatnonzero(gain > 0)
    chosen = able[_apart(found, able, gain)]
    order = chosen[np.lexsort((found.first[chosen], -gain[chosen], found.kind[chosen], found.rows[chosen]))]
    again = np.zeros(len(order), np.bool_)
    again[1:] = (found.rows[order[1:]] == found.rows[order[:-1]]) & (found.kind[order[1:]] == found.kind[order[:-1]])
    result = np.zeros(len(gain), np.bool_)
    result[order[~(again & np.isin(found.kind[order], list(once)))]] = True
    return result


def _apart(found: Fillers, able: Ids, gain: Ids) -> NDArray[np.bool_]:
    """Say of the stretches ``able`` whether they are among those of their anchor that gain most."""
    rows, first, last = found.rows[able], found.first[able], found.last[able]
    result = np.ones(len(able), np.bool_)
    clash = (rows[1:] == rows[:-1]) & (
        first[1:] < last[:-1]
    )  # ordered by first word: where none does, none share a word
    for row in np.unique(rows[1:][clash]).tolist():
        begin, end = np.searchsorted(rows, [row, row + 1]).tolist()
        gains = gain[able[begin:end]].tolist()
        own = zip(last[begin:end].tolist(), first[begin:end].tolist(), range(begin, end), gains, strict=True)
        result[begin:end] = False
        result[[number for _, _, number, _ in worth_most(sorted(own))]] = True
    return result
