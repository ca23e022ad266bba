"""Workers with a run that looks on: how many shards are on their way, what has come back, and what it took them."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

from sayso import adding
from sayso.observing.run import Run

if TYPE_CHECKING:
    from sayso.adding import Prepared
    from sayso.errors import InputError
    from sayso.intake import Capture
    from sayso.records import Reading, Report


class Timed(dict[str, "Prepared"]):
    """What was made of captures, with the seconds that each stage took."""

    def __init__(self, made: Mapping[str, Prepared], seconds: Mapping[str, float]) -> None:
        super().__init__(made)
        self.seconds = dict(seconds)

    def __reduce__(self) -> tuple[Callable[..., Timed], tuple[dict[str, Prepared], dict[str, float]]]:
        return Timed, (dict(self), self.seconds)


def prepare_timed(captures: Sequence[Capture], *, gated: bool = False) -> Timed:
    """Return what is made of captures in this process, each parsed in a guarded child, with what it took."""
    seconds: defaultdict[str, float] = defaultdict(float)
    parses, reads = adding.guarded(), adding.chosen_read(gated=gated)

    def parse(item: Capture) -> Report | InputError:
        began = time.perf_counter()
        try:
            return parses(item)
        finally:
            seconds["parse"] += time.perf_counter() - began

    def read(reports: Iterable[Report]) -> Iterator[Reading]:
        began = time.perf_counter()
        try:
            return iter(list(reads(reports)))
        finally:
            seconds["read"] += time.perf_counter() - began

    return Timed(adding.prepared(captures, read=read, parse=parse), seconds)


class WatchedWorkers:
    """What hands shards to workers, watched: processes of this machine, or a cluster (``sayso.scale``).

    Args:
        workers: hand them.
        run: is told.
        number: of workers.

    """

    def __init__(self, workers: Any, run: Run, number: int) -> None:
        self._workers, self._run = workers, run
        self._out = 0
        run.status.workers = number

    def __enter__(self) -> Self:
        self._workers.__enter__()
        return self

    def __exit__(self, *problem: object) -> None:
        self._workers.__exit__(*problem)

    def prepare(self, shards: Iterable[tuple[Any, bool]]) -> Iterator[tuple[Any, Any]]:
        """Yield each shard with what was made of it, in order."""
        coming = self._workers.prepare(self._going(shards))
        while True:
            shard, made = next(coming, (None, None))
            if shard is None:
                return
            self._out -= made is not None
            if isinstance(made, Mapping):
                self._run.made(made, getattr(made, "seconds", {}))
            self._run.shard(len(shard.captures), self._out)
            yield shard, made

    def _going(self, shards: Iterable[tuple[Any, bool]]) -> Iterator[tuple[Any, bool]]:
        for shard, wanted in shards:
            self._out += wanted
            self._run.hands_out(self._out)
            yield shard, wanted
