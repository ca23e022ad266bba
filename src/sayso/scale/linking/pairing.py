"""Keys → pairs of accounts that share one, each pair once, as columns of numbers.

A pair is one number: that of the smaller account in its upper half, that of the larger in its lower. A key that more
than ``MOST`` accounts bear makes no pairs, as in ``sayso.linking.blocking``; what that loses is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.linking.blocking import MOST

Pairs = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]
HALF: Final = np.uint64(32)
_LOWER: Final = np.uint64(0xFFFFFFFF)


class Bound(NamedTuple):
    """What bounding the pairs of a key leaves out."""

    keys: int
    """Keys that two accounts or more bear."""
    common: int
    """… of these, those that more than ``MOST`` bear."""
    filings: int
    """Times that an account bears such a key."""
    pairs: int
    """Pairs that such keys would have made, a pair of two such keys counted twice."""

    def __add__(self, other: object) -> Bound:
        assert isinstance(other, Bound)
        return Bound(*map(sum, zip(self, other, strict=True)))


def paired(keys: npt.NDArray[np.uint64], bearers: Numbers, most: int = MOST) -> tuple[Pairs, Bound]:
    """Return the pairs of accounts that share a key, ascending, and what was left out.

    Args:
        keys: hashes, all that there are of each key.
        bearers: who bears each.
        most: accounts that may bear a key.

    """
    order = np.argsort(keys, kind="stable")
    keys, bearers = keys[order], bearers[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, len(keys)))
    common = sizes[sizes > most].astype(np.int64)
    bound = Bound(int((sizes > 1).sum()), len(common), int(common.sum()), int((common * (common - 1) // 2).sum()))
    found = [
        packed(*_within(bearers, starts[sizes == size], size)) for size in range(2, min(most, sizes.max(initial=0)) + 1)
    ]
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.uint64), bound


def _within(bearers: Numbers, starts: npt.NDArray[np.int64], size: int) -> tuple[Numbers, Numbers]:
    """Return all pairs within blocks of one size."""
    one, other = np.triu_indices(size, 1)
    members = bearers[starts[:, None] + np.arange(size)]
    return members[:, one].ravel(), members[:, other].ravel()


def packed(one: Numbers, other: Numbers) -> Pairs:
    """Return pairs as one number each, the smaller account above."""
    return np.minimum(one, other).astype(np.uint64) << HALF | np.maximum(one, other).astype(np.uint64)


def unpacked(pairs: Pairs) -> tuple[Numbers, Numbers]:
    """Return the accounts of pairs, the smaller ones first."""
    return (pairs >> HALF).astype(np.uint32), (pairs & _LOWER).astype(np.uint32)


def striped(pairs: Pairs, size: int) -> Iterator[tuple[int, Pairs]]:
    """Yield (number of a stripe, its pairs): those whose smaller account is one of the stripe's ``size`` accounts."""
    if not len(pairs):
        return
    stripes = np.arange(int(pairs[0] >> HALF) // size, int(pairs[-1] >> HALF) // size + 1)
    edges = np.searchsorted(pairs, (np.append(stripes, stripes[-1] + 1) * size).astype(np.uint64) << HALF)
    for stripe, first, last in zip(stripes.tolist(), edges, edges[1:], strict=False):
        if first < last:
            yield stripe, pairs[first:last]
