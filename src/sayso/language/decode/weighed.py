"""Which stretches of a layer are told: those that are worth it, by its own opinion and another layer's together.

The best label sequence need not hold the likeliest stretches: where every end of a stretch is doubtful, it takes one of
many, and where all but one label of a sequence is sure, a stretch as likely as not is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

import numpy as np

from sayso.language.decode.scores import STEP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sayso.language.decode.likely import Floats, Likely
    from sayso.language.decode.sequences import Ids

WORTH: Final = {
    "attribution": {"content": 0.36, "cue": 0.5, "source": 0.4},
    "entity": {"LOC": 0.5, "ORG": 0.5, "OTH": 0.3, "PER": 0.5},
}
"""Layers whose stretches are weighed, and from what probability on one of a kind is told; of those that share words the
set that is worth most. At half the F1 that a kind reaches one more right and one more wrong stretch weigh the same;
names want more, for the model is too sure of them (of OTH it is shy, and no exam counts it). Chosen on development
texts, whose halves agree (training/LOG.md)."""
EVEN: Final = 0.5
"""From what probability on a kind is told that nobody chose one for."""
Stretch = tuple[int, int, int, int]  # row, first word, one past the last, kind


def together(own: Likely, other: Mapping[Stretch, float], share: float) -> dict[Stretch, float]:
    """Return the probability of each stretch by both opinions; the other one counts ``share`` (0 to 1)."""
    found = {stretch: share * probability for stretch, probability in other.items()}
    for stretch, probability in _listed(own, own.rows):
        found[stretch] = found.get(stretch, 0.0) + (1 - share) * probability
    return found


def surest_of_anchors(roles: Likely, rows: Ids, sure: Floats, kinds: Sequence[int]) -> dict[Stretch, float]:
    """Return the stretches that fill roles, by window: of several anchors that have one, the surest counts.

    Args:
        roles: the stretches of each anchor.
        rows: the window of each anchor.
        sure: how likely each is an anchor.
        kinds: of each kind of role, its kind in the layer that is asked, or −1.

    """
    found: dict[Stretch, float] = {}
    chance = sure[roles.rows]
    for number, ((row, first, last, kind), probability) in enumerate(_listed(roles, rows[roles.rows])):
        if kinds[kind] >= 0:
            stretch = (row, first, last, kinds[kind])
            found[stretch] = max(found.get(stretch, 0.0), float(chance[number]) * probability)
    return found


def judged(
    probable: Mapping[Stretch, float], kind: int, judge: Callable[[Floats, Ids, Ids, Ids], Floats]
) -> dict[Stretch, float]:
    """Return the probabilities with those of one kind judged anew from (probability, row, first, one past the last)."""
    own = [stretch for stretch in probable if stretch[3] == kind]
    if not own:
        return dict(probable)
    rows, first, last, _ = np.array(own, np.intp).T
    anew = judge(np.array([probable[stretch] for stretch in own]), rows, first, last)
    return {**probable, **dict(zip(own, anew.tolist(), strict=True))}


def _listed(found: Likely, rows: Ids) -> Iterator[tuple[Stretch, float]]:
    columns = (column.tolist() for column in (rows, found.first, found.last, found.kind))
    return zip(zip(*columns, strict=True), found.probability.tolist(), strict=True)


def labels_of(probable: Mapping[Stretch, float], worths: Sequence[float], shape: tuple[int, int]) -> Ids:
    """Return R×W label ids of the stretches that are told; ``worths``: from what probability on, a kind each."""
    worth = [round(value / STEP) for value in worths]
    ids = np.zeros(shape, np.intp)
    by_row: dict[int, list[tuple[int, int, int, int]]] = {}
    for (row, first, last, kind), probability in probable.items():
        gain = round(probability / STEP) - worth[kind]  # whole numbers: nothing hangs on how a sum is rounded
        if gain > 0:
            by_row.setdefault(row, []).append((last, first, kind, gain))
    for row, stretches in by_row.items():
        for last, first, kind, _ in worth_most(sorted(stretches)):
            ids[row, first:last] = 2 * kind + 2
            ids[row, first] = 2 * kind + 1
    return ids


def worth_most(stretches: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Return the stretches (one past the last word, first, kind, gain), ordered, that share no word and gain most."""
    ends = [last for last, *_ in stretches]
    best = [0]  # gain of the first n
    before: list[int] = []  # where stretch n is taken: how many of those ahead may go with it; else −1
    for number, (_, first, _, gain) in enumerate(stretches):
        free = bisect_right(ends, first, 0, number)
        taken = best[free] + gain > best[-1]
        before.append(free if taken else -1)
        best.append(best[free] + gain if taken else best[-1])
    chosen = []
    number = len(stretches)
    while number:
        if before[number - 1] < 0:
            number -= 1
        else:
            chosen.append(stretches[number - 1])
            number = before[number - 1]
    return chosen[::-1]
