"""How a stretch stands in its sentence: whether the tree has it whole, how it hangs on its anchor, what ends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from sayso.language.marks import Mark

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sayso.language.decode.sequences import Ids

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

NOWHERE: Final = -1
"""Part of speech beyond a sentence."""
PLACES: Final = ("apart", "itself", "child", "head", "sister", "aunt", "grandchild", "grandhead")
"""How the top of a stretch stands to its anchor in the tree."""
_MOST: Final = 4  # more tops than that are as bad


class _Stretches(Protocol):
    """Stretches of sentences, N each."""

    @property
    def rows(self) -> Ids: ...
    @property
    def first(self) -> Ids: ...
    @property
    def last(self) -> Ids: ...


@dataclass(frozen=True, slots=True)
class Scene:
    """The sentence of each of P anchors, S words at most; words count from its first."""

    words: Ids  # P, the anchor
    heads: Ids  # P×S, −1 = root or beyond the sentence
    speech: Ids  # P×S, part of speech, NOWHERE beyond the sentence
    marks: Ids  # P×S, ``Mark`` codes
    punctuation: int  # which part of speech marks are


def standing(found: _Stretches, scene: Scene) -> tuple[dict[str, Floats], dict[str, Ids]]:
    """Return the measures of stretches by tree and place, and what they are of several sorts, N each."""
    rows, first, last = found.rows, found.first, found.last
    heads, place = scene.heads[rows], np.arange(scene.heads.shape[1])  # N×S
    plain = scene.speech[rows] != scene.punctuation
    here = (place >= first[:, None]) & (place < last[:, None])
    under = (heads >= first[:, None]) & (heads < last[:, None])
    tops, outer = here & ~under, under & ~here
    beyond = np.minimum(last, len(place) - 1)
    measures = _measures(found, scene, tops, outer & plain)
    measures["hangs behind"] = np.where(last == beyond, outer[np.arange(len(rows)), beyond], 0.0)
    measures["odd quotes"] = (here & (scene.marks[rows] == Mark.QUOTE)).sum(1) % 2.0
    solid = tops & plain
    top = np.where(solid.any(1), solid.argmax(1), tops.argmax(1))
    return measures, {
        "place": _place(rows, top, scene),
        "last": scene.speech[rows, last - 1],
        "behind": np.where(last == beyond, scene.speech[rows, beyond], NOWHERE),
    }


def _measures(found: _Stretches, scene: Scene, tops: Flags, outer: Flags) -> dict[str, Floats]:
    """Return the measures, given which words of a stretch hang on none of it, and which outside hang on it, N×S."""
    first, last, anchor = found.first, found.last, scene.words[found.rows]
    least, most = outer.argmax(1), outer.shape[1] - 1 - outer[:, ::-1].argmax(1)
    some = outer.any(1)
    measures = {
        "tops": np.minimum(tops.sum(1), _MOST),
        "goes on behind": some & (most >= last),
        "goes on before": some & (least < first),
        "behind it": first > anchor,
        "distance": np.log1p(np.abs(np.where(first > anchor, first, last - 1) - anchor)),
    }
    return {name: values.astype(np.float64) for name, values in measures.items()}


def _place(rows: Ids, top: Ids, scene: Scene) -> Ids:
    """Return the place in the tree, an index into ``PLACES``, of each top."""
    anchor, above = scene.words[rows], scene.heads[rows, top]
    mine = scene.heads[rows, anchor]
    over, second = (np.where(of >= 0, scene.heads[rows, of], NOWHERE) for of in (mine, above))
    tests = [
        top == anchor, above == anchor, mine == top, (above == mine) & (mine >= 0), (above == over) & (over >= 0),
        second == anchor, over == top,
    ]  # fmt: skip
    return np.select(tests, range(1, len(PLACES)), 0)
