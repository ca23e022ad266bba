"""The pieces of linking, each against what it stands for in ``sayso.linking``."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.linking.blocking import pairs
from sayso.linking.clusters import LEAST, Pair, cluster
from sayso.scale.linking.pairing import Pairs, packed, paired, striped, unpacked
from sayso.scale.linking.parts import batches, clustered, connected, parts
from sayso.scale.linking.scores import Scored

IDS = "abcdefghijkl"
filings = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 15)), unique=True)
tables = st.dictionaries(
    st.sampled_from(list(combinations(range(len(IDS)), 2))),
    st.sampled_from([0.3, 0.5, 0.6, 0.9, 0.999, 0.99999]),
    max_size=40,
)


def columns(table: dict[tuple[int, int], float]) -> Scored:
    rows = [(one, other, score) for (one, other), score in table.items()]
    one, other, score = zip(*rows, strict=True) if rows else ((), (), ())
    return Scored(np.array(one, np.uint32), np.array(other, np.uint32), np.array(score, np.float64))


def named(found: Pairs) -> list[tuple[str, str]]:
    return [(f"{one:02}", f"{other:02}") for one, other in zip(*map(list, unpacked(found)), strict=True)]


@given(filings)
def test_pairs_are_those_of_blocking_and_what_is_common_is_counted(rows: list[tuple[int, int]]) -> None:
    keys, bearers = (np.array([row[side] for row in rows]) for side in (0, 1))
    found, bound = paired(keys.astype(np.uint64), bearers.astype(np.uint32), most=50)
    blocks: dict[str, list[str]] = {}
    for key, bearer in rows:
        blocks.setdefault(str(key), []).append(f"{bearer:02}")
    assert named(found) == list(pairs(blocks))
    sizes = Counter(keys.tolist()).values()
    few, lost = paired(keys.astype(np.uint64), bearers.astype(np.uint32), most=3)
    rare = {key: names for key, names in blocks.items() if len(names) <= 3}
    assert named(few) == list(pairs(rare))
    common = [size for size in sizes if size > 3]
    assert bound == (sum(size > 1 for size in sizes), 0, 0, 0)
    assert lost == (bound.keys, len(common), sum(common), sum(size * (size - 1) // 2 for size in common))


@given(st.sets(st.tuples(st.integers(0, 99), st.integers(0, 99))), st.integers(1, 120))
def test_each_pair_stands_in_the_stripe_of_its_smaller_account(rows: set[tuple[int, int]], size: int) -> None:
    one, other = (np.array([row[side] for row in rows], np.uint32) for side in (0, 1))
    every = np.unique(packed(one, other))
    stripes = list(striped(every, size))
    assert np.concatenate([np.empty(0, np.uint64), *(own for _, own in stripes)]).tolist() == every.tolist()
    assert all(first // size == stripe for stripe, own in stripes for first in unpacked(own)[0].tolist())


@given(
    tables,
    st.lists(st.sampled_from(list(combinations(range(len(IDS)), 2))), max_size=3),
    st.integers(1, 4),
    st.integers(1, 12),
)
def test_parts_clustered_by_themselves_are_the_whole_clustered(
    table: dict[tuple[int, int], float], same: list[tuple[int, int]], most: int, size: int
) -> None:
    scored = columns(table)
    labels = parts(IDS, scored, same, most)
    judged: list[Pair] = [(IDS[one], IDS[other]) for one, other in same]
    groups = [(IDS[number],) for number in range(len(IDS)) if (labels == labels[number]).sum() == 1]
    for batch in batches(labels, scored, size):
        names = [IDS[number] for number in batch.accounts]
        inside = [pair for pair in judged if {*pair} <= {*names}]
        groups += clustered((names, batch, inside, []))
    rows = [(IDS[one], IDS[other], score) for (one, other), score in table.items()]
    assert tuple(sorted(groups)) == cluster(IDS, rows, judged, most=most)


@pytest.mark.parametrize("number", [1, 2, 1000])
def test_a_long_chain_is_connected(number: int) -> None:
    chance = np.random.default_rng(number)
    names = chance.permutation(number)
    assert connected(number, names[:-1], names[1:]).tolist() == [0] * number


def test_what_is_as_likely_as_silence_is_no_pair() -> None:
    assert LEAST < 0.3
