"""Reading with the help of workers, nothing stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from sayso.adding import Prepared
from sayso.errors import InputError
from sayso.intake import Capture
from sayso.scale import processes
from sayso.scale.processes import Processes, prepare_here
from sayso.scale.shards import Shard, cut, digests, unpack

if TYPE_CHECKING:
    from sayso.scale.cluster import Cluster

Read = tuple[Capture | InputError, Prepared | InputError]
"""A capture, or a source without bytes, and what was made of it."""


def read(items: Iterable[Capture | InputError], cluster: Cluster) -> Iterator[Read]:
    """Yield each capture with what a cluster made of it, in order."""
    for shard, packed in cluster.prepare((shard, True) for shard in cut(items)):
        yield from _apart(shard, unpack(packed))


def read_on_this_machine(
    items: Iterable[Capture | InputError],
    number: int,
    start: Callable[[int], Processes] | None = None,
    *,
    gated: bool = False,
) -> Iterator[Read]:
    """Yield each capture with what was made of it, in order; of many, as many processes as told read.

    ``gated``: what the gate holds back is not read.
    """
    prepare = partial(prepare_here, gated=gated)
    coming = iter(items)
    first = list(islice(coming, processes.WORTH)) if number > 1 else []
    shards = cut(chain(first, coming), processes.SIZE)
    if len(first) < processes.WORTH:
        for shard in shards:
            yield from _apart(shard, prepare(shard.captures))
        return
    with (start or partial(Processes, prepare=prepare))(number) as pool:
        for shard, made in pool.prepare((shard, True) for shard in shards):
            yield from _apart(shard, made or {})


def _apart(shard: Shard, made: Mapping[str, Prepared]) -> Iterator[Read]:
    for item in shard.items:
        yield item, made[digests([item])[0]] if isinstance(item, Capture) else item
