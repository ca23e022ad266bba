"""The only place that imports Ray: workers with a model each, and shards handed to them in order.

The shards of a worker that dies, alone or with its node, are read anew by those that live, and another is hired in its
place, which starts where there is room. What comes back does not depend on who read it.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Self

from sayso.adding import chosen_read, default_reader, guarded, prepared
from sayso.errors import SetupError
from sayso.intake import Capture
from sayso.language.model import THREADS
from sayso.ledger.storing import Reader
from sayso.scale.pools import AHEAD, Given, Made, in_order
from sayso.scale.shards import Shard, pack

LOCAL: Final = "local"
TRIES: Final = 5
"""Times that one shard is read anew after its worker died; then something in it kills workers."""
PATIENCE: Final = 600.0
"""Seconds to wait for a worker when none is left: a node may come up again."""


class Worker:
    """Parses and reads shards, in a process of its own with one thread."""

    gated = False
    """Whether reports that the gate holds back are not read."""

    def __init__(self) -> None:
        os.environ[THREADS] = "1"
        self._read, self._parse = chosen_read(gated=self.gated), guarded()

    def reader(self) -> Reader:
        """Return who reads here."""
        return default_reader()

    def prepare(self, captures: tuple[Capture, ...]) -> bytes:
        """Return what is made of captures, packed."""
        return pack(prepared(captures, read=self._read, parse=self._parse))

    def process(self) -> int:
        """Return the number of the process."""
        return os.getpid()


class GatedWorker(Worker):
    """Reads no report that the gate holds back."""

    gated = True


def connect(address: str, workers: int | None) -> tuple[Any, bool]:
    """Return Ray, connected, and whether it was not before.

    Raises:
        SetupError: Ray is not installed, or the cluster cannot be reached.

    """
    try:
        import ray
    except ModuleNotFoundError as error:
        raise SetupError("Ray is not installed", way_out="pip install 'sayso[ray]'") from error
    if ray.is_initialized():
        return ray, False
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    os.environ.setdefault("RAY_raylet_start_wait_time_s", "300")  # a busy machine takes its time
    options: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    if address == LOCAL:  # said to Ray too: without an address it takes a cluster that happens to run here
        options |= {"num_cpus": workers, "include_dashboard": False}
    options["address"] = address
    try:
        ray.init(**options)
    except Exception as error:  # Ray raises plain ones: a node that did not start, an address that leads nowhere
        said = (str(error).splitlines() or [type(error).__name__])[0]
        problem = f"the Ray cluster cannot be reached: {said}"
        raise SetupError(problem, place=address, way_out="start one: ray start --head") from error
    return ray, True


class Tasks:
    """Functions that a Ray cluster runs: a pool as in ``pools``. What a dead worker or node had in work is done anew.

    Args:
        address: of a running cluster, or "local".
        workers: how many tasks at a time; as many as the cluster has processors if left out.

    Raises:
        SetupError: see :func:`connect`.

    """

    def __init__(self, address: str, workers: int | None = None) -> None:
        self._ray, self._ours = connect(address, workers)
        self._workers = workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def each(self, function: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
        """Yield what the function makes of each, in order.

        Raises:
            SetupError: a task ends every worker that takes it up.

        """
        remote = self._ray.remote(num_cpus=1, max_retries=TRIES)(function)
        yield from in_order(given, AHEAD * self._workers, remote.remote, self._result)

    def _result(self, coming: Any) -> Any:
        errors = self._ray.exceptions
        try:
            return self._ray.get(coming)
        except (errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError) as error:
            problem = f"every worker that takes up one task dies: {str(error).splitlines()[0]}"
            raise SetupError(problem, place="Ray", way_out="give workers more memory, or link without --ray") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        if self._ours:
            self._ray.shutdown()


class Cluster:
    """Workers on a Ray cluster, each with the model.

    Args:
        address: of a running cluster, or "local" for one on this machine that ends with this process.
        workers: how many; as many as the cluster has processors if left out.
        worker: what parses and reads.

    Raises:
        SetupError: Ray is not installed, the cluster cannot be reached, or it has another version of sayso.

    """

    def __init__(self, address: str, workers: int | None = None, worker: type[Worker] = Worker) -> None:
        self._ray, self._ours = connect(address, workers)
        number = workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        self._remote = self._ray.remote(num_cpus=1)(worker)
        self.workers: list[Any] = [self._remote.remote() for _ in range(number)]
        self._hired: list[tuple[Any, Any]] = []  # in the place of dead ones, and what each will say of itself
        self._check(address)

    def _check(self, address: str) -> None:
        """Raise SetupError unless all workers read as this process would."""
        here = default_reader()
        for there in self._ray.get([worker.reader.remote() for worker in self.workers]):
            if there != here:
                problem = (
                    f"a worker is sayso {there.version} with model {there.model}, here is {here.version}, {here.model}"
                )
                raise SetupError(problem, place=address, way_out="install the same sayso on every node")

    def prepare(self, shards: Iterable[tuple[Shard, bool]]) -> Iterator[tuple[Shard, bytes | None]]:
        """Yield each shard in order with what was made of it; None for one that comes with False: it is not wanted.

        Twice as many shards as there are workers are on their way.

        Raises:
            SetupError: a shard ends every worker that reads it, or none is left.

        """
        idle, waiting = deque(self.workers * AHEAD), deque[tuple[Shard, Any, Any]]()
        for shard, wanted in shards:
            while not idle or len(waiting) > 4 * len(self.workers):
                yield self._finished(waiting, idle)
            worker = idle.popleft() if wanted else None
            waiting.append((shard, worker, worker.prepare.remote(shard.captures) if worker else None))
        while waiting:
            yield self._finished(waiting, idle)

    def _finished(self, waiting: deque[tuple[Shard, Any, Any]], idle: deque[Any]) -> tuple[Shard, bytes | None]:
        shard, worker, coming = waiting.popleft()
        if worker is None:
            return shard, None
        errors = self._ray.exceptions
        for _ in range(TRIES):
            self._take_on(idle)
            try:
                packed: bytes = self._ray.get(coming)
            except (errors.RayActorError, errors.ObjectLostError):
                self._replace(worker, idle)
                worker = self._another(idle)
                coming = worker.prepare.remote(shard.captures)
            else:
                idle.append(worker)
                return shard, packed
        first = shard.captures[0].place if shard.captures else ""
        problem = f"every worker that reads the shard of {len(shard.captures)} reports from here on dies"
        raise SetupError(problem, place=first, way_out="add these reports without --ray to find the one")

    def _replace(self, dead: Any, idle: deque[Any]) -> None:
        """Let a worker go, and hire another: it starts where and when there is room, perhaps never."""
        if dead in self.workers:
            self.workers.remove(dead)
            for _ in range(idle.count(dead)):
                idle.remove(dead)
            self._ray.kill(dead)
            fresh = self._remote.remote()
            self._hired.append((fresh, fresh.reader.remote()))

    def _take_on(self, idle: deque[Any], seconds: float = 0) -> None:
        """Give work to those of the hired who have started within so many seconds, and read as we do."""
        if not self._hired:
            return
        ready, _ = self._ray.wait([says for _, says in self._hired], timeout=seconds)
        started = [(worker, says) for worker, says in self._hired if says in ready]
        self._hired = [(worker, says) for worker, says in self._hired if says not in ready]
        for worker, says in started:
            with contextlib.suppress(self._ray.exceptions.RayActorError):
                if self._ray.get(says) == default_reader():
                    self.workers.append(worker)
                    idle.extend([worker] * AHEAD)

    def _another(self, idle: deque[Any]) -> Any:
        """Return a worker that lives, as far as is known; one that has nothing to do if there is one."""
        if not self.workers:
            self._take_on(idle, PATIENCE)
        if not self.workers:
            problem = "no worker is left, and none has started in their place"
            raise SetupError(problem, place="Ray", way_out="bring a node up; the same command takes up the rest")
        return idle.popleft() if idle else self.workers[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        if self._ray.is_initialized():
            for worker in self.workers:
                self._ray.kill(worker)
        if self._ours:
            self._ray.shutdown()
