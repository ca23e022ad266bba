"""A cluster with a run that looks on: how many shards are on their way, and what has come back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sayso.observing.run import Run


class WatchedCluster:
    """What hands shards to workers (``sayso.scale.cluster.Cluster``), watched.

    Args:
        cluster: hands them.
        run: is told.

    """

    def __init__(self, cluster: Any, run: Run) -> None:
        self._cluster, self._run = cluster, run
        self._out = 0
        run.status.workers = len(cluster.workers)

    def prepare(self, shards: Iterable[tuple[Any, bool]]) -> Iterator[tuple[Any, bytes | None]]:
        """Yield each shard with what was made of it, in order."""
        for shard, packed in self._cluster.prepare(self._going(shards)):
            self._out -= packed is not None
            self._run.shard(len(shard.captures), self._out)
            yield shard, packed

    def _going(self, shards: Iterable[tuple[Any, bool]]) -> Iterator[tuple[Any, bool]]:
        for shard, wanted in shards:
            self._out += wanted
            yield shard, wanted
