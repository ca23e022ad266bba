"""Where work is done: in this process, in several on this machine, or (``cluster.Tasks``) on a Ray cluster.

What is given to a pool are functions of one argument that can be sent elsewhere; results come back in order, so that
nothing depends on who was quick.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, Final, Protocol, Self, TypeVar

from sayso.errors import SetupError
from sayso.scale.processes import begin

AHEAD: Final = 2
"""Tasks a worker that are on their way: one in work, one waiting."""

Given = TypeVar("Given")
Made = TypeVar("Made")


class Pool(Protocol):
    """What does work."""

    def each(self, function: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
        """Yield what the function makes of each, in order; only a few are taken in advance."""
        ...


class Here:
    """The process itself."""

    def each(self, function: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
        """Yield what the function makes of each."""
        yield from map(function, given)


class Spawned:
    """Several processes on this machine, which end with this one, however it ends.

    Args:
        workers: how many.

    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=begin)

    def each(self, function: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
        """Yield what the function makes of each, in order.

        Raises:
            SetupError: a process was ended from outside, mostly for want of memory.

        """
        try:
            yield from in_order(given, AHEAD * self._workers, lambda one: self._pool.submit(function, one), _result)
        except BrokenProcessPool as error:
            problem = "a process that links was ended from outside, mostly for want of memory"
            way_out = "the same again takes up the rest; fewer workers need less memory"
            raise SetupError(problem, place=f"{self._workers} workers", way_out=way_out) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._pool.shutdown(cancel_futures=True)


def in_order(
    given: Iterable[Given], most: int, start: Callable[[Given], Any], finish: Callable[[Any], Made]
) -> Iterator[Made]:
    """Yield results in the order of what was given, with at most so many on their way."""
    waiting = deque[Any]()
    for one in given:
        if len(waiting) >= most:
            yield finish(waiting.popleft())
        waiting.append(start(one))
    while waiting:
        yield finish(waiting.popleft())


def _result(future: Future[Made]) -> Made:
    return future.result()
