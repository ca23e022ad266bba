"""Clocks on the stages of ``sayso add``, in its own process and in those that read for it.

Stages are timed from outside, by what stands in ``POINTS``: a name that is no longer there is an error, not a zero.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, wraps
from importlib import import_module
from typing import Any, Final

POINTS: Final = (
    ("parse", "sayso.intake.guard:Guard.parse"),
    ("language", "sayso.pipeline:analyse"),
    ("reading", "sayso.pipeline:_reading"),
    ("store", "sayso.adding:store"),
    ("link", "sayso.ledger.joining:Joiner.add"),
    ("lists", "sayso.ledger.store:Ledger.freshen"),
    ("store", "sayso.ledger.evidence:Evidence.keep"),
    ("take", "sayso.cli.add:_captures"),
)
"""Stage and what is timed for it; of what is timed within another, the other one's time is short."""
WORKERS: Final = "sayso.scale.processes:Processes"
"""The processes that read."""
FIRST: Final = "take"
"""The stage that comes first: what lies before it is start-up."""


class Clock:
    """Seconds of each stage, without those of the stages within it; each thread by itself.

    Attributes:
        seconds: by the clock on the wall.
        cpu: of the processor, in the thread that the stage is done in; other threads and processes are not in it.
        workers: of the processor, of the processes that read, all that they did.

    """

    def __init__(self, began: float) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.cpu: defaultdict[str, float] = defaultdict(float)
        self.workers = 0.0
        self._began = began
        self._open = threading.local()
        self._lock = threading.Lock()

    def run(self, stage: str, work: Callable[[], Any]) -> Any:
        """Do work for a stage."""
        if stage == FIRST and "start-up" not in self.seconds:
            self.seconds["start-up"], self.cpu["start-up"] = time.time() - self._began, time.process_time()
        inner = self._open.__dict__.setdefault("inner", [])
        inner.append((0.0, 0.0))
        began, used = time.perf_counter(), time.thread_time()
        try:
            return work()
        finally:
            whole, spent = time.perf_counter() - began, time.thread_time() - used
            within, spent_within = inner.pop()
            with self._lock:
                self.seconds[stage] += whole - within
                self.cpu[stage] += spent - spent_within
            if inner:
                inner[-1] = inner[-1][0] + whole, inner[-1][1] + spent

    def take(self, made: Clocked) -> None:
        """Count what a process that reads took for a shard."""
        with self._lock:
            self.workers += made.process
            for stage, spent in made.cpu.items():
                self.cpu[stage] += spent


class Clocked(dict[str, Any]):
    """What a process has made of captures, with the seconds of the processor that it took.

    Attributes:
        cpu: stage → seconds, in the thread that the stage is done in.
        process: seconds of the whole process since its last shard, or since it began.

    """

    def __init__(self, made: Mapping[str, Any], cpu: Mapping[str, float], process: float) -> None:
        super().__init__(made)
        self.cpu, self.process = dict(cpu), process

    def __reduce__(self) -> tuple[Any, ...]:
        return Clocked, (dict(self), self.cpu, self.process)


def put_on(clock: Clock) -> None:
    """Put the clock on every point; raises AttributeError where one is gone."""
    for stage, point in POINTS:
        holder, name = _found(point)
        setattr(holder, name, timed(clock, stage, getattr(holder, name)))


def put_on_workers(clock: Clock) -> None:
    """Let processes that read tell what they take, and the clock count it."""
    holder, name = _found(WORKERS)
    processes = getattr(holder, name)
    begin, prepare = processes.__init__, processes.prepare

    def clocked(self: Any, number: int, _prepare: Any = None) -> None:
        begin(self, number, prepare_clocked)

    def counted(self: Any, shards: Any) -> Iterator[Any]:
        for shard, made in prepare(self, shards):
            if isinstance(made, Clocked):
                clock.take(made)
            yield shard, made

    processes.__init__, processes.prepare = clocked, counted


def _found(point: str) -> tuple[Any, str]:
    """Return what holds a point, and its name there."""
    module, _, path = point.partition(":")
    holder: Any = import_module(module)
    *outer, name = path.split(".")
    for each in outer:
        holder = getattr(holder, each)
    getattr(holder, name)
    return holder, name


@cache
def _clock_of_worker() -> tuple[Clock, list[float]]:
    """Return the clock of this process that reads, put on once, and what had been counted at its last shard."""
    clock = Clock(time.time())
    put_on(clock)
    clock.cpu["start-up"] = time.process_time()
    return clock, [0.0]


def prepare_clocked(captures: Sequence[Any]) -> Clocked:
    """Return what is made of captures in this process, with what it took."""
    from sayso.scale.processes import prepare_here

    clock, counted = _clock_of_worker()
    made = prepare_here(captures)
    cpu, process = dict(clock.cpu), time.process_time() - counted[0]
    clock.cpu.clear()
    counted[0] += process
    return Clocked(made, cpu, process)


def timed(clock: Clock, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with the clock on it; of one that returns an iterator, on each of its steps."""

    @wraps(function)
    def call(*args: Any, **more: Any) -> Any:
        made = clock.run(stage, lambda: function(*args, **more))
        return _steps(clock, stage, made) if isinstance(made, Iterator) else made

    return call


def _steps(clock: Clock, stage: str, steps: Iterator[Any]) -> Iterator[Any]:
    end = object()
    while (found := clock.run(stage, lambda: next(steps, end))) is not end:
        yield found
