"""Reading with the help of a cluster, nothing stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.errors import InputError
from sayso.intake import Capture
from sayso.records import Reading
from sayso.scale.cluster import Cluster
from sayso.scale.shards import cut, digests, unpack


def read(items: Iterable[Capture | InputError], cluster: Cluster) -> Iterator[Reading | InputError]:
    """Yield the reading of each capture, or what is wrong with it, in order."""
    for shard, packed in cluster.prepare((shard, True) for shard in cut(items)):
        made = unpack(packed)
        for item in shard.items:
            yield made[digests([item])[0]].result if isinstance(item, Capture) else item
