"""Workers of an export: processes that see one snapshot of the ledger and make some hundred incidents at a time.

What they make comes back in order, so that the file is the same to the byte whatever their number.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from itertools import cycle
from typing import Any, Final, Self, TypeVar

import sqlalchemy as sa

from sayso.errors import SetupError
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.children import end_with_parent
from sayso.settings import Project

WORTH: Final = 4000
"""Incidents from which on the start of processes (a second) pays."""
AHEAD: Final = 2
"""Lots a worker that are on their way: one in work, one waiting; what they make is all that is held in memory."""

Made = TypeVar("Made")
Work = Callable[[Ledger, sa.Connection, frozenset[str], Sequence[str]], Made]
"""Snapshot, ids of all incidents that are exported, and of some of them → what is made of these."""


class Workers:
    """Several processes with a ledger open each.

    Args:
        project: of the ledger.
        number: how many.

    """

    def __init__(self, project: Project, number: int) -> None:
        context = multiprocessing.get_context("spawn")  # a database must not be taken along over a fork
        self._pools = [
            ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(project,)) for _ in range(number)
        ]

    @contextmanager
    def snapshot(self, ledger: Ledger) -> Iterator[sa.Connection]:
        """Give a snapshot that all workers see as well; raises SetupError where others write without a pause."""
        self._everywhere(_open)
        with ledger.shared_snapshot(lambda ticket: self._everywhere(_look, ticket)) as connection:
            yield connection

    def know(self, ids: Sequence[str]) -> None:
        """Tell all workers which incidents are exported."""
        self._everywhere(_know, ids)

    def each(self, work: Work[Made], lots: Iterable[Sequence[str]]) -> Iterator[Made]:
        """Yield what is made of each lot of incidents, in order; only a few are taken in advance."""
        waiting = deque[Future[Made]]()
        for pool, ids in zip(cycle(self._pools), lots, strict=False):
            if len(waiting) == AHEAD * len(self._pools):
                yield self._result(waiting.popleft())
            waiting.append(self._submit(pool, _make, work, ids))
        while waiting:
            yield self._result(waiting.popleft())

    def _everywhere(self, function: Callable[..., None], *given: Any) -> None:
        for future in [self._submit(pool, function, *given) for pool in self._pools]:
            self._result(future)

    def _submit(self, pool: ProcessPoolExecutor, function: Callable[..., Made], *given: Any) -> Future[Made]:
        try:
            return pool.submit(function, *given)
        except BrokenProcessPool as error:
            raise self._ended() from error

    def _result(self, future: Future[Made]) -> Made:
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise self._ended() from error

    def _ended(self) -> SetupError:
        problem = "a process that writes the export was ended from outside, mostly for want of memory"
        return SetupError(problem, place=f"{len(self._pools)} workers", way_out="--workers 1 needs the least of it")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        for pool in self._pools:
            pool.shutdown(wait=False, cancel_futures=True)


# -- in a worker ----------------------------------------------------------------------------------------------------

_HERE: dict[str, Any] = {}
"""Of this process, where it is a worker: project, ledger, and the snapshot with what lets go of it."""


def _begin(project: Project) -> None:
    end_with_parent()
    gc.disable()
    _HERE["project"] = project


def _open() -> None:
    """Open the ledger; not in ``_begin``, where an error would only break the pool."""
    _HERE["ledger"], _HERE["snapshot"] = open_ledger(_HERE["project"]), ExitStack()


def _look(ticket: str) -> None:
    """Look at the snapshot that a ticket means, and let go of the one before."""
    _HERE["snapshot"].close()
    _HERE["connection"] = _HERE["snapshot"].enter_context(_HERE["ledger"].snapshot(ticket))


def _know(ids: Sequence[str]) -> None:
    _HERE["ids"] = frozenset(ids)


def _make(work: Work[Made], ids: Sequence[str]) -> Made:
    return work(_HERE["ledger"], _HERE["connection"], _HERE["ids"], ids)
