"""``sayso add`` in this process with clocks on every stage; prints what they say as JSON on the last line.

    python -m evaluation.speed_whole.staged BEGAN ARGUMENT …

BEGAN is the moment at which the process was started (``time.time()``), ARGUMENT what ``sayso`` takes. The stages are
timed from outside, by what stands in ``POINTS``: a name that is no longer there is an error, not a zero.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
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
FIRST: Final = "take"
"""The stage that comes first: what lies before it is start-up."""


class Clock:
    """Seconds of each stage, without those of the stages within it; each thread by itself.

    Attributes:
        seconds: by the clock on the wall.
        cpu: of the processor, in the thread that the stage is done in; other threads and processes are not in it.

    """

    def __init__(self, began: float) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.cpu: defaultdict[str, float] = defaultdict(float)
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


def put_on(clock: Clock) -> None:
    """Put the clock on every point; raises AttributeError where one is gone."""
    for stage, point in POINTS:
        module, _, path = point.partition(":")
        holder: Any = import_module(module)
        *outer, name = path.split(".")
        for each in outer:
            holder = getattr(holder, each)
        setattr(holder, name, timed(clock, stage, getattr(holder, name)))


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


def main(began: float, arguments: list[str]) -> int:
    """Run the command; return its exit code."""
    from sayso.cli import main as sayso

    clock = Clock(began)
    put_on(clock)
    code = sayso(arguments)
    print(json.dumps({"seconds": clock.seconds, "cpu": clock.cpu, "process": time.process_time()}))
    return code


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
