"""``link``: accounts → incidents in memory, for exams and small sets; a ledger keeps keys and scores instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sayso.linking.blocking import block_keys, pairs
from sayso.linking.clusters import Pair, cluster
from sayso.linking.features import Features
from sayso.linking.sifting import likely


def link(
    accounts: Iterable[Features], same: Iterable[Pair] = (), not_same: Iterable[Pair] = ()
) -> tuple[tuple[str, ...], ...]:
    """Return the groups of account ids that tell of one incident each, every account in exactly one.

    Args:
        accounts: features of each account; two with one id are one.
        same: pairs of account ids that a person judged to be one incident.
        not_same: pairs judged to be two.

    Raises:
        InputError: judgements contradict each other.

    """
    by_id = {features.account: features for features in accounts}
    return cluster(by_id, scored(by_id), same, not_same)


def scored(by_id: Mapping[str, Features]) -> Iterator[tuple[str, str, float]]:
    """Yield (id, id, probability) for every pair of accounts that share a key and of which more is to be said."""
    for one, other in candidates(by_id):
        if found := likely(by_id[one], by_id[other]):
            yield one, other, found.score


def candidates(by_id: Mapping[str, Features]) -> Iterator[Pair]:
    """Yield the pairs of account ids that share a key."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for name, features in by_id.items():
        for key in block_keys(features):
            blocks[key].append(name)
    yield from pairs(blocks)
