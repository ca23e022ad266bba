"""Scores → parts: accounts that hang together, cut as ``sayso.linking.clusters`` cuts them, all at once.

Each part can be clustered by itself, and comes out as it would among all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.linking.clusters import MOST, STRICTEST, Pair, cluster
from sayso.linking.scoring import odds_of
from sayso.scale.linking.pairing import Numbers
from sayso.scale.linking.scores import Scored

Labels = npt.NDArray[np.int64]
"""For each account the smallest number of an account it hangs together with."""


class Links(NamedTuple):
    """Links between two atoms (accounts that are judged to be one incident), as columns."""

    one: Labels
    other: Labels
    total: npt.NDArray[np.float64]
    """Sum of the log odds of their scored pairs."""
    number: npt.NDArray[np.int64]
    """… and how many there are."""


def parts(ids: Sequence[str], scored: Scored, same: Sequence[tuple[int, int]], most: int = MOST) -> Labels:
    """Return the part of each account, by the number of its first account.

    Args:
        ids: of all accounts, by their numbers.
        scored: all pairs that say more than silence.
        same: pairs that a person judged to be one incident.
        most: atoms of a part, as far as it can be cut.

    """
    judged = np.array(same, np.int64).reshape(-1, 2)
    atoms = connected(len(ids), judged[:, 0], judged[:, 1])
    links = _links(scored, atoms, ids if same else ())
    is_atom = atoms == np.arange(len(ids))
    found, least = _joined(len(ids), links, 0), 0
    while least < STRICTEST and (large := _sizes(found, is_atom)[found] > most).any():
        least += 1
        inside = large[links.one]
        links = Links(links.one[inside], links.other[inside], links.total[inside], links.number[inside])
        found = np.where(large, _joined(len(ids), links, least), found)
    return found[atoms]


def _sizes(labels: Labels, is_atom: npt.NDArray[np.bool_]) -> Labels:
    return np.bincount(labels[is_atom], minlength=len(labels))


def _joined(accounts: int, links: Links, least: int) -> Labels:
    """Connect what links above so many log odds connect."""
    strong = links.total > least * links.number
    return connected(accounts, links.one[strong], links.other[strong])


def connected(accounts: int, one: Labels, other: Labels) -> Labels:
    """Return for each account the smallest it is connected with, by way of pairs."""
    found, before = np.arange(accounts), np.full(accounts, -1)
    while (found != before).any():
        before = found.copy()
        least = np.minimum(found[one], found[other])
        np.minimum.at(found, before[one], least)
        np.minimum.at(found, before[other], least)
        while (found[found] != found).any():
            found = found[found]
    return found


def _links(scored: Scored, atoms: Labels, ids: Sequence[str]) -> Links:
    """Return the links between atoms; where accounts were judged, summed up in the order that clustering sums in."""
    one, other = atoms[scored.one], atoms[scored.other]
    odds = np.fromiter(map(odds_of, scored.score.tolist()), np.float64, len(one))
    if not ids:
        return Links(one, other, odds, np.ones(len(one), np.int64))
    named = np.argsort(np.argsort(np.array(list(ids), dtype=object)))
    a, b = named[scored.one], named[scored.other]
    order = np.lexsort((np.maximum(a, b), np.minimum(a, b)))
    low, high = np.minimum(one, other)[order], np.maximum(one, other)[order]
    pairs, at, number = np.unique(low * len(ids) + high, return_inverse=True, return_counts=True)
    total = np.zeros(len(pairs))
    np.add.at(total, at, odds[order])
    return Links(pairs // len(ids), pairs % len(ids), total, number)


class Batch(NamedTuple):
    """Whole parts that are clustered together: their accounts, and pairs as places among these."""

    accounts: Numbers
    one: Numbers
    other: Numbers
    score: npt.NDArray[np.float64]


def clustered(given: tuple[Sequence[str], Batch, Sequence[Pair], Sequence[Pair]]) -> list[tuple[str, ...]]:
    """Return the incidents of a batch, given with the ids of its accounts and what was judged among them."""
    ids, batch, same, not_same = given
    columns = (batch.one.tolist(), batch.other.tolist(), batch.score.tolist())
    rows = ((ids[one], ids[other], score) for one, other, score in zip(*columns, strict=True))
    return list(cluster(ids, rows, same, not_same))


def batches(labels: Labels, scored: Scored, size: int) -> Iterator[Batch]:
    """Yield the parts of more than one account, in batches of ``size`` accounts and what the last part has over."""
    members, edges = _together(labels)
    place = np.zeros(len(labels), np.int64)
    place[members] = np.arange(len(members))
    inner = labels[scored.one] == labels[scored.other]
    one, other, score = place[scored.one[inner]], place[scored.other[inner]], scored.score[inner]
    order = np.argsort(one, kind="stable")
    first = 0
    for end in _ends(edges, size):
        mine = order[slice(*np.searchsorted(one, (first, end), sorter=order))]
        place_one, place_other = ((side[mine] - first).astype(np.uint32) for side in (one, other))
        yield Batch(members[first:end].astype(np.uint32), place_one, place_other, score[mine])
        first = end


def _together(labels: Labels) -> tuple[Labels, Labels]:
    """Return the accounts of parts of more than one, part by part, and where each part ends and the next begins."""
    _, part, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    order = np.argsort(part, kind="stable")
    return order[sizes[part[order]] > 1], np.concatenate(([0], np.cumsum(sizes[sizes > 1])))


def _ends(edges: Labels, size: int) -> Iterator[int]:
    """Yield where batches end: at the first edge of parts that is far enough from the last."""
    end = 0
    while end < edges[-1]:
        end = int(edges[np.searchsorted(edges, min(end + size, edges[-1]))])
        yield end
