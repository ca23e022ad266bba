"""The processors of this machine: processes that parse and read captures while the ledger's process links and stores.

Each has the model and one thread, so that Python's own work on one report goes on beside that on another. A process
that ends while it reads is started again; the capture that ends it twice goes into quarantine, nothing else is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.context import BaseContext
from typing import Final, Self

from sayso import adding
from sayso.adding import Prepare, Prepared, guarded, prepared
from sayso.errors import InputError
from sayso.intake import Capture
from sayso.intake.guard import fork_guard
from sayso.intake.notes import Notes
from sayso.language.model import THREADS
from sayso.ledger.children import end_with_parent
from sayso.scale.shards import Shard, digests

SIZE: Final = 8
"""Captures of a shard: about a second of work, so that all have something to do until the end."""
WORTH: Final = 24
"""Captures from which on the start of processes (a second or two) pays."""
WARM: Final = "sayso.scale.warm"
"""What a process imports from which others are forked."""
_AHEAD: Final = 4
"""Shards on their way for each process: what is stored meanwhile must not leave one idle."""

Making = Future[Mapping[str, Prepared]]


class Processes:
    """Processes of this machine that parse and read; they end with this one, however it ends.

    Args:
        number: how many.
        prepare: what they do with captures; parse in a guarded child and read, if left out.

    """

    def __init__(self, number: int, prepare: Prepare | None = None) -> None:
        self._number, self._prepare = number, prepare or prepare_here
        self._pool = self._started()

    def prepare(self, shards: Iterable[tuple[Shard, bool]]) -> Iterator[tuple[Shard, Mapping[str, Prepared] | None]]:
        """Yield each shard in order with what was made of it; None for one that comes with False: it is not wanted."""
        coming = iter(shards)
        waiting = deque[tuple[Shard, Making | None]]()
        while True:
            for shard, wanted in islice(coming, _AHEAD * self._number - len(waiting)):
                waiting.append((shard, self._asked(shard.captures) if wanted else None))
            if not waiting:
                return
            shard, making = waiting.popleft()
            if making is None:
                yield shard, None
                continue
            try:
                made = making.result()
            except BrokenProcessPool:
                self._begin_anew()
                made = self._one_by_one(shard.captures)
                waiting = deque((each, old and self._asked(each.captures)) for each, old in waiting)
            yield shard, made

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._number, mp_context=_context(), initializer=begin_to_read)

    def _begin_anew(self) -> None:
        _end(self._pool)
        self._pool = self._started()

    def _asked(self, captures: tuple[Capture, ...]) -> Making:
        try:
            return self._pool.submit(self._prepare, captures)
        except BrokenProcessPool as error:  # said again when it is asked for
            broken: Making = Future()
            broken.set_exception(error)
            return broken

    def _one_by_one(self, captures: tuple[Capture, ...]) -> dict[str, Prepared]:
        """Return what is made of captures of which one may end whoever reads it."""
        made = dict[str, Prepared]()
        for item, sha256 in zip(captures, digests(captures), strict=True):
            try:
                made |= self._asked((item,)).result()
            except BrokenProcessPool:
                self._begin_anew()
                problem, way_out = "reading it ended the process that read", "a bug of ours: please report it"
                made[sha256] = Prepared(InputError(problem, place=item.place, way_out=way_out), Notes())
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        _end(self._pool)


def _end(pool: ProcessPoolExecutor) -> None:
    """End a pool and all its processes; nothing that they still do is wanted.

    One begun in the moment in which another broke the pool is told nothing by Python, which waits for it when it exits.
    """
    begun = list((pool._processes or {}).values())  # `kill_workers` is new in Python 3.14
    pool.shutdown(wait=False, cancel_futures=True)
    for process in begun:
        process.kill()


def _context() -> BaseContext:
    """Return how processes are started: a fork of a process with threads may hang, so not from this one.

    On Linux one process without threads imports what all need, and all are forked from it: that is a second of the
    processor for each. Elsewhere each is started anew.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WARM])
    return context


def begin_to_read() -> None:
    """Make a process one that reads."""
    if WARM in sys.modules:
        fork_guard()
    begin()


def begin() -> None:
    """Make a process one that reads: one thread, no heed of the keyboard, and an end when its parent has one."""
    os.environ[THREADS] = "1"
    end_with_parent()


def prepare_here(captures: Sequence[Capture], *, gated: bool = False) -> Mapping[str, Prepared]:
    """Return what is made of captures in this process, each parsed in a guarded child; ``gated``: see the gate."""
    return prepared(captures, read=adding.chosen_read(gated=gated), parse=guarded())
