"""Several hosts side by side, each in single file: what is fetched comes out in the order in which it was wanted.

A host is asked by one thread at a time, and hosts take turns, so the pauses that each is left cost the others nothing.
Whoever takes the answers sees the same order as if all had been fetched one after the other.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

Task = TypeVar("Task")

THREADS: Final = 8
"""Hosts that are asked at the same time."""
AHEAD: Final = 32
"""Answers that may wait until it is their turn."""
_LOOK: Final = 0.5
"""Seconds after which whoever waits looks whether it is still wanted."""


@dataclass(slots=True)
class _Place(Generic[Task]):
    """One task in the queue: ``host`` is None where there is nothing to fetch; a result that is raised is ``error``."""

    task: Task
    host: str | None
    done: bool = False
    result: Any = None
    error: BaseException | None = None


def abreast(
    tasks: Iterable[Task],
    host_of: Callable[[Task], str | None],
    get: Callable[[Task], Any],
    *,
    threads: int = THREADS,
    ahead: int = AHEAD,
    ended: Callable[[], bool] = bool,
) -> Iterator[tuple[Task, Any]]:
    """Yield each task with what ``get`` returns for it, in the order of the tasks.

    When the caller stops, nothing more is begun, and what is under way is not waited for.

    Args:
        tasks: is read only so far ahead as there are hosts to ask: at a task without a host, until that is taken.
        host_of: task → the host to be asked; None for a task that is handed on as it is, with None.
        get: called in threads of its own, for one task of a host at a time; what it raises is raised here.
        threads: hosts asked at the same time.
        ahead: answers that may wait for their turn.
        ended: is asked while an answer is waited for; once it says True, no more comes.

    """
    crew = _Crew[Task](get, threads)
    coming, line = iter(tasks), deque[_Place[Task]]()
    try:
        while True:
            while len(line) < ahead and not (line and line[-1].host is None):
                task = next(coming, crew)
                if isinstance(task, _Crew):
                    break
                place = _Place(task, host_of(task))
                line.append(place)
                crew.take(place)
            if not line:
                return
            first = line.popleft()
            if not crew.waits_for(first, ended):
                return
            if first.error is not None:
                raise first.error
            yield first.task, first.result
    finally:
        crew.dismiss()


class _Crew(Generic[Task]):
    """Threads that ask hosts; one of a host's tasks at a time, hosts in turn."""

    def __init__(self, get: Callable[[Task], Any], most: int) -> None:
        self._get = get
        self._most = most
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._waiting: dict[str, deque[_Place[Task]]] = {}  # of hosts that are asked now, too
        self._free: deque[str] = deque()  # hosts with tasks, and nobody asking
        self._dismissed = False

    def take(self, place: _Place[Task]) -> None:
        """Queue a task; one without a host is done."""
        if place.host is None:
            place.done = True
            return
        with self._changed:
            if place.host not in self._waiting:
                self._waiting[place.host] = deque()
                self._free.append(place.host)
            self._waiting[place.host].append(place)
            if len(self._threads) < min(self._most, len(self._waiting)):
                self._threads.append(threading.Thread(target=self._work, daemon=True))
                self._threads[-1].start()
            self._changed.notify_all()

    def waits_for(self, place: _Place[Task], ended: Callable[[], bool]) -> bool:
        """Wait until a task is done; False where that is no longer wanted."""
        with self._changed:
            while not place.done:
                if ended():
                    return False
                self._changed.wait(_LOOK)
        return True

    def dismiss(self) -> None:
        """Begin nothing more."""
        with self._changed:
            self._dismissed = True
            self._changed.notify_all()

    def _work(self) -> None:
        while (found := self._next()) is not None:
            host, place = found
            try:
                place.result = self._get(place.task)
            except BaseException as error:  # noqa: BLE001 - raised where the result is taken
                place.error = error
            with self._changed:
                place.done = True
                if self._waiting[host]:
                    self._free.append(host)
                else:
                    del self._waiting[host]
                self._changed.notify_all()

    def _next(self) -> tuple[str, _Place[Task]] | None:
        with self._changed:
            while not self._free and not self._dismissed:
                self._changed.wait()
            if self._dismissed:
                return None
            host = self._free.popleft()
            return host, self._waiting[host].popleft()
