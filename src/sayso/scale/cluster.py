"""The only place that imports Ray: workers with a model each, and shards handed to them in order.

A worker that is killed is started again and its shard read anew; so is one whose node is gone. What comes back does not
depend on who read it.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Final, Self

from sayso.adding import default_reader, guarded, prepared
from sayso.errors import SetupError
from sayso.intake import Capture
from sayso.language.model import THREADS
from sayso.ledger.storing import Reader
from sayso.scale.shards import Shard, pack

LOCAL: Final = "local"
TRIES: Final = 5
"""Times that one shard is read anew after its worker died; then something in it kills workers."""


class Worker:
    """Parses and reads shards, in a process of its own with one thread."""

    def __init__(self) -> None:
        os.environ[THREADS] = "1"
        from sayso.pipeline import read_each

        self._read, self._parse = read_each, guarded()

    def reader(self) -> Reader:
        """Return who reads here."""
        return default_reader()

    def prepare(self, captures: tuple[Capture, ...]) -> bytes:
        """Return what is made of captures, packed."""
        return pack(prepared(captures, read=self._read, parse=self._parse))

    def process(self) -> int:
        """Return the number of the process."""
        return os.getpid()


class Cluster:
    """Workers on a Ray cluster.

    Args:
        address: of a running cluster, or "local" for one on this machine that ends with this process.
        workers: how many; as many as the cluster has processors if left out.

    Raises:
        SetupError: Ray is not installed, the cluster cannot be reached, or it has another version of sayso.

    """

    def __init__(self, address: str, workers: int | None = None) -> None:
        try:
            import ray
        except ModuleNotFoundError as error:
            raise SetupError("Ray is not installed", way_out="pip install 'sayso[ray]'") from error
        self._ray: Any = ray
        self._ours = not ray.is_initialized()
        self._start(address, workers)
        number = workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        remote = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=TRIES)(Worker)
        self.workers: list[Any] = [remote.remote() for _ in range(number)]
        self._check(address)

    def _start(self, address: str, workers: int | None) -> None:
        if not self._ours:
            return
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        os.environ.setdefault("RAY_raylet_start_wait_time_s", "300")  # a busy machine takes its time
        options: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
        if address == LOCAL:
            options |= {"num_cpus": workers, "include_dashboard": False}
        else:
            options["address"] = address
        try:
            self._ray.init(**options)
        except Exception as error:  # Ray raises plain ones: a node that did not start, an address that leads nowhere
            said = (str(error).splitlines() or [type(error).__name__])[0]
            problem = f"the Ray cluster cannot be reached: {said}"
            raise SetupError(problem, place=address, way_out="start one: ray start --head") from error

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
            SetupError: a shard ends every worker that reads it.

        """
        idle, waiting = deque(self.workers * 2), deque[tuple[Shard, Any, Any]]()
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
        try:
            packed: bytes = self._ray.get(coming)
        except self._ray.exceptions.RayActorError as error:
            first = shard.captures[0].place if shard.captures else ""
            problem = f"every worker that reads the shard of {len(shard.captures)} reports from here on dies"
            raise SetupError(problem, place=first, way_out="add these reports without --ray to find the one") from error
        idle.append(worker)
        return shard, packed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        if self._ray.is_initialized():
            for worker in self.workers:
                self._ray.kill(worker)
        if self._ours:
            self._ray.shutdown()
