"""``link``: lots of accounts → incidents, in pieces that fit into memory; what is done has files and is not done twice.

    file      each lot's accounts under their keys            (spread)
    pair      keys → pairs, part of the keys by part          (here)
    score     stripes of neighbouring accounts                (spread)
    cut       what hangs together, into parts                 (here)
    cluster   batches of parts                                (spread)

What comes out is what ``sayso.linking.link`` makes of the same accounts, however many work and however it is cut.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sayso.linking.clusters import Pair, cluster
from sayso.scale.linking.lots import Accounts, Lot
from sayso.scale.linking.pairing import Bound
from sayso.scale.linking.parts import Labels, batches, clustered, parts
from sayso.scale.linking.scores import Scored
from sayso.scale.linking.steps import Settings, Steps
from sayso.scale.pools import Pool


class Linked(NamedTuple):
    """What came of linking."""

    groups: tuple[tuple[str, ...], ...]
    """As ``sayso.linking.link`` returns them."""
    bound: Bound
    """What bounding the pairs of a key left out."""
    alone: int
    """Accounts that share no key with any other, or only keys that too many bear."""
    compared: int
    """Pairs that share a key that counts."""
    kept: int
    """… of which more is to be said than silence."""
    largest: int
    """Accounts of the largest part that was clustered at once."""
    seconds: Mapping[str, float]
    """Step → what it took in this run, by the clock."""


class Judged(NamedTuple):
    """What persons judged of the accounts that are there."""

    same: list[Pair]
    not_same: list[Pair]
    known: Mapping[str, int]
    """Id of an account → its number."""


def link(
    lots: Mapping[str, Lot],
    folder: Path,
    pool: Pool,
    *,
    same: Iterable[Pair] = (),
    not_same: Iterable[Pair] = (),
    settings: Settings | None = None,
) -> Linked:
    """Return the groups of account ids that tell of one incident each, every account in exactly one.

    Args:
        lots: name → what makes the features of some thousands of accounts; the names tell one content from another.
        folder: for the files of the steps; killed at any time, the same again takes up the rest.
        pool: who works.
        same: pairs of account ids that a person judged to be one incident.
        not_same: pairs judged to be two.
        settings: how the work is cut.

    Raises:
        InputError: judgements contradict each other, or an account stands in two lots.
        SetupError: the folder holds files of other lots, or cannot be written.

    """
    steps, seconds = Steps(folder, pool, settings or Settings()), dict[str, float]()
    with _timed("file", seconds):
        accounts = steps.file(lots)
    judged = _judged(accounts, list(same), list(not_same))
    with _timed("pair", seconds):
        pairing = steps.pair(accounts)
    with _timed("score", seconds):
        scored, compared = steps.score(accounts, pairing.stripes)
    with _timed("cut", seconds):
        ids = accounts.ids(np.arange(len(accounts), dtype=np.uint32))
        labels = parts(ids, scored, [(judged.known[one], judged.known[other]) for one, other in judged.same])
    with _timed("cluster", seconds):
        groups = tuple(sorted(_groups(ids, labels, scored, judged, steps)))
    largest = int(np.bincount(labels).max(initial=0))
    return Linked(groups, pairing.bound, pairing.alone, compared, len(scored.one), largest, seconds)


@contextmanager
def _timed(step: str, seconds: dict[str, float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds[step] = time.perf_counter() - began


def _judged(accounts: Accounts, same: list[Pair], not_same: list[Pair]) -> Judged:
    """Return the judgements on accounts that are there; raises InputError where they contradict each other."""
    known = accounts.numbered(name for pair in (*same, *not_same) for name in pair)
    same, not_same = ([pair for pair in pairs if known.keys() >= {*pair}] for pairs in (same, not_same))
    cluster(known, (), same, not_same)  # tells contradictions before the work is done
    return Judged(same, not_same, known)


def _groups(
    ids: Sequence[str], labels: Labels, scored: Scored, judged: Judged, steps: Steps
) -> Iterator[tuple[str, ...]]:
    """Yield the incidents, those of one account first."""
    single = np.bincount(labels, minlength=len(labels))[labels] == 1
    yield from ((ids[number],) for number in np.flatnonzero(single).tolist())
    given = (
        (names := [ids[number] for number in batch.accounts.tolist()], batch, *_among(names, judged))
        for batch in batches(labels, scored, steps.settings.batch)
    )
    for groups in steps.pool.each(clustered, given):
        yield from groups


def _among(names: Sequence[str], judged: Judged) -> tuple[list[Pair], list[Pair]]:
    """Return what was judged among some accounts."""
    if not judged.known:
        return [], []
    there = {*names}
    same, not_same = ([pair for pair in pairs if there >= {*pair}] for pairs in (judged.same, judged.not_same))
    return same, not_same
